#include "calibrate_map_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diary/column_names.h"
#include "diary/csv_table.h"
#include "diary/number.h"
#include "diary/refusal.h"
#include "exit_codes.h"
#include "files.h"
#include "leaning/calibrate.h"
#include "leaning/map.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

using leaning::Calibration;
using leaning::Cohort;
using leaning::Map;

/// Where one component stands in the file.
struct Columns {
  std::string id;
  std::size_t estimate = 0;
  std::size_t standard_error = 0;
};

core::Result<std::vector<Columns>> FindColumns(const diary::CsvTable& table, const Map& map) {
  std::vector<Columns> found;
  for (const leaning::Indicator& indicator : map.indicators) {
    for (const leaning::Component& component : indicator.components) {
      const std::optional<std::size_t> estimate = SELVEDGE_TRY(diary::FindColumn(table, component.id));
      if (!estimate) continue;
      const std::size_t standard_error = SELVEDGE_TRY(diary::NeedColumn(table, component.id + "_se"));
      found.push_back({.id = component.id, .estimate = *estimate, .standard_error = standard_error});
    }
  }
  if (found.empty()) {
    return diary::Refuse("None of the columns is a component of the map; " + diary::ListOfColumns(table) + ".",
                         "Name columns as content/map.json does, each with a second one that ends in \"_se\", for "
                         "example own_ground and own_ground_se.",
                         diary::AtLine(table.header_line()));
  }
  return found;
}

/// NaN for "nothing here".
core::Result<double> NumberAt(const diary::CsvTable& table, const diary::Row& row, std::size_t column) {
  std::string scratch;
  const std::string_view text = row.cells[column].Text(scratch);
  if (diary::IsMissing(text)) return std::numeric_limits<double>::quiet_NaN();
  if (const std::optional<double> number = diary::ParseNumber(text, table.separator())) return *number;
  return diary::Refuse(diary::Quoted(text) + " is not a number.", "Give a number, or leave the cell empty.",
                       table.PlaceOf(row.line, column));
}

core::Result<Cohort> ReadCohort(std::string_view text, const Map& map) {
  const diary::CsvTable table = SELVEDGE_TRY(diary::CsvTable::Open(text));
  const std::vector<Columns> columns = SELVEDGE_TRY(FindColumns(table, map));
  std::vector<double> estimates;
  std::vector<double> standard_errors;
  diary::RowReader rows = table.rows();
  diary::Row row;
  while (SELVEDGE_TRY(rows.Next(row))) {
    for (const Columns& column : columns) {
      const double estimate = SELVEDGE_TRY(NumberAt(table, row, column.estimate));
      const double standard_error = SELVEDGE_TRY(NumberAt(table, row, column.standard_error));
      const bool absent = estimate != estimate;
      if (absent != (standard_error != standard_error) || standard_error <= 0) {
        return diary::Refuse("An estimate has no standard error above 0, or a standard error has no estimate.",
                             "Give both, or leave both cells empty.", table.PlaceOf(row.line, column.standard_error));
      }
      estimates.push_back(estimate);
      standard_errors.push_back(standard_error);
    }
  }
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto width = static_cast<Eigen::Index>(columns.size());
  const auto height = static_cast<Eigen::Index>(estimates.size()) / width;
  Cohort cohort{.components = {},
                .estimates = Eigen::Map<const RowMajor>(estimates.data(), height, width),
                .standard_errors = Eigen::Map<const RowMajor>(standard_errors.data(), height, width)};
  for (const Columns& column : columns) cohort.components.push_back(column.id);
  return cohort;
}

core::Result<Map> LoadMap(const std::string& file) {
  if (file.empty()) return Map::Theory();
  const std::string text = SELVEDGE_TRY(ReadFile(file));
  return Map::Parse(text);
}

std::string WithError(double estimate, const std::optional<double>& error) {
  return fmt::format("{:.3f} {:<8}", estimate, error ? fmt::format("({:.3f})", *error) : "(-)");
}

void Print(const Calibration& calibration) {
  fmt::print("The map from {} people (standard errors in brackets), log-likelihood {:.4f}.\n", calibration.people,
             calibration.loglik);
  if (!calibration.converged) fmt::print("The search did not converge: the best point found is given.\n");
  fmt::print("{:<22}{:>18}{:>18}{:>18}{:>18}\n", "component", "centre", "autonomy", "connection", "own variance");
  for (std::size_t j = 0; j < calibration.components.size(); ++j) {
    const auto row = static_cast<Eigen::Index>(j);
    const leaning::ComponentErrors& errors = calibration.errors[j];
    const leaning::Weights& weights = calibration.weights;
    fmt::print("{:<22}{:>18}{:>18}{:>18}{:>18}\n", calibration.components[j],
               WithError(weights.centre[row], errors.centre),
               WithError(weights.loading(row, leaning::kAutonomy), errors.autonomy),
               WithError(weights.loading(row, leaning::kConnection), errors.connection),
               WithError(weights.residual_variance[row], errors.residual_variance));
  }
  fmt::print("Correlation of the axes: {}\n",
             WithError(calibration.weights.correlation, calibration.correlation_error));
}

}  // namespace

int RunCalibrateMap(const CalibrateMapCommand& command) {
  const core::Result<Map> map = LoadMap(command.map_file);
  if (!map) {
    PrintRefusal(command.map_file, map.error());
    return kRefused;
  }
  const auto calibrate = [&]() -> core::Result<Calibration> {
    const std::string text = SELVEDGE_TRY(ReadFile(command.file));
    const Cohort cohort = SELVEDGE_TRY(ReadCohort(text, *map));
    return Calibrate(*map, cohort, {.hold_correlation = command.hold_correlation});
  };
  const core::Result<Calibration> calibration = calibrate();
  if (!calibration) {
    PrintRefusal(command.file, calibration.error());
    return kRefused;
  }
  if (!command.json_file.empty()) {
    const std::string text = CalibrationJson(*calibration, "Started from " + map->id + ".").Dump(1) + "\n";
    if (const auto written = WriteFile(command.json_file, text); !written) {
      PrintWriteFailure(command.json_file, written.error());
      return kCannotWrite;
    }
  }
  Print(*calibration);
  return kDone;
}

}  // namespace selvedge::app
