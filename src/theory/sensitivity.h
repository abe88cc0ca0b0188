#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// How far a function's value depends on each of its inputs, all of them between 0 and 1. A design says at which points
/// the function is to be known; the analysis takes its values there, in the same order.
namespace selvedge::theory {

/// Points at which a function is to be known, one after the other.
struct Design {
  std::size_t inputs = 0;
  std::vector<double> points;  ///< `inputs` numbers each

  [[nodiscard]] std::size_t Count() const { return inputs == 0 ? 0 : points.size() / inputs; }
  [[nodiscard]] std::span<const double> At(std::size_t point) const {
    return std::span(points).subspan(point * inputs, inputs);
  }
};

/// Points spread evenly over the cube: in each input, one in each of `count` equal slices (Latin hypercube [1]).
[[nodiscard]] Design SpreadEvenly(std::size_t inputs, std::size_t count, std::uint64_t seed);

/// Trajectories through a grid of four levels that move one input at a time by two thirds of its range [2]:
/// `trajectories` × (inputs + 1) points.
[[nodiscard]] Design MorrisDesign(std::size_t inputs, std::size_t trajectories, std::uint64_t seed);

/// Elementary effects of one input, over its whole range.
struct ElementaryEffects {
  double mean = 0;
  double mean_size = 0;  ///< of absolute values [3]: how much it matters
  double spread = 0;     ///< standard deviation: how far it matters differently elsewhere; 0 of a single trajectory
};
[[nodiscard]] std::vector<ElementaryEffects> AnalyseMorris(const Design& design, std::span<const double> values);

/// `base` points of two independent samples, and the first one with each input from the second: base × (inputs + 2).
[[nodiscard]] Design SobolDesign(std::size_t inputs, std::size_t base, std::uint64_t seed);

/// Shares of a function's variance.
struct SobolIndices {
  double first = 0;  ///< that goes with this input alone
  double total = 0;  ///< that needs it, alone or together with others
};
/// By the estimators of [4] (first) and [5] (total). All are 0 of a function that does not vary.
[[nodiscard]] std::vector<SobolIndices> AnalyseSobol(const Design& design, std::span<const double> values);

// [1] McKay, Beckman & Conover (1979), Technometrics 21(2), 239–245, doi:10.2307/1268522.
// [2] Morris (1991), Technometrics 33(2), 161–174, doi:10.2307/1269043.
// [3] Campolongo, Cariboni & Saltelli (2007), Environmental Modelling & Software 22(10), 1509–1518,
//     doi:10.1016/j.envsoft.2006.10.004.
// [4] Saltelli et al. (2010), Computer Physics Communications 181(2), 259–270, doi:10.1016/j.cpc.2009.09.018.
// [5] Jansen (1999), Computer Physics Communications 117(1–2), 35–43, doi:10.1016/S0010-4655(98)00154-4.

}  // namespace selvedge::theory
