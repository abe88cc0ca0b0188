#include "instruments/expectation.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "instruments/pieces.h"

namespace selvedge::instruments {
namespace {

Expectation Nothing(const Tables& tables) {
  const auto dimensions = static_cast<Eigen::Index>(tables.dimensions());
  return {.counts = std::vector<double>(tables.size(), 0.0),
          .mean = Eigen::VectorXd::Zero(dimensions),
          .second_moment = Eigen::MatrixXd::Zero(dimensions, dimensions)};
}

/// Adds one person. Everything here is a sum; Expect divides the moments at the end.
void Add(const Tables& tables, const Posterior& posterior, std::span<const std::uint8_t> answers, Expectation& sums) {
  sums.loglik += posterior.loglik();
  sums.people += 1;
  sums.mean += posterior.mean();
  sums.second_moment += posterior.second_moment();
  for (std::size_t d = 0; d < tables.dimensions(); ++d) {
    const Posterior::Shares shares = posterior.Of(d);
    const double* const weight = shares.weight.data();
    const std::size_t nodes = shares.weight.size();
    for (const std::size_t item : tables.ItemsOf(d)) {
      if (answers[item] == kUnanswered) continue;
      double* const row = sums.counts.data() + tables.RowOf(item, answers[item]) + shares.first;
      for (std::size_t q = 0; q < nodes; ++q) row[q] += weight[q];
    }
  }
}

}  // namespace

Expectation Expect(const Tables& tables, const Answers& answers, core::Executor& executor) {
  constexpr std::size_t kFewestPeople = 64;
  constexpr std::size_t kMostPieces = 64;
  const Pieces pieces(answers.people(), kFewestPeople, kMostPieces);
  std::vector<Expectation> parts(pieces.count());
  const auto work = [&](std::size_t piece) {
    Expectation& part = parts[piece] = Nothing(tables);
    Posterior posterior(tables);
    for (std::size_t person = pieces.Begin(piece); person < pieces.End(piece); ++person) {
      const std::span<const std::uint8_t> given = answers.Of(person);
      if (std::ranges::all_of(given, [](std::uint8_t code) { return code == kUnanswered; })) continue;
      posterior.Set(given);
      Add(tables, posterior, given, part);
    }
  };
  executor.ForEach(parts.size(), work);

  Expectation whole = Nothing(tables);
  for (const Expectation& part : parts) {
    whole.loglik += part.loglik;
    whole.people += part.people;
    whole.mean += part.mean;
    whole.second_moment += part.second_moment;
    for (std::size_t i = 0; i < whole.counts.size(); ++i) whole.counts[i] += part.counts[i];
  }
  if (whole.people > 0) {
    whole.mean /= whole.people;
    whole.second_moment /= whole.people;
  }
  return whole;
}

}  // namespace selvedge::instruments
