#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "diary/diary.h"

namespace selvedge::diary {

/// One person's answer, or a prompt they left unanswered, on its way into a check-in.
struct Answer {
  double time = 0;  ///< days
  std::optional<double> own{};
  Noted noted{};
  int day = 0;
  int utc_offset_minutes = 0;
  int line = 0;
  int person = 0;  ///< within the couple, in order of appearance

  [[nodiscard]] bool HasAny() const { return own || !noted.IsEmpty(); }
};

/// Somebody who answered twice at the same time.
struct Duplicate {
  std::string couple;
  std::string person;
  int first_line = 0;
  int second_line = 0;
};

/// Collects couples, their members and their answers in whatever order a file brings them.
class CoupleBook {
 public:
  /// The couple with this id, entered at first sight.
  [[nodiscard]] std::size_t CoupleOf(std::string_view id);

  /// The couple's member with this label, entered at first sight. Refused, without a place, for a third.
  [[nodiscard]] core::Result<int> PersonOf(std::size_t couple, std::string_view label);

  /// What a row says of the person's role; empty if it says nothing.
  void NoteRole(std::size_t couple, int person, std::string_view role);

  void Add(std::size_t couple, const Answer& answer);

  [[nodiscard]] bool has_answers() const { return has_answers_; }

  /// The duplicate that shows first in the file. Puts the answers in order of time.
  [[nodiscard]] std::optional<Duplicate> SortAndFindDuplicate();

  /// The couples in their final order, to be called last. The partners are labelled by their roles if every row of the
  /// file gave one and roles tell the two apart in every couple; else as PersonOf named them.
  [[nodiscard]] std::vector<Couple> Bind(bool roles_given) &&;

 private:
  struct Member {
    std::string label;
    std::string role{};
    bool role_is_sure = true;
  };
  struct Page {
    std::string id;
    std::vector<Member> members;
    std::vector<Answer> answers;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  [[nodiscard]] bool RolesTellApart() const;
  [[nodiscard]] static Couple BindPage(Page page, bool by_role);

  std::vector<Page> pages_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> page_of_;
  bool has_answers_ = false;
  std::size_t last_page_ = 0;
};

}  // namespace selvedge::diary
