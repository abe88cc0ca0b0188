#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "diary/csv.h"

namespace selvedge::reference {

inline std::string TextOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Reference numbers by their row's name: the first column names the row, the header the others; NA is NaN.
using Table = std::map<std::string, std::map<std::string, double>>;

inline Table ReadTable(const std::filesystem::path& path) {
  std::istringstream lines(TextOf(path));
  const auto cells_of = [](const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) {
      std::erase(cell, '"');
      cells.push_back(cell);
    }
    return cells;
  };
  Table table;
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> header = cells_of(line);
  while (std::getline(lines, line)) {
    const std::vector<std::string> cells = cells_of(line);
    for (std::size_t i = 1; i < cells.size(); ++i) {
      table[cells[0]][header[i]] =
          cells[i] == "NA" ? std::numeric_limits<double>::quiet_NaN() : std::strtod(cells[i].c_str(), nullptr);
    }
  }
  return table;
}

/// The folder of our own reference data, committed with the tests.
inline std::filesystem::path OwnData() { return std::filesystem::path(SELVEDGE_SOURCE_DIR) / "tests/reference"; }

/// The folder of data that may not be shipped: beside the checkout, where it is there at all.
inline std::filesystem::path SharedData() { return std::filesystem::path(SELVEDGE_SOURCE_DIR) / "../shared/data"; }

inline diary::Diary Read(const std::filesystem::path& path, const diary::ColumnMap& columns) {
  const auto diary = diary::ReadCsv(TextOf(path), {.columns = columns, .scale = {}});
  EXPECT_TRUE(diary.has_value()) << path;
  return diary.value_or(diary::Diary{});
}

}  // namespace selvedge::reference
