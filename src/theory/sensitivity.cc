#include "theory/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/contract.h"
#include "core/random.h"

namespace selvedge::theory {
namespace {

using core::RandomStream;

/// What random numbers of a design are for; apart from those of lives, whose purposes are small numbers.
constexpr std::uint32_t kSpread = 101;
constexpr std::uint32_t kTrajectories = 102;

std::size_t Below(RandomStream& stream, std::size_t count) {
  return std::min(count - 1, static_cast<std::size_t>(stream.Uniform() * static_cast<double>(count)));
}

std::vector<std::size_t> Shuffled(std::size_t count, RandomStream& stream) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[Below(stream, i)]);
  return order;
}

}  // namespace

Design SpreadEvenly(std::size_t inputs, std::size_t count, std::uint64_t seed) {
  Design design{.inputs = inputs, .points = std::vector<double>(inputs * count)};
  for (std::size_t input = 0; input < inputs; ++input) {
    RandomStream stream({.seed = seed, .subject = static_cast<std::uint32_t>(input), .purpose = kSpread});
    const std::vector<std::size_t> slices = Shuffled(count, stream);
    for (std::size_t point = 0; point < count; ++point) {
      const double place = static_cast<double>(slices[point]) + stream.Uniform();
      design.points[point * inputs + input] = place / static_cast<double>(count);
    }
  }
  return design;
}

Design MorrisDesign(std::size_t inputs, std::size_t trajectories, std::uint64_t seed) {
  constexpr double kStep = 2.0 / 3;  // from 0 or 1/3 up, from 2/3 or 1 down: every level is met equally often
  Design design{.inputs = inputs, .points = {}};
  design.points.reserve(inputs * (inputs + 1) * trajectories);
  for (std::size_t trajectory = 0; trajectory < trajectories; ++trajectory) {
    RandomStream stream({.seed = seed, .subject = static_cast<std::uint32_t>(trajectory), .purpose = kTrajectories});
    std::vector<double> point(inputs);
    for (double& place : point) place = static_cast<double>(Below(stream, 4)) / 3;
    design.points.insert(design.points.end(), point.begin(), point.end());
    for (const std::size_t input : Shuffled(inputs, stream)) {
      point[input] += point[input] < 0.5 ? kStep : -kStep;
      design.points.insert(design.points.end(), point.begin(), point.end());
    }
  }
  return design;
}

std::vector<ElementaryEffects> AnalyseMorris(const Design& design, std::span<const double> values) {
  SELVEDGE_EXPECT(values.size() == design.Count() && design.Count() % (design.inputs + 1) == 0);
  std::vector<ElementaryEffects> effects(design.inputs);
  std::vector<double> squares(design.inputs);
  const std::size_t trajectories = design.Count() / (design.inputs + 1);
  for (std::size_t trajectory = 0; trajectory < trajectories; ++trajectory) {
    for (std::size_t move = 0; move < design.inputs; ++move) {
      const std::size_t from = trajectory * (design.inputs + 1) + move;
      const auto before = design.At(from);
      const auto after = design.At(from + 1);
      std::size_t input = 0;
      while (before[input] == after[input]) ++input;
      const double effect = (values[from + 1] - values[from]) / (after[input] - before[input]);
      effects[input].mean += effect;
      effects[input].mean_size += std::abs(effect);
      squares[input] += effect * effect;
    }
  }
  const auto count = static_cast<double>(trajectories);
  for (std::size_t input = 0; input < design.inputs; ++input) {
    ElementaryEffects& of_input = effects[input];
    of_input.mean /= count;
    of_input.mean_size /= count;
    if (trajectories < 2) continue;
    const double variance = (squares[input] - count * of_input.mean * of_input.mean) / (count - 1);
    of_input.spread = std::sqrt(std::max(0.0, variance));
  }
  return effects;
}

Design SobolDesign(std::size_t inputs, std::size_t base, std::uint64_t seed) {
  // Both samples are halves of one Latin hypercube, so that they are independent of each other.
  const Design both = SpreadEvenly(2 * inputs, base, seed);
  Design design{.inputs = inputs, .points = {}};
  design.points.reserve(inputs * base * (inputs + 2));
  for (std::size_t point = 0; point < base; ++point) {
    const auto a = both.At(point).first(inputs);
    const auto b = both.At(point).last(inputs);
    design.points.insert(design.points.end(), a.begin(), a.end());
    design.points.insert(design.points.end(), b.begin(), b.end());
    for (std::size_t input = 0; input < inputs; ++input) {
      design.points.insert(design.points.end(), a.begin(), a.end());
      design.points[design.points.size() - inputs + input] = b[input];
    }
  }
  return design;
}

std::vector<SobolIndices> AnalyseSobol(const Design& design, std::span<const double> values) {
  const std::size_t row = design.inputs + 2;
  SELVEDGE_EXPECT(values.size() == design.Count() && design.Count() % row == 0);
  const std::size_t base = design.Count() / row;
  double sum = 0;
  double squares = 0;
  for (std::size_t point = 0; point < base; ++point) {
    for (const double value : values.subspan(point * row, 2)) {
      sum += value;
      squares += value * value;
    }
  }
  const double count = 2 * static_cast<double>(base);
  const double mean = sum / count;
  const double variance = squares / count - mean * mean;
  std::vector<SobolIndices> indices(design.inputs);
  if (!(variance > 0)) return indices;
  for (std::size_t input = 0; input < design.inputs; ++input) {
    for (std::size_t point = 0; point < base; ++point) {
      const double a = values[point * row];
      const double b = values[point * row + 1];
      const double mixed = values[point * row + 2 + input];
      indices[input].first += (b - mean) * (mixed - a);
      indices[input].total += 0.5 * (a - mixed) * (a - mixed);
    }
    indices[input].first /= static_cast<double>(base) * variance;
    indices[input].total /= static_cast<double>(base) * variance;
  }
  return indices;
}

}  // namespace selvedge::theory
