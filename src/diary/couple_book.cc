#include "diary/couple_book.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/side.h"
#include "core/text.h"
#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

/// What was answered goes before what was not, so that two answers to one prompt stand side by side.
auto OrderKey(const Answer& answer) { return std::tuple(answer.time, answer.person, !answer.HasAny(), answer.line); }

bool AnsweredTwice(const Answer& left, const Answer& right) {
  return left.time == right.time && left.person == right.person && left.HasAny() && right.HasAny();
}

/// Enters the answer into the last check-in if that is its time, else into a new one. Partners in two zones share the
/// earlier local clock, so that the outcome depends neither on the rows' order nor on who is called a.
void Enter(const Answer& answer, core::Side side, std::vector<CheckIn>& check_ins) {
  if (check_ins.empty() || check_ins.back().time.count != answer.time) {
    check_ins.push_back({.time = {answer.time},
                         .day = answer.day,
                         .own = {},
                         .noted = {},
                         .utc_offset_minutes = answer.utc_offset_minutes});
  }
  CheckIn& check_in = check_ins.back();
  if (answer.HasAny()) {
    check_in.own[side] = answer.own;
    check_in.noted[side] = answer.noted;
  }
  if (answer.utc_offset_minutes < check_in.utc_offset_minutes) {
    check_in.utc_offset_minutes = answer.utc_offset_minutes;
    check_in.day = answer.day;
  }
}

}  // namespace

std::size_t CoupleBook::CoupleOf(std::string_view id) {
  if (last_page_ < pages_.size() && pages_[last_page_].id == id) return last_page_;
  if (const auto known = page_of_.find(id); known != page_of_.end()) return last_page_ = known->second;
  last_page_ = pages_.size();
  page_of_.emplace(id, last_page_);
  pages_.push_back({.id = std::string(id), .members = {}, .answers = {}});
  return last_page_;
}

core::Result<int> CoupleBook::PersonOf(std::size_t couple, std::string_view label) {
  std::vector<Member>& members = pages_[couple].members;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].label == label) return static_cast<int>(i);
  }
  if (members.size() == 2) {
    return Refuse(Quoted(label) + " is a third person in the couple " + Quoted(pages_[couple].id) + ", beside " +
                      Quoted(members[0].label) + " and " + Quoted(members[1].label) + ".",
                  "Correct the label, or name the column that tells couples apart with --dyad.");
  }
  members.push_back({.label = std::string(label), .role = {}});
  return static_cast<int>(members.size()) - 1;
}

void CoupleBook::NoteRole(std::size_t couple, int person, std::string_view role) {
  Member& member = pages_[couple].members[static_cast<std::size_t>(person)];
  if (member.role.empty()) member.role = role;
  if (role.empty() || member.role != role) member.role_is_sure = false;
}

void CoupleBook::Add(std::size_t couple, const Answer& answer) {
  pages_[couple].answers.push_back(answer);
  if (answer.own) has_answers_ = true;
}

std::optional<Duplicate> CoupleBook::SortAndFindDuplicate() {
  std::optional<Duplicate> first;
  for (Page& page : pages_) {
    std::ranges::sort(page.answers, {}, OrderKey);
    for (auto twice = std::ranges::adjacent_find(page.answers, AnsweredTwice); twice != page.answers.end();
         twice = std::adjacent_find(twice + 1, page.answers.end(), AnsweredTwice)) {
      const Answer& later = *(twice + 1);
      if (first && first->second_line <= later.line) continue;
      first = Duplicate{.couple = page.id,
                        .person = page.members[static_cast<std::size_t>(later.person)].label,
                        .first_line = twice->line,
                        .second_line = later.line};
    }
  }
  return first;
}

bool CoupleBook::RolesTellApart() const {
  return std::ranges::all_of(pages_, [](const Page& page) {
    return std::ranges::all_of(page.members, &Member::role_is_sure) &&
           (page.members.size() < 2 || page.members[0].role != page.members[1].role);
  });
}

std::vector<Couple> CoupleBook::Bind(bool roles_given) && {
  const bool by_role = roles_given && RolesTellApart();
  std::ranges::sort(pages_, core::NaturalLess, &Page::id);
  std::vector<Couple> couples;
  couples.reserve(pages_.size());
  for (Page& page : pages_) couples.push_back(BindPage(std::move(page), by_role));
  return couples;
}

Couple CoupleBook::BindPage(Page page, bool by_role) {
  const auto label_of = [&](std::size_t i) { return by_role ? page.members[i].role : page.members[i].label; };
  const bool swapped = page.members.size() == 2 && core::NaturalLess(label_of(1), label_of(0));

  Couple couple{.id = std::move(page.id), .labels = {}, .check_ins = {}};
  const auto side_of = [&](std::size_t person) { return (person == 1) != swapped ? core::Side::kB : core::Side::kA; };
  for (std::size_t i = 0; i < page.members.size(); ++i) couple.labels[side_of(i)] = label_of(i);
  for (const Answer& answer : page.answers) {
    Enter(answer, side_of(static_cast<std::size_t>(answer.person)), couple.check_ins);
  }
  return couple;
}

}  // namespace selvedge::diary
