#pragma once

#include <cstddef>
#include <vector>

#include "core/random.h"
#include "dynamics/occasions.h"
#include "dynamics/system.h"
#include "numerics/mat2.h"

namespace selvedge::oracle {

/// Arbitrary stable parameters, of every kind: slow and fast, turning and not, entries of either sign.
inline dynamics::Parameters RandomParameters(core::RandomStream& stream) {
  const auto within = [&](double low, double high) { return low + (high - low) * stream.Uniform(); };
  for (;;) {
    const numerics::Mat2 A{within(-2, 0.5), within(-1.5, 1.5), within(-1.5, 1.5), within(-2, 0.5)};
    if (!(A.aa + A.bb < -0.1 && numerics::Determinant(A) > 0.02)) continue;
    const numerics::Sym2 Q = Square(numerics::Lower2{within(0.3, 2), within(-1, 1), within(0.3, 2)});
    return {A.aa, A.ab, A.ba, A.bb, Q.aa, Q.ab, Q.bb, within(0.05, 1), within(0.05, 1), within(-2, 4), within(-2, 4)};
  }
}

inline dynamics::System SystemOf(const dynamics::Parameters& p) {
  return *dynamics::System::Create({p[0], p[1], p[2], p[3]}, {p[4], p[5], p[6]}, {p[7], p[8]}, {p[9], p[10]});
}

/// A diary of arbitrary answers with everything diaries have: long and tiny gaps, one or both missing, equal gaps.
inline std::vector<dynamics::Observation> RandomDiary(core::RandomStream& stream, std::size_t rows) {
  std::vector<dynamics::Observation> diary;
  double time = 10 * stream.Uniform();
  for (std::size_t i = 0; i < rows; ++i) {
    dynamics::Observation now{.time = {time}, .own = {}};
    const double kind = stream.Uniform();
    if (kind > 0.15) now.own.a = 6 * stream.Uniform() - 1;
    if (kind < 0.8) now.own.b = 6 * stream.Uniform() - 1;
    if (kind > 0.78 && kind < 0.8) now.own = {};
    diary.push_back(now);
    const double gap = stream.Uniform();
    time += gap < 0.3 ? 1.0 : gap < 0.4 ? 0.001 : gap < 0.5 ? 14 * stream.Uniform() + 0.5 : 0.02 + 2 * stream.Uniform();
  }
  return diary;
}

}  // namespace selvedge::oracle
