#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What Reflect says around the questions. Plain, warm, both poles in the same tone; no blame, no type, no diagnosis.
namespace selvedge::reflect {

/// The page before any question: what this is, what it is not, who could alter it, how to skip and how to leave.
///
/// @param kept_in  how the file is called that the answers go to; empty: they are kept nowhere
[[nodiscard]] std::vector<std::string> OpeningPage(std::string_view kept_in);

/// Where help is; the same page for everyone who asks for it.
[[nodiscard]] std::vector<std::string_view> HelpPage();

/// Before the questions about the other.
[[nodiscard]] std::string_view FindingsIntroduction();

/// The one sentence after the last question.
[[nodiscard]] std::string_view ClosingSentence(bool kept);

/// What somebody found in the other, in the words of the question and of the answer.
[[nodiscard]] std::string FindingSentence(std::string_view question, std::string_view answer);

}  // namespace selvedge::reflect
