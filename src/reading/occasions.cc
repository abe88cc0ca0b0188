#include "reading/occasions.h"

#include <utility>

namespace selvedge::reading {

using responses::Occasion;

std::vector<Occasion> WholeDays(std::span<const Day> days) {
  std::vector<Occasion> occasions;
  occasions.reserve(days.size());
  for (const Day& day : days) {
    Occasion occasion{.day = day.day, .own = day.own};
    for (const core::Side side : core::kSides) occasion.moments[side] = day.noted[side].moments;
    occasions.push_back(std::move(occasion));
  }
  return occasions;
}

void LeaveOut(const core::BySide<Beside>& beside, std::vector<Occasion>& occasions) {
  for (const core::Side side : core::kSides) {
    for (const LeftOut& left_out : beside[side].left_out) {
      for (Occasion& occasion : occasions) {
        if (occasion.day == left_out.day) occasion.left_out[side] = Joined(occasion.left_out[side], left_out.acts);
      }
    }
  }
}

}  // namespace selvedge::reading
