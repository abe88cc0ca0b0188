#include "reflect/signs_on_map.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "core/contract.h"
#include "leaning/likelihood.h"
#include "reflect/words.h"
#include "signs_content.h"

namespace selvedge::reflect {
namespace {

using instruments::Audience;
using instruments::Instrument;
using instruments::Response;
using instruments::Sheet;
using instruments::TwoAxes;

constexpr std::string_view kIndicator = "signs";

/// FHIR codes are written with hyphens, our own ids with underscores.
std::string AsOurId(std::string id) {
  std::ranges::replace(id, '-', '_');
  return id;
}

Instrument Built() {
  auto signs = instruments::ReadInstrument(content::kSigns);
  SELVEDGE_EXPECT(signs.has_value());
  return *std::move(signs);
}

/// For each component of the map's indicator the scale of the same name.
std::vector<std::size_t> ScalesOf(const Instrument& signs, const leaning::Map& map) {
  const leaning::Indicator* const indicator = map.Find(kIndicator);
  SELVEDGE_EXPECT(indicator != nullptr && indicator->components.size() == signs.scales.size());
  std::vector<std::size_t> scales;
  for (const leaning::Component& component : indicator->components) {
    const auto scale = std::ranges::find_if(
        signs.scales, [&](const instruments::Scale& one) { return AsOurId(one.id) == component.id; });
    SELVEDGE_EXPECT(scale != signs.scales.end());
    scales.push_back(static_cast<std::size_t>(scale - signs.scales.begin()));
  }
  return scales;
}

TwoAxes AxesOf(const leaning::Map& map, const std::vector<std::size_t>& scales) {
  TwoAxes axes{.spread = map.Spread(), .scales = std::vector<TwoAxes::OfScale>(scales.size())};
  const leaning::Indicator& indicator = *map.Find(kIndicator);
  for (std::size_t c = 0; c < scales.size(); ++c) {
    const leaning::Component& component = indicator.components[c];
    axes.scales[scales[c]] = {
        .centre = component.centre, .loading = component.loading, .residual_variance = component.residual_variance};
  }
  return axes;
}

/// What Q was answered with, of the acts that count.
std::vector<leaning::WouldFollow> ActsIn(const Instrument& signs, const Response& response) {
  std::vector<leaning::WouldFollow> acts;
  for (std::size_t q = 0; q < signs.questions.size(); ++q) {
    if (!signs.questions[q].asked_when || !response.answers[q]) continue;
    const std::string answer = AsOurId(signs.questions[q].choices[*response.answers[q]].code);
    const auto counted = static_cast<std::size_t>(std::ranges::find(leaning::kCountedAnswers, answer) -
                                                  leaning::kCountedAnswers.begin());
    if (counted < leaning::kCountedAnswers.size()) acts.push_back(static_cast<leaning::WouldFollow>(counted));
  }
  return acts;
}

/// What was found in the other: questions that count toward no scale and follow none.
std::vector<leaning::Finding> FindingsIn(const Instrument& signs, const Response& response) {
  std::vector<leaning::Finding> findings;
  for (std::size_t q = 0; q < signs.questions.size(); ++q) {
    const instruments::Question& question = signs.questions[q];
    if (question.scale || question.asked_when || !response.answers[q]) continue;
    const instruments::Choice& choice = question.choices[*response.answers[q]];
    if (choice.system == instruments::kAbsentReason) continue;
    findings.push_back({.id = question.link_id, .sentence = FindingSentence(question.text, choice.display)});
  }
  return findings;
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

SignsOnMap::SignsOnMap()
    : signs_(Built()),
      map_(leaning::Map::Theory()),
      scale_of_(ScalesOf(signs_, map_)),
      scorer_(signs_, AxesOf(map_, scale_of_)) {}

core::Result<std::optional<leaning::Evidence>> SignsOnMap::EvidenceOf(const Response& response) const {
  const Sheet counted = CountedCategories(signs_, response, Audience::kOwner);
  const auto answers = std::ranges::count_if(counted, [](const auto& answer) { return answer.has_value(); });
  if (answers == 0) return std::nullopt;
  const instruments::AxesScore score = scorer_.Score(counted);
  const std::vector<Eigen::Index> order(scale_of_.begin(), scale_of_.end());
  leaning::Likelihood likelihood = SELVEDGE_TRY(
      leaning::RemovePrior(score.scale_mean(order), score.scale_covariance(order, order),
                           scorer_.axes().ScaleMean()(order), scorer_.axes().ScaleCovariance()(order, order)));
  return leaning::Evidence{.indicator = std::string(kIndicator),
                           .likelihood = std::move(likelihood),
                           .answers = static_cast<int>(answers),
                           .days = 0};
}

core::Result<leaning::Told> SignsOnMap::ToldBy(const Response& response) const {
  return leaning::Told{.evidence = SELVEDGE_TRY(EvidenceOf(response)),
                       .acts = ActsIn(signs_, response),
                       .findings = FindingsIn(signs_, response),
                       .held_back = ActsHeldBack(signs_, response)};
}

core::Result<leaning::Leaning> SignsOnMap::Stand(std::span<const Response> responses) const {
  SELVEDGE_EXPECT(!responses.empty());
  leaning::Question question;
  std::size_t held_back = 0;
  for (const Response& response : responses) {
    leaning::Told told = SELVEDGE_TRY(ToldBy(response));
    held_back += told.held_back;
    leaning::Season season{.when = DayInWords(response.authored), .evidence = {}};
    if (told.evidence) season.evidence.push_back(*std::move(told.evidence));
    question.earlier.push_back(std::move(season));
    question.acts = std::move(told.acts);
    question.findings = std::move(told.findings);
  }
  question.now = std::move(question.earlier.back());
  question.earlier.pop_back();
  question.fear = held_back >= leaning::kRecurs ? leaning::Fear::kRecurs : leaning::Fear::kNotSaid;
  return WhereOneStands(map_, question);
}

std::string DayInWords(std::string_view authored) {
  constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                               "July",    "August",   "September", "October", "November", "December"};
  if (authored.size() < 10 || authored[4] != '-' || authored[7] != '-') return "";
  const std::optional<int> year = Number(authored.substr(0, 4));
  const std::optional<int> month = Number(authored.substr(5, 2));
  const std::optional<int> day = Number(authored.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *month > 12) return "";
  return "On " + std::to_string(*day) + " " + kMonths[static_cast<std::size_t>(*month - 1)] + " " +
         std::to_string(*year);
}

}  // namespace selvedge::reflect
