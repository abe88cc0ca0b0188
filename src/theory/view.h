#pragma once

#include <cstddef>

#include "theory/constants.h"
#include "theory/lanes.h"
#include "theory/state.h"

namespace selvedge::theory {

/// The kind of number the constants of a system with numbers V are.
template <typename V>
struct ConstantOf {
  using Type = float;
};
template <typename V>
using Constant = ConstantOf<V>::Type;

/// The paths of the catalogue, PATH-1 … PATH-11, by what a rule calls them.
inline constexpr std::size_t kSeeing = 0;
inline constexpr std::size_t kMindfulness = 1;
inline constexpr std::size_t kRecognising = 2;
inline constexpr std::size_t kFacingFear = 3;
inline constexpr std::size_t kTellingApart = 4;
inline constexpr std::size_t kSettingLimits = 5;
inline constexpr std::size_t kChoosing = 6;
inline constexpr std::size_t kIndependence = 7;
inline constexpr std::size_t kReachingAndBeingReached = 8;
inline constexpr std::size_t kCounselling = 9;
inline constexpr std::size_t kBothLevels = 10;

/// The system as one of the two meets it: me, you, what is between us. Rules are written from here, once, and hold for
/// both people.
template <typename V>
struct View {
  const Person<V>& me;
  const Person<V>& you;
  const Traits<V>& mine;
  const Traits<V>& yours;
  const V& closeness;
  const V& together;  ///< 1 while we are a couple, 0 after a parting
  const V& contact;   ///< what passes between us: `apart` to 1, and 0 after a parting
  const Practising<Constant<V>>& practising;
  const Constants<Constant<V>>& k;

  /// CON-11, CLAIM-10: how far I can tell my feelings from theirs; awareness and practice (PATH-5) help.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V MixedUp() const {
    return (1 - k.awareness_tells_apart * me.awareness) * (1 - k.telling_apart * practising[kTellingApart]);
  }
  /// What I take for your feeling: yours, mixed with mine.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V Perceived() const {
    const V own = mine.projection * MixedUp();
    return (1 - own) * you.feeling + own * me.feeling;
  }
  /// How low I take you to be.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V YouLow() const { return Positive(-Perceived()); }
  /// How much you seem to need of me: what is low in you, as far as a wall of yours lets it be seen.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V YouNeedy() const { return YouLow() * (1 - you.wall); }
  /// CON-17: the share of your feeling that becomes mine.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V Fusion() const { return mine.fusion * MixedUp(); }

  /// CLAIM-9, CLAIM-29, PATH-7: awareness weakens the step from alarm to act.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V Freed() const {
    return (1 - k.awareness_frees * me.awareness) * (1 - k.choosing_frees * practising[kChoosing]);
  }
  /// The caretaker as it acts, not as it is learned.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V Caretaker() const { return me.caretaker * Freed(); }
  /// The wall as it acts.
  [[nodiscard]] SELVEDGE_THEORY_INLINE V Wall() const { return me.wall * Freed(); }

  /// CLAIM-31 and its rivals: what lets trust grow from one's own way. Feeding each other always; only as far as needs
  /// are met; only beyond a threshold of independence (CLAIM-34).
  [[nodiscard]] SELVEDGE_THEORY_INLINE V LetsTrustGrow() const {
    const V met = 1 - Min(me.need, V(1));
    const V independent =
        Logistic(k.independence_steepness * (0.5F * (me.self_connection + me.agency) - k.independence_threshold));
    return k.mutual_feedback + k.needs_met_first * met + k.independence_first * independent;
  }
};

/// What a moment or an hour changes: amounts to add, and which of the two they fall on.
template <typename V>
struct Change {
  Person<V> me{};
  Person<V> you{};
  V closeness{};
  V parted{};
};

}  // namespace selvedge::theory
