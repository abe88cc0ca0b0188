#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "instruments/instrument.h"

namespace selvedge::instruments {

inline std::string FileText(const std::string& path) {
  std::ifstream file(std::string(SELVEDGE_SOURCE_DIR) + "/" + path);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Instrument InstrumentIn(const std::string& path) {
  auto instrument = ReadInstrument(FileText(path));
  EXPECT_TRUE(instrument.has_value()) << instrument.error().message << " " << instrument.error().remedy;
  return instrument.value_or(Instrument{});
}

inline Instrument Signs() { return InstrumentIn("content/instruments/selvedge_signs.json"); }
inline Instrument Evenings() { return InstrumentIn("tests/instruments/foreign_questionnaire.json"); }

}  // namespace selvedge::instruments
