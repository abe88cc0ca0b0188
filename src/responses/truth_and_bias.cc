#include "responses/truth_and_bias.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/text.h"
#include "diary/csv_table.h"
#include "diary/refusal.h"
#include "responses/columns.h"

namespace selvedge::responses {
namespace {

using core::Side;

constexpr std::array<std::string_view, 3> kTerms{"directional_bias", "truth_force", "assumed_similarity"};

/// One row of the table.
struct Row {
  int line = 0;
  std::string couple;
  std::string person;
  std::optional<double> self;
  std::optional<double> other;
};

/// By couple, then person, in natural order, a before b; the same person by line.
bool ComesBefore(const Row& one, const Row& other) {
  if (one.couple != other.couple) return core::NaturalLess(one.couple, other.couple);
  if (one.person != other.person) return core::NaturalLess(one.person, other.person);
  return one.line < other.line;
}

/// The terms of a rating: 1, T − c, B − c.
std::optional<std::array<double, 3>> TermsOf(const Ratings& couple, Side side, double centre) {
  const std::optional<double>& partner = couple.self.PartnerOf(side);
  if (!couple.other[side] || !partner || !couple.self[side]) return std::nullopt;
  return std::array<double, 3>{1, *partner - centre, *couple.self[side] - centre};
}

/// Where term `j` of a side stands among the six: m_a, m_b, t_a, b_a, t_b, b_b.
Eigen::Index PlaceOf(Side side, std::size_t j) {
  const Eigen::Index second = side == Side::kB ? 1 : 0;
  return j == 0 ? second : 1 + 2 * second + static_cast<Eigen::Index>(j);
}

std::vector<CoupleRows> RowsOf(const std::vector<Ratings>& couples, double centre, bool by_side) {
  std::vector<CoupleRows> rows;
  for (const Ratings& couple : couples) {
    CoupleRows of_couple;
    for (const Side side : core::kSides) {
      const auto terms = TermsOf(couple, side, centre);
      if (!terms) continue;
      PartnerRow row{.terms = Terms::Zero(by_side ? 6 : 3), .outcome = *couple.other[side] - centre};
      for (std::size_t j = 0; j < terms->size(); ++j) {
        row.terms(by_side ? PlaceOf(side, j) : static_cast<Eigen::Index>(j)) = (*terms)[j];
      }
      of_couple[side] = row;
    }
    rows.push_back(of_couple);
  }
  return rows;
}

bool AllHaveTheLabelsOfTheFirst(const std::vector<Ratings>& couples) {
  return std::ranges::all_of(couples, [&](const Ratings& couple) {
    return couple.labels == couples.front().labels && !couple.labels.b.empty();
  });
}

core::Json TermJson(const Regression& regression, Eigen::Index at) {
  const auto place = static_cast<std::size_t>(at);
  return core::Json::Object().Set("estimate", regression.estimates[place]).Set("se", regression.standard_errors[place]);
}

/// What both regressions say beside their terms.
core::Json RegressionJson(const Regression& regression, core::Json terms, core::Json residual_sd) {
  return core::Json::Object()
      .Set("converged", regression.converged)
      .Set("restricted_loglik", regression.restricted_loglik)
      .Set("ratings", regression.rows)
      .Set("whole_couples", regression.couples)
      .Set("parameters", std::move(terms))
      .Set("residual_sd", std::move(residual_sd))
      .Set("residual_correlation", regression.residual_correlation);
}

}  // namespace

core::Result<std::vector<Ratings>> ReadRatings(std::string_view csv, const RatingColumns& columns) {
  const diary::CsvTable table = SELVEDGE_TRY(diary::CsvTable::Open(csv));
  NamedRows named = SELVEDGE_TRY(
      ReadColumns(table, std::array{columns.dyad, columns.person}, std::array{columns.self, columns.other}));
  std::vector<Row> rows;
  for (NamedRow& row : named.rows) {
    rows.push_back({.line = row.line,
                    .couple = std::move(row.labels[0]),
                    .person = std::move(row.labels[1]),
                    .self = row.numbers[0],
                    .other = row.numbers[1]});
  }
  std::ranges::sort(rows, ComesBefore);
  std::vector<Ratings> couples;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const bool same_couple = i > 0 && rows[i - 1].couple == row.couple;
    if (same_couple && rows[i - 1].person == row.person) {
      return diary::Refuse(diary::Quoted(row.person) + " of couple " + diary::Quoted(row.couple) +
                               " appears twice, first on line " + std::to_string(rows[i - 1].line) + ".",
                           "Keep one row for each person.", diary::AtLine(row.line));
    }
    if (!same_couple) couples.push_back({.couple = row.couple, .labels = {}, .self = {}, .other = {}});
    Ratings& couple = couples.back();
    if (!couple.labels.b.empty()) {
      return diary::Refuse("Couple " + diary::Quoted(row.couple) + " has more than two people.",
                           "Check which columns tell the couples and the people apart.", diary::AtLine(row.line));
    }
    const Side side = same_couple ? Side::kB : Side::kA;
    couple.labels[side] = row.person;
    couple.self[side] = row.self;
    couple.other[side] = row.other;
  }
  return couples;
}

core::Result<TruthAndBias> FitTruthAndBias(const std::vector<Ratings>& couples) {
  double sum = 0;
  int count = 0;
  for (const Ratings& couple : couples) {
    for (const Side side : core::kSides) {
      if (!couple.self[side]) continue;
      sum += *couple.self[side];
      ++count;
    }
  }
  const double centre = count > 0 ? sum / count : 0;
  const std::optional<Regression> pooled = FitRegression(RowsOf(couples, centre, false), Variances::kAlike);
  if (!pooled) {
    return diary::Refuse("These ratings can't tell truth from bias: there are too few, or they hardly differ.",
                         "It takes several couples of whom both rated themselves and each other.");
  }
  TruthAndBias fit{.centre = centre, .pooled = *pooled, .by_side = std::nullopt, .labels = {}};
  if (AllHaveTheLabelsOfTheFirst(couples)) {
    fit.by_side = FitRegression(RowsOf(couples, centre, true), Variances::kBySide);
    if (fit.by_side) fit.labels = couples.front().labels;
  }
  return fit;
}

core::Json TruthAndBiasJson(const TruthAndBias& fit) {
  core::Json pooled = core::Json::Object();
  for (std::size_t j = 0; j < kTerms.size(); ++j) {
    pooled.Set(kTerms[j], TermJson(fit.pooled, static_cast<Eigen::Index>(j)));
  }
  core::Json json = core::Json::Object()
                        .Set("format", "selvedge-truth-and-bias")
                        .Set("version", 1)
                        .Set("centre", fit.centre)
                        .Set("pooled", RegressionJson(fit.pooled, std::move(pooled), fit.pooled.residual_sd.a));
  if (!fit.by_side) return json;
  core::Json sides = core::Json::Object();
  core::Json labels = core::Json::Object();
  core::Json residual_sd = core::Json::Object();
  for (const Side side : core::kSides) {
    const char* name = side == Side::kA ? "a" : "b";
    core::Json terms = core::Json::Object();
    for (std::size_t j = 0; j < kTerms.size(); ++j) terms.Set(kTerms[j], TermJson(*fit.by_side, PlaceOf(side, j)));
    sides.Set(name, std::move(terms));
    labels.Set(name, fit.labels[side]);
    residual_sd.Set(name, fit.by_side->residual_sd[side]);
  }
  json.Set("sides", std::move(labels));
  json.Set("by_side", RegressionJson(*fit.by_side, std::move(sides), std::move(residual_sd)));
  return json;
}

}  // namespace selvedge::responses
