#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/function_ref.h"
#include "dynamics/occasions.h"
#include "dynamics/prior.h"
#include "dynamics/system.h"
#include "numerics/minimise.h"

namespace selvedge::dynamics {

/// How many places maximum likelihood is searched from. A likelihood of one dyad has many hills; see
/// docs/decisions/0002-starts.md for what each choice finds.
enum class Search {
  kUsual,  ///< 9 starts: reaches every certified optimum of a plausible kind
  kWide,   ///< 60 more, for those who want the highest hill whatever it means
};

struct FitOptions {
  Start start = Start::kStationary;
  bool noise = true;  ///< whether answers carry noise of their own; without it r = 0
  Search search = Search::kUsual;
  bool centred = false;  ///< answers are deviations from their person's mean: the prior then says nothing about μ
  core::Heartbeat beat = core::kUnheard;  ///< at every evaluation
};

/// An edge of the parameter space on which an optimum lies. What lies on it has no standard error.
enum class Boundary {
  kNoiseA,         ///< r_a = 0
  kNoiseB,         ///< r_b = 0
  kJoltsA,         ///< q_aa = 0 (and so q_ab)
  kJoltsB,         ///< q_bb = 0 (and so q_ab)
  kJoltsSingular,  ///< q_aa q_bb = q_ab²: one stream of jolts moves both
  kDriftFast       ///< feelings return faster than the shortest gap can show: only a limit of the drift is known
};
[[nodiscard]] std::string_view NameOf(Boundary boundary);

enum class FitStatus {
  kConverged,
  kNotConverged,   ///< the search ended without certifying an optimum; the estimates are the best point found
  kTooFewAnswers,  ///< fewer answers than free parameters; nothing was estimated
  kPartnerAbsent,  ///< maximum likelihood needs both partners; nothing was estimated
  kNothingVaries,  ///< one of the two always gave the same answer; nothing was estimated
};
[[nodiscard]] std::string_view NameOf(FitStatus status);

/// A normal approximation of what is known, in PersonCoordinates: centred at the mode, with the inverse curvature there
/// (zero in the noise coordinates of a fit without noise).
struct Laplace {
  numerics::Point mode;
  numerics::SquareMatrix covariance;
  bool with_noise = true;
};

struct Fit {
  FitStatus status = FitStatus::kNotConverged;
  std::optional<System> system;  ///< absent where nothing was estimated
  double loglik = 0;             ///< of the answers, without any prior
  std::array<std::optional<double>, kParameterCount> standard_errors;
  std::vector<Boundary> boundaries;
  bool regular = false;            ///< the curvature at the optimum is that of a maximum in every free direction
  std::optional<Laplace> laplace;  ///< MAP only, when regular
  int starts = 0;
  int starts_at_best = 0;  ///< how many of the starts ended within 1e-3 of the best
  int evaluations = 0;
};

/// Maximum likelihood from several starts in StableCoordinates. All dyads in `occasions` share the parameters.
///
/// Standard errors are from the observed information, carried to the natural scale by the delta method; where a
/// boundary is active, they hold with the boundary parameters fixed there, and theirs are absent. Absent altogether
/// when the optimum is not regular.
[[nodiscard]] Fit FitMaximumLikelihood(const Occasions& occasions, const FitOptions& options);

/// The posterior mode in PersonCoordinates, with the prior as a density in those coordinates, and its Laplace
/// approximation.
[[nodiscard]] Fit FitMaximumAPosteriori(const Occasions& occasions, const FitOptions& options, const Prior& prior);

}  // namespace selvedge::dynamics
