#include "reading/stands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/random.h"
#include "dynamics/draw.h"
#include "leaning/words.h"
#include "reading/words.h"

namespace selvedge::reading {
namespace {

using core::BySide;
using core::Side;
using leaning::NotShown;
using leaning::Stand;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::array<std::string_view, 7> kLogs{"stepped_in asked=no before=tense after=easier | held_back what=need",
                                                "was_reached came=warm | own_time guilt=none",
                                                "nothing",
                                                "reached outcome=with_me | own_time guilt=much",
                                                "was_reached came=warm | withdrew came=warm | noticed_first",
                                                "was_offered took=no | opened_up",
                                                "reached outcome=not_quite | said_yes_empty"};

const dynamics::System kOrdinary =
    *dynamics::System::Create({-0.75, 0.15, 0.15, -0.75}, {105, 30, 105}, {64, 64}, {66, 61});

/// Two people who both look at the moments, from 1 January 2026 on.
diary::Couple CoupleOf(int days, const dynamics::System& system = kOrdinary) {
  constexpr int kNewYear = 20454;
  core::RandomStream stream({.seed = 20261125, .subject = 0, .purpose = 311});
  std::vector<core::Days> times;
  for (int day = 0; day < days; ++day) times.push_back({static_cast<double>(kNewYear + day)});
  diary::Couple couple{.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}};
  for (const auto& answers : DrawAnswers(system, dynamics::Start::kStationary, times, stream)) {
    diary::CheckIn check_in{.time = answers.time, .day = static_cast<int>(answers.time.count), .own = answers.own};
    for (const Side side : core::kSides) {
      const auto log = static_cast<std::size_t>(stream.Uniform() * kLogs.size());
      check_in.noted[side].moments = diary::ReadMoments(kLogs.at(std::min(log, kLogs.size() - 1))).value();
    }
    couple.check_ins.push_back(check_in);
  }
  return couple;
}

Reading ReadingOf(const diary::Couple& couple, const BySide<Beside>& beside = {},
                  diary::Clock clock = diary::Clock::kCalendar) {
  return ReadCouple(couple, clock, dynamics::Prior::DailyMood(), core::kUnheard, beside);
}

std::string JsonOf(const Reading& reading, Side side) {
  return LeaningJson(*reading.map, *reading.stands[side]).Dump();
}

const Stand& Shown(const Reading& reading, Side side) { return std::get<Stand>(*reading.stands[side]); }

bool IsNotShown(const Reading& reading, Side side) { return std::holds_alternative<NotShown>(*reading.stands[side]); }

/// Four scales, each with this estimate and a standard error of .4.
Questionnaire Answered(std::optional<int> day, const Eigen::Vector4d& estimate) {
  auto likelihood = leaning::FromEstimate(estimate, 0.16 * Eigen::Matrix4d::Identity());
  return {.day = day,
          .told = {.evidence = leaning::Evidence{.indicator = "signs", .likelihood = *likelihood, .answers = 20},
                   .acts = std::vector(6, leaning::WouldFollow::kGuilty),
                   .findings = {{.id = "about-me", .sentence = "You found: often."}}}};
}

const Eigen::Vector4d kHoldingOn(1.2, -0.5, -1.2, 0.4);

TEST(StandsOf, IsAskedOfThoseWhoLookedOrAnswered) {
  diary::Couple couple = CoupleOf(30);
  for (diary::CheckIn& check_in : couple.check_ins) check_in.noted.b.moments.reset();
  EXPECT_TRUE(ReadingOf(couple).stands.a);
  EXPECT_FALSE(ReadingOf(couple).stands.b);
  const Reading with_answers = ReadingOf(couple, {.a = {}, .b = {.answers = {Answered({}, kHoldingOn)}}});
  ASSERT_TRUE(with_answers.stands.b);
  EXPECT_EQ(Shown(with_answers, Side::kB).now.answers, 20);
  EXPECT_EQ(ReadingJson(ReadingOf(couple)).Field("leaning")->Dump().find("\"b\":null") != std::string::npos, true);
}

TEST(StandsOf, IsNotAskedOfWhoeverIsNotInTheDiary) {
  diary::Couple couple = CoupleOf(30);
  couple.labels.b.clear();
  for (diary::CheckIn& check_in : couple.check_ins) {
    check_in.own.b.reset();
    check_in.noted.b = {};
  }
  EXPECT_TRUE(ReadingOf(couple).stands.a);
  EXPECT_FALSE(ReadingOf(couple).stands.b);
}

TEST(StandsOf, LooksTheSameForFearAndForTooLittle) {
  const Reading little = ReadingOf(CoupleOf(6));
  ASSERT_TRUE(IsNotShown(little, Side::kA));
  const std::string neutral = JsonOf(little, Side::kA);
  EXPECT_THAT(neutral, HasSubstr(std::string(leaning::NeutralSentence())));

  Questionnaire afraid = Answered({}, kHoldingOn);
  afraid.told.held_back = leaning::kRecurs;
  Questionnaire emptied;
  const diary::Couple couple = CoupleOf(60);
  for (const Beside& beside : {Beside{.fear = leaning::Fear::kRecurs}, Beside{.answers = {afraid}},
                               Beside{.answers = {emptied}}, Beside{.answers = {emptied, Answered({}, kHoldingOn)}},
                               Beside{.fear = leaning::Fear::kRecurs, .answers = {Answered({}, kHoldingOn)}}}) {
    const Reading reading = ReadingOf(couple, {.a = beside, .b = {}});
    EXPECT_EQ(JsonOf(reading, Side::kA), neutral);
    EXPECT_EQ(JsonOf(reading, Side::kB), JsonOf(ReadingOf(couple), Side::kB)) << "the other's is as it was";
  }
}

TEST(StandsOf, LetsNothingTheOtherDidMoveAPoint) {
  const diary::Couple couple = CoupleOf(130);
  diary::Couple changed = couple;
  for (std::size_t i = 0; i < changed.check_ins.size(); ++i) {
    diary::Noted& noted = changed.check_ins[i].noted.b;
    noted.close = static_cast<double>(i % 100);
    noted.contact = diary::Contact::kApart;
    noted.moments.reset();
    if (i % 2 == 0) noted.moments = diary::ReadMoments(kLogs[i % kLogs.size()]).value();
  }
  diary::CheckIn later{.time = {couple.check_ins.back().time.count + 40},
                       .day = couple.check_ins.back().day + 40,
                       .own = {.a = {}, .b = 3}};
  changed.check_ins.push_back(later);
  const BySide<Beside> beside{.a = {},
                              .b = {.left_out = {{.day = couple.check_ins[5].day}},
                                    .fear = leaning::Fear::kRecurs,
                                    .answers = {Answered(couple.check_ins[5].day, kHoldingOn)}}};
  const Reading before = ReadingOf(couple);
  const Reading after = ReadingOf(changed, beside);
  const Stand& one = Shown(before, Side::kA);
  const Stand& other = Shown(after, Side::kA);
  EXPECT_EQ(one.now.posterior.mean, other.now.posterior.mean);
  EXPECT_EQ(one.now.posterior.covariance, other.now.posterior.covariance);
  ASSERT_EQ(one.trail.size(), other.trail.size());
  for (std::size_t i = 0; i < one.trail.size(); ++i) {
    EXPECT_EQ(one.trail[i].position.posterior.mean, other.trail[i].position.posterior.mean);
  }
}

TEST(StandsOf, SwapsWithThePartners) {
  const diary::Couple couple = CoupleOf(70);
  diary::Couple swapped = couple;
  for (diary::CheckIn& check_in : swapped.check_ins) {
    std::swap(check_in.own.a, check_in.own.b);
    std::swap(check_in.noted.a, check_in.noted.b);
  }
  const Reading reading = ReadingOf(couple);
  const Reading other = ReadingOf(swapped);
  for (const Side side : core::kSides) {
    const Stand& one = Shown(reading, side);
    const Stand& mirrored = Shown(other, PartnerOf(side));
    // The model of feelings is searched for from other starts once the two have changed places.
    EXPECT_NEAR((one.now.posterior.mean - mirrored.now.posterior.mean).norm(), 0, 1e-6);
    EXPECT_EQ(one.region, mirrored.region);
    EXPECT_EQ(one.trail.size(), mirrored.trail.size());
  }
}

TEST(StandsOf, LeavesOutActsAnsweredWithFear) {
  const diary::Couple couple = CoupleOf(40);
  diary::Couple skipped = couple;
  std::vector<LeftOut> left_out;
  for (std::size_t i = 0; i < couple.check_ins.size(); i += 4) {
    LeftOut one{.day = couple.check_ins[i].day};
    for (const diary::MomentForm& form : diary::kMomentForms) one.acts.Add(*diary::MomentNamed(form.name));
    left_out.push_back(one);
    skipped.check_ins[i].noted.a.moments.reset();
  }
  const Reading reading = ReadingOf(couple, {.a = {.left_out = left_out}, .b = {}});
  const Reading without = ReadingOf(skipped);
  EXPECT_EQ(JsonOf(reading, Side::kA), JsonOf(without, Side::kA));
  EXPECT_NE(JsonOf(reading, Side::kA), JsonOf(ReadingOf(couple), Side::kA));
  for (std::size_t i = 0; i < reading.cards.size(); ++i) EXPECT_EQ(Said(reading.cards[i]), Said(without.cards[i]));
}

TEST(StandsOf, TellsSeasonsOfEightWeeksBackFromTheLastOwnDay) {
  diary::Couple couple = CoupleOf(2 * kSeasonDays + 10);
  const Reading reading = ReadingOf(couple);
  const Stand& stand = Shown(reading, Side::kA);
  ASSERT_EQ(stand.trail.size(), 2U);
  EXPECT_THAT((std::array{stand.trail[0].when, stand.trail[1].when}),
              ElementsAre("Until 10 January 2026", "Until 7 March 2026"));
  EXPECT_EQ(stand.now.days, kSeasonDays);
  EXPECT_EQ(stand.trail[0].position.days, 10);

  // The same as a diary of these days alone; where it began does not matter.
  diary::Couple last = couple;
  last.check_ins.erase(last.check_ins.begin(), last.check_ins.end() - kSeasonDays);
  EXPECT_EQ(Shown(ReadingOf(last), Side::kA).now.posterior.mean, stand.now.posterior.mean);

  const Reading numbered = ReadingOf(couple, {}, diary::Clock::kDayNumbers);
  EXPECT_EQ(Shown(numbered, Side::kA).trail[0].when, "Until day " + std::to_string(couple.check_ins[9].day));
  EXPECT_EQ(Shown(ReadingOf(CoupleOf(600)), Side::kA).trail.size(), 6U) << "a little more than a year";
}

TEST(StandsOf, PutsAnswersIntoTheSeasonTheyWereGivenIn) {
  const diary::Couple couple = CoupleOf(kSeasonDays + 20);
  const int last = couple.check_ins.back().day;
  const Beside beside{.answers = {Answered(last - kSeasonDays, kHoldingOn), Answered(last - 3, -kHoldingOn),
                                  Answered(last, kHoldingOn)}};
  const Reading reading = ReadingOf(couple, {.a = beside, .b = {}});
  const Stand& stand = Shown(reading, Side::kA);
  EXPECT_EQ(stand.now.answers, 20) << "of two in one season the last stands";
  ASSERT_EQ(stand.trail.size(), 1U);
  EXPECT_EQ(stand.trail[0].position.answers, 20);
  EXPECT_LT(stand.now.posterior.mean[leaning::kAutonomy], 0);
  ASSERT_TRUE(stand.shading);
  EXPECT_EQ(stand.shading->acts, 6);
  EXPECT_EQ(stand.findings.front().sentence, "You found: often.");

  // Answers from after the diary are now, and its days a season before; on numbered days the last of each are now.
  const BySide<Beside> later{.a = {.answers = {Answered(last + 90, kHoldingOn)}}, .b = {}};
  EXPECT_EQ(Shown(ReadingOf(couple, later), Side::kA).now.days, 0);
  EXPECT_EQ(Shown(ReadingOf(couple, later), Side::kA).trail.size(), 2U);
  EXPECT_EQ(Shown(ReadingOf(couple, later, diary::Clock::kDayNumbers), Side::kA).now.days, kSeasonDays);
}

TEST(StandsOf, NamesSeasonsOfAnswersByTheirDates) {
  diary::Couple couple = CoupleOf(10);
  for (diary::CheckIn& check_in : couple.check_ins) {
    check_in.own.b.reset();
    check_in.noted.b = {};
  }
  const Beside beside{.answers = {Answered(20454, kHoldingOn), Answered(20454 + kSeasonDays, kHoldingOn)}};
  const Reading reading = ReadingOf(couple, {.a = {}, .b = beside}, diary::Clock::kDayNumbers);
  ASSERT_EQ(Shown(reading, Side::kB).trail.size(), 1U);
  EXPECT_EQ(Shown(reading, Side::kB).trail.front().when, "Until 1 January 2026");
}

TEST(StandsOf, PlacesNobodyByFeelingsAlone) {
  // Feelings that stay for days and are told without noise: eight weeks tell how long an upset stays.
  const auto slow = *dynamics::System::Create({-0.35, 0, 0, -0.35}, {105, 0, 105}, {4, 4}, {66, 61});
  diary::Couple couple = CoupleOf(150, slow);
  for (std::size_t i = 0; i < 100; ++i) couple.check_ins[i].noted = {};
  const Reading reading = ReadingOf(couple);
  EXPECT_THAT(JsonOf(reading, Side::kA), HasSubstr("\"half_life\""));
  EXPECT_THAT(Shown(reading, Side::kA).trail, IsEmpty()) << "of a season without moments nothing is told";
}

TEST(StandsOf, PutsWhatWasFoundInTheOtherBeside) {
  const Reading reading = ReadingOf(CoupleOf(60));
  std::vector<std::string> ids;
  for (const leaning::Finding& finding : Shown(reading, Side::kA).findings) ids.push_back(finding.id);
  EXPECT_THAT(ids, testing::Contains("reaching"));
  EXPECT_THAT(Shown(ReadingOf(CoupleOf(8)), Side::kA).findings,
              testing::Each(testing::Field(&leaning::Finding::sentence, testing::Not(HasSubstr("Not enough")))));
}

TEST(StandsOf, TakesADiaryNobodyAnsweredAndDaysFarApart) {
  EXPECT_FALSE(ReadingOf({.id = "1", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}}).stands.a);
  diary::Couple couple = CoupleOf(20);
  couple.check_ins.front().day = -900'000;
  couple.check_ins.front().time = {-900'000};
  EXPECT_TRUE(ReadingOf(couple).stands.a);
}

TEST(WithoutMoments, LeavesNoMap) {
  const Reading reading = WithoutMoments(ReadingOf(CoupleOf(60)));
  EXPECT_FALSE(reading.stands.a);
  EXPECT_THAT(ReadingJson(reading).Field("leaning")->Dump(), testing::Not(HasSubstr("sentence")));
}

}  // namespace
}  // namespace selvedge::reading
