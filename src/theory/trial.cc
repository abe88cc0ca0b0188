#include "theory/trial.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/contract.h"
#include "core/random.h"
#include "theory/contrast.h"
#include "theory/trial_sensitivity.h"
#include "theory/worlds.h"

namespace selvedge::theory {
namespace {

using core::Side;

constexpr std::string_view kShippedTheory;  // the name of the theory as it is, among worlds

/// What was asked for one part.
struct PartQuestions {
  Contrast effect, ablated;
  std::vector<Contrast> rivals{};
};

PartQuestions AskAll(Worlds& worlds, const Theory& theory, const Claims& claims, const Claim& claim, const Part& part) {
  const Difference off = Without(part.carried_by);
  PartQuestions questions{.effect = Ask(worlds, theory, kShippedTheory, part, {}),
                          .ablated = Ask(worlds, theory, kShippedTheory, part, {&off})};
  if (!claim.has_rivals) return questions;
  for (const RivalModel& rival : claims.rivals) {
    questions.rivals.push_back(Ask(worlds, theory, kShippedTheory, part, {&rival.difference}));
  }
  return questions;
}

PartTrial TrialOf(const Worlds& worlds, const PartQuestions& questions, const Part& part, const Claims& claims) {
  PartTrial trial{.effect = EstimateOf(EffectsIn(worlds, questions.effect)),
                  .ablated = EstimateOf(EffectsIn(worlds, questions.ablated))};
  trial.because =
      Judge(trial.effect, trial.ablated, part.sign, claims.smallest_effects[part.smallest].value, claims.gone_share);
  for (const Contrast& rival : questions.rivals) trial.rivals.push_back(EstimateOf(EffectsIn(worlds, rival)));
  return trial;
}

/// A claim holds when all its parts do, and fails when one does.
Verdict VerdictOfAll(const std::vector<PartTrial>& parts) {
  const auto is = [](Verdict verdict) {
    return [verdict](const PartTrial& part) { return VerdictOf(part.because) == verdict; };
  };
  if (std::ranges::any_of(parts, is(Verdict::kFails))) return Verdict::kFails;
  return std::ranges::all_of(parts, is(Verdict::kHolds)) ? Verdict::kHolds : Verdict::kCantTell;
}

// ---- the central contrast ----

constexpr int kWeek = 7;

/// One kind of couples' weeks of one series.
using WeekQuestions = std::vector<Worlds::Question>;

struct SeriesQuestions {
  WeekQuestions without, with, ablated_without, ablated_with;
};

SeriesQuestions AskSeries(Worlds& worlds, const Theory& theory, const CentralContrast& central,
                          const Measure& measure) {
  const Difference off = Without(central.carried_by);
  const auto ask = [&](const Difference& side, std::vector<const Difference*> also) {
    std::vector<const Difference*> differences{&central.while_together, &side};
    differences.insert(differences.end(), also.begin(), also.end());
    WeekQuestions weeks;
    for (int day = 0; day < central.long_term.to; day += kWeek) {
      Measure of_week = measure;
      of_week.days = {.from = day, .to = day + kWeek};
      weeks.push_back(worlds.Ask(theory, kShippedTheory, side.population, differences, of_week));
    }
    return weeks;
  };
  return {.without = ask(central.without, {}),
          .with = ask(central.with, {}),
          .ablated_without = ask(central.without, {&off}),
          .ablated_with = ask(central.with, {&off})};
}

double MeanOf(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> MeansOf(const Worlds& worlds, const WeekQuestions& weeks) {
  std::vector<double> means;
  for (const Worlds::Question week : weeks) means.push_back(MeanOf(worlds.Answer(week)));
  return means;
}

/// The mean difference over some days, in each couple.
Estimate DifferenceOver(const Worlds& worlds, const WeekQuestions& without, const WeekQuestions& with, Days days) {
  std::vector<double> effects(worlds.couples());
  const auto first = static_cast<std::size_t>(days.from / kWeek);
  const auto last = static_cast<std::size_t>(days.to / kWeek);
  for (std::size_t week = first; week < last; ++week) {
    for (std::size_t couple = 0; couple < effects.size(); ++couple) {
      effects[couple] += (worlds.Answer(with[week])[couple] - worlds.Answer(without[week])[couple]) /
                         static_cast<double>(last - first);
    }
  }
  return EstimateOf(effects);
}

/// Where a series passes from above zero to below, for good: in weeks from the beginning, each value standing for the
/// middle of its week.
std::optional<double> CrossingOf(std::span<const double> differences) {
  const auto last_above = std::find_if(differences.rbegin(), differences.rend(), [](double d) { return d > 0; });
  const auto week = static_cast<std::size_t>(differences.rend() - last_above);  // the first one after it
  if (week == 0 || week == differences.size()) return std::nullopt;
  const double above = differences[week - 1];
  return static_cast<double>(week) - 0.5 + above / (above - differences[week]);
}

Crossing CrossingIn(const Worlds& worlds, const SeriesQuestions& questions, std::uint64_t seed) {
  constexpr std::size_t kDraws = 1000;
  constexpr std::uint32_t kBootstrap = 103;
  const std::size_t weeks = questions.with.size();
  const std::size_t couples = worlds.couples();
  std::vector<double> by_couple(weeks * couples);  // couple by couple
  for (std::size_t week = 0; week < weeks; ++week) {
    const auto with = worlds.Answer(questions.with[week]);
    const auto without = worlds.Answer(questions.without[week]);
    for (std::size_t couple = 0; couple < couples; ++couple) {
      by_couple[couple * weeks + week] = with[couple] - without[couple];
    }
  }
  const auto sum_up = [&](auto&& couple_at) {
    std::vector<double> sums(weeks);
    for (std::size_t i = 0; i < couples; ++i) {
      const auto row = std::span(by_couple).subspan(couple_at(i) * weeks, weeks);
      for (std::size_t week = 0; week < weeks; ++week) sums[week] += row[week];
    }
    return sums;
  };
  Crossing crossing{.week = CrossingOf(sum_up([](std::size_t i) { return i; }))};
  std::vector<double> drawn;
  core::RandomStream stream({.seed = seed, .subject = 0, .purpose = kBootstrap});
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    const auto week = CrossingOf(sum_up([&](std::size_t) {
      return std::min(couples - 1, static_cast<std::size_t>(stream.Uniform() * static_cast<double>(couples)));
    }));
    if (week) drawn.push_back(*week);
  }
  crossing.share = static_cast<double>(drawn.size()) / kDraws;
  if (drawn.empty()) return crossing;
  std::ranges::sort(drawn);
  const auto quantile = [&](double p) {
    return drawn[static_cast<std::size_t>(p * static_cast<double>(drawn.size() - 1))];
  };
  crossing.low = quantile(0.025);
  crossing.high = quantile(0.975);
  return crossing;
}

SeriesTrial TrialOf(const Worlds& worlds, const SeriesQuestions& questions, const CentralContrast& central,
                    const std::string& state, std::uint64_t seed) {
  return {
      .state = state,
      .without = MeansOf(worlds, questions.without),
      .with = MeansOf(worlds, questions.with),
      .ablated_without = MeansOf(worlds, questions.ablated_without),
      .ablated_with = MeansOf(worlds, questions.ablated_with),
      .short_term = DifferenceOver(worlds, questions.without, questions.with, central.short_term),
      .long_term = DifferenceOver(worlds, questions.without, questions.with, central.long_term),
      .ablated_long_term = DifferenceOver(worlds, questions.ablated_without, questions.ablated_with, central.long_term),
      .crossing = CrossingIn(worlds, questions, seed)};
}

// ---- interventions ----

struct InterventionQuestions {
  InterventionTrial trial;
  std::vector<Contrast> during{}, after{};  // beside trial.outcomes
};

InterventionQuestions AskIntervention(Worlds& worlds, const Theory& theory, const Interventions& interventions,
                                      const Difference& while_together, InterventionTrial trial) {
  Practice practice{.path = trial.path, .from_day = interventions.from_day, .days = interventions.days};
  std::string name = "practice " + std::to_string(trial.path) + " by";
  for (const Side side : trial.doers) {
    practice.dose[side] = 1;
    name += side == Side::kA ? " a" : " b";
  }
  const Difference nothing{.text = "{}", .population = {}};
  const Difference practised{.text = name, .population = {}, .practices = {practice}};
  InterventionQuestions questions{.trial = std::move(trial)};
  const auto ask = [&](const std::string& state, std::optional<Side> side) {
    Measure measure = NamedMeasure(state, side ? std::vector{*side} : std::vector<Side>{}).value();
    const auto contrast = [&](Days days) -> Contrast {
      measure.days = days;
      const std::string& population = questions.trial.population;
      return {{worlds.Ask(theory, kShippedTheory, population, {&while_together, &practised}, measure), 1},
              {worlds.Ask(theory, kShippedTheory, population, {&while_together, &nothing}, measure), -1}};
    };
    questions.trial.outcomes.push_back({.state = state, .side = side});
    questions.during.push_back(contrast(interventions.during));
    questions.after.push_back(contrast(interventions.after));
  };
  for (const std::string& state : interventions.outcomes) {
    for (const Side side : core::kSides) ask(state, side);
  }
  for (const std::string& state : interventions.couple) ask(state, std::nullopt);
  return questions;
}

std::vector<InterventionQuestions> AskInterventions(Worlds& worlds, const Theory& theory, const Claims& claims) {
  const Interventions& interventions = claims.interventions;
  std::vector<std::string> populations = interventions.populations;
  populations.push_back(interventions.where_it_does_harm);
  std::vector<InterventionQuestions> questions;
  for (const std::string& population : populations) {
    for (std::size_t path = 0; path < kPathCount; ++path) {
      for (const std::vector<Side>& doers : {std::vector{Side::kA}, {Side::kB}, {Side::kA, Side::kB}}) {
        questions.push_back(AskIntervention(worlds, theory, interventions, claims.central.while_together,
                                            {.population = population, .path = path, .doers = doers}));
      }
    }
  }
  return questions;
}

InterventionTrial TrialOf(const Worlds& worlds, const InterventionQuestions& questions) {
  InterventionTrial trial = questions.trial;
  for (std::size_t i = 0; i < trial.outcomes.size(); ++i) {
    trial.outcomes[i].during = EstimateOf(EffectsIn(worlds, questions.during[i]));
    trial.outcomes[i].after = EstimateOf(EffectsIn(worlds, questions.after[i]));
  }
  return trial;
}

}  // namespace

Estimate EstimateOf(std::span<const double> effects) {
  SELVEDGE_EXPECT(effects.size() >= 2);
  const auto count = static_cast<double>(effects.size());
  const double mean = MeanOf(effects);
  double squares = 0;
  for (const double effect : effects) squares += (effect - mean) * (effect - mean);
  constexpr double kNormal975 = 1.959963984540054;
  const double margin = kNormal975 * std::sqrt(squares / (count - 1) / count);
  return {.effect = mean, .low = mean - margin, .high = mean + margin};
}

Verdict VerdictOf(Because because) {
  switch (because) {
    case Because::kHolds:
      return Verdict::kHolds;
    case Because::kTooUncertain:
    case Because::kPerhapsCarriedElsewise:
      return Verdict::kCantTell;
    default:
      return Verdict::kFails;
  }
}

Because Judge(const Estimate& effect, const Estimate& ablated, int sign, double smallest, double gone_share) {
  // As seen from the prediction: positive is as predicted.
  const auto towards = [sign](const Estimate& e) {
    return sign > 0 ? e : Estimate{.effect = -e.effect, .low = -e.high, .high = -e.low};
  };
  const Estimate found = towards(effect);
  if (found.high < -smallest) return Because::kOtherWay;
  if (found.high < smallest) return Because::kTooSmall;
  if (found.low <= smallest) return Because::kTooUncertain;
  const double gone = std::max(smallest, (1 - gone_share) * found.effect);
  const Estimate left = towards(ablated);
  if (left.high <= gone) return Because::kHolds;
  return left.low > gone ? Because::kCarriedElsewise : Because::kPerhapsCarriedElsewise;
}

core::Result<std::vector<std::size_t>> ChooseClaims(const Claims& claims, const std::vector<std::string>& ids) {
  std::vector<std::size_t> chosen;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(claims.claims, id, &Claim::id);
    if (found == claims.claims.end()) {
      return std::unexpected(core::Error{.code = core::ErrorCode::kRefused,
                                         .message = "There is no claim \"" + id + "\".",
                                         .remedy = "Name claims as docs/claims.md does: CLAIM-1 to CLAIM-" +
                                                   std::to_string(claims.claims.size()) + ".",
                                         .place = {}});
    }
    chosen.push_back(static_cast<std::size_t>(found - claims.claims.begin()));
  }
  std::ranges::sort(chosen);
  const auto [rest, end] = std::ranges::unique(chosen);
  chosen.erase(rest, end);
  return chosen;
}

std::optional<Trial> TryClaims(const Theory& theory, const Claims& claims, const TrialOptions& options,
                               core::Executor& executor, SimulationHooks hooks, const SensitivitySize& size) {
  const bool all = options.chosen.empty();
  std::vector<std::size_t> chosen = options.chosen;
  for (std::size_t i = 0; all && i < claims.claims.size(); ++i) chosen.push_back(i);

  Worlds worlds(options.couples, options.seed);
  std::vector<std::vector<PartQuestions>> questions;
  for (const std::size_t claim : chosen) {
    std::vector<PartQuestions>& of_claim = questions.emplace_back();
    for (const Part& part : claims.claims[claim].parts) {
      of_claim.push_back(AskAll(worlds, theory, claims, claims.claims[claim], part));
    }
  }
  std::vector<SeriesQuestions> central;
  std::vector<InterventionQuestions> interventions;
  if (all) {
    for (const Measure& measure : claims.central.measures) {
      central.push_back(AskSeries(worlds, theory, claims.central, measure));
    }
    interventions = AskInterventions(worlds, theory, claims);
  }
  if (!worlds.Live(executor, hooks)) return std::nullopt;

  Trial trial;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Claim& claim = claims.claims[chosen[i]];
    ClaimTrial& of_claim = trial.claims.emplace_back(ClaimTrial{.claim = chosen[i]});
    for (std::size_t part = 0; part < claim.parts.size(); ++part) {
      of_claim.parts.push_back(TrialOf(worlds, questions[i][part], claim.parts[part], claims));
    }
    of_claim.verdict = VerdictOfAll(of_claim.parts);
  }
  for (std::size_t i = 0; i < central.size(); ++i) {
    trial.central.push_back(TrialOf(worlds, central[i], claims.central, claims.central.series[i], options.seed));
  }
  for (const InterventionQuestions& intervention : interventions) {
    trial.interventions.push_back(TrialOf(worlds, intervention));
  }
  if (options.with_sensitivity && !AddSensitivity(theory, claims, options.seed, size, executor, hooks, trial)) {
    return std::nullopt;
  }
  return trial;
}

}  // namespace selvedge::theory
