#include "theory/trajectories.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "core/contract.h"
#include "core/text.h"

namespace selvedge::theory {
namespace {

Kind KindOfState(std::string_view name) {
  if (name == "feeling") return Kind::kFeeling;
  return name == "need" ? Kind::kNeed : Kind::kShare;
}

std::array<Column, kColumns> NameColumns() {
  std::array<Column, kColumns> columns;
  std::size_t at = 0;
  for (const char* name : {"closeness", "together", "still_together"}) columns[at++] = {.name = name};
  for (const std::string who : {"a_", "b_"}) {
    for (const auto& field : kPersonFields<float>) {
      columns[at++] = {.name = who + std::string(field.name), .kind = KindOfState(field.name)};
    }
    columns[at++] = {.name = who + "feeling_spread", .kind = Kind::kSpread};
    for (const std::string_view event : kEvents) {
      columns[at++] = {.name = who + std::string(event), .kind = Kind::kCount};
    }
  }
  return columns;
}

Row RowOf(const Week& week, bool still_together) {
  Row row{week.closeness, week.together, still_together ? 1.0F : 0.0F};
  std::size_t at = 3;
  for (const core::Side side : core::kSides) {
    const Person<float>& person = week.people[side];
    for (const auto& field : kPersonFields<float>) row[at++] = person.*field.member;
    row[at++] = std::sqrt(std::max(0.0F, week.feeling_square[side] - person.feeling * person.feeling));
    for (const float count : week.counts[side]) row[at++] = count;
  }
  return row;
}

bool HasParted(const Week& week) { return week.counts.a[kIndexOf<Parting>] + week.counts.b[kIndexOf<Parting>] > 0; }

void AppendNumber(float value, std::string& text) {
  constexpr int kDecimals = 4;
  std::array<char, 64> buffer{};
  const auto [end, status] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, kDecimals);
  char* first = buffer.data();
  char* last = end;
  while (last[-1] == '0') --last;
  if (last[-1] == '.') --last;
  if (last - first == 2 && first[0] == '-' && first[1] == '0') ++first;
  text.append(first, last);
}

}  // namespace

const std::array<Column, kColumns>& Columns() {
  static const std::array<Column, kColumns> kNamed = NameColumns();
  return kNamed;
}

std::size_t ColumnAt(std::string_view name) {
  const auto at = static_cast<std::size_t>(std::ranges::find(Columns(), name, &Column::name) - Columns().begin());
  SELVEDGE_EXPECT(at < kColumns);
  return at;
}

void ForEachRow(const Block& block, core::FunctionRef<void(std::size_t couple, std::size_t week, const Row&)> take) {
  std::vector<bool> parted(block.couples);
  for (std::size_t week = 0; week < block.weeks; ++week) {
    for (std::size_t couple = 0; couple < block.couples; ++couple) {
      const Week& lived = block.At(couple, week);
      if (HasParted(lived)) parted[couple] = true;
      take(couple, week, RowOf(lived, !parted[couple]));
    }
  }
}

std::string TrajectoriesHeader() {
  std::string header = "simulated,couple,week";
  for (const Column& column : Columns()) header += "," + column.name;
  return header + "\n";
}

void AppendTrajectories(const Block& block, std::string_view population, std::string& csv) {
  const std::string label = core::CsvField(population) + ",";
  std::vector<std::string> lines(block.couples);
  ForEachRow(block, [&](std::size_t couple, std::size_t week, const Row& row) {
    std::string& line = lines[couple];
    line += label + std::to_string(block.first + couple + 1) + "," + std::to_string(week + 1);
    for (const float value : row) {
      line += ',';
      AppendNumber(value, line);
    }
    line += '\n';
  });
  for (const std::string& line : lines) csv += line;
}

}  // namespace selvedge::theory
