#pragma once

#include <cmath>

/// 2 × 2 algebra for the hot loops: plain structs, everything inline, no branches. Rows and columns are the two
/// members of a dyad, a and b. (Eigen's fixed-size matrices cost more than twice as much here; docs/benchmarks.md.)
namespace selvedge::numerics {

struct Vec2 {
  double a = 0;
  double b = 0;

  bool operator==(const Vec2&) const = default;
};

/// A general 2 × 2 matrix; `ab` is row a, column b.
struct Mat2 {
  double aa = 0;
  double ab = 0;
  double ba = 0;
  double bb = 0;

  bool operator==(const Mat2&) const = default;
};

/// A symmetric 2 × 2 matrix.
struct Sym2 {
  double aa = 0;
  double ab = 0;
  double bb = 0;

  bool operator==(const Sym2&) const = default;
};

inline constexpr Mat2 kIdentity2{.aa = 1, .ab = 0, .ba = 0, .bb = 1};

constexpr Vec2 operator+(Vec2 u, Vec2 v) { return {u.a + v.a, u.b + v.b}; }
constexpr Vec2 operator-(Vec2 u, Vec2 v) { return {u.a - v.a, u.b - v.b}; }
constexpr Vec2 operator*(double s, Vec2 v) { return {s * v.a, s * v.b}; }
constexpr Vec2& operator+=(Vec2& u, Vec2 v) { return u = u + v; }

constexpr Mat2 operator+(Mat2 m, Mat2 n) { return {m.aa + n.aa, m.ab + n.ab, m.ba + n.ba, m.bb + n.bb}; }
constexpr Mat2 operator-(Mat2 m, Mat2 n) { return {m.aa - n.aa, m.ab - n.ab, m.ba - n.ba, m.bb - n.bb}; }
constexpr Mat2 operator*(double s, Mat2 m) { return {s * m.aa, s * m.ab, s * m.ba, s * m.bb}; }
constexpr Mat2& operator+=(Mat2& m, Mat2 n) { return m = m + n; }

constexpr Sym2 operator+(Sym2 p, Sym2 q) { return {p.aa + q.aa, p.ab + q.ab, p.bb + q.bb}; }
constexpr Sym2 operator-(Sym2 p, Sym2 q) { return {p.aa - q.aa, p.ab - q.ab, p.bb - q.bb}; }
constexpr Sym2 operator*(double s, Sym2 p) { return {s * p.aa, s * p.ab, s * p.bb}; }
constexpr Sym2& operator+=(Sym2& p, Sym2 q) { return p = p + q; }
constexpr Sym2& operator-=(Sym2& p, Sym2 q) { return p = p - q; }

constexpr Mat2 Transpose(Mat2 m) { return {m.aa, m.ba, m.ab, m.bb}; }
constexpr Mat2 Full(Sym2 p) { return {p.aa, p.ab, p.ab, p.bb}; }

constexpr double Trace(Mat2 m) { return m.aa + m.bb; }
constexpr double Determinant(Mat2 m) { return m.aa * m.bb - m.ab * m.ba; }
constexpr double Determinant(Sym2 p) { return p.aa * p.bb - p.ab * p.ab; }
constexpr double Dot(Vec2 u, Vec2 v) { return u.a * v.a + u.b * v.b; }
/// Σ m_ij n_ij
constexpr double Dot(Mat2 m, Mat2 n) { return m.aa * n.aa + m.ab * n.ab + m.ba * n.ba + m.bb * n.bb; }

constexpr Vec2 operator*(Mat2 m, Vec2 v) { return {m.aa * v.a + m.ab * v.b, m.ba * v.a + m.bb * v.b}; }
constexpr Vec2 operator*(Sym2 p, Vec2 v) { return {p.aa * v.a + p.ab * v.b, p.ab * v.a + p.bb * v.b}; }
constexpr Mat2 operator*(Mat2 m, Mat2 n) {
  return {m.aa * n.aa + m.ab * n.ba, m.aa * n.ab + m.ab * n.bb, m.ba * n.aa + m.bb * n.ba, m.ba * n.ab + m.bb * n.bb};
}
constexpr Mat2 operator*(Mat2 m, Sym2 p) { return m * Full(p); }
constexpr Mat2 operator*(Sym2 p, Mat2 m) { return Full(p) * m; }

/// u vᵀ
constexpr Mat2 Outer(Vec2 u, Vec2 v) { return {u.a * v.a, u.a * v.b, u.b * v.a, u.b * v.b}; }
/// ½ (m + mᵀ)
constexpr Sym2 Symmetric(Mat2 m) { return {m.aa, 0.5 * (m.ab + m.ba), m.bb}; }
/// m + mᵀ
constexpr Sym2 PlusTranspose(Mat2 m) { return {2 * m.aa, m.ab + m.ba, 2 * m.bb}; }
/// m p mᵀ
constexpr Sym2 Sandwich(Mat2 m, Sym2 p) {
  const double aa = m.aa * p.aa + m.ab * p.ab;
  const double ab = m.aa * p.ab + m.ab * p.bb;
  const double ba = m.ba * p.aa + m.bb * p.ab;
  const double bb = m.ba * p.ab + m.bb * p.bb;
  return {aa * m.aa + ab * m.ab, aa * m.ba + ab * m.bb, ba * m.ba + bb * m.bb};
}

constexpr Sym2 Inverse(Sym2 p) {
  const double scale = 1 / Determinant(p);
  return {scale * p.bb, -scale * p.ab, scale * p.aa};
}

/// Positive definite, strictly; false for anything with a NaN.
inline bool IsPositiveDefinite(Sym2 p) {
  return p.aa > 0 && p.bb > 0 && Determinant(p) > 0 && std::isfinite(p.aa) && std::isfinite(p.bb);
}

/// A lower-triangular 2 × 2 matrix.
struct Lower2 {
  double aa = 0;
  double ba = 0;
  double bb = 0;
};

/// l lᵀ
constexpr Sym2 Square(Lower2 l) { return {l.aa * l.aa, l.aa * l.ba, l.ba * l.ba + l.bb * l.bb}; }

/// The Cholesky factor of a positive semidefinite matrix (a zero pivot leaves its column zero).
inline Lower2 Cholesky(Sym2 p) {
  const double aa = std::sqrt(std::fmax(p.aa, 0));
  const double ba = aa > 0 ? p.ab / aa : 0;
  return {.aa = aa, .ba = ba, .bb = std::sqrt(std::fmax(p.bb - ba * ba, 0))};
}

}  // namespace selvedge::numerics
