#include "responses/occasions.h"

#include <cmath>

namespace selvedge::responses {

std::vector<Occasion> OccasionsOf(const diary::Couple& couple) {
  std::vector<Occasion> occasions;
  occasions.reserve(couple.check_ins.size());
  for (const diary::CheckIn& check_in : couple.check_ins) {
    Occasion occasion{.day = check_in.day};
    for (const core::Side side : core::kSides) {
      occasion.own[side] = check_in.own[side];
      occasion.moments[side] = check_in.noted[side].moments;
      const bool same_day = !occasions.empty() && occasions.back().day == check_in.day;
      if (!occasion.own[side] && same_day) occasion.own[side] = occasions.back().own[side];
    }
    occasions.push_back(occasion);
  }
  return occasions;
}

std::vector<std::optional<bool>> LowerThanUsual(std::span<const Occasion> occasions, core::Side side) {
  double count = 0;
  double mean = 0;
  double squares = 0;
  for (const Occasion& occasion : occasions) {
    if (!occasion.own[side]) continue;
    ++count;
    const double step = *occasion.own[side] - mean;
    mean += step / count;
    squares += step * (*occasion.own[side] - mean);
  }
  std::vector<std::optional<bool>> lower(occasions.size());
  if (count < 2 || !(squares > 0)) return lower;
  const double limit = mean - std::sqrt(squares / (count - 1));
  for (std::size_t i = 0; i < occasions.size(); ++i) {
    if (occasions[i].own[side]) lower[i] = *occasions[i].own[side] <= limit;
  }
  return lower;
}

}  // namespace selvedge::responses
