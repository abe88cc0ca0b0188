#include "reading/reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dynamics/draw.h"
#include "dynamics/quantities.h"
#include "reading/words.h"
#include "responses/responses.h"

namespace selvedge::reading {
namespace {

using core::Side;
using dynamics::System;

diary::Couple CoupleFrom(const System& system, int days, std::uint64_t seed, double answered_b = 1) {
  core::RandomStream stream({.seed = seed, .subject = 0, .purpose = 121});
  std::vector<core::Days> times;
  for (int day = 0; day < days; ++day) times.push_back({static_cast<double>(day)});
  diary::Couple couple{.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}};
  for (const auto& answers : DrawAnswers(system, dynamics::Start::kStationary, times, stream)) {
    diary::CheckIn check_in{.time = answers.time, .day = static_cast<int>(answers.time.count), .own = answers.own};
    if (stream.Uniform() >= answered_b) check_in.own.b.reset();
    couple.check_ins.push_back(check_in);
  }
  return couple;
}

const System kOrdinary = *System::Create({-0.75, 0.15, 0.15, -0.75}, {105, 30, 105}, {64, 64}, {66, 61});

Reading ReadingOf(const diary::Couple& couple) {
  return ReadCouple(couple, diary::Clock::kDayNumbers, dynamics::Prior::DailyMood());
}

const Card& CardOf(const Reading& reading, const std::string& id, std::optional<Side> side) {
  const auto found =
      std::ranges::find_if(reading.cards, [&](const Card& card) { return card.id == id && card.side == side; });
  EXPECT_NE(found, reading.cards.end()) << id;
  return *found;
}

TEST(ReadCouple, HasEveryReadingForBothPartnersAlike) {
  const Reading reading = ReadingOf(CoupleFrom(kOrdinary, 100, 1));
  std::vector<std::string> of_a;
  std::vector<std::string> of_b;
  for (const Card& card : reading.cards) {
    if (card.side == Side::kA) of_a.push_back(card.id);
    if (card.side == Side::kB) of_b.push_back(card.id);
  }
  EXPECT_EQ(of_a, of_b);
  EXPECT_EQ(of_a, (std::vector<std::string>{"usual_level", "spread", "half_life", "pull_after_a_day", "whose_weather",
                                            "forecast"}));
  CardOf(reading, "move_together", std::nullopt);
}

TEST(ReadCouple, ShowsNoNumberBeforeThereAreDaysEnough) {
  const Reading reading = ReadingOf(CoupleFrom(kOrdinary, 13, 2));
  for (const Card& card : reading.cards) {
    EXPECT_EQ(card.status, CardStatus::kNotEnoughYet) << card.id;
    EXPECT_FALSE(card.estimate.has_value()) << card.id;
    EXPECT_NE(card.sentence.find("Not enough yet"), std::string::npos) << card.id;
  }
}

TEST(ReadCouple, OpensEachReadingAtItsOwnNumberOfDays) {
  const auto shown_at = [](int days, const std::string& id, std::optional<Side> side) {
    return CardOf(ReadingOf(CoupleFrom(kOrdinary, days, 3)), id, side).estimate.has_value();
  };
  EXPECT_TRUE(shown_at(14, "usual_level", Side::kA));
  EXPECT_FALSE(shown_at(27, "half_life", Side::kB));
  EXPECT_TRUE(shown_at(28, "half_life", Side::kB));
  EXPECT_TRUE(shown_at(28, "move_together", std::nullopt));
  EXPECT_FALSE(shown_at(55, "whose_weather", Side::kA));
  EXPECT_TRUE(shown_at(56, "whose_weather", Side::kA));
  EXPECT_FALSE(shown_at(83, "pull_after_a_day", Side::kA));
  EXPECT_TRUE(shown_at(84, "pull_after_a_day", Side::kA));
}

TEST(ReadCouple, ReadsOnePartnerAloneAndWaitsForTheOther) {
  diary::Couple couple = CoupleFrom(kOrdinary, 60, 4, 0);
  couple.labels.b.clear();
  const Reading reading = ReadingOf(couple);
  EXPECT_EQ(CardOf(reading, "usual_level", Side::kA).status, CardStatus::kShown);
  EXPECT_EQ(CardOf(reading, "half_life", Side::kA).status, CardStatus::kShown);
  EXPECT_EQ(CardOf(reading, "usual_level", Side::kB).status, CardStatus::kNotEnoughYet);
  EXPECT_EQ(CardOf(reading, "pull_after_a_day", Side::kA).status, CardStatus::kNotEnoughYet);
}

TEST(ReadCouple, GivesTheSameReadingEveryTime) {
  const diary::Couple couple = CoupleFrom(kOrdinary, 90, 5);
  EXPECT_EQ(ReadingJson(ReadingOf(couple)).Dump(), ReadingJson(ReadingOf(couple)).Dump());
}

TEST(ReadCouple, IntervalsHoldInsideEachOther) {
  const Reading reading = ReadingOf(CoupleFrom(kOrdinary, 120, 6));
  for (const Card& card : reading.cards) {
    ASSERT_TRUE(card.estimate.has_value()) << card.id;
    const Estimate& e = *card.estimate;
    EXPECT_LE(e.ninety[0], e.half[0]) << card.id;
    EXPECT_LE(e.half[0], e.median) << card.id;
    EXPECT_LE(e.median, e.half[1]) << card.id;
    EXPECT_LE(e.half[1], e.ninety[1]) << card.id;
  }
}

TEST(ReadCouple, CountsSeveralPromptsOfADayAsOneDay) {
  diary::Couple couple{.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}};
  for (int i = 0; i < 20; ++i) {
    couple.check_ins.push_back({.time = {0.25 * i}, .day = i / 4, .own = {.a = 50.0 + i, .b = {}}});
  }
  const Reading reading = ReadingOf(couple);
  EXPECT_EQ(reading.answered.a, 5);
  EXPECT_DOUBLE_EQ(reading.days[1].own.a.value(), 55.5);
}

TEST(ReadCouple, KeepsToThePullsNullAlmostAlways) {
  // Couples without any pull: told a direction by either card in at most 1 of 20 (bar with Monte Carlo room).
  const bool nightly = std::getenv("SELVEDGE_NIGHTLY") != nullptr;
  const int couples = nightly ? 2000 : 120;
  const System no_pull = *System::Create({-0.75, 0, 0, -0.75}, {105, 30, 105}, {64, 64}, {66, 61});
  int told = 0;
  for (int i = 0; i < couples; ++i) {
    const Reading reading = ReadingOf(CoupleFrom(no_pull, 180, 1000 + static_cast<std::uint64_t>(i), 0.85));
    const bool any = CardOf(reading, "pull_after_a_day", Side::kA).status == CardStatus::kShown ||
                     CardOf(reading, "pull_after_a_day", Side::kB).status == CardStatus::kShown;
    told += any ? 1 : 0;
  }
  EXPECT_LE(told, couples / 20);
}

TEST(ReadCouple, TellsAPullThatIsStrongAndPlain) {
  const System strong = *System::Create({-0.8, 0.9, 0.0, -0.5}, {40, 0, 150}, {10, 10}, {66, 61});
  const Reading reading = ReadingOf(CoupleFrom(strong, 250, 7));
  const Card& card = CardOf(reading, "pull_after_a_day", Side::kA);
  EXPECT_EQ(card.status, CardStatus::kShown);
  EXPECT_GT(card.estimate->ninety[0], 0);
  EXPECT_EQ(CardOf(reading, "pull_after_a_day", Side::kB).status, CardStatus::kNotSettled);
}

TEST(ReadCouple, ForecastsBeatBothSimpleRulesWhenTheModelIsTrue) {
  const Reading reading = ReadingOf(CoupleFrom(kOrdinary, 400, 8));
  for (const Side side : core::kSides) {
    const auto held_back = CardOf(reading, "forecast", side).details.Field("held_back");
    ASSERT_TRUE(held_back.has_value());
    const double crps = held_back->Number("crps").value();
    EXPECT_LT(crps, held_back->Number("crps_as_usual").value());
    EXPECT_LT(crps, held_back->Number("crps_as_the_day_before").value());
  }
}

TEST(ReadCouple, TakesAnEmptyAndAVeryLongDiary) {
  EXPECT_FALSE(ReadingOf({.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}}).cards.empty());
  diary::Couple far_apart{.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}};
  far_apart.check_ins.push_back({.time = {-900'000}, .day = -900'000, .own = {.a = 5.0, .b = 6.0}});
  far_apart.check_ins.push_back({.time = {900'000}, .day = 900'000, .own = {.a = 5.0, .b = 6.0}});
  EXPECT_EQ(ReadingOf(far_apart).days.size(), 2U);
}

TEST(OnHundred, MovesAScaleToTheSlider) {
  diary::Couple couple{.id = "1",
                       .labels = {},
                       .check_ins = {{.time = {0}, .day = 0, .own = {.a = 1.0, .b = 7.0}},
                                     {.time = {1}, .day = 1, .own = {.a = 4.0, .b = {}}}}};
  couple = OnHundred(couple, {.low = 1, .high = 7});
  EXPECT_EQ(couple.check_ins[0].own.a, 0);
  EXPECT_EQ(couple.check_ins[0].own.b, 100);
  EXPECT_EQ(couple.check_ins[1].own.a, 50);
}

TEST(ReadCouple, PutsTheMomentsOfADayTogether) {
  diary::Couple couple{.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}};
  const auto add = [&](double time, const diary::Noted& of_a) {
    couple.check_ins.push_back(
        {.time = {time}, .day = static_cast<int>(time), .own = {}, .noted = {.a = of_a, .b = {}}});
  };
  add(0.2, {.close = 40, .contact = diary::Contact::kApart, .moments = *diary::ReadMoments("boundary")});
  add(0.9, {.close = 60, .contact = diary::Contact::kMost, .moments = *diary::ReadMoments("own_time guilt=some")});
  add(1.5, {.moments = diary::Moments{}});
  add(2.5, {.close = 10});
  const Reading reading = ReadCouple(couple, diary::Clock::kDayNumbers, dynamics::Prior::DailyMood());
  ASSERT_EQ(reading.days.size(), 3U);
  EXPECT_EQ(reading.days[0].noted.a.close, 50);
  EXPECT_EQ(reading.days[0].noted.a.contact, diary::Contact::kMost);
  EXPECT_EQ(WriteMoments(*reading.days[0].noted.a.moments), "boundary | own_time guilt=some");
  EXPECT_TRUE(reading.days[1].noted.a.moments->IsEmpty());
  EXPECT_FALSE(reading.days[2].noted.a.moments);
  EXPECT_EQ(reading.looked.a, 2);
  EXPECT_EQ(reading.looked.b, 0);
  EXPECT_EQ(ReadingJson(reading).Field("days")->At(0)->Field("moments_a")->At(1)->Text("guilt"), "some");
  EXPECT_EQ(ReadingJson(reading).Field("days")->At(1)->Field("moments_a")->Size(), 0U);
  EXPECT_FALSE(ReadingJson(reading).Field("days")->At(2)->Has("moments_a"));
}

constexpr std::array<std::string_view, 7> kAboutMoments{"stepping_in", "withdrawing", "unsaid",  "unsaid_when_low",
                                                        "reaching",    "meeting",     "own_time"};

/// A couple in whose diary moments of every kind come round, Ben's at another pace than Ana's.
diary::Couple CoupleWithMoments(int days) {
  constexpr std::array<std::string_view, 6> kLogs{"stepped_in asked=no before=tense after=easier | held_back what=need",
                                                  "was_reached came=warm met=yes | own_time guilt=none",
                                                  "nothing",
                                                  "reached outcome=with_me | own_time guilt=much",
                                                  "was_reached came=warm met=partly | withdrew",
                                                  "reached outcome=not_quite | said_yes_empty"};
  diary::Couple couple = CoupleFrom(kOrdinary, days, 9);
  for (std::size_t i = 0; i < couple.check_ins.size(); ++i) {
    couple.check_ins[i].noted.a.moments = diary::ReadMoments(kLogs[(i * i + i / 3) % kLogs.size()]).value();
    couple.check_ins[i].noted.b.moments = diary::ReadMoments(kLogs[(i / 2) % kLogs.size()]).value();
  }
  return couple;
}

std::vector<const Card*> CardsAboutMoments(const Reading& reading) {
  std::vector<const Card*> cards;
  for (const Card& card : reading.cards) {
    if (std::ranges::count(kAboutMoments, card.id) > 0) cards.push_back(&card);
  }
  return cards;
}

/// The same card of the other partner, if the partners had each other's names.
std::string Swapped(std::string words) {
  for (std::size_t at = 0; at + 3 <= words.size(); ++at) {
    const std::string_view name = std::string_view(words).substr(at, 3);
    if (name == "Ana") {
      words.replace(at, 3, "Ben");
    } else if (name == "Ben") {
      words.replace(at, 3, "Ana");
    }
  }
  return words;
}

TEST(ReadCouple, AsksAboutMomentsOnlyWhereSomebodyLooked) {
  diary::Couple couple = CoupleFrom(kOrdinary, 20, 9);
  EXPECT_TRUE(CardsAboutMoments(ReadingOf(couple)).empty());
  couple.check_ins[7].noted.a.moments = diary::Moments{};
  const Reading reading = ReadingOf(couple);
  EXPECT_EQ(CardsAboutMoments(reading).size(), 2 * kAboutMoments.size());
  for (const Card* card : CardsAboutMoments(reading)) {
    EXPECT_EQ(card->status, CardStatus::kNotEnoughYet) << card->id;
    EXPECT_EQ(IsAsked(reading, *card), card->side == Side::kA) << "Ben is not asked about what he never looked at";
  }
}

TEST(ReadCouple, AnswersAboutMomentsAsResponsesDo) {
  const diary::Couple couple = CoupleWithMoments(90);
  const std::vector<responses::Response> responses = ReadResponses(
      responses::OccasionsOf(couple), couple.labels, responses::Grain::kDays, responses::Prior::Provisional());
  const Reading reading = ReadingOf(couple);
  const std::vector<const Card*> cards = CardsAboutMoments(reading);
  ASSERT_EQ(cards.size(), responses.size());
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const Card& card = *cards[i];
    const responses::Response& response = responses[i];
    EXPECT_EQ(card.id, NameOf(response.kind));
    EXPECT_EQ(card.side, response.side);
    ASSERT_TRUE(card.estimate && response.estimate) << card.id;
    EXPECT_EQ(card.estimate->median, response.estimate->median) << card.id;
    EXPECT_EQ(card.estimate->ninety, response.estimate->ninety) << card.id;
    EXPECT_EQ(card.status == CardStatus::kShown, response.status == responses::Status::kShown) << card.id;
    EXPECT_EQ(card.requirement.have, 90) << card.id;
    EXPECT_EQ(card.requirement.occasions_have, response.requirement.occasions_have) << card.id;
    EXPECT_EQ(Said(card), response.counts_sentence + " " + response.sentence);
    for (const responses::Count& count : response.counts) {
      const auto counted = card.details.Field("counts")->Field(count.id);
      ASSERT_TRUE(counted) << card.id << count.id;
      EXPECT_EQ(counted->Number("count"), count.count);
      EXPECT_EQ(counted->Number("of"), count.of);
    }
    EXPECT_EQ(card.details.Has("odds_against_none"), response.odds_against_none.has_value()) << card.id;
  }
}

TEST(ReadCouple, AnswersAboutMomentsAlikeForBoth) {
  const diary::Couple couple = CoupleWithMoments(90);
  diary::Couple swapped = couple;
  for (diary::CheckIn& check_in : swapped.check_ins) {
    std::swap(check_in.own.a, check_in.own.b);
    std::swap(check_in.noted.a, check_in.noted.b);
  }
  const Reading reading = ReadingOf(couple);
  const Reading other = ReadingOf(swapped);
  for (const Card* card : CardsAboutMoments(reading)) {
    const Card& mirrored = CardOf(other, card->id, PartnerOf(*card->side));
    EXPECT_EQ(card->estimate->median, mirrored.estimate->median) << card->id;
    EXPECT_EQ(card->status, mirrored.status) << card->id;
    EXPECT_EQ(Said(*card), Swapped(Said(mirrored)));
  }
}

TEST(ReadCouple, PutsTwoHoursOfOneDayTogether) {
  const diary::Couple couple = CoupleWithMoments(90);
  diary::Couple apart{.id = "1", .labels = couple.labels, .check_ins = {}};
  for (const diary::CheckIn& check_in : couple.check_ins) {
    diary::CheckIn of_ana = check_in;
    diary::CheckIn of_ben = check_in;
    of_ana.own.b.reset();
    of_ana.noted.b = {};
    of_ben.own.a.reset();
    of_ben.noted.a = {};
    of_ben.time.count += 0.1;
    apart.check_ins.push_back(of_ana);
    apart.check_ins.push_back(of_ben);
  }
  const Reading together = ReadingOf(couple);
  const Reading reading = ReadingOf(apart);
  for (const Card* card : CardsAboutMoments(together))
    EXPECT_EQ(Said(*card), Said(CardOf(reading, card->id, card->side)));
}

TEST(ReadCouple, SpeaksOfCheckInsWhereSomebodyLookedTwiceADay) {
  diary::Couple couple = CoupleWithMoments(40);
  for (diary::CheckIn& check_in : couple.check_ins) check_in.day /= 2;
  const Reading reading = ReadingOf(couple);
  EXPECT_NE(CardOf(reading, "unsaid", Side::kA).counts.find("Of Ana's 40 check-ins"), std::string::npos);
}

TEST(ReadCouple, TellsCountsBeforeTheDaysCarryMore) {
  const Reading reading = ReadingOf(CoupleWithMoments(8));
  const Card& card = CardOf(reading, "own_time", Side::kA);
  EXPECT_EQ(card.status, CardStatus::kNotEnoughYet);
  EXPECT_TRUE(Said(card).starts_with("Of Ana's 8 days with a look at the moments, "));
  EXPECT_EQ(Said(card).find("Not enough yet"), std::string::npos) << "which is said once, for all";
  EXPECT_TRUE(card.sentence.starts_with("Not enough yet: "));
}

TEST(ReadCouple, AsksOneAloneOnlyAboutWhatTakesNoSecond) {
  diary::Couple couple = CoupleWithMoments(20);
  couple.labels.b.clear();
  for (diary::CheckIn& check_in : couple.check_ins) {
    check_in.own.b.reset();
    check_in.noted.b = {};
  }
  const Reading reading = ReadingOf(couple);
  for (const Card* card : CardsAboutMoments(reading))
    EXPECT_EQ(IsAsked(reading, *card), card->side == Side::kA && card->id != "stepping_in") << card->id;
}

TEST(WithoutMoments, LeavesNothingReadFromThem) {
  const Reading reading = ReadingOf(CoupleWithMoments(20));
  const Reading without = WithoutMoments(reading);
  EXPECT_EQ(without.cards.size(), reading.cards.size() - 2 * kAboutMoments.size());
  EXPECT_TRUE(CardsAboutMoments(without).empty());
  EXPECT_EQ(ReadingJson(without).Dump().find("looked"), std::string::npos);
}

TEST(ReadCouple, TellsAgainAndAgainThatItIsAtWork) {
  int beats = 0;
  auto count = [&] { ++beats; };
  const diary::Couple couple = CoupleFrom(kOrdinary, 84, 1);
  const Reading heard = ReadCouple(couple, diary::Clock::kDayNumbers, dynamics::Prior::DailyMood(), count);
  EXPECT_GT(beats, 400);  // two times 200 forecasts, and the evaluations of two fits
  EXPECT_EQ(ReadingJson(heard).Dump(), ReadingJson(ReadingOf(couple)).Dump());
}

}  // namespace
}  // namespace selvedge::reading
