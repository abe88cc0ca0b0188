#include "theory/diaries.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/contract.h"
#include "diary/moments.h"
#include "theory/draws.h"
#include "theory/rules.h"

namespace selvedge::theory {
namespace {

using core::BySide;
using core::PartnerOf;
using core::Side;
using diary::MomentKind;
using diary::Moments;
using diary::Telling;
using diary::Tells;

/// After which hours of the day people are asked, and into how many steps a day falls so that each is the end of one.
struct Schedule {
  int steps_a_day = 4;
  std::vector<int> hours{};
};

constexpr int kDayTurns = 4;
constexpr int kHours = 24;

Schedule ScheduleOf(int prompts_a_day) {
  SELVEDGE_EXPECT(prompts_a_day >= 1 && prompts_a_day <= kMostPromptsADay);
  const std::array<Schedule, kMostPromptsADay> schedules{{{4, {kDayTurns + kHours}},
                                                          {4, {10, 22}},
                                                          {4, {10, 16, 22}},
                                                          {12, {10, 14, 18, 22}},
                                                          {8, {10, 13, 16, 19, 22}},
                                                          {12, {12, 14, 16, 18, 20, 22}}}};
  return schedules[static_cast<std::size_t>(prompts_a_day - 1)];
}

/// Of any seven days in a row, three on which a guess about the other is asked for.
constexpr std::array kGuessDays{true, false, true, false, true, false, false};

/// How finely people tell apart how they feel: what moves a feeling by less is noticed less than half of the time.
constexpr float kNoticed = 0.1F;
/// Mood that comes and goes within hours, 1/day, and how fast it passes over between two who are together. The theory's
/// own feelings last for days. In diaries of several prompts a day, the partner's mood a prompt before tells about
/// one's own when together (.13) and hardly when apart (.02; design: science 2.1).
constexpr float kHourPasses = 8;
constexpr float kHourPassesOver = 6.2F;
/// How much what people note beside their mood wavers, points.
constexpr float kClosenessWavers = 6;

/// Watches two people and keeps what they would write down.
class Diarist {
 public:
  Diarist(const Plan& plan, const Asking& asking, const Life<float>& life)
      : plan_(plan),
        asking_(asking),
        schedule_(ScheduleOf(asking.prompts_a_day)),
        number_(life.numbers[0]),
        note_taking_(CastOf(plan.population, plan.constants, plan.seed, number_).note_taking),
        before_(life.couple),
        draws_(number_, {}) {
    kept_.couple = {.id = std::to_string(number_), .labels = {.a = "a", .b = "b"}, .check_ins = {}};
  }

  [[nodiscard]] bool IsOver() const { return kept_.parted.has_value(); }
  [[nodiscard]] KeptDiary Take() { return std::move(kept_); }

  void BeginDay(int day) {
    day_ = day;
    step_ = 0;
    practising_ = PractisingOn(plan_, day);
  }

  void Watch(const Life<float>& life, const Happened<float>& happened) {
    if (IsOver()) return;
    draws_ = Draws<float>(number_, {.seed = plan_.seed,
                                    .step = static_cast<std::uint32_t>(day_ * schedule_.steps_a_day + step_),
                                    .purpose = Purpose::kNotes});
    ++step_;
    ++steps_since_asked_;
    if (life.contact > plan_.constants.apart) ++together_since_asked_;
    PassHour(life.contact > plan_.constants.apart);
    for (const Side side : core::kSides) Remember(side, life, happened);
    if (life.couple.together < 0.5F) {
      kept_.parted = day_;
    } else if (const int hour = kDayTurns + step_ * kHours / schedule_.steps_a_day;
               std::ranges::count(schedule_.hours, hour) > 0) {
      Ask(life, hour);
    }
    before_ = life.couple;
  }

 private:
  bool Chance(float probability) { return draws_.Uniform() < probability; }

  /// The hour's mood of both: of variance 1 while apart. Together, what the two have in common passes slower and what
  /// tells them apart passes faster, each exactly as an Ornstein–Uhlenbeck process.
  void PassHour(bool together) {
    const float step = 1 / static_cast<float>(schedule_.steps_a_day);
    const float pull = together ? kHourPassesOver : 0;
    const Pair<float> jolts = draws_.Normals();
    const auto pass = [&](float mode, float rate, float jolt) {
      const float stays = Exp(-rate * step);
      return stays * mode + Sqrt(kHourPasses / rate * (1 - stays * stays)) * jolt;
    };
    const float common = pass((hour_.a + hour_.b) / 2, kHourPasses - pull, jolts.first / Sqrt(2.0F));
    const float apart = pass((hour_.a - hour_.b) / 2, kHourPasses + pull, jolts.second / Sqrt(2.0F));
    hour_ = {.a = common + apart, .b = common - apart};
  }

  /// What stays in mind of one moment.
  class Entry {
   public:
    Entry(Diarist& diarist, Side side, std::size_t kind)
        : diarist_(diarist), side_(side), is_kept_(diarist.Chance(diarist.note_taking_[side].remembers)) {
      if (is_kept_) diarist.in_mind_[side].Add(kind);
    }
    Entry& With(const Telling& telling) {
      if (is_kept_ && diarist_.Chance(diarist_.note_taking_[side_].follows_up)) {
        diarist_.in_mind_[side_].SetAnswer(telling.kind, telling.follow_up, telling.answer);
      }
      return *this;
    }

   private:
    Diarist& diarist_;
    Side side_;
    bool is_kept_;
  };
  Entry Note(Side side, std::size_t kind) { return {*this, side, kind}; }

  [[nodiscard]] View<float> ViewOf(Side side, const Life<float>& life, const float& passes) const {
    return {before_.people[side],
            before_.people[PartnerOf(side)],
            life.setting.traits[side],
            life.setting.traits[PartnerOf(side)],
            before_.closeness,
            before_.together,
            passes,
            practising_[side],
            plan_.constants};
  }

  /// The moments of a step that began with one of the two.
  void Remember(Side side, const Life<float>& life, const Happened<float>& happened) {
    const float passes = before_.together * life.contact;
    const View<float> view = ViewOf(side, life, passes);
    const auto times = [&]<typename Rule>(Rule) { return happened.times[side][kIndexOf<Rule>]; };
    const auto came_true = [&]<typename Rule>(Rule) { return happened.came_true[side][kIndexOf<Rule>] > 0; };

    if (times(OutsideStress()) > 0) NoteStress(side, came_true(OutsideStress()));
    if (times(Reached()) > 0) NoteReached(side, view, came_true(Reached()));
    if (times(SteppedIn()) > 0) NoteSteppedIn(side, view);
    if (times(LeftItWithThem()) > 0) Note(side, MomentKind("left_it_with_them"));
    if (times(SortedItMyself()) > 0) Note(side, MomentKind("sorted_it_myself"));
    if (times(SaidYesEmpty()) > 0) Note(side, MomentKind("said_yes_empty"));
    if (times(HeldBack()) > 0) Note(side, MomentKind("held_back")).With(WhatWasHeldBack());
    if (times(SmoothedOver()) > 0) Note(side, MomentKind("smoothed_over"));
    if (times(SaidSorry()) > 0) NoteSorry(side);
    if (times(CameOutSideways()) > 0) Note(side, MomentKind("came_out_sideways"));
    if (times(Withdrew()) > 0) NoteWithdrew(side);
    if (times(DidAlone()) > 0) NoteAlone(side, view);
    if (times(WavedOff()) > 0) Note(side, MomentKind("was_offered")).With(Tells("was_offered", "took", "no"));
    if (Chance(1 - Exp(-WavedOff::Offered(view) * (1 - view.Wall()) / static_cast<float>(schedule_.steps_a_day)))) {
      Note(side, MomentKind("was_offered")).With(Tells("was_offered", "took", "yes"));
    }
    if (times(OpenedUp()) > 0) NoteOpenedUp(side, came_true(OpenedUp()));
    if (times(OwnTime()) > 0) NoteOwnTime(side, life.couple.people[side].guilt);
    if (times(Boundary()) > 0) Note(side, MomentKind("boundary"));
    if (times(Conflict()) > 0) NoteConflict(side, view, came_true(Conflict()));
    if (times(TogetherMore()) > 0) {
      for (const Side each : core::kSides) Note(each, MomentKind("good_together"));
    }
    if (times(NoticedFirst()) > 0) Note(side, MomentKind("noticed_first"));
    if (const float dose = *std::ranges::max_element(practising_[side]);
        dose > 0 && Chance(dose / static_cast<float>(schedule_.steps_a_day))) {
      Note(side, MomentKind("practice"));
    }
  }

  void NoteStress(Side side, bool both) {
    const Telling whose = both ? Tells("outside_stress", "whose", "both") : Tells("outside_stress", "whose", "mine");
    Note(side, MomentKind("outside_stress")).With(whose);
    if (both) Note(PartnerOf(side), MomentKind("outside_stress")).With(whose);
  }

  /// Both know of a reaching out, unless it did not get through. It was met, or the chain broke at one of its links.
  void NoteReached(Side side, const View<float>& view, bool met) {
    constexpr float kNotFairMoment = 0.1F;
    constexpr float kComesBack = 0.4F;
    constexpr float kHelpWasAsked = 0.3F;
    const Side other = PartnerOf(side);
    const float available = Reached::Available(view);
    const float answered = available * Reached::Responsive(view);
    const float missed = 1 - answered * Reached::WithMe(view);
    const float at = missed * draws_.Uniform();
    const bool got_through = met || at >= 1 - available;
    const bool was_answered = met || at >= 1 - answered;

    Entry entry = Note(side, MomentKind("reached"));
    entry.With(met                      ? Tells("reached", "outcome", "with_me")
               : was_answered           ? Tells("reached", "outcome", "not_quite")
               : got_through            ? Tells("reached", "outcome", "no_answer")
               : Chance(kNotFairMoment) ? Tells("reached", "outcome", "not_fair")
                                        : Tells("reached", "outcome", "not_through"));
    if (!met) {
      const bool back = Chance(kComesBack * Reached::Responsive(view));
      entry.With(back ? Tells("reached", "later", "yes") : Tells("reached", "later", "no"));
    }
    if (!got_through) return;

    const Telling came = HowItCame(view);
    Note(other, MomentKind("was_reached"))
        .With(came)
        .With(met            ? Tells("was_reached", "met", "yes")
              : was_answered ? Tells("was_reached", "met", "partly")
                             : Tells("was_reached", "met", "no"));
    if (met && Chance(kHelpWasAsked)) Note(other, MomentKind("stepped_in")).With(Tells("stepped_in", "asked", "yes"));
    // No answer is a wall's doing as far as a wall kept it back: it knows that it stepped back, and from what.
    if (!was_answered && Chance(view.k.wall_is_away * view.you.wall / (1 + view.k.wall_is_away * view.you.wall))) {
      Note(other, MomentKind("withdrew")).With(Telling{MomentKind("withdrew"), 0, came.answer});
    }
  }

  /// Who holds on and is in want presses; what was kept back for long makes sharp; to a wall nearness is unwanted.
  Telling HowItCame(const View<float>& view) {
    constexpr float kPresses = 0.4F;
    constexpr float kSharpens = 0.4F;
    constexpr float kUnwanted = 0.1F;
    if (Chance(kPresses * view.Caretaker() * Min(view.me.need, 1.0F))) return Tells("was_reached", "came", "pressing");
    if (Chance(kSharpens * Positive(view.me.need - view.k.much_need))) return Tells("was_reached", "came", "sharp");
    if (Chance(kUnwanted * view.you.wall)) return Tells("was_reached", "came", "unwanted");
    return Tells("was_reached", "came", "warm");
  }

  /// Discomfort that drives helping is felt as tension, and helping eases it as far as it relieves (CLAIM-12).
  void NoteSteppedIn(Side side, const View<float>& view) {
    const float discomfort = view.k.discomfort_drives * view.Fusion();
    const bool tense = Chance(discomfort / (view.k.discomfort_floor + discomfort));
    const bool easier = tense && Chance(view.k.fixing_relieves / (view.k.fixing_relieves + kNoticed));
    Note(side, MomentKind("stepped_in"))
        .With(Tells("stepped_in", "asked", "no"))
        .With(tense ? Tells("stepped_in", "before", "tense") : Tells("stepped_in", "before", "calm"))
        .With(easier ? Tells("stepped_in", "after", "easier") : Tells("stepped_in", "after", "same"));
  }

  Telling WhatWasHeldBack() {
    constexpr std::array kWhat{Tells("held_back", "what", "need"), Tells("held_back", "what", "no"),
                               Tells("held_back", "what", "truth")};
    return kWhat[static_cast<std::size_t>(draws_.Uniform() * static_cast<float>(kWhat.size()))];
  }

  void NoteSorry(Side side) {
    constexpr float kForTheirMood = 0.7F;
    Note(side, MomentKind("said_sorry"))
        .With(Chance(kForTheirMood) ? Tells("said_sorry", "for", "their_mood")
                                    : Tells("said_sorry", "for", "not_sure"));
  }

  void NoteWithdrew(Side side) {
    Entry entry = Note(side, MomentKind("withdrew"));
    const Telling warm = Tells("was_reached", "came", "warm");
    const auto came = in_mind_[side].Answer(warm.kind, warm.follow_up);
    if (came) entry.With(Telling{MomentKind("withdrew"), 0, *came});
  }

  /// Help would have been welcome as far as there is need, and as far as somebody knows what they need.
  void NoteAlone(Side side, const View<float>& view) {
    const bool wanted = Chance(Min(view.me.need, 1.0F) * view.me.self_connection);
    Note(side, MomentKind("did_alone"))
        .With(wanted ? Tells("did_alone", "wanted_help", "yes") : Tells("did_alone", "wanted_help", "no"));
  }

  void NoteOpenedUp(Side side, bool well) {
    constexpr float kOnlyPartly = 0.2F;
    const bool partly = Chance(kOnlyPartly);
    Note(side, MomentKind("opened_up"))
        .With(partly ? Tells("opened_up", "landed", "partly")
              : well ? Tells("opened_up", "landed", "well")
                     : Tells("opened_up", "landed", "badly"));
  }

  void NoteOwnTime(Side side, float guilt) {
    constexpr float kMuch = 0.35F;
    Note(side, MomentKind("own_time"))
        .With(guilt < kNoticed ? Tells("own_time", "guilt", "none")
              : guilt < kMuch  ? Tells("own_time", "guilt", "some")
                               : Tells("own_time", "guilt", "much"));
  }

  /// One voiced it; the other says their side too, or keeps it back for peace.
  void NoteConflict(Side side, const View<float>& view, bool mended) {
    constexpr float kStillOpen = 0.5F;
    constexpr float kSorryMends = 0.4F;
    const Telling repaired = mended               ? Tells("conflict", "repaired", "yes")
                             : Chance(kStillOpen) ? Tells("conflict", "repaired", "not_yet")
                                                  : Tells("conflict", "repaired", "no");
    const bool both_sides = !Chance(view.k.caretaker_avoids * view.you.caretaker);
    Note(side, MomentKind("conflict")).With(Tells("conflict", "voiced", "yes")).With(repaired);
    Note(PartnerOf(side), MomentKind("conflict"))
        .With(both_sides ? Tells("conflict", "voiced", "yes") : Tells("conflict", "voiced", "no"))
        .With(repaired);
    if (mended && Chance(kSorryMends)) {
      Note(side, MomentKind("said_sorry")).With(Tells("said_sorry", "for", "something_i_did"));
    }
  }

  void Ask(const Life<float>& life, int hour) {
    const bool evening = schedule_.hours.size() == 1;
    const int day = asking_.first_day + day_;
    diary::CheckIn check_in{
        .time = {day + (evening ? 0.0 : static_cast<double>(hour) / kHours)}, .day = day, .own = {}};
    BySide<std::optional<double>> guesses;
    const bool guess_day = kGuessDays[(static_cast<std::size_t>(day_) + number_) % kGuessDays.size()];
    for (const Side side : core::kSides) {
      const NoteTaking& note_taking = note_taking_[side];
      const Pair<float> wavers = draws_.Normals();
      const float own = note_taking.level + note_taking.scale * life.couple.people[side].feeling +
                        note_taking.noise * (Sqrt(note_taking.of_the_hour) * hour_[side] +
                                             Sqrt(1 - note_taking.of_the_hour) * wavers.first);
      if (Chance(note_taking.answers)) {
        check_in.own[side] = OnSlider(own);
        check_in.noted[side] = WhatIsNoted(side, life);
        if (guess_day && hour == schedule_.hours.back() && Chance(note_taking.guesses)) {
          guesses[side] = OnSlider(Guess(side, life, own - note_taking.level) + note_taking.noise * wavers.second);
        }
      }
      in_mind_[side] = {};
    }
    kept_.couple.check_ins.push_back(check_in);
    kept_.guesses.push_back(guesses);
    steps_since_asked_ = 0;
    together_since_asked_ = 0;
  }

  diary::Noted WhatIsNoted(Side side, const Life<float>& life) {
    diary::Noted noted;
    if (Chance(note_taking_[side].notes_day)) {
      const float felt = life.couple.people[side].felt_closeness;
      noted.close = OnSlider(100 * felt + kClosenessWavers * draws_.Normals().first);
      noted.contact = together_since_asked_ == 0                       ? diary::Contact::kApart
                      : 2 * together_since_asked_ > steps_since_asked_ ? diary::Contact::kMost
                                                                       : diary::Contact::kSome;
    }
    if (Chance(note_taking_[side].looks)) noted.moments = in_mind_[side];
    return noted;
  }

  /// The other's feeling as one takes it to be: what shows of it, mixed with what one feels and writes oneself.
  [[nodiscard]] float Guess(Side side, const Life<float>& life, float own_now) const {
    const Side other = PartnerOf(side);
    const View<float> view = ViewOf(side, life, life.contact);
    const float mine = view.mine.projection * view.MixedUp();
    const float theirs = note_taking_[other].scale * life.couple.people[other].feeling;
    return note_taking_[other].level + (1 - mine) * theirs + mine * own_now;
  }

  static double OnSlider(float points) { return std::round(Between(0.0F, points, 100.0F)); }

  const Plan& plan_;
  const Asking& asking_;
  Schedule schedule_;
  std::uint32_t number_;
  BySide<NoteTaking> note_taking_;
  Couple<float> before_;  ///< as it was when the step began
  int day_ = 0;
  int step_ = 0;
  BySide<Practising<float>> practising_{};
  BySide<float> hour_{};       ///< the hour's mood
  BySide<Moments> in_mind_{};  ///< since they were last asked
  int steps_since_asked_ = 0;
  int together_since_asked_ = 0;
  Draws<float> draws_;  ///< of the step being watched
  KeptDiary kept_;
};

}  // namespace

KeptDiary KeepDiary(const Plan& plan, const Asking& asking, std::uint32_t couple) {
  Plan lived = plan;
  lived.steps_a_day = ScheduleOf(asking.prompts_a_day).steps_a_day;
  Life<float> life = BeginLife<float>(lived, couple);
  Diarist diarist(lived, asking, life);
  for (int day = 0; day < plan.days && !diarist.IsOver(); ++day) {
    diarist.BeginDay(day);
    Live(life, lived, day, day + 1,
         [&](const Life<float>& now, const Happened<float>& happened)
             SELVEDGE_THEORY_LAMBDA { diarist.Watch(now, happened); });
  }
  return diarist.Take();
}

}  // namespace selvedge::theory
