#pragma once

#include "theory/view.h"

/// What happens between moments: how states drift, a day. Feelings return to usual exactly (step.h); `FeelingPush` is
/// what holds them off it.
namespace selvedge::theory {

/// CON-11, CLAIM-11, CLAIM-15, CLAIM-16: what moves a feeling beside moments. Saturates, so that nothing diverges.
/// Zero is usual, and a usual life has strains and comforts: what they come to is made up for. With one who punishes,
/// whoever does not appease pays.
template <typename V>
SELVEDGE_THEORY_INLINE V FeelingPush(const View<V>& v) {
  const V theirs = Between(V(-v.k.saturation), v.Perceived(), V(v.k.saturation));
  return v.k.fusion_pull * v.Fusion() * v.contact * theirs - v.k.need_weighs * (v.me.need - v.k.usual) +
         v.k.closeness_warms * (v.me.felt_closeness - v.k.usual) + v.k.agency_lifts * (v.me.agency - v.k.usual) +
         v.k.worth_lifts * (v.me.worth - v.k.usual) - v.k.vigilance_unsettles * v.me.vigilance -
         v.k.loneliness_weighs * (v.me.loneliness - v.k.usual) + v.k.usual_lift -
         v.k.unappeased_hurts * v.contact * v.yours.punishes * (1 - v.Caretaker());
}

/// Rates of change of everything else in a person, 1/day.
template <typename V>
SELVEDGE_THEORY_INLINE Person<V> PersonDrift(const View<V>& v) {
  const auto& k = v.k;
  const auto& practising = v.practising;
  const V ground_grows = k.independence_builds * (practising[kIndependence] + practising[kBothLevels]);
  const V trust_ceiling = k.trust_at_rest * (1 - k.hurt_lowers_trust * v.mine.hurt_history);
  const V alarm = (1 - v.me.trust) * Max(v.mine.fear_of_abandonment, v.mine.hurt_history);
  const V parts_rest = k.part_rests + k.facing_fear_eases * practising[kFacingFear];
  Person<V> rate{};
  rate.need = k.need_grows * (1 - 0.5F * v.me.need);
  rate.self_connection = (k.self_returns + ground_grows) * (v.mine.ground - v.me.self_connection) +
                         ground_grows * (1 - v.me.self_connection);
  rate.agency = (k.agency_returns + ground_grows) * (v.mine.ground - v.me.agency) + ground_grows * (1 - v.me.agency);
  rate.trust = k.trust_returns * (trust_ceiling - v.me.trust) + k.counselling_builds_trust * practising[kCounselling] *
                                                                    v.together * (1 - v.yours.punishes) *
                                                                    (1 - v.me.trust);
  rate.worth = k.worth_returns * (v.mine.esteem - v.me.worth);
  rate.felt_closeness = k.felt_follows * (v.together * v.closeness - v.me.felt_closeness);
  rate.vigilance = k.vigilance_follows * (v.together * alarm - v.me.vigilance);
  rate.loneliness = k.loneliness_follows * (1 - v.me.felt_closeness - v.me.loneliness);
  rate.guilt = -k.guilt_fades * v.me.guilt;
  rate.awareness = k.awareness_returns * (v.mine.awareness_at_rest - v.me.awareness) +
                   k.mindfulness_builds * (1 - v.me.awareness) *
                       (practising[kMindfulness] + practising[kSeeing] + practising[kCounselling]);
  rate.caretaker =
      parts_rest * (v.mine.fear_of_abandonment * (1 - practising[kFacingFear] * k.facing_fear_eases) - v.me.caretaker);
  rate.wall = parts_rest * (v.mine.hurt_history * (1 - practising[kFacingFear] * k.facing_fear_eases) - v.me.wall);
  return rate;
}

/// CLAIM-2, CLAIM-3: closeness fades without being fed, can't stay above what both selves can hold, and silence about
/// needs wears it away.
template <typename V>
SELVEDGE_THEORY_INLINE V ClosenessDrift(const Couple<V>& couple, const Constants<Constant<V>>& k) {
  const auto& [a, b] = couple.people;
  const V held = Sqrt(a.self_connection * b.self_connection);
  const V silence = Positive(a.need - k.much_need) + Positive(b.need - k.much_need);
  return -(k.closeness_fades + k.silence_distances * silence) * couple.closeness -
         k.closeness_needs_selves * Positive(couple.closeness - held);
}

}  // namespace selvedge::theory
