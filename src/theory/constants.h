#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "theory/field.h"

namespace selvedge::theory {

/// The constants of the rules: how often, how much, how fast. Values, ranges and reasons are content/theory.json; what
/// a name means is read in the rule that uses it. Rates are a day, amounts in the unit of what they move.
template <typename C>
struct Constants {
  // What passes between them
  C apart{};
  C together_share{};
  C wall_stays_away{};
  C saturation{};
  C fusion_pull{};
  C awareness_tells_apart{};
  C awareness_frees{};

  // How a person drifts between moments
  C usual{};
  C need_grows{};
  C need_weighs{};
  C closeness_warms{};
  C agency_lifts{};
  C worth_lifts{};
  C vigilance_unsettles{};
  C loneliness_weighs{};
  C usual_lift{};
  C self_returns{};
  C agency_returns{};
  C trust_returns{};
  C trust_at_rest{};
  C hurt_lowers_trust{};
  C worth_returns{};
  C felt_follows{};
  C vigilance_follows{};
  C loneliness_follows{};
  C guilt_fades{};
  C awareness_returns{};
  C part_rests{};
  C jolt{};
  C jolt_shared{};

  // How closeness drifts
  C closeness_fades{};
  C closeness_needs_selves{};
  C silence_distances{};
  C much_need{};

  // outside_stress
  C stress_rate{};
  C stress_hurts{};
  C stress_shared{};

  // reached
  C reach_rate{};
  C reach_usual{};
  C distress_calls{};
  C trust_calls{};
  C fear_calls{};
  C wall_silences{};
  C available_usual{};
  C capacity_makes_available{};
  C wall_is_away{};
  C responds_usual{};
  C caretaker_responds{};
  C own_distress_deafens{};
  C with_me_usual{};
  C self_connection_attunes{};
  C met_lifts{};
  C met_fills{};
  C met_closens{};
  C met_feels_close{};
  C met_builds_trust{};
  C met_eases_wall{};
  C missed_hurts{};
  C missed_empties{};
  C missed_feels_far{};
  C missed_costs_trust{};
  C missed_arms_wall{};
  C near_loss_arms_caretaker{};
  C missed_costs_worth{};

  // stepped_in
  C step_in_rate{};
  C low_shows{};
  C step_in_saturates{};
  C discomfort_drives{};
  C discomfort_floor{};
  C fixing_relieves{};
  C fixing_feels_close{};
  C fixing_lifts_partner{};
  C fixing_empties{};
  C fixing_costs_self{};
  C fixing_takes_authorship{};
  C being_needed_worth{};
  C relief_teaches{};

  // left_it_with_them, sorted_it_myself
  C leave_rate{};
  C leaving_discomforts{};
  C leaving_gives_authorship{};
  C leaving_builds_trust{};
  C sort_rate{};
  C other_focus_displaces{};
  C sorting_lifts{};
  C sorting_gives_authorship{};
  C sorting_builds_worth{};

  // said_yes_empty, held_back, smoothed_over, said_sorry, came_out_sideways, arranged
  C yes_rate{};
  C low_empties{};
  C yes_empties{};
  C yes_costs_self{};
  C yes_feels_close{};
  C hold_back_rate{};
  C hold_back_usual{};
  C holding_back_empties{};
  C holding_back_costs_self{};
  C holding_back_feels_close{};
  C smooth_rate{};
  C smoothing_empties{};
  C smoothing_costs_self{};
  C smoothing_feels_close{};
  C sorry_rate{};
  C sorry_costs_self{};
  C sorry_feels_close{};
  C sorry_calms{};
  C sideways_rate{};
  C sideways_threshold{};
  C sideways_hurts{};
  C sideways_relieves{};
  C sideways_costs_trust{};
  C sideways_distances{};
  C arrange_rate{};
  C arranging_calms{};
  C arranging_takes_authorship{};

  // withdrew, did_alone, waved_off
  C withdraw_rate{};
  C neediness_repels{};
  C withdraw_floor{};
  C withdraw_saturates{};
  C trust_keeps_near{};
  C withdrawing_relieves{};
  C withdrawing_hurts{};
  C withdrawing_costs_trust{};
  C withdrawing_feels_far{};
  C withdrawing_distances{};
  C withdrawing_isolates{};
  C alone_rate{};
  C alone_calms{};
  C alone_empties{};
  C alone_isolates{};
  C dismissed_need_costs_self{};
  C wave_off_rate{};
  C waving_off_feels_far{};
  C distance_teaches{};

  // opened_up, own_time, boundary
  C open_rate{};
  C opening_closens{};
  C opening_needs_their_self{};
  C opening_feels_close{};
  C opening_eases{};
  C unsafe_ground{};
  C unsafe_costs_trust{};
  C vigilance_closes{};
  C own_time_rate{};
  C own_time_without_trust{};
  C trust_frees_own_time{};
  C caretaker_keeps_home{};
  C guilt_keeps_home{};
  C own_time_fills{};
  C own_time_builds_self{};
  C own_time_builds_agency{};
  C own_time_supported_builds_trust{};
  C own_time_upsets_fused{};
  C own_time_guilt{};
  C boundary_rate{};
  C esteem_gates_boundary{};
  C awareness_gates_boundary{};
  C boundary_fills{};
  C boundary_builds_agency{};
  C boundary_upsets_fused{};
  C boundary_builds_trust{};
  C punished_hurts{};
  C punished_costs_trust{};
  C unappeased_hurts{};

  // conflict, together_more, noticed
  C conflict_rate{};
  C conflict_usual{};
  C caretaker_avoids{};
  C conflict_hurts{};
  C conflict_hurts_self{};
  C conflict_relieves{};
  C conflict_distances{};
  C repair_usual{};
  C repair_needs_trust{};
  C repair_closens{};
  C together_rate{};
  C together_lifts{};
  C together_closens{};
  C together_feels_close{};
  C notice_rate{};
  C noticing_grows{};
  C noticing_eases{};

  // swung, parting, beginning again
  C swing_rate{};
  C swing_moves{};
  C swing_relieves{};
  C part_rate{};
  C part_far{};
  C far_parts{};
  C neediness_parts{};
  C neediness_borne{};
  C identity_keeps{};
  C escape_arms_wall{};
  C begin_rate{};

  // Does independence come first? One of three, or a blend: their shares add up to 1.
  C mutual_feedback{};
  C needs_met_first{};
  C independence_first{};
  C independence_threshold{};
  C independence_steepness{};

  // What practices do
  C mindfulness_builds{};
  C recognising_eases{};
  C facing_fear_eases{};
  C telling_apart{};
  C practised_boundary{};
  C choosing_frees{};
  C independence_builds{};
  C practised_reaching{};
  C counselling_builds_trust{};
  C counselling_opens{};
};

/// Every constant by its name, in the order of content/theory.json.
template <typename C>
inline constexpr std::array kConstantFields = std::to_array<Field<Constants<C>, C>>({
    {"apart", &Constants<C>::apart},
    {"together_share", &Constants<C>::together_share},
    {"wall_stays_away", &Constants<C>::wall_stays_away},
    {"saturation", &Constants<C>::saturation},
    {"fusion_pull", &Constants<C>::fusion_pull},
    {"awareness_tells_apart", &Constants<C>::awareness_tells_apart},
    {"awareness_frees", &Constants<C>::awareness_frees},
    {"usual", &Constants<C>::usual},
    {"need_grows", &Constants<C>::need_grows},
    {"need_weighs", &Constants<C>::need_weighs},
    {"closeness_warms", &Constants<C>::closeness_warms},
    {"agency_lifts", &Constants<C>::agency_lifts},
    {"worth_lifts", &Constants<C>::worth_lifts},
    {"vigilance_unsettles", &Constants<C>::vigilance_unsettles},
    {"loneliness_weighs", &Constants<C>::loneliness_weighs},
    {"usual_lift", &Constants<C>::usual_lift},
    {"self_returns", &Constants<C>::self_returns},
    {"agency_returns", &Constants<C>::agency_returns},
    {"trust_returns", &Constants<C>::trust_returns},
    {"trust_at_rest", &Constants<C>::trust_at_rest},
    {"hurt_lowers_trust", &Constants<C>::hurt_lowers_trust},
    {"worth_returns", &Constants<C>::worth_returns},
    {"felt_follows", &Constants<C>::felt_follows},
    {"vigilance_follows", &Constants<C>::vigilance_follows},
    {"loneliness_follows", &Constants<C>::loneliness_follows},
    {"guilt_fades", &Constants<C>::guilt_fades},
    {"awareness_returns", &Constants<C>::awareness_returns},
    {"part_rests", &Constants<C>::part_rests},
    {"jolt", &Constants<C>::jolt},
    {"jolt_shared", &Constants<C>::jolt_shared},
    {"closeness_fades", &Constants<C>::closeness_fades},
    {"closeness_needs_selves", &Constants<C>::closeness_needs_selves},
    {"silence_distances", &Constants<C>::silence_distances},
    {"much_need", &Constants<C>::much_need},
    {"stress_rate", &Constants<C>::stress_rate},
    {"stress_hurts", &Constants<C>::stress_hurts},
    {"stress_shared", &Constants<C>::stress_shared},
    {"reach_rate", &Constants<C>::reach_rate},
    {"reach_usual", &Constants<C>::reach_usual},
    {"distress_calls", &Constants<C>::distress_calls},
    {"trust_calls", &Constants<C>::trust_calls},
    {"fear_calls", &Constants<C>::fear_calls},
    {"wall_silences", &Constants<C>::wall_silences},
    {"available_usual", &Constants<C>::available_usual},
    {"capacity_makes_available", &Constants<C>::capacity_makes_available},
    {"wall_is_away", &Constants<C>::wall_is_away},
    {"responds_usual", &Constants<C>::responds_usual},
    {"caretaker_responds", &Constants<C>::caretaker_responds},
    {"own_distress_deafens", &Constants<C>::own_distress_deafens},
    {"with_me_usual", &Constants<C>::with_me_usual},
    {"self_connection_attunes", &Constants<C>::self_connection_attunes},
    {"met_lifts", &Constants<C>::met_lifts},
    {"met_fills", &Constants<C>::met_fills},
    {"met_closens", &Constants<C>::met_closens},
    {"met_feels_close", &Constants<C>::met_feels_close},
    {"met_builds_trust", &Constants<C>::met_builds_trust},
    {"met_eases_wall", &Constants<C>::met_eases_wall},
    {"missed_hurts", &Constants<C>::missed_hurts},
    {"missed_empties", &Constants<C>::missed_empties},
    {"missed_feels_far", &Constants<C>::missed_feels_far},
    {"missed_costs_trust", &Constants<C>::missed_costs_trust},
    {"missed_arms_wall", &Constants<C>::missed_arms_wall},
    {"near_loss_arms_caretaker", &Constants<C>::near_loss_arms_caretaker},
    {"missed_costs_worth", &Constants<C>::missed_costs_worth},
    {"step_in_rate", &Constants<C>::step_in_rate},
    {"low_shows", &Constants<C>::low_shows},
    {"step_in_saturates", &Constants<C>::step_in_saturates},
    {"discomfort_drives", &Constants<C>::discomfort_drives},
    {"discomfort_floor", &Constants<C>::discomfort_floor},
    {"fixing_relieves", &Constants<C>::fixing_relieves},
    {"fixing_feels_close", &Constants<C>::fixing_feels_close},
    {"fixing_lifts_partner", &Constants<C>::fixing_lifts_partner},
    {"fixing_empties", &Constants<C>::fixing_empties},
    {"fixing_costs_self", &Constants<C>::fixing_costs_self},
    {"fixing_takes_authorship", &Constants<C>::fixing_takes_authorship},
    {"being_needed_worth", &Constants<C>::being_needed_worth},
    {"relief_teaches", &Constants<C>::relief_teaches},
    {"leave_rate", &Constants<C>::leave_rate},
    {"leaving_discomforts", &Constants<C>::leaving_discomforts},
    {"leaving_gives_authorship", &Constants<C>::leaving_gives_authorship},
    {"leaving_builds_trust", &Constants<C>::leaving_builds_trust},
    {"sort_rate", &Constants<C>::sort_rate},
    {"other_focus_displaces", &Constants<C>::other_focus_displaces},
    {"sorting_lifts", &Constants<C>::sorting_lifts},
    {"sorting_gives_authorship", &Constants<C>::sorting_gives_authorship},
    {"sorting_builds_worth", &Constants<C>::sorting_builds_worth},
    {"yes_rate", &Constants<C>::yes_rate},
    {"low_empties", &Constants<C>::low_empties},
    {"yes_empties", &Constants<C>::yes_empties},
    {"yes_costs_self", &Constants<C>::yes_costs_self},
    {"yes_feels_close", &Constants<C>::yes_feels_close},
    {"hold_back_rate", &Constants<C>::hold_back_rate},
    {"hold_back_usual", &Constants<C>::hold_back_usual},
    {"holding_back_empties", &Constants<C>::holding_back_empties},
    {"holding_back_costs_self", &Constants<C>::holding_back_costs_self},
    {"holding_back_feels_close", &Constants<C>::holding_back_feels_close},
    {"smooth_rate", &Constants<C>::smooth_rate},
    {"smoothing_empties", &Constants<C>::smoothing_empties},
    {"smoothing_costs_self", &Constants<C>::smoothing_costs_self},
    {"smoothing_feels_close", &Constants<C>::smoothing_feels_close},
    {"sorry_rate", &Constants<C>::sorry_rate},
    {"sorry_costs_self", &Constants<C>::sorry_costs_self},
    {"sorry_feels_close", &Constants<C>::sorry_feels_close},
    {"sorry_calms", &Constants<C>::sorry_calms},
    {"sideways_rate", &Constants<C>::sideways_rate},
    {"sideways_threshold", &Constants<C>::sideways_threshold},
    {"sideways_hurts", &Constants<C>::sideways_hurts},
    {"sideways_relieves", &Constants<C>::sideways_relieves},
    {"sideways_costs_trust", &Constants<C>::sideways_costs_trust},
    {"sideways_distances", &Constants<C>::sideways_distances},
    {"arrange_rate", &Constants<C>::arrange_rate},
    {"arranging_calms", &Constants<C>::arranging_calms},
    {"arranging_takes_authorship", &Constants<C>::arranging_takes_authorship},
    {"withdraw_rate", &Constants<C>::withdraw_rate},
    {"neediness_repels", &Constants<C>::neediness_repels},
    {"withdraw_floor", &Constants<C>::withdraw_floor},
    {"withdraw_saturates", &Constants<C>::withdraw_saturates},
    {"trust_keeps_near", &Constants<C>::trust_keeps_near},
    {"withdrawing_relieves", &Constants<C>::withdrawing_relieves},
    {"withdrawing_hurts", &Constants<C>::withdrawing_hurts},
    {"withdrawing_costs_trust", &Constants<C>::withdrawing_costs_trust},
    {"withdrawing_feels_far", &Constants<C>::withdrawing_feels_far},
    {"withdrawing_distances", &Constants<C>::withdrawing_distances},
    {"withdrawing_isolates", &Constants<C>::withdrawing_isolates},
    {"alone_rate", &Constants<C>::alone_rate},
    {"alone_calms", &Constants<C>::alone_calms},
    {"alone_empties", &Constants<C>::alone_empties},
    {"alone_isolates", &Constants<C>::alone_isolates},
    {"dismissed_need_costs_self", &Constants<C>::dismissed_need_costs_self},
    {"wave_off_rate", &Constants<C>::wave_off_rate},
    {"waving_off_feels_far", &Constants<C>::waving_off_feels_far},
    {"distance_teaches", &Constants<C>::distance_teaches},
    {"open_rate", &Constants<C>::open_rate},
    {"opening_closens", &Constants<C>::opening_closens},
    {"opening_needs_their_self", &Constants<C>::opening_needs_their_self},
    {"opening_feels_close", &Constants<C>::opening_feels_close},
    {"opening_eases", &Constants<C>::opening_eases},
    {"unsafe_ground", &Constants<C>::unsafe_ground},
    {"unsafe_costs_trust", &Constants<C>::unsafe_costs_trust},
    {"vigilance_closes", &Constants<C>::vigilance_closes},
    {"own_time_rate", &Constants<C>::own_time_rate},
    {"own_time_without_trust", &Constants<C>::own_time_without_trust},
    {"trust_frees_own_time", &Constants<C>::trust_frees_own_time},
    {"caretaker_keeps_home", &Constants<C>::caretaker_keeps_home},
    {"guilt_keeps_home", &Constants<C>::guilt_keeps_home},
    {"own_time_fills", &Constants<C>::own_time_fills},
    {"own_time_builds_self", &Constants<C>::own_time_builds_self},
    {"own_time_builds_agency", &Constants<C>::own_time_builds_agency},
    {"own_time_supported_builds_trust", &Constants<C>::own_time_supported_builds_trust},
    {"own_time_upsets_fused", &Constants<C>::own_time_upsets_fused},
    {"own_time_guilt", &Constants<C>::own_time_guilt},
    {"boundary_rate", &Constants<C>::boundary_rate},
    {"esteem_gates_boundary", &Constants<C>::esteem_gates_boundary},
    {"awareness_gates_boundary", &Constants<C>::awareness_gates_boundary},
    {"boundary_fills", &Constants<C>::boundary_fills},
    {"boundary_builds_agency", &Constants<C>::boundary_builds_agency},
    {"boundary_upsets_fused", &Constants<C>::boundary_upsets_fused},
    {"boundary_builds_trust", &Constants<C>::boundary_builds_trust},
    {"punished_hurts", &Constants<C>::punished_hurts},
    {"punished_costs_trust", &Constants<C>::punished_costs_trust},
    {"unappeased_hurts", &Constants<C>::unappeased_hurts},
    {"conflict_rate", &Constants<C>::conflict_rate},
    {"conflict_usual", &Constants<C>::conflict_usual},
    {"caretaker_avoids", &Constants<C>::caretaker_avoids},
    {"conflict_hurts", &Constants<C>::conflict_hurts},
    {"conflict_hurts_self", &Constants<C>::conflict_hurts_self},
    {"conflict_relieves", &Constants<C>::conflict_relieves},
    {"conflict_distances", &Constants<C>::conflict_distances},
    {"repair_usual", &Constants<C>::repair_usual},
    {"repair_needs_trust", &Constants<C>::repair_needs_trust},
    {"repair_closens", &Constants<C>::repair_closens},
    {"together_rate", &Constants<C>::together_rate},
    {"together_lifts", &Constants<C>::together_lifts},
    {"together_closens", &Constants<C>::together_closens},
    {"together_feels_close", &Constants<C>::together_feels_close},
    {"notice_rate", &Constants<C>::notice_rate},
    {"noticing_grows", &Constants<C>::noticing_grows},
    {"noticing_eases", &Constants<C>::noticing_eases},
    {"swing_rate", &Constants<C>::swing_rate},
    {"swing_moves", &Constants<C>::swing_moves},
    {"swing_relieves", &Constants<C>::swing_relieves},
    {"part_rate", &Constants<C>::part_rate},
    {"part_far", &Constants<C>::part_far},
    {"far_parts", &Constants<C>::far_parts},
    {"neediness_parts", &Constants<C>::neediness_parts},
    {"neediness_borne", &Constants<C>::neediness_borne},
    {"identity_keeps", &Constants<C>::identity_keeps},
    {"escape_arms_wall", &Constants<C>::escape_arms_wall},
    {"begin_rate", &Constants<C>::begin_rate},
    {"mutual_feedback", &Constants<C>::mutual_feedback},
    {"needs_met_first", &Constants<C>::needs_met_first},
    {"independence_first", &Constants<C>::independence_first},
    {"independence_threshold", &Constants<C>::independence_threshold},
    {"independence_steepness", &Constants<C>::independence_steepness},
    {"mindfulness_builds", &Constants<C>::mindfulness_builds},
    {"recognising_eases", &Constants<C>::recognising_eases},
    {"facing_fear_eases", &Constants<C>::facing_fear_eases},
    {"telling_apart", &Constants<C>::telling_apart},
    {"practised_boundary", &Constants<C>::practised_boundary},
    {"choosing_frees", &Constants<C>::choosing_frees},
    {"independence_builds", &Constants<C>::independence_builds},
    {"practised_reaching", &Constants<C>::practised_reaching},
    {"counselling_builds_trust", &Constants<C>::counselling_builds_trust},
    {"counselling_opens", &Constants<C>::counselling_opens},
});

/// What is known of a constant beside its value.
struct ConstantNote {
  std::string name;
  float value = 0;
  std::string mechanism;         ///< empty: part of none
  std::vector<std::string> ids;  ///< of the catalogue
  std::string reason;
};

/// The theory as content has it: constants by name, each with its reason.
struct Theory {
  Constants<float> constants{};
  std::vector<ConstantNote> notes;

  /// Names of all mechanisms, in the order of their first constant.
  [[nodiscard]] std::vector<std::string> Mechanisms() const;

  /// The constants without a mechanism: all that belong to it are 0.
  /// @error  there is no such mechanism.
  [[nodiscard]] core::Result<Constants<float>> Without(std::string_view mechanism) const;
};

/// Reads a theory in the format of content/theory.json.
/// @error  a constant is missing, unknown, out of order, or not finite.
[[nodiscard]] core::Result<Theory> ParseTheory(std::string_view text);

/// content/theory.json.
[[nodiscard]] core::Result<Theory> ShippedTheory();

}  // namespace selvedge::theory
