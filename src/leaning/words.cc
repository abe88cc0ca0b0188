#include "leaning/words.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/certainty.h"

namespace selvedge::leaning {
namespace {

std::string InWords(int count) {
  constexpr std::array kSmall{"no",    "one",   "two",  "three", "four",   "five",  "six",
                              "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return count >= 0 && static_cast<std::size_t>(count) < kSmall.size() ? kSmall[static_cast<std::size_t>(count)]
                                                                       : std::to_string(count);
}

std::string Counted(int count, const char* noun) { return InWords(count) + " " + noun + (count == 1 ? "" : "s"); }

/// "14 answers and 40 days"; empty where it all came from scores entered.
std::string Basis(const Position& position) {
  std::string words;
  if (position.answers > 0) words = Counted(position.answers, "answer");
  if (position.days > 0) words += (words.empty() ? "" : " and ") + Counted(position.days, "day");
  return words;
}

std::string Capitalised(std::string text) {
  if (!text.empty()) text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

/// Wide: one standard deviation of the posterior reaches over half of the way from the middle to a pole's far side.
bool IsWide(const Position& position) {
  constexpr double kWide = 0.5;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(position.posterior.covariance, Eigen::EigenvaluesOnly);
  return std::sqrt(axes.eigenvalues()[1]) > kWide;
}

std::string BetweenSentence(const Position& position) {
  if (!IsWide(position)) {
    return "Your answers sit between the corners. That is where most people's answers lie, and it is a place too.";
  }
  const std::string basis = Basis(position);
  const std::string can = basis.empty() ? "That is what a few scores can tell" : "That is what " + basis + " can tell";
  return "Your answers sit between the corners and the cloud is wide. " + can + ", and no fault in them.";
}

const char* Toward(double shift, double least, const char* more, const char* less) {
  if (shift >= least) return more;
  return shift <= -least ? less : "";
}

constexpr const char* kHardlyMoved = "hardly moved this";

std::string WhatItDid(const Contribution& contribution) {
  constexpr double kNoticed = 0.05;  // of a standard deviation among people
  const std::string ground =
      Toward(contribution.shift[kAutonomy], kNoticed, "more ground of your own", "less ground of your own");
  const std::string door = Toward(contribution.shift[kConnection], kNoticed, "a door more open", "a door less open");
  if (ground.empty() && door.empty()) return kHardlyMoved;
  return "moved this toward " + ground + (ground.empty() || door.empty() ? "" : " and ") + door;
}

}  // namespace

std::string_view Caption() { return "Closer is not always the way; with someone unsafe, distance is good judgement."; }

std::string_view AboutSentence() { return "This is about you with one person, in one season. It is not who you are."; }

std::string_view ProvisionalSentence(const Map& map) {
  return map.status == "provisional"
             ? "Provisional: the weights behind this picture come from theory, and no group of people has tested them "
               "yet."
             : "";
}

std::string_view NeutralSentence() {
  return "This picture is not shown now. There can be many reasons, and none of them says anything about you.";
}

std::string StandSentence(const Stand& stand) {
  if (!stand.region) return BetweenSentence(stand.now);
  const std::string basis = Basis(stand.now);
  const double mass = stand.mass[static_cast<std::size_t>(*stand.region)];
  const std::string you = std::string("Lately") + (basis.empty() ? "" : ", by " + basis + ",") + " you are " +
                          std::string(core::CertaintyWord(mass)) + " ";
  switch (*stand.region) {
    case Region::kHoldingOn:
      return you +
             "leaning toward holding on: their needs came up more than yours. It often begins as a way to keep "
             "someone. It says nothing about blame, or about them.";
    case Region::kStandingAlone:
      return you +
             "leaning toward standing alone: you carried things even when a hand was offered. It may once have "
             "kept you from being hurt. We can't see whether this person is safe to lean on.";
    case Region::kSteady:
      return you +
             "leaning toward steady: your own ground held, and your door was open. Seasons change, and so may "
             "this. It says nothing about them.";
    case Region::kOwnFeet:
      return you +
             "on your own feet, and not yet close: you knew what you wanted, and kept the door about half "
             "open. Ground of your own is what closeness can stand on, if and when you choose it.";
    case Region::kRunningLow:
      return you +
             "running low: little came through, from yourself or from others. Tiredness, illness, grief or a "
             "place that isn't safe can each do that. Nothing is asked of you here.";
  }
  return "";
}

std::string StrengthsSentence(const Position& position) {
  constexpr double kSpeaks = 0.1;  // of a standard deviation among people
  std::vector<const Contribution*> strong;
  for (const Contribution& contribution : position.contributions) {
    if (contribution.shift.maxCoeff() >= kSpeaks && contribution.shift.minCoeff() > -kSpeaks) {
      strong.push_back(&contribution);
    }
  }
  std::ranges::sort(strong, {}, [](const Contribution* one) {
    return std::pair<double, std::string_view>(-one->shift.sum(), one->component->id);
  });
  if (strong.empty()) return "Strengths first: you looked, and that is where ground of one's own begins.";
  std::string words = "Strengths first, as you told it: " + strong[0]->component->strength;
  if (strong.size() > 1) words += ", and " + strong[1]->component->strength;
  return words + ".";
}

std::string MovedSentence(const Contribution& contribution) {
  return Capitalised(contribution.component->words) + " " + WhatItDid(contribution) + ".";
}

std::vector<std::string> MovedSentences(const Position& position) {
  struct Alike {
    std::string did;
    std::vector<std::string> what;
  };
  std::vector<Alike> groups;
  for (const Contribution& contribution : position.contributions) {
    const std::string did = WhatItDid(contribution);
    auto group = std::ranges::find(groups, did, &Alike::did);
    if (group == groups.end()) group = groups.insert(group, {.did = did, .what = {}});
    group->what.push_back(contribution.component->words);
  }
  std::vector<std::string> sentences;
  std::string hardly;
  for (const Alike& group : groups) {
    std::string words;
    for (std::size_t i = 0; i < group.what.size(); ++i) {
      if (i > 0) words += i + 1 == group.what.size() ? " and " : ", ";
      words += group.what[i];
    }
    words = Capitalised(words) + " " + group.did + ".";
    if (group.did == kHardlyMoved) {
      hardly = words;
    } else {
      sentences.push_back(words);
    }
  }
  if (!hardly.empty()) sentences.push_back(hardly);
  return sentences;
}

std::string_view PoleSentence(Region pole) {
  return pole == Region::kHoldingOn
             ? "Holding on puts the other's needs first, so that nobody leaves. It is a way of protecting oneself."
             : "Standing alone needs nobody's hand, so that nobody can hurt. It is a way of protecting oneself.";
}

std::string ShadingSentence(const Shading& shading) {
  const auto [low, high] = shading.choice.ninety;
  const std::string came = "By " + Counted(shading.acts, "answer") + " of yours, what you did or left came ";
  if (low > 0.5) return came + "very likely more from choice than from worry about losing someone.";
  if (high < 0.5) {
    return came +
           "very likely more from worry about losing someone than from choice. Wanting to keep someone is a kind wish.";
  }
  return came + "from choice and from worry about losing someone; from which of them more can't be told.";
}

std::string SwingSentence(const SaidSwing& swing) {
  const std::string when = swing.when.empty() ? "Earlier" : swing.when;
  if (swing.to_standing_alone) {
    return when +
           " you likely stood nearer to holding on, now nearer to standing alone. The relief is real, and part may be "
           "rest. "
           "It may also be the same fear, facing the other way.";
  }
  return when +
         " you likely stood nearer to standing alone, now nearer to holding on. The warmth is real, and part may be "
         "trust. It "
         "may also be the same fear, facing the other way.";
}

std::string_view HowSureSentence(const Stand& stand) {
  return stand.region ? "How sure: \"likely\" means at least four chances in five by these answers, \"very likely\" at "
                        "least nineteen in twenty. It can still be otherwise."
                      : "How sure: a leaning is only named from four chances in five on, and here no leaning has them.";
}

std::string_view CannotSaySentence() {
  return "What it cannot say: why it is so, what the other feels, or whether it is safe to come closer.";
}

std::string_view FindingsHeading() { return "What you found, which stands beside this and moves nothing in it:"; }

std::string_view InNumbersSentence() {
  return "In standard deviations among people: 0 is the middle of people, and two in three lie between -1 and 1.";
}

std::string StopSentence(const Stop& stop) {
  const auto many = [](int count, const char* one, const char* more) {
    return std::to_string(count) + (count == 1 ? one : more);
  };
  const int answers = stop.position.answers;
  const int days = stop.position.days;
  std::string words = (stop.when.empty() ? "Earlier" : stop.when) + ": ";
  if (answers > 0) words += many(answers, " answer that counted", " answers that counted");
  if (answers > 0 && days > 0) words += " and ";
  if (days > 0) words += many(days, " day", " days");
  if (answers == 0 && days == 0) words += "by scores that were entered";
  return words + ".";
}

}  // namespace selvedge::leaning
