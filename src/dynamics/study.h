#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/executor.h"
#include "core/function_ref.h"
#include "core/json.h"
#include "core/side.h"
#include "diary/diary.h"
#include "dynamics/fit.h"
#include "dynamics/prior.h"

namespace selvedge::dynamics {

enum class Method { kMaximumLikelihood, kMaximumAPosteriori };

struct StudyOptions {
  Method method = Method::kMaximumLikelihood;
  FitOptions fit;             ///< `centred` is set by `person_means`
  bool person_means = false;  ///< subtract each series' own mean beforehand
  bool pooled = false;        ///< one set of parameters for all dyads
};

/// One dyad's result, or the pooled one.
struct DyadFit {
  std::string dyad;
  core::BySide<std::string> labels;
  core::BySide<std::optional<double>> subtracted;  ///< the mean taken off each series, with `person_means`
  std::size_t check_ins = 0;
  Fit fit;
  double seconds = 0;
};

struct Study {
  StudyOptions options;
  std::vector<DyadFit> dyads;  ///< in the diary's order; empty when pooled
  std::optional<DyadFit> pooled;

  /// The sum of log-likelihoods of everything that was estimated.
  [[nodiscard]] double TotalLogLikelihood() const;
};

/// What the engine cannot do itself: tell the time (seconds, any origin) and say how far it is. `progress` may be
/// called from several threads at once.
struct StudyHooks {
  core::FunctionRef<double()> clock;
  core::FunctionRef<void(std::size_t done, std::size_t of)> progress;
};

/// A couple's check-ins as the model takes them.
[[nodiscard]] std::vector<Observation> ObservationsOf(const diary::Couple& couple);

/// Fits every dyad of a diary by itself, or all together. The estimates do not depend on the executor.
/// `prior` is used by kMaximumAPosteriori alone and must then be given.
[[nodiscard]] Study RunStudy(const diary::Diary& diary, const StudyOptions& options, const Prior* prior,
                             core::Executor& executor, StudyHooks hooks);

/// The study as JSON (docs/formats.md, "What fit writes") and as a table with one line a dyad.
[[nodiscard]] core::Json StudyJson(const Study& study);
[[nodiscard]] std::string StudyCsv(const Study& study);

}  // namespace selvedge::dynamics
