#include "responses/transition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "core/text.h"
#include "diary/csv_table.h"
#include "diary/refusal.h"
#include "responses/columns.h"

namespace selvedge::responses {
namespace {

constexpr std::array<std::string_view, 3> kTerms{"intercept", "response_before", "request_before"};

using Cells = std::array<Transitions::Cell, 4>;

std::size_t CellOf(bool response_before, bool request_before) {
  return (response_before ? 1U : 0U) + (request_before ? 2U : 0U);
}

Cells EmptyCells() {
  Cells cells{};
  for (const bool response : {false, true}) {
    for (const bool request : {false, true}) {
      cells[CellOf(response, request)] = {.response_before = response, .request_before = request};
    }
  }
  return cells;
}

core::Result<std::optional<bool>> Code(const diary::CsvTable& table, int line, std::size_t column,
                                       std::optional<double> number) {
  if (!number) return std::nullopt;
  if (*number == 0 || *number == 1) return *number == 1;
  return diary::Refuse(core::ShortestNumber(*number) + " is not a code known here.",
                       "Code 1 for an interval in which it happened and 0 for one in which it did not.",
                       table.PlaceOf(line, column));
}

/// The smallest step between two intervals of any couple; nothing where no couple has two.
std::optional<double> SmallestStep(const std::vector<Sequence>& sequences) {
  std::optional<double> smallest;
  for (const Sequence& sequence : sequences) {
    for (std::size_t i = 1; i < sequence.intervals.size(); ++i) {
      const double step = sequence.intervals[i].time - sequence.intervals[i - 1].time;
      if (!smallest || step < *smallest) smallest = step;
    }
  }
  return smallest;
}

Cells Count(const Sequence& sequence, double step) {
  constexpr double kSlack = 1e-6;  // of a step: decimal times are not exact in binary
  Cells cells = EmptyCells();
  for (std::size_t i = 1; i < sequence.intervals.size(); ++i) {
    const Sequence::Interval& before = sequence.intervals[i - 1];
    const Sequence::Interval& now = sequence.intervals[i];
    const bool follows = now.time - before.time <= (1 + kSlack) * step;
    if (!follows || !before.request || !before.response || !now.request || !now.response) continue;
    Transitions::Cell& cell = cells[CellOf(*before.response, *before.request)];
    cell.count += 1;
    cell.response_now += *now.response ? 1 : 0;
    cell.request_now += *now.request ? 1 : 0;
  }
  return cells;
}

std::vector<Trials> TrialsOf(const Cells& cells, int Transitions::Cell::* act) {
  std::vector<Trials> trials;
  for (const Transitions::Cell& cell : cells) {
    if (cell.count == 0) continue;
    Coefficients covariates(3);
    covariates << 1, cell.response_before ? 1 : 0, cell.request_before ? 1 : 0;
    trials.push_back(
        {.covariates = covariates, .yes = static_cast<double>(cell.*act), .count = static_cast<double>(cell.count)});
  }
  return trials;
}

TransitionModel FitAct(const Cells& all, const std::vector<Cells>& couples, int Transitions::Cell::* act) {
  const NormalPrior flat{.centre = Coefficients::Zero(3),
                         .sd = Coefficients::Constant(3, std::numeric_limits<double>::infinity())};
  TransitionModel model;
  model.pooled = FindMode(TrialsOf(all, act), flat);
  if (!model.pooled) return model;
  model.pooled_loglik = model.pooled->log_density;
  std::vector<std::vector<Trials>> trials;
  for (const Cells& couple : couples) trials.push_back(TrialsOf(couple, act));
  model.random = FitRandomIntercept(trials);
  return model;
}

core::Json TermsJson(const Coefficients& estimates, const std::optional<Coefficients>& standard_errors) {
  core::Json terms = core::Json::Object();
  for (std::size_t j = 0; j < kTerms.size(); ++j) {
    const auto at = static_cast<Eigen::Index>(j);
    terms.Set(kTerms[j], core::Json::Object()
                             .Set("estimate", estimates(at))
                             .Set("se", standard_errors ? core::Json((*standard_errors)(at)) : core::Json()));
  }
  return terms;
}

core::Json ModelJson(const TransitionModel& model) {
  core::Json json = core::Json::Object();
  if (!model.pooled) return json.Set("pooled", core::Json()).Set("own_levels", core::Json());
  json.Set("pooled", core::Json::Object()
                         .Set("loglik", model.pooled_loglik)
                         .Set("parameters", TermsJson(model.pooled->coefficients,
                                                      Coefficients(model.pooled->covariance.diagonal().cwiseSqrt()))));
  if (!model.random) return json.Set("own_levels", core::Json());
  return json.Set("own_levels",
                  core::Json::Object()
                      .Set("converged", model.random->converged)
                      .Set("loglik", model.random->loglik)
                      .Set("parameters", TermsJson(model.random->coefficients, model.random->standard_errors))
                      .Set("sd", model.random->sd));
}

}  // namespace

core::Result<std::vector<Sequence>> ReadSequences(std::string_view csv, const SequenceColumns& columns) {
  const diary::CsvTable table = SELVEDGE_TRY(diary::CsvTable::Open(csv));
  NamedRows named = SELVEDGE_TRY(
      ReadColumns(table, std::array{columns.dyad}, std::array{columns.time, columns.request, columns.response}));
  for (const NamedRow& row : named.rows) {
    if (row.numbers[0]) continue;
    return diary::Refuse("This row does not say which interval it is.", "Fill in the time on every row.",
                         table.PlaceOf(row.line, named.number_columns[0]));
  }
  std::ranges::sort(named.rows, [](const NamedRow& one, const NamedRow& other) {
    if (one.labels[0] != other.labels[0]) return core::NaturalLess(one.labels[0], other.labels[0]);
    if (*one.numbers[0] != *other.numbers[0]) return *one.numbers[0] < *other.numbers[0];
    return one.line < other.line;
  });
  std::vector<Sequence> sequences;
  for (const NamedRow& row : named.rows) {
    if (sequences.empty() || sequences.back().couple != row.labels[0]) {
      sequences.push_back({.couple = row.labels[0], .intervals = {}});
    }
    std::vector<Sequence::Interval>& intervals = sequences.back().intervals;
    if (!intervals.empty() && intervals.back().time == *row.numbers[0]) {
      return diary::Refuse("Couple " + diary::Quoted(row.labels[0]) + " has this interval twice.",
                           "Keep one row for each interval.", table.PlaceOf(row.line, named.number_columns[0]));
    }
    intervals.push_back({.time = *row.numbers[0],
                         .request = SELVEDGE_TRY(Code(table, row.line, named.number_columns[1], row.numbers[1])),
                         .response = SELVEDGE_TRY(Code(table, row.line, named.number_columns[2], row.numbers[2]))});
  }
  return sequences;
}

core::Result<Transitions> FitTransitions(const std::vector<Sequence>& sequences) {
  const double step = SmallestStep(sequences).value_or(0);
  std::vector<Cells> couples;
  Transitions fit{.couples = static_cast<int>(sequences.size()), .cells = EmptyCells(), .response = {}, .request = {}};
  int pairs = 0;
  for (const Sequence& sequence : sequences) {
    couples.push_back(Count(sequence, step));
    for (std::size_t i = 0; i < fit.cells.size(); ++i) {
      const Transitions::Cell& cell = couples.back()[i];
      fit.cells[i].count += cell.count;
      fit.cells[i].response_now += cell.response_now;
      fit.cells[i].request_now += cell.request_now;
      pairs += cell.count;
    }
  }
  if (pairs == 0) {
    return diary::Refuse("No two coded intervals follow each other.",
                         "It takes sequences with a row for each interval, numbered in order.");
  }
  fit.response = FitAct(fit.cells, couples, &Transitions::Cell::response_now);
  fit.request = FitAct(fit.cells, couples, &Transitions::Cell::request_now);
  return fit;
}

core::Json TransitionsJson(const Transitions& fit) {
  core::Json cells = core::Json::Array();
  for (const Transitions::Cell& cell : fit.cells) {
    cells.Push(core::Json::Object()
                   .Set("response_before", cell.response_before)
                   .Set("request_before", cell.request_before)
                   .Set("count", cell.count)
                   .Set("response_now", cell.response_now)
                   .Set("request_now", cell.request_now));
  }
  return core::Json::Object()
      .Set("format", "selvedge-transition")
      .Set("version", 1)
      .Set("couples", fit.couples)
      .Set("transitions", std::move(cells))
      .Set("response", ModelJson(fit.response))
      .Set("request", ModelJson(fit.request));
}

}  // namespace selvedge::responses
