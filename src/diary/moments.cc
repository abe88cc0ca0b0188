#include "diary/moments.h"

#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

constexpr std::string_view kNothing = "nothing";
constexpr unsigned kBitsOfAnswer = 3;
constexpr std::uint64_t kAnswerMask = (1U << kBitsOfAnswer) - 1;

/// How many follow-ups all kinds before this one have.
constexpr std::size_t FollowUpsBefore(std::size_t kind) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kind; ++i) count += kMomentForms[i].size();
  return count;
}

static_assert(kMomentForms.size() <= 32, "one bit for each kind");
static_assert(FollowUpsBefore(kMomentForms.size()) * kBitsOfAnswer <= 64, "three bits for each follow-up");

constexpr std::array kFirstFollowUp = [] {
  std::array<std::size_t, kMomentForms.size()> first{};
  for (std::size_t kind = 0; kind < first.size(); ++kind) first[kind] = FollowUpsBefore(kind);
  return first;
}();

std::size_t ShiftOf(std::size_t kind, std::size_t follow_up) {
  return kBitsOfAnswer * (kFirstFollowUp[kind] + follow_up);
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Cuts off and returns what stands before the separator.
std::string_view TakeUntil(char separator, std::string_view& text) {
  const std::size_t end = text.find(separator);
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return Trimmed(piece);
}

std::string ListOfMoments() {
  std::string list;
  for (const MomentForm& form : kMomentForms) list += (list.empty() ? "" : ", ") + std::string(form.name);
  return list;
}

std::string ListOfFollowUps(const MomentForm& form) {
  std::string list;
  for (const FollowUp& follow_up : form.follow_ups) {
    if (!follow_up.key.empty()) list += (list.empty() ? "" : ", ") + std::string(follow_up.key);
  }
  return list;
}

std::string ListOfAnswers(const FollowUp& follow_up) {
  std::string list;
  for (const std::string_view answer : follow_up.answers) {
    if (!answer.empty()) list += (list.empty() ? "" : ", ") + std::string(answer);
  }
  return list;
}

/// One "key=answer" of a moment of this kind.
core::Result<void> ReadAnswer(std::string_view text, std::size_t kind, Moments& moments) {
  const MomentForm& form = kMomentForms[kind];
  std::string_view answer_text = text;
  const std::string_view key = TakeUntil('=', answer_text);
  for (std::size_t i = 0; i < form.size(); ++i) {
    const FollowUp& follow_up = form.follow_ups[i];
    if (follow_up.key != key) continue;
    for (std::size_t answer = 0; answer < follow_up.size(); ++answer) {
      if (follow_up.answers[answer] != answer_text) continue;
      if (moments.Answer(kind, i)) {
        return Refuse("The moment \"" + std::string(form.name) + "\" answers \"" + std::string(key) + "\" twice.",
                      "Keep one of the two answers.");
      }
      moments.SetAnswer(kind, i, answer);
      return {};
    }
    return Refuse(Quoted(answer_text) + " is no answer to \"" + std::string(key) + "\" of the moment \"" +
                      std::string(form.name) + "\".",
                  "Choose one of: " + ListOfAnswers(follow_up) + ".");
  }
  if (form.size() == 0) {
    return Refuse(
        "Nothing is asked about the moment \"" + std::string(form.name) + "\", so " + Quoted(text) + " cannot be read.",
        "Leave it out, and put | between two moments.");
  }
  return Refuse("The moment \"" + std::string(form.name) + "\" is not asked " + Quoted(key) + ".",
                "It may be asked: " + ListOfFollowUps(form) + ". Put | between two moments.");
}

core::Result<void> ReadMoment(std::string_view text, Moments& moments) {
  const std::string_view name = TakeUntil(' ', text);
  const std::optional<std::size_t> kind = MomentNamed(name);
  if (!kind) return Refuse(Quoted(name) + " is not a moment.", "Choose from: " + ListOfMoments() + ".");
  if (moments.Has(*kind)) {
    return Refuse("The moment \"" + std::string(name) + "\" stands there twice.", "Keep one of the two.");
  }
  moments.Add(*kind);
  while (!Trimmed(text).empty()) {
    text = Trimmed(text);
    const std::string_view answer = TakeUntil(' ', text);
    if (auto read = ReadAnswer(answer, *kind, moments); !read) return read;
  }
  return {};
}

}  // namespace

std::optional<std::size_t> Moments::Answer(std::size_t kind, std::size_t follow_up) const {
  const std::uint64_t stored = (answers_ >> ShiftOf(kind, follow_up)) & kAnswerMask;
  if (stored == 0) return std::nullopt;
  return static_cast<std::size_t>(stored) - 1;
}

void Moments::SetAnswer(std::size_t kind, std::size_t follow_up, std::size_t answer) {
  const std::size_t shift = ShiftOf(kind, follow_up);
  answers_ = (answers_ & ~(kAnswerMask << shift)) | (static_cast<std::uint64_t>(answer + 1) << shift);
}

Moments Joined(const Moments& earlier, const Moments& later) {
  Moments both = earlier;
  for (std::size_t kind = 0; kind < kMomentForms.size(); ++kind) {
    if (!later.Has(kind)) continue;
    both.Add(kind);
    for (std::size_t i = 0; i < kMomentForms[kind].size(); ++i) {
      if (const auto answer = later.Answer(kind, i)) both.SetAnswer(kind, i, *answer);
    }
  }
  return both;
}

core::Result<Moments> ReadMoments(std::string_view text) {
  Moments moments;
  text = Trimmed(text);
  if (text == kNothing) return moments;
  while (true) {
    const bool last = !text.contains('|');
    const std::string_view piece = TakeUntil('|', text);
    if (piece == kNothing) {
      return Refuse("\"nothing\" stands beside other moments.", "Keep either \"nothing\" or the moments.");
    }
    if (auto read = ReadMoment(piece, moments); !read) return std::unexpected(read.error());
    if (last) return moments;
  }
}

std::string WriteMoments(const Moments& moments) {
  if (moments.IsEmpty()) return std::string(kNothing);
  std::string text;
  for (std::size_t kind = 0; kind < kMomentForms.size(); ++kind) {
    if (!moments.Has(kind)) continue;
    const MomentForm& form = kMomentForms[kind];
    text += (text.empty() ? "" : " | ") + std::string(form.name);
    for (std::size_t i = 0; i < form.size(); ++i) {
      if (const auto answer = moments.Answer(kind, i)) {
        text += " " + std::string(form.follow_ups[i].key) + "=" + std::string(form.follow_ups[i].answers[*answer]);
      }
    }
  }
  return text;
}

}  // namespace selvedge::diary
