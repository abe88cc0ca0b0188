#include "instruments/words.h"

#include <array>

#include "core/certainty.h"
#include "core/text.h"
#include "diary/refusal.h"

namespace selvedge::instruments {
namespace {

/// What there was more or less of, and what may be said about either. A season, never a person.
struct ScaleWords {
  std::string_view id;
  const char* doing;
  const char* more;
  const char* less;
};

constexpr std::array<ScaleWords, 4> kScales{
    {{.id = "holding-on",
      .doing = "holding on",
      .more = "It often begins as a way to keep someone. It says nothing about blame, or about them.",
      .less = "Your own side had a place beside theirs."},
     {.id = "standing-alone",
      .doing = "standing alone",
      .more = "It may once have kept you from being hurt. We can't see whether this person is safe to lean on.",
      .less = "Some of the weight could be shared."},
     {.id = "own-ground",
      .doing = "standing on ground of your own",
      .more = "You could tell where you were, and start from there.",
      .less = "Full weeks and hard seasons do that, and ground can be found again."},
     {.id = "open-door",
      .doing = "keeping the door open",
      .more = "You let someone near, and stayed yourself.",
      .less = "Closing a door can be good sense. We can't see who stands before it."}}};

std::string Counted(std::size_t answers) { return answers == 1 ? "one answer" : std::to_string(answers) + " answers"; }

std::string BasisSentence(const std::optional<Reliability>& reliability) {
  if (!reliability) return "How far it wobbles follows from the answers themselves.";
  const std::string figure = core::FixedNumber(reliability->value, 2) +
                             (reliability->source.empty() ? std::string() : "; " + diary::Shown(reliability->source));
  if (reliability->kind == Reliability::Kind::kRetest) {
    return "How far it wobbles is known from people asked twice (retest reliability " + figure + ").";
  }
  return "How far it wobbles is taken from how well its questions agree (internal reliability " + figure +
         "), which makes small changes look surer than they are.";
}

}  // namespace

std::optional<SignScale> SignScaleNamed(std::string_view id) {
  for (std::size_t s = 0; s < kScales.size(); ++s) {
    if (kScales[s].id == id) return static_cast<SignScale>(s);
  }
  return std::nullopt;
}

std::string_view ProvisionalSentence() {
  return "This is provisional: the questions have not been tried with many people yet, so take it as a direction, not "
         "as a measure.";
}

std::string_view NotShownSentence() {
  return "This picture is not shown now. There can be many reasons, and none of them says anything about you.";
}

std::string ScoreSentence(SignScale scale, double probability_more, std::size_t answers, bool provisional) {
  if (answers == 0) return "Nothing about this was answered, and leaving questions out is fine.";
  const ScaleWords& words = kScales[static_cast<std::size_t>(scale)];
  const bool more = probability_more >= 0.5;
  const std::string word(core::CertaintyWord(more ? probability_more : 1 - probability_more));
  std::string sentence;
  if (word.empty()) {
    sentence = "By " + Counted(answers) + " it can't be told whether you were " + words.doing +
               " more or less than now and then. That is what " + Counted(answers) + " can tell, and no fault in " +
               (answers == 1 ? "it." : "them.");
  } else {
    const std::string how = word == "leaning" ? "this is leaning toward " : "you were " + word + " ";
    sentence = "Lately, by " + Counted(answers) + ", " + how + words.doing + (more ? " more" : " less") +
               " than now and then. " + (more ? words.more : words.less);
  }
  return provisional ? sentence + " " + std::string(ProvisionalSentence()) : sentence;
}

std::string ChangeSentence(const Change& change, const std::optional<Reliability>& reliability) {
  const std::string way = change.difference > 0 ? "up" : "down";
  const std::string what =
      change.IsReliable()
          ? "Between the two times this went " + way + " by more than the measure wobbles. It does not show why."
          : "The two times differ by no more than the measure wobbles. That is common, and it says nothing about what "
            "you put in.";
  return what + " " + BasisSentence(reliability);
}

}  // namespace selvedge::instruments
