// Writes the diary of a simulated couple by name: the sample of content/samples, and those the pictures in
// docs/pictures are made of. How each felt comes from the dyadic model; closeness, contact and moments come from a few
// fixed rules, chosen to be ordinary and to show every kind of moment, and say nothing about real couples. Answers are
// given as people give them: whole numbers on the slider, evenings missed, moments not always looked at.
//
//   simulated_couple sample|year|sparse|short|one_sided
//
// The same file every time; a test holds the committed sample to it.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.h"
#include "diary/csv.h"
#include "diary/timestamp.h"
#include "dynamics/draw.h"
#include "dynamics/system.h"

namespace selvedge {
namespace {

using core::BySide;
using core::RandomStream;
using core::Side;
using diary::Contact;

struct Kind {
  std::string_view name;
  int days;
  double answered;  ///< the probability that an evening is not missed
  bool alone = false;
};

constexpr auto kKinds = std::to_array<Kind>({{.name = "sample", .days = 112, .answered = 0.87},
                                             {.name = "year", .days = 365, .answered = 0.8},
                                             {.name = "sparse", .days = 63, .answered = 0.3},
                                             {.name = "short", .days = 6, .answered = 0.95},
                                             {.name = "one_sided", .days = 70, .answered = 0.85, .alone = true}});

/// What there is to note about one day of two people.
struct Evening {
  BySide<double> felt;
  double close = 0;
  Contact contact = Contact::kSome;
};

/// How the days went beside the mood: closeness wanders slowly, sinks on hard days, and grows with time together.
class Days {
 public:
  explicit Days(RandomStream& stream) : stream_(stream) {}

  Evening Next(int day, BySide<double> felt) {
    const bool weekend = day % 7 >= 5;
    const double apart = weekend ? 0.08 : 0.18;
    const double u = stream_.Uniform();
    const Contact contact = u < apart ? Contact::kApart : (weekend || u > 0.9) ? Contact::kMost : Contact::kSome;
    const double together = contact == Contact::kApart ? -9 : contact == Contact::kMost ? 7 : 0;
    const double mood = 0.25 * (std::min(felt.a, felt.b) - 55);
    close_ =
        std::clamp(58 + (0.8 * (close_ - 58)) + (0.5 * mood) + together + (16 * (stream_.Uniform() - 0.5)), 4.0, 97.0);
    return {.felt = felt, .close = close_, .contact = contact};
  }

 private:
  RandomStream& stream_;
  double close_ = 58;
};

/// What one of the two says happened.
class Teller {
 public:
  Teller(const Evening& evening, Side side, RandomStream& stream)
      : stream_(stream),
        own_low_(evening.felt[side] < 52),
        partner_low_(evening.felt[PartnerOf(side)] < 50),
        close_(evening.close > 62),
        apart_(evening.contact == Contact::kApart),
        holds_on_(side == Side::kA) {}

  diary::Moments Moments() {
    const double out_of_habit = holds_on_ ? 1.0 : 0.35;
    const double on_guard = holds_on_ ? 0.3 : 1.0;
    if (Chance(partner_low_ && !apart_ ? 0.55 * out_of_habit : 0.04))
      Add(Chance(0.75) ? "stepped_in asked=no before=tense after=easier" : "stepped_in asked=yes");
    if (Chance(partner_low_ ? 0.12 : 0.02)) Add("left_it_with_them");
    if (Chance(0.06 * out_of_habit)) Add("said_yes_empty");
    if (Chance(0.07 * out_of_habit)) Add("held_back what=need");
    if (Chance(0.03 * out_of_habit)) Add("said_sorry for=their_mood");
    if (Chance(own_low_ ? 0.35 : 0.06))
      Add(Chance(0.6) ? "reached outcome=with_me" : "reached outcome=not_quite later=yes");
    if (Chance(partner_low_ ? 0.3 : 0.06))
      Add(Chance(0.7) ? "was_reached came=warm met=yes" : "was_reached came=pressing met=partly");
    if (Chance(partner_low_ ? 0.22 * on_guard : 0.02)) Add("withdrew came=warm");
    if (Chance(own_low_ ? 0.2 * on_guard : 0.04)) Add("did_alone wanted_help=yes");
    if (Chance(close_ ? 0.12 : 0.03)) Add("opened_up landed=well");
    if (Chance(0.05)) Add("boundary");
    if (Chance(0.16)) Add(Chance(0.6) ? "own_time guilt=none" : "own_time guilt=some");
    if (Chance(0.05)) Add(Chance(0.6) ? "conflict voiced=yes repaired=yes" : "conflict voiced=no");
    if (Chance(own_low_ ? 0.25 : 0.04)) Add("outside_stress whose=mine");
    if (Chance(close_ && !apart_ ? 0.4 : 0.05)) Add("good_together");
    if (Chance(0.05)) Add("noticed_first");
    return *diary::ReadMoments(told_.empty() ? "nothing" : told_);
  }

 private:
  [[nodiscard]] bool Chance(double probability) { return stream_.Uniform() < probability; }

  void Add(std::string_view moment) {
    told_ += told_.empty() ? "" : " | ";
    told_ += moment;
  }

  RandomStream& stream_;
  bool own_low_;
  bool partner_low_;
  bool close_;
  bool apart_;
  bool holds_on_;
  std::string told_;
};

diary::Diary DiaryOf(const Kind& kind) {
  constexpr double kSaysHowClose = 0.85;
  constexpr double kLooks = 0.75;
  // Ana is livelier and is moved by Ben's days; Ben is steadier. Chosen to be ordinary, not to make a point.
  const auto system = dynamics::System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});
  std::vector<core::Days> times;
  const int first_day = diary::DaysFromDate({.year = 2026, .month = 3, .day = 2});
  for (int day = 0; day < kind.days; ++day) times.push_back({static_cast<double>(first_day + day)});
  RandomStream stream({.seed = 7, .subject = 0, .purpose = 10});
  RandomStream noted_stream({.seed = 7, .subject = 0, .purpose = 11});
  const auto answers = dynamics::DrawAnswers(*system, dynamics::Start::kStationary, times, stream);

  diary::Couple couple{.id = "simulated couple", .labels = {.a = "Ana", .b = kind.alone ? "" : "Ben"}, .check_ins = {}};
  Days days(noted_stream);
  int number = 0;
  for (const dynamics::Observation& answer : answers) {
    diary::CheckIn check_in{.time = answer.time, .day = static_cast<int>(answer.time.count), .own = {}};
    const Evening evening = days.Next(number++, {.a = *answer.own.a, .b = *answer.own.b});
    for (const Side side : core::kSides) {
      const bool answered = stream.Uniform() < kind.answered;
      diary::Noted noted;
      if (noted_stream.Uniform() < kSaysHowClose) {
        const double own_sense = 8 * (noted_stream.Uniform() - 0.5);
        noted.close = std::clamp(std::round(evening.close + own_sense), 0.0, 100.0);
        noted.contact = evening.contact;
      }
      if (noted_stream.Uniform() < kLooks) noted.moments = Teller(evening, side, noted_stream).Moments();
      if (!answered || (kind.alone && side == Side::kB)) continue;
      check_in.own[side] = std::clamp(std::round(*answer.own[side]), 0.0, 100.0);
      check_in.noted[side] = noted;
    }
    couple.check_ins.push_back(check_in);
  }
  return {.clock = diary::Clock::kCalendar, .couples = {couple}};
}

}  // namespace
}  // namespace selvedge

int main(int argc, char** argv) {
  const auto* const kind = argc == 2
                               ? std::ranges::find(selvedge::kKinds, std::string_view(argv[1]), &selvedge::Kind::name)
                               : selvedge::kKinds.end();
  if (kind == selvedge::kKinds.end()) {
    static_cast<void>(std::fputs("usage: simulated_couple sample|year|sparse|short|one_sided\n", stderr));
    return 2;
  }
  const std::string csv = selvedge::diary::WriteCsv(selvedge::DiaryOf(*kind));
  return std::fwrite(csv.data(), 1, csv.size(), stdout) == csv.size() ? 0 : 1;
}
