#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "theory/view.h"

/// The rules of the theory: one rule, one type. `Rate` says how often a moment happens, a day; `Happens` what it
/// changes, `times` being how often it happened. A change is an amount to add, computed from the state before any
/// moment of the same instant. `chance(p)` is 1 with probability p, else 0; a rule that takes a chance returns how
/// often it came true.
namespace selvedge::theory {

struct RuleNote {
  std::string_view event;  ///< as content/moments.json calls it
  std::string_view ids;    ///< of the catalogue: what it carries
  std::string_view words;  ///< what a psychologist would say the rule is
};

/// Life: something happens outside. At times to both.
struct OutsideStress {
  static constexpr RuleNote kNote{"outside_stress", "CON-12 CLAIM-11",
                                  "Life puts a strain on someone, at times on both."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return 2 * v.k.stress_rate * v.mine.exposure;
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static V Happens(const View<V>& v, const V& times, Chance&& chance, Change<V>& change) {
    const V both = chance(V(v.k.stress_shared));
    change.me.feeling -= times * v.k.stress_hurts;
    change.you.feeling -= times * both * v.k.stress_hurts;
    return times * both;
  }
};

/// Reaching out, and whether it is met: available × responsive × with me.
struct Reached {
  static constexpr RuleNote kNote{
      "reached", "ARE-A ARE-R ARE-E CLAIM-4 CLAIM-33 CLAIM-21 CON-36",
      "Someone reaches. It is met when the other can be got through to, answers, and is with them."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    const V call = v.k.reach_usual + v.k.distress_calls * Positive(-v.me.feeling) +
                   v.k.trust_calls * (v.me.trust - 0.5F) + v.k.fear_calls * v.Caretaker() -
                   v.k.wall_silences * v.Wall();
    return v.k.reach_rate * v.contact * (1 + v.k.practised_reaching * v.practising[kReachingAndBeingReached]) *
           Logistic(call);
  }
  /// ARE-A: can I get through to you?
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Available(const View<V>& v) {
    return Logistic(v.k.available_usual + v.k.capacity_makes_available * (v.yours.capacity - 0.5F) -
                    v.k.wall_is_away * v.you.wall);
  }
  /// ARE-R: do you answer?
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Responsive(const View<V>& v) {
    return Logistic(v.k.responds_usual + v.k.caretaker_responds * v.you.caretaker - v.k.wall_is_away * v.you.wall -
                    v.k.own_distress_deafens * Positive(-v.you.feeling));
  }
  /// ARE-E: is it about me? You have yourself to be with me from (CLAIM-4).
  template <typename V>
  SELVEDGE_THEORY_INLINE static V WithMe(const View<V>& v) {
    return Logistic(v.k.with_me_usual + v.k.self_connection_attunes * (v.you.self_connection - 0.5F) -
                    v.k.own_distress_deafens * Positive(-v.you.feeling));
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static V Happens(const View<V>& v, const V& times, Chance&& chance, Change<V>& change) {
    const V met = times * chance(Available(v) * Responsive(v) * WithMe(v));
    const V missed = times - met;
    const V unhurt = 1 - v.k.hurt_lowers_trust * v.mine.hurt_history;
    change.me.feeling += met * v.k.met_lifts - missed * v.k.missed_hurts;
    change.me.need += missed * v.k.missed_empties - met * v.k.met_fills * v.me.need;
    change.closeness += met * v.k.met_closens * (1 - v.closeness);
    change.me.felt_closeness +=
        met * v.k.met_feels_close * (1 - v.me.felt_closeness) - missed * v.k.missed_feels_far * v.me.felt_closeness;
    change.me.trust +=
        met * v.k.met_builds_trust * unhurt * (1 - v.me.trust) - missed * v.k.missed_costs_trust * v.me.trust;
    change.me.wall +=
        missed * v.k.missed_arms_wall * (1 - v.me.trust) * (1 - v.me.wall) - met * v.k.met_eases_wall * v.me.wall;
    change.me.caretaker += missed * v.k.near_loss_arms_caretaker * v.mine.fear_of_abandonment * (1 - v.me.caretaker);
    change.me.worth -= missed * v.k.missed_costs_worth * v.mine.worth_contingency * v.me.worth;
    return met;
  }
};

/// Unasked fixing: their low is my discomfort, fixing ends it, and the relief teaches.
struct SteppedIn {
  static constexpr RuleNote kNote{"stepped_in", "CLAIM-1 CLAIM-12 CLAIM-13 CLAIM-19 CON-13 CON-15 CON-21",
                                  "The other is low and that is hard to bear, so someone steps in unasked."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    const V low = Min(Positive(v.YouLow() - v.k.low_shows), V(v.k.step_in_saturates));
    return v.k.step_in_rate * v.contact * v.Caretaker() * low *
           (v.k.discomfort_floor + v.k.discomfort_drives * v.Fusion());
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.feeling += times * v.k.fixing_relieves;
    change.me.felt_closeness += times * v.k.fixing_feels_close * (1 - v.me.felt_closeness);
    change.me.need += times * v.k.fixing_empties;
    change.me.self_connection -= times * v.k.fixing_costs_self * v.me.self_connection;
    change.me.worth += times * v.k.being_needed_worth * v.mine.worth_contingency * (1 - v.me.worth);
    change.me.caretaker += times * v.k.relief_teaches * (1 - v.me.caretaker);
    change.you.feeling += times * v.k.fixing_lifts_partner;
    change.you.felt_closeness += times * v.k.fixing_feels_close * (1 - v.you.felt_closeness);
    change.you.agency -= times * v.k.fixing_takes_authorship * v.you.agency;
  }
};

/// Staying near and leaving the solving to them: my discomfort lasts a while, their story stays theirs.
struct LeftItWithThem {
  static constexpr RuleNote kNote{"left_it_with_them", "CLAIM-13 CON-22 PATH-7",
                                  "The other is low, and someone stays near and leaves the solving to them."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.leave_rate * v.contact * v.me.awareness * (1 - v.Caretaker()) * (1 - v.Wall()) * v.you.agency *
           Min(v.YouLow(), V(v.k.step_in_saturates));
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.feeling -= times * v.k.leaving_discomforts * v.Fusion();
    change.you.agency += times * v.k.leaving_gives_authorship * (1 - v.you.agency);
    change.you.trust += times * v.k.leaving_builds_trust * (1 - v.you.trust);
  }
};

/// Sorting one's own thing. Attention on the other displaces it (CLAIM-17).
struct SortedItMyself {
  static constexpr RuleNote kNote{"sorted_it_myself", "CLAIM-17 CON-20 CON-22 CON-33 ELEM-7",
                                  "Someone low sorts their own matter; attention on the other leaves less for it."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    const V elsewhere = Min(v.k.other_focus_displaces * v.Fusion() * v.YouLow(), V(1));
    return v.k.sort_rate * v.me.agency * Min(Positive(-v.me.feeling), V(v.k.step_in_saturates)) * (1 - elsewhere);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.feeling += times * v.k.sorting_lifts;
    change.me.agency += times * v.k.sorting_gives_authorship * (1 - v.me.agency);
    change.me.worth += times * v.k.sorting_builds_worth * (1 - v.me.worth);
  }
};

/// Pleasing: a yes that is not there.
struct SaidYesEmpty {
  static constexpr RuleNote kNote{"said_yes_empty", "CLAIM-1 CLAIM-5 CLAIM-14 CON-6 CON-14 SIGN-C3",
                                  "Someone afraid of disappointing says yes with nothing left to give."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    const V empty = Min(Positive(-v.me.feeling), V(v.k.step_in_saturates));
    return v.k.yes_rate * v.contact * v.Caretaker() * (1 + v.k.low_empties * empty);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.need += times * v.k.yes_empties;
    change.me.self_connection -= times * v.k.yes_costs_self * v.me.self_connection;
    change.me.felt_closeness += times * v.k.yes_feels_close * (1 - v.me.felt_closeness);
    change.you.felt_closeness += times * v.k.yes_feels_close * (1 - v.you.felt_closeness);
    change.me.worth += times * v.k.being_needed_worth * v.mine.worth_contingency * (1 - v.me.worth);
  }
};

/// A need, a no, the truth: kept back, since saying it might upset.
struct HeldBack {
  static constexpr RuleNote kNote{"held_back", "CLAIM-3 CLAIM-14 CON-16 SIGN-C1",
                                  "Someone with a need, afraid of upsetting the other, keeps it back."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.hold_back_rate * v.contact * (v.k.hold_back_usual + v.Caretaker()) * Min(v.me.need, V(1));
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.need += times * v.k.holding_back_empties;
    change.me.self_connection -= times * v.k.holding_back_costs_self * v.me.self_connection;
    change.me.felt_closeness += times * v.k.holding_back_feels_close * (1 - v.me.felt_closeness);
  }
};

/// A quarrel in sight is let pass, for peace.
struct SmoothedOver {
  static constexpr RuleNote kNote{"smoothed_over", "CLAIM-1 CLAIM-3 CON-7 CON-16 SIGN-C1",
                                  "A quarrel is in sight, and someone lets it pass for peace."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.smooth_rate * v.contact * v.Caretaker() * Min(v.you.need, V(1));
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.need += times * v.k.smoothing_empties;
    change.me.self_connection -= times * v.k.smoothing_costs_self * v.me.self_connection;
    change.me.felt_closeness += times * v.k.smoothing_feels_close * (1 - v.me.felt_closeness);
    change.you.felt_closeness += times * v.k.smoothing_feels_close * (1 - v.you.felt_closeness);
  }
};

/// Sorry, with nothing done.
struct SaidSorry {
  static constexpr RuleNote kNote{"said_sorry", "CON-6 SIGN-C2",
                                  "The other is low, and someone says sorry with nothing done."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.sorry_rate * v.contact * v.Caretaker() * Min(v.YouLow(), V(v.k.step_in_saturates));
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.self_connection -= times * v.k.sorry_costs_self * v.me.self_connection;
    change.me.felt_closeness += times * v.k.sorry_feels_close * (1 - v.me.felt_closeness);
    change.me.vigilance -= times * v.k.sorry_calms * v.me.vigilance;
  }
};

/// What goes unsaid comes out sideways.
struct CameOutSideways {
  static constexpr RuleNote kNote{"came_out_sideways", "CLAIM-7 CLAIM-8 CON-10",
                                  "What was kept back for long comes out sideways."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.sideways_rate * v.contact * Positive(v.me.need - v.k.sideways_threshold) * Max(v.Caretaker(), v.Wall());
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.need -= times * v.k.sideways_relieves * v.me.need;
    change.you.feeling -= times * v.k.sideways_hurts;
    change.you.trust -= times * v.k.sideways_costs_trust * v.you.trust;
    change.you.felt_closeness -= times * v.k.sideways_distances * v.you.felt_closeness;
    change.closeness -= times * v.k.sideways_distances * v.closeness;
  }
};

/// Control, in order to feel safe.
struct Arranged {
  static constexpr RuleNote kNote{"arranged", "CON-3 CON-38 SIGN-C6",
                                  "Someone on guard arranges things so that nobody gets upset."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.arrange_rate * v.contact * v.me.vigilance * v.Caretaker();
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.vigilance -= times * v.k.arranging_calms * v.me.vigilance;
    change.you.agency -= times * v.k.arranging_takes_authorship * v.you.agency;
  }
};

/// Stepping back when the other seems to need much.
struct Withdrew {
  static constexpr RuleNote kNote{"withdrew", "CLAIM-22 CLAIM-25 CLAIM-26 CON-24",
                                  "The other seems to need much, and someone behind a wall steps back."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    const V neediness = Min(v.k.withdraw_floor + v.k.neediness_repels * v.YouNeedy(), V(v.k.withdraw_saturates));
    return v.k.withdraw_rate * v.contact * v.Wall() * neediness * Positive(1 - v.k.trust_keeps_near * v.me.trust);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.feeling += times * v.k.withdrawing_relieves;
    change.me.vigilance -= times * v.k.alone_calms * v.me.vigilance;
    change.me.loneliness += times * v.k.withdrawing_isolates * (1 - v.me.loneliness);
    change.me.felt_closeness -= times * v.k.withdrawing_feels_far * v.me.felt_closeness;
    change.me.wall += times * v.k.distance_teaches * (1 - v.me.wall);
    change.you.feeling -= times * v.k.withdrawing_hurts;
    change.you.trust -= times * v.k.withdrawing_costs_trust * v.you.trust;
    change.you.felt_closeness -= times * v.k.withdrawing_feels_far * v.you.felt_closeness;
    change.you.loneliness += times * v.k.withdrawing_isolates * (1 - v.you.loneliness);
    change.closeness -= times * v.k.withdrawing_distances * v.closeness;
  }
};

/// Carrying it alone: calm now, lonelier later, and the need is dismissed (CLAIM-24).
struct DidAlone {
  static constexpr RuleNote kNote{"did_alone", "CLAIM-22 CLAIM-24 CON-23 CON-26 SIGN-D2",
                                  "Someone behind a wall carries alone what two could carry."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.alone_rate * v.Wall();
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.vigilance -= times * v.k.alone_calms * v.me.vigilance;
    change.me.need += times * v.k.alone_empties;
    change.me.loneliness += times * v.k.alone_isolates * (1 - v.me.loneliness);
    change.me.self_connection -= times * v.k.dismissed_need_costs_self * v.me.self_connection;
  }
};

/// A hand is offered and waved off.
struct WavedOff {
  static constexpr RuleNote kNote{"waved_off", "CLAIM-22 CLAIM-24 CLAIM-25 SIGN-D2 SIGN-D4",
                                  "A hand is offered, and someone behind a wall waves it off."};
  /// How often a hand is offered; a wall waves it off.
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Offered(const View<V>& v) {
    return v.k.wave_off_rate * v.contact * v.yours.capacity * (1 - v.you.wall);
  }
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return Offered(v) * v.Wall();
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.vigilance -= times * v.k.alone_calms * v.me.vigilance;
    change.me.need += times * v.k.alone_empties;
    change.me.self_connection -= times * v.k.dismissed_need_costs_self * v.me.self_connection;
    change.you.felt_closeness -= times * v.k.waving_off_feels_far * v.you.felt_closeness;
    change.you.loneliness += times * v.k.alone_isolates * (1 - v.you.loneliness);
  }
};

/// Showing what is true. On unsafe ground it costs trust instead.
struct OpenedUp {
  static constexpr RuleNote kNote{"opened_up", "CLAIM-4 CLAIM-23 CLAIM-32 CON-24 ELEM-2 ELEM-3 ELEM-6",
                                  "Someone who trusts and knows what they feel shows it."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.open_rate * v.contact * v.me.trust * v.me.self_connection * (1 - v.Wall()) *
           (1 - v.k.vigilance_closes * v.me.vigilance) * (1 + v.k.counselling_opens * v.practising[kCounselling]);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static V Happens(const View<V>& v, const V& times, Chance&& chance, Change<V>& change) {
    const V badly = times * chance(Min(v.k.unsafe_ground * v.you.wall + v.yours.punishes, V(1)));
    const V well = times - badly;
    const V heard = 1 - v.k.opening_needs_their_self + v.k.opening_needs_their_self * v.you.self_connection;
    change.closeness += well * v.k.opening_closens * v.me.self_connection * heard * (1 - v.closeness);
    change.me.felt_closeness += well * v.k.opening_feels_close * (1 - v.me.felt_closeness);
    change.you.felt_closeness += well * v.k.opening_feels_close * (1 - v.you.felt_closeness);
    change.me.need -= well * v.k.opening_eases * v.me.need;
    change.me.trust -= badly * v.k.unsafe_costs_trust * v.me.trust;
    change.me.feeling -= badly * v.yours.punishes * v.k.punished_hurts;
    return well;
  }
};

/// Going one's own way: trust frees it, and a partner at ease with it lets trust grow.
struct OwnTime {
  static constexpr RuleNote kNote{"own_time", "CLAIM-30 CLAIM-31 CLAIM-34 CLAIM-35 CON-31 CON-33 ELEM-9 SIGN-C5",
                                  "Someone goes their own way for a while; what follows depends on the other's ease."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.own_time_rate * (v.k.own_time_without_trust + v.k.trust_frees_own_time * v.me.trust) *
           v.me.self_connection * (1 - v.k.caretaker_keeps_home * v.Caretaker()) *
           (1 - v.k.guilt_keeps_home * v.me.guilt) *
           (1 + v.k.practised_reaching * v.practising[kReachingAndBeingReached]);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    const V fused = v.you.caretaker * v.yours.fusion;
    const V at_ease = (1 - fused) * (1 - v.yours.punishes);
    change.me.need -= times * v.k.own_time_fills * v.me.need;
    change.me.self_connection += times * v.k.own_time_builds_self * (1 - v.me.self_connection);
    change.me.agency += times * v.k.own_time_builds_agency * (1 - v.me.agency);
    change.me.trust +=
        times * v.contact * v.k.own_time_supported_builds_trust * at_ease * v.LetsTrustGrow() * (1 - v.me.trust);
    change.me.guilt += times * v.k.own_time_guilt * v.Caretaker() * (1 - v.me.guilt);
    change.me.feeling -= times * v.contact * v.yours.punishes * v.k.punished_hurts;
    change.you.feeling -= times * v.contact * v.k.own_time_upsets_fused * fused;
  }
};

/// A limit: hard for a fused partner now, ground to trust on later.
struct Boundary {
  static constexpr RuleNote kNote{"boundary", "CLAIM-10 CLAIM-18 CLAIM-29 ELEM-5 PATH-6",
                                  "Someone who counts for themselves, and notices in time, keeps a limit."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.boundary_rate * v.contact * v.me.self_connection *
           (1 - v.k.esteem_gates_boundary + v.k.esteem_gates_boundary * v.mine.esteem) *
           (1 - v.k.awareness_gates_boundary + v.k.awareness_gates_boundary * v.me.awareness) *
           (1 + v.k.practised_boundary * v.practising[kSettingLimits]);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.need -= times * v.k.boundary_fills * v.me.need;
    change.me.agency += times * v.k.boundary_builds_agency * (1 - v.me.agency);
    change.me.feeling -= times * v.yours.punishes * v.k.punished_hurts;
    change.me.trust -= times * v.yours.punishes * v.k.punished_costs_trust * v.me.trust;
    change.you.feeling -= times * v.k.boundary_upsets_fused * v.you.caretaker * v.yours.fusion;
    change.you.trust += times * v.k.boundary_builds_trust * (1 - v.you.trust);
  }
};

/// A quarrel that is had. It may be mended, and then it leaves the two closer than silence does.
struct Conflict {
  static constexpr RuleNote kNote{"conflict", "CLAIM-8 CON-16 ELEM-5 ELEM-6 SIGN-C1",
                                  "Everybody disagrees at times, and needs unmet for long are voiced in a quarrel; "
                                  "where there is trust it is mended."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.conflict_rate * v.contact * (v.k.conflict_usual + Positive(v.me.need - v.k.much_need)) *
           (1 - v.k.caretaker_avoids * v.Caretaker());
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static V Happens(const View<V>& v, const V& times, Chance&& chance, Change<V>& change) {
    const V mended =
        times * chance(Logistic(v.k.repair_usual + v.k.repair_needs_trust * (v.me.trust + v.you.trust - 1)));
    change.me.feeling -= times * v.k.conflict_hurts_self;
    change.you.feeling -= times * v.k.conflict_hurts;
    change.me.need -= times * v.k.conflict_relieves * v.me.need;
    change.closeness +=
        mended * v.k.repair_closens * (1 - v.closeness) - (times - mended) * v.k.conflict_distances * v.closeness;
    change.me.feeling -= times * v.yours.punishes * v.k.punished_hurts;
    change.me.trust -= times * v.yours.punishes * v.k.punished_costs_trust * v.me.trust;
    return mended;
  }
};

/// Two with ground of their own do more together than either could (CLAIM-38).
struct TogetherMore {
  static constexpr RuleNote kNote{
      "together_more", "CLAIM-38 CON-34 CON-41 CON-42 CON-43",
      "Two who each stand on own ground and trust do something together that neither could alone."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.together_rate * v.contact * v.me.self_connection * v.you.self_connection * v.me.trust * v.you.trust;
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.feeling += times * v.k.together_lifts * v.mine.capacity;
    change.you.feeling += times * v.k.together_lifts * v.yours.capacity;
    change.me.felt_closeness += times * v.k.together_feels_close * (1 - v.me.felt_closeness);
    change.you.felt_closeness += times * v.k.together_feels_close * (1 - v.you.felt_closeness);
    change.closeness += times * v.k.together_closens * (1 - v.closeness);
  }
};

/// Noticing the part before it acts: it is heard, and eases.
struct NoticedFirst {
  static constexpr RuleNote kNote{"noticed_first", "CLAIM-9 CLAIM-29 CON-9 PATH-1 PATH-3",
                                  "Someone notices a part before it acts. Heard, it eases a little."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.notice_rate * v.me.awareness * Max(v.me.caretaker, v.me.wall) *
           (1 + v.k.recognising_eases * v.practising[kRecognising]);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.me.awareness += times * v.k.noticing_grows * (1 - v.me.awareness);
    change.me.caretaker -= times * v.k.noticing_eases * v.me.caretaker;
    change.me.wall -= times * v.k.noticing_eases * v.me.wall;
  }
};

/// The pendulum: worn out with holding on, someone swings to standing alone. The relief is real; the fear is the same.
struct Swung {
  static constexpr RuleNote kNote{
      "swung", "CLAIM-27 CLAIM-28 CON-29",
      "Worn out with holding on, someone swings to standing alone: relief, and the same fear."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    return v.k.swing_rate * v.me.caretaker * Positive(v.me.need - v.k.much_need) * (1 - v.me.awareness);
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    const V moved = Min(times, V(1)) * v.k.swing_moves * v.me.caretaker;
    change.me.caretaker -= moved;
    change.me.wall += moved * (1 - v.me.wall);
    change.me.feeling += times * v.k.swing_relieves;
    change.me.need -= Min(times, V(1)) * v.k.swing_moves * v.me.need;
  }
};

/// The end of it: far apart, or a wall that can't bear being needed. What is all of the self is hard to leave
/// (CLAIM-20).
struct Parting {
  static constexpr RuleNote kNote{"parting", "CLAIM-20 CLAIM-26 CON-30",
                                  "Far apart for long, or unable to bear being needed, someone ends it."};
  template <typename V>
  SELVEDGE_THEORY_INLINE static V Rate(const View<V>& v) {
    const V far = Positive(v.k.part_far - v.closeness);
    const V repelled = Positive(v.Wall() * v.YouNeedy() - v.k.neediness_borne);
    const V held = 1 - v.k.identity_keeps * 0.5F * (v.mine.identity_share + v.yours.identity_share);
    return v.together * (v.k.part_rate + v.k.far_parts * far * far + v.k.neediness_parts * repelled) * held;
  }
  template <typename V, typename Chance>
  SELVEDGE_THEORY_INLINE static void Happens(const View<V>& v, const V& times, Chance&&, Change<V>& change) {
    change.parted += times;
    change.me.wall += Min(times, V(1)) * v.k.escape_arms_wall * v.me.caretaker * (1 - v.me.wall);
    change.you.wall += Min(times, V(1)) * v.k.escape_arms_wall * v.you.caretaker * (1 - v.you.wall);
  }
};

/// All of them, in the order in which they draw random numbers.
using Rules = std::tuple<OutsideStress, Reached, SteppedIn, LeftItWithThem, SortedItMyself, SaidYesEmpty, HeldBack,
                         SmoothedOver, SaidSorry, CameOutSideways, Arranged, Withdrew, DidAlone, WavedOff, OpenedUp,
                         OwnTime, Boundary, Conflict, TogetherMore, NoticedFirst, Swung, Parting>;

/// Where a rule stands among them.
template <typename Rule>
inline constexpr std::size_t kIndexOf = []<typename... Each>(std::type_identity<std::tuple<Each...>>) {
  std::size_t before = 0;
  static_cast<void>(((std::is_same_v<Each, Rule> || (++before, false)) || ...));
  return before;
}(std::type_identity<Rules>());

/// What their moments are called, in their order.
inline constexpr std::array kEvents = []<typename... Rule>(std::type_identity<std::tuple<Rule...>>) {
  return std::array{Rule::kNote.event...};
}(std::type_identity<Rules>());

}  // namespace selvedge::theory
