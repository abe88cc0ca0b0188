#include "theory/diaries.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include "diary/csv.h"
#include "diary/moments.h"
#include "theory/rules.h"

namespace selvedge::theory {
namespace {

using core::Side;
using diary::CheckIn;

Plan PlanOf(std::string_view population, int days) {
  return {.population = ShippedPopulation(population).value(),
          .constants = ShippedTheory().value().constants,
          .days = days};
}

/// The population with everybody keeping a diary in the same way.
Plan With(Plan plan, std::string_view trait, float centre) {
  for (std::size_t i = 0; i < kNoteTakingFields.size(); ++i) {
    if (kNoteTakingFields[i].name == trait) plan.population.note_taking[i] = {.centre = centre};
  }
  return plan;
}

TEST(Diaries, TheSameCoupleKeepsTheSameDiary) {
  const Plan plan = PlanOf("default", 28);
  const KeptDiary once = KeepDiary(plan, {}, 5);
  const KeptDiary again = KeepDiary(plan, {}, 5);
  EXPECT_EQ(once.couple, again.couple);
  EXPECT_EQ(once.guesses, again.guesses);
  EXPECT_NE(once.couple.check_ins, KeepDiary(plan, {}, 6).couple.check_ins);
}

TEST(Diaries, ALongerDiaryBeginsAsAShorterOne) {
  const auto days_28 = KeepDiary(PlanOf("default", 28), {}, 5).couple.check_ins;
  const auto days_14 = KeepDiary(PlanOf("default", 14), {}, 5).couple.check_ins;
  ASSERT_EQ(days_14.size(), 14U);
  EXPECT_TRUE(std::equal(days_14.begin(), days_14.end(), days_28.begin()));
}

TEST(Diaries, AreReadAsTheyWereWritten) {
  for (int prompts = 1; prompts <= kMostPromptsADay; ++prompts) {
    const KeptDiary kept = KeepDiary(PlanOf("holding_on_both", 21), {.prompts_a_day = prompts}, 2);
    ASSERT_EQ(kept.couple.check_ins.size(), 21U * static_cast<std::size_t>(prompts));
    ASSERT_EQ(kept.guesses.size(), kept.couple.check_ins.size());
    diary::Diary diary{.clock = diary::Clock::kCalendar, .couples = {kept.couple}};
    const auto read = diary::ReadCsv(diary::WriteCsv(diary), {});
    ASSERT_TRUE(read.has_value()) << read.error().message;
    // Prompts nobody answered are rows of the file without a time.
    std::erase_if(diary.couples[0].check_ins, [](const CheckIn& check_in) {
      return !check_in.own.a && !check_in.own.b && check_in.noted.a.IsEmpty() && check_in.noted.b.IsEmpty();
    });
    auto answered = read->couples.at(0).check_ins;
    std::erase_if(answered, [](const CheckIn& check_in) { return !check_in.own.a && !check_in.own.b; });
    ASSERT_EQ(answered.size(), diary.couples[0].check_ins.size());
    for (std::size_t i = 0; i < answered.size(); ++i) {
      EXPECT_NEAR(answered[i].time.count, diary.couples[0].check_ins[i].time.count, 1e-8);
      EXPECT_EQ(answered[i].day, diary.couples[0].check_ins[i].day);
      EXPECT_EQ(answered[i].own, diary.couples[0].check_ins[i].own);
      EXPECT_EQ(answered[i].noted, diary.couples[0].check_ins[i].noted);
    }
  }
}

TEST(Diaries, WithoutNoiseSayHowSomebodyFeels) {
  Plan plan = With(With(With(PlanOf("steady_both", 10), "noise", 0.02F), "answers", 1), "level", 60);
  plan = With(plan, "scale", 10);
  const KeptDiary kept = KeepDiary(plan, {}, 3);
  Life<float> life = BeginLife<float>(plan, 3);
  for (int day = 0; day < plan.days; ++day) {
    Live(life, plan, day, day + 1, [](const auto&, const auto&) {});
    for (const Side side : core::kSides) {
      // Answers are whole numbers, and the least noise there is is a fiftieth of a point.
      EXPECT_NEAR(*kept.couple.check_ins[static_cast<std::size_t>(day)].own[side],
                  60 + 10 * life.couple.people[side].feeling, 0.6);
    }
  }
}

TEST(Diaries, AreAnsweredAsOftenAsTheirKeepersAnswer) {
  const Plan plan = With(With(PlanOf("default", 100), "answers", 0.8F), "looks", 0.5F);
  int answered = 0;
  int looked = 0;
  int asked = 0;
  for (std::uint32_t couple = 0; couple < 20; ++couple) {
    for (const CheckIn& check_in : KeepDiary(plan, {}, couple).couple.check_ins) {
      for (const Side side : core::kSides) {
        ++asked;
        answered += check_in.own[side] ? 1 : 0;
        looked += check_in.noted[side].moments ? 1 : 0;
        EXPECT_TRUE(check_in.own[side] || check_in.noted[side].IsEmpty());
        if (check_in.own[side]) EXPECT_EQ(*check_in.own[side], std::round(*check_in.own[side]));
      }
    }
  }
  // About 4000 prompts: a standard error of .006 and .008.
  EXPECT_NEAR(static_cast<double>(answered) / asked, 0.8, 0.025);
  EXPECT_NEAR(static_cast<double>(looked) / answered, 0.5, 0.03);
}

TEST(Diaries, GuessesAreAskedOnThreeDaysOfAnySeven) {
  const Plan plan = With(With(PlanOf("default", 70), "answers", 1), "guesses", 1);
  for (const int prompts : {1, 4}) {
    const KeptDiary kept = KeepDiary(plan, {.prompts_a_day = prompts}, 4);
    std::set<int> days;
    for (std::size_t i = 0; i < kept.guesses.size(); ++i) {
      if (!kept.guesses[i].a) continue;
      EXPECT_TRUE(days.insert(kept.couple.check_ins[i].day).second) << "twice in a day";
    }
    const int first = kept.couple.check_ins.front().day;
    for (int from = first; from + 7 <= first + 70; ++from) {
      EXPECT_EQ(std::distance(days.lower_bound(from), days.lower_bound(from + 7)), 3);
    }
  }
}

TEST(Diaries, EndWithAParting) {
  const Plan plan = PlanOf("holding_on_standing_alone", 364);
  int parted = 0;
  for (std::uint32_t couple = 0; couple < 20; ++couple) {
    const KeptDiary kept = KeepDiary(plan, {}, couple);
    if (!kept.parted) continue;
    ++parted;
    EXPECT_LE(static_cast<int>(kept.couple.check_ins.size()), *kept.parted);
    EXPECT_GE(static_cast<int>(kept.couple.check_ins.size()), *kept.parted - 1);
  }
  EXPECT_GT(parted, 5);
}

/// Everything remembered, told and answered: what is noted is what happened.
TEST(Diaries, NoteWhatHappened) {
  Plan plan = PlanOf("distressed", 56);
  for (const std::string_view all : {"answers", "looks", "remembers", "follows_up"}) plan = With(plan, all, 1);
  std::set<std::size_t> kinds;
  for (std::uint32_t couple = 0; couple < 120; ++couple) {
    const KeptDiary kept = KeepDiary(plan, {}, couple);
    Life<float> life = BeginLife<float>(plan, couple);
    for (std::size_t day = 0; day < kept.couple.check_ins.size(); ++day) {
      bool own_time = false;
      bool reached = false;
      bool met = false;
      Live(life, plan, static_cast<int>(day), static_cast<int>(day) + 1, [&](const auto&, const auto& happened) {
        constexpr std::size_t kReached = 1;
        constexpr std::size_t kOwnTime = 15;
        static_assert(std::tuple_element_t<kReached, Rules>::kNote.event == "reached");
        static_assert(std::tuple_element_t<kOwnTime, Rules>::kNote.event == "own_time");
        own_time |= happened.times.a[kOwnTime] > 0;
        if (happened.times.a[kReached] > 0) {
          reached = true;
          met = happened.came_true.a[kReached] > 0;  // the last of a day stands
        }
      });
      const diary::Moments& noted = *kept.couple.check_ins[day].noted.a.moments;
      EXPECT_EQ(noted.Has(diary::MomentKind("own_time")), own_time);
      EXPECT_EQ(noted.Has(diary::MomentKind("reached")), reached);
      const diary::Telling with_me = diary::Tells("reached", "outcome", "with_me");
      if (reached) EXPECT_EQ(noted.Answer(with_me.kind, with_me.follow_up) == with_me.answer, met);
      for (std::size_t kind = 0; kind < diary::kMomentForms.size(); ++kind) {
        if (noted.Has(kind)) kinds.insert(kind);
      }
    }
  }
  // Every kind of moment turns up, but a practice nobody practises.
  EXPECT_EQ(kinds.size(), diary::kMomentForms.size() - 1);
}

TEST(Diaries, PracticesAreNotedWhileTheyArePractised) {
  Plan plan = PlanOf("one_changing", 140);
  for (const std::string_view all : {"answers", "looks", "remembers"}) plan = With(plan, all, 1);
  const KeptDiary kept = KeepDiary(plan, {}, 1);
  const Practice& practice = plan.population.practices.at(0);
  int noted = 0;
  for (std::size_t day = 0; day < kept.couple.check_ins.size(); ++day) {
    const diary::Noted& of_a = kept.couple.check_ins[day].noted.a;
    if (!of_a.moments->Has(diary::MomentKind("practice"))) continue;
    EXPECT_GE(static_cast<int>(day), practice.from_day);
    ++noted;
  }
  EXPECT_GT(noted, 20);
}

/// Being punished has no word of its own: a diary with it has the moments and answers any diary may have.
TEST(Diaries, HaveNoWordForPunishing) {
  const KeptDiary kept = KeepDiary(PlanOf("coercion", 60), {}, 1);
  const std::string csv = diary::WriteCsv({.clock = diary::Clock::kCalendar, .couples = {kept.couple}});
  EXPECT_EQ(csv.find("punish"), std::string::npos);
  EXPECT_TRUE(diary::ReadCsv(csv, {}).has_value());
}

}  // namespace
}  // namespace selvedge::theory
