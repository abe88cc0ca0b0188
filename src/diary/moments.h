#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

/// The moments people can log beside how they feel: what happened, told by a few words each (content/moments.json has
/// the words people see; a test holds the two to each other).
namespace selvedge::diary {

/// A question that may follow a moment, and what it can be answered with.
struct FollowUp {
  std::string_view key{};
  std::array<std::string_view, 5> answers{};  ///< empty ones are none

  [[nodiscard]] constexpr std::size_t size() const {
    std::size_t count = 0;
    for (const std::string_view answer : answers) count += static_cast<std::size_t>(!answer.empty());
    return count;
  }
};

/// A kind of moment: the name files call it by, and what may be asked about it.
struct MomentForm {
  std::string_view name;
  std::array<FollowUp, 3> follow_ups{};  ///< without a key: none

  [[nodiscard]] constexpr std::size_t size() const {
    std::size_t count = 0;
    for (const FollowUp& follow_up : follow_ups) count += static_cast<std::size_t>(!follow_up.key.empty());
    return count;
  }
};

inline constexpr FollowUp kHowItCame{.key = "came", .answers = {"warm", "sharp", "pressing", "unwanted"}};

/// Every kind of moment. A moment is known by its number in this list, so new ones go to the end.
inline constexpr std::array kMomentForms = std::to_array<MomentForm>({
    {"stepped_in",
     {{{"asked", {"yes", "no"}}, {"before", {"tense", "calm"}}, {"after", {"easier", "same", "tenser"}}}}},
    {"left_it_with_them"},
    {"sorted_it_myself"},
    {"said_yes_empty"},
    {"held_back", {{{"what", {"need", "no", "truth"}}}}},
    {"smoothed_over"},
    {"said_sorry", {{{"for", {"something_i_did", "their_mood", "not_sure"}}}}},
    {"came_out_sideways"},
    {"reached",
     {{{"outcome", {"not_through", "no_answer", "not_quite", "with_me", "not_fair"}}, {"later", {"yes", "no"}}}}},
    {"was_reached", {{kHowItCame, {"met", {"yes", "partly", "no"}}}}},
    {"was_offered", {{{"took", {"yes", "no"}}}}},
    {"withdrew", {{kHowItCame}}},
    {"did_alone", {{{"wanted_help", {"yes", "no"}}}}},
    {"opened_up", {{{"landed", {"well", "partly", "badly"}}}}},
    {"boundary"},
    {"own_time", {{{"guilt", {"none", "some", "much"}}}}},
    {"conflict", {{{"voiced", {"yes", "no"}}, {"repaired", {"yes", "not_yet", "no"}}}}},
    {"outside_stress", {{{"whose", {"mine", "theirs", "both"}}}}},
    {"good_together"},
    {"noticed_first"},
    {"practice"},
});

/// The number of the kind with this name.
[[nodiscard]] constexpr std::optional<std::size_t> MomentNamed(std::string_view name) {
  for (std::size_t kind = 0; kind < kMomentForms.size(); ++kind) {
    if (kMomentForms[kind].name == name) return kind;
  }
  return std::nullopt;
}

/// The same, at compile time: a name that is none does not compile.
[[nodiscard]] consteval std::size_t MomentKind(std::string_view name) { return MomentNamed(name).value(); }

/// One answer to one follow-up of one kind, by their numbers in kMomentForms.
struct Telling {
  std::size_t kind = 0;
  std::size_t follow_up = 0;
  std::size_t answer = 0;
};

/// What is told by words, at compile time. It is found before the empty ends of the lists, which GCC 12 can't read
/// there.
[[nodiscard]] consteval Telling Tells(std::string_view name, std::string_view key, std::string_view answer) {
  std::optional<Telling> found;
  const std::size_t kind = MomentKind(name);
  for (std::size_t i = 0; !found; ++i) {
    const FollowUp& follow_up = kMomentForms[kind].follow_ups.at(i);
    if (follow_up.key != key) continue;
    for (std::size_t j = 0; !found; ++j) {
      if (follow_up.answers.at(j) == answer) found = Telling{kind, i, j};
    }
  }
  return *found;
}

/// The moments a person logged at one check-in: of each kind one or none, with the answers to what was asked about it.
/// Empty: looked, and nothing of this today. Sixteen bytes, whatever is in it.
class Moments {
 public:
  [[nodiscard]] bool IsEmpty() const { return kinds_ == 0; }
  [[nodiscard]] std::size_t Count() const { return static_cast<std::size_t>(std::popcount(kinds_)); }
  [[nodiscard]] bool Has(std::size_t kind) const { return ((kinds_ >> kind) & 1U) != 0; }
  void Add(std::size_t kind) { kinds_ |= std::uint32_t{1} << kind; }

  /// The number of the answer to a follow-up of a kind, both by their numbers in kMomentForms; absent: not answered.
  [[nodiscard]] std::optional<std::size_t> Answer(std::size_t kind, std::size_t follow_up) const;
  void SetAnswer(std::size_t kind, std::size_t follow_up, std::size_t answer);

  bool operator==(const Moments&) const = default;

 private:
  std::uint32_t kinds_ = 0;    // one bit each
  std::uint64_t answers_ = 0;  // three bits for each follow-up there is: 0, or the number of the answer plus 1
};

/// Both logs of one day as one: what either has. Where both answered the same question, the later answer stands.
[[nodiscard]] Moments Joined(const Moments& earlier, const Moments& later);

/// Reads what WriteMoments writes: "nothing", or moments with "|" between them, each a name and then key=answer as
/// often as needed. Refused, without a place, with what is wrong and what is known.
[[nodiscard]] core::Result<Moments> ReadMoments(std::string_view text);
[[nodiscard]] std::string WriteMoments(const Moments& moments);

}  // namespace selvedge::diary
