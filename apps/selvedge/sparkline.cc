#include "sparkline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace selvedge::app {
namespace {

constexpr std::array<const char*, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

std::string Bar(double value, double low, double high) {
  const double place = high > low ? (value - low) / (high - low) : 0.5;
  const auto height = static_cast<std::size_t>(std::clamp(std::floor(place * 8), 0.0, 7.0));
  return kBars[height];
}

}  // namespace

std::size_t DaysPerBar(std::size_t days, std::size_t width) {
  return std::max<std::size_t>(1, (days + width - 1) / width);
}

std::string Sparkline(std::span<const std::optional<double>> series, std::size_t stretch, double low, double high) {
  std::string line;
  for (std::size_t first = 0; first < series.size(); first += stretch) {
    double sum = 0;
    int answers = 0;
    for (std::size_t i = first; i < std::min(first + stretch, series.size()); ++i) {
      if (!series[i]) continue;
      sum += *series[i];
      ++answers;
    }
    line += answers > 0 ? Bar(sum / answers, low, high) : "·";
  }
  return line;
}

}  // namespace selvedge::app
