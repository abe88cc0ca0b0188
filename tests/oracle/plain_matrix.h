#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include "oracle/dual.h"

namespace selvedge::oracle {

template <typename T, std::size_t N>
using Matrix = std::array<std::array<T, N>, N>;

template <typename T, std::size_t N>
Matrix<T, N> Product(const Matrix<T, N>& x, const Matrix<T, N>& y) {
  Matrix<T, N> z{};
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < N; ++j) {
      for (std::size_t k = 0; k < N; ++k) z[i][j] = z[i][j] + x[i][k] * y[k][j];
    }
  }
  return z;
}

template <typename T, std::size_t N>
Matrix<T, N> Transposed(const Matrix<T, N>& x) {
  Matrix<T, N> y{};
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < N; ++j) y[j][i] = x[i][j];
  }
  return y;
}

/// exp(x) by scaling to a small norm, the Taylor series, and squaring back.
template <typename T, std::size_t N>
Matrix<T, N> Exponential(Matrix<T, N> x) {
  double norm = 0;
  for (const auto& row : x) {
    double sum = 0;
    for (const T& entry : row) sum += std::fabs(ValueOf(entry));
    norm = std::fmax(norm, sum);
  }
  int squarings = 0;
  double scale = 1;
  while (norm * scale > 0.25) {
    scale *= 0.5;
    ++squarings;
  }
  for (auto& row : x) {
    for (T& entry : row) entry = entry * T(scale);
  }
  Matrix<T, N> sum{};
  for (std::size_t i = 0; i < N; ++i) sum[i][i] = T(1);
  Matrix<T, N> term = sum;
  for (int k = 1; k <= 20; ++k) {
    term = Product(term, x);
    for (auto& row : term) {
      for (T& entry : row) entry = entry / T(static_cast<double>(k));
    }
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < N; ++j) sum[i][j] = sum[i][j] + term[i][j];
    }
  }
  for (int k = 0; k < squarings; ++k) sum = Product(sum, sum);
  return sum;
}

}  // namespace selvedge::oracle
