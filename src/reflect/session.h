#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "instruments/adaptive.h"
#include "reflect/signs_on_map.h"

namespace selvedge::reflect {

/// One person going through the questionnaire, a question at a time.
///
/// The order: questions that place a point, as instruments::NextQuestion has them, until it is long enough; each that
/// asks for it followed at once by question Q; then what was found in the other. Nothing is asked twice, whatever was
/// answered. The same answers always lead to the same question, so going back is leaving the last step out.
class Session {
 public:
  /// @param basis  must outlive this
  /// @param kept   answers from before, to go on from (the answers of a Response)
  Session(const SignsOnMap& basis, instruments::Length length, const instruments::Sheet& kept);

  /// The question to put now; nothing when there is none left.
  [[nodiscard]] std::optional<std::size_t> Current() const { return current_; }

  /// Whether it is question Q, which may be left out without a word.
  [[nodiscard]] bool IsFollowUp() const;

  /// How many questions that place a point have been put, the current one among them.
  [[nodiscard]] std::size_t Number() const;

  /// @param choice  nothing only for question Q, left out
  void Answer(std::optional<std::size_t> choice);

  /// Takes the last answer back, so that its question is put again. False at the first.
  bool Back();

  /// What has been answered. An answer whose question Q stands open is not in it yet: an act is kept and counted only
  /// when there was a chance to say that it was done out of fear.
  [[nodiscard]] instruments::Response Settled() const;

  /// Whether fear was named, or not said, about so many acts that nothing is drawn.
  [[nodiscard]] bool FearRecurs() const;

  /// What may be written to a file that anybody could open. Never the safety part; and where fear recurs nothing at
  /// all, because the rest alone would draw what must not be drawn. Such a file looks like that of somebody who skipped
  /// everything.
  [[nodiscard]] instruments::Response ToKeep() const;

 private:
  struct Step {
    std::size_t question = 0;
    std::optional<std::size_t> choice;
  };

  [[nodiscard]] bool WasPut(std::size_t question) const;
  [[nodiscard]] std::optional<std::size_t> FollowUpOf(std::size_t question) const;
  [[nodiscard]] instruments::Sheet Answers() const;
  [[nodiscard]] std::optional<std::size_t> Next() const;

  const SignsOnMap& basis_;
  instruments::Length length_;
  std::vector<Step> steps_;
  std::optional<std::size_t> current_;
};

}  // namespace selvedge::reflect
