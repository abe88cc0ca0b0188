#include "dynamics/coverage.h"

#include <cmath>

#include "core/contract.h"
#include "core/json.h"
#include "coverage_content.h"

namespace selvedge::dynamics {
namespace {

double NumberIn(const core::Json& row, const char* name) {
  const core::Result<double> number = row.Number(name);
  SELVEDGE_EXPECT(number.has_value());
  return *number;
}

}  // namespace

MeasuredCoverage CoverageOf(Intervals intervals, std::size_t days) {
  const core::Result<core::Json> table = core::Json::Parse(content::kLaplaceCoverage);
  SELVEDGE_EXPECT(table.has_value());
  const core::Result<core::Json> rows =
      table->Field(intervals == Intervals::kReadings ? "readings" : "maximum_likelihood");
  SELVEDGE_EXPECT(rows.has_value() && rows->Size() > 0);
  MeasuredCoverage nearest;
  double least = 1e9;
  for (std::size_t i = 0; i < rows->Size(); ++i) {
    const core::Result<core::Json> row = rows->At(i);
    SELVEDGE_EXPECT(row.has_value());
    const double row_days = NumberIn(*row, "days");
    const double distance = std::fabs(std::log(row_days / std::fmax(1, static_cast<double>(days))));
    if (distance >= least) continue;
    least = distance;
    nearest = {.days = static_cast<int>(row_days), .ninety = NumberIn(*row, "coverage_90")};
  }
  return nearest;
}

}  // namespace selvedge::dynamics
