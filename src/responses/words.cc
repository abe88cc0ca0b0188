#include "responses/words.h"

#include <algorithm>
#include <cmath>

namespace selvedge::responses {
namespace {

std::string Someone(const std::string& label) { return label.empty() ? "your partner" : label; }

std::string Owner(const std::string& label) { return Someone(label) + "'s"; }

std::string Many(int count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string Days(const Speech& speech) { return speech.grain == Grain::kDays ? "days" : "check-ins"; }

std::string CountedDays(int count, const Speech& speech) {
  return speech.grain == Grain::kDays ? Many(count, "day", "days") : Many(count, "check-in", "check-ins");
}

/// "there are none", "there is one", "there are 3".
std::string ThereAre(int count) {
  if (count == 0) return "there are none";
  return count == 1 ? "there is one" : "there are " + std::to_string(count);
}

/// So many of several: "none", "one", "3", "all".
std::string CountWord(int count, int of) {
  if (count == 0) return "none";
  if (count == 1) return "one";
  return count == of ? "all" : std::to_string(count);
}

/// The days among those looked at that a reading is about.
std::string DaysOfKind(Kind kind, const Speech& speech) {
  switch (kind) {
    case Kind::kSteppingIn:
      return "harder than usual for " + Someone(speech.partner);
    case Kind::kUnsaidWhenLow:
      return "harder than usual for " + Someone(speech.label);
    case Kind::kReaching:
      return "on which " + Someone(speech.label) + " reached out and noted how it went";
    case Kind::kWithdrawing:
    case Kind::kMeeting:
      return "on which " + Someone(speech.label) + " noted something warm coming";
    case Kind::kUnsaid:
    case Kind::kOwnTime:
      break;
  }
  return "";
}

/// "on somewhere between 2 and 5 of every 10 days": the nine-in-ten interval, in whole tenths.
std::string TenthsOf(const numerics::Estimate& rate, const std::string& what) {
  const auto tenths = [](double share) { return static_cast<int>(std::lround(10 * std::clamp(share, 0.0, 1.0))); };
  const int low = tenths(rate.ninety[0]);
  const int high = tenths(rate.ninety[1]);
  if (high == 0) return "hardly any " + what;
  if (low == 10) return "nearly all " + what;
  const std::string of = " of every 10 " + what;
  if (low == high) return "about " + std::to_string(low) + of;
  return (low == 0 ? "at most " : "somewhere between " + std::to_string(low) + " and ") + std::to_string(high) + of;
}

std::string OftenWord(double share) {
  if (share >= 0.8) return "mostly";
  if (share >= 0.6) return "more often than not";
  if (share >= 0.4) return "about as often as not";
  if (share >= 0.2) return "less often than not";
  return "seldom";
}

}  // namespace

std::string NotEnoughSentence(Kind kind, const Requirement& requirement, const Speech& speech) {
  if (requirement.days_have < requirement.days) {
    return "Not enough yet: this takes about " + std::to_string(requirement.days) + " days on which " +
           Someone(speech.label) + " looked at the moments, and so far " + ThereAre(requirement.days_have) + ".";
  }
  return "Not enough yet: this takes about " + std::to_string(requirement.occasions) + " days " +
         DaysOfKind(kind, speech) + ", and so far " + ThereAre(requirement.occasions_have) + ".";
}

std::string DifferenceSentence(Kind kind, Difference difference, const Speech& speech) {
  const std::string who = Someone(speech.label);
  const std::string days = Days(speech);
  const bool open = difference == Difference::kOpen;
  const std::string more = difference == Difference::kMore ? "more often" : "less often";
  const std::string lately = "Lately " + who + " very likely ";
  if (kind == Kind::kSteppingIn) {
    const std::string other = Owner(speech.partner);
    if (open) {
      return "Not settled: whether " + who + " steps in unasked more or less on " + other + " harder " + days +
             " can't be told yet. For many couples it stays open, and that is all right.";
    }
    return lately + "stepped in unasked " + more + " on " + other + " harder " + days + ". " +
           (difference == Difference::kMore
                ? "Care looks like this, and so does the wish that the hurt in the room would stop."
                : "Trust in the other looks like this, and so does the wish to be out of the rain.");
  }
  if (kind == Kind::kWithdrawing) {
    if (open) {
      return "Not settled: whether " + who +
             " steps back more or less when something warm comes can't be told yet. "
             "For many people it stays open, and that is all right.";
    }
    return lately + "stepped back " + more + " when something warm came than when nobody came. " +
           (difference == Difference::kMore
                ? "It may once have kept " + who +
                      " from being hurt, and part of it may be rest. Whether it is safe "
                      "to lean here can't be seen from outside."
                : "It may be ease, and part of it may be holding on. Whether it is safe to lean here can't be seen "
                  "from outside.");
  }
  if (open) {
    return "Not settled: whether more or less goes unsaid on " + Owner(speech.label) + " harder " + days +
           " can't be told yet. For many people it stays open, and that is all right.";
  }
  return "Lately things very likely went unsaid " + more + " on " + Owner(speech.label) + " harder " + days + ". " +
         (difference == Difference::kMore ? "With little strength left, keeping quiet can be a rest."
                                          : "On such days words may come more easily, or have to come.");
}

std::string RateSentence(Kind kind, const numerics::Estimate& rate, const Speech& speech) {
  const std::string of_days = TenthsOf(rate, Days(speech));
  if (kind == Kind::kMeeting) {
    return "Lately " + Someone(speech.label) + " could meet " + TenthsOf(rate, "warm approaches") +
           ", at least in part. Nobody can always, and not being able to has many reasons.";
  }
  if (kind == Kind::kOwnTime) {
    return "Lately there was time of " + Owner(speech.label) + " own on " + of_days +
           ". There is no right amount; what counts is whether it felt free.";
  }
  return "Lately something of " + Owner(speech.label) + " went unsaid on " + of_days +
         ". Silence can be patience, peace or good sense; this only counts it.";
}

std::string ReachingSentence(double got_through, double answered, double with_me, const Speech& speech) {
  return "What " + Someone(speech.label) + " found when reaching out: getting through, " + OftenWord(got_through) +
         "; then an answer, " + OftenWord(answered) + "; and then company in it, " + OftenWord(with_me) +
         ". Coming back to it later counts, and moments that were not fair do not. Why it went so can't be seen here.";
}

std::string SteppingInCounts(const Share& tense, const Share& easier, const Speech& speech) {
  if (tense.of == 0) return "";
  const std::string who = Someone(speech.label);
  if (tense.of == 1) {
    return "The one time " + who + " stepped in unasked and marked how it was before, it was " +
           (tense.yes == 1 ? "tense." : "calm.");
  }
  std::string sentence = "Of the " + std::to_string(tense.of) + " times " + who +
                         " stepped in unasked and marked how it was before, " + CountWord(tense.yes, tense.of) +
                         " began tense";
  if (tense.yes == 0) return sentence + ": help from a calm place.";
  if (easier.of == tense.yes) {
    sentence += tense.yes == 1 ? (easier.yes == 1 ? ", and it ended easier" : ", and it did not end easier")
                               : ", and " + CountWord(easier.yes, easier.of) + " of these ended easier";
  }
  return sentence +
         ". Wanting the hurt in the room to stop is a kind wish; next time there may be a breath in between.";
}

std::string WithdrawingCounts(const Share& from_warmth, const Speech& speech) {
  if (from_warmth.of == 0) return "";
  return "Of " + CountedDays(from_warmth.of, speech) + " with something warm that " + Someone(speech.label) +
         " noted, " + CountWord(from_warmth.yes, from_warmth.of) +
         " held a step back. It can be a wall or it can be good sense, and nobody need decide tonight.";
}

std::string UnsaidCounts(const Share& unsaid, const Speech& speech) {
  if (unsaid.of == 0) return "";
  return "Of " + Owner(speech.label) + " " + CountedDays(unsaid.of, speech) + " with a look at the moments, " +
         CountWord(unsaid.yes, unsaid.of) + " held something unsaid. Silence is not a loss by itself.";
}

std::string UnsaidWhenLowCounts(const Share& when_low, const Speech& speech) {
  if (when_low.of == 0) return "";
  return "Of " + CountedDays(when_low.of, speech) + " harder than usual for " + Someone(speech.label) + ", " +
         CountWord(when_low.yes, when_low.of) + " held something unsaid.";
}

std::string ReachingCounts(const Share& with_me, const Speech& speech) {
  if (with_me.of == 0) return "";
  return "Of " + Many(with_me.of, "time", "times") + " " + Someone(speech.label) + " reached out at a fair moment, " +
         CountWord(with_me.yes, with_me.of) + " ended in company, then or later. It says what was found, not why.";
}

std::string MeetingCounts(const Share& met, const Share& fully, const Speech& speech) {
  if (met.of == 0) return "";
  const int partly = met.yes - fully.yes;
  std::string sentence = "Of " + Many(met.of, "warm approach", "warm approaches") + " that " + Someone(speech.label) +
                         " noted, " + CountWord(fully.yes, fully.of) + " could be met";
  if (partly > 0) sentence += ", and " + CountWord(partly, met.of) + " in part";
  return sentence + ".";
}

std::string OwnTimeCounts(const Share& own_time, const Share& guilt, const Speech& speech) {
  if (own_time.of == 0) return "";
  std::string sentence = "Of " + Owner(speech.label) + " " + CountedDays(own_time.of, speech) +
                         " with a look at the moments, " + CountWord(own_time.yes, own_time.of) +
                         " held time of one's own";
  if (own_time.yes > 0 && guilt.of == own_time.yes) {
    sentence += own_time.yes == 1 ? (guilt.yes == 1 ? ", and guilt came along" : ", and guilt stayed away")
                                  : ", and guilt came along with " + CountWord(guilt.yes, guilt.of) + " of these";
  }
  return sentence + ".";
}

}  // namespace selvedge::responses
