#include "reading/moment_words.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "core/contract.h"
#include "core/json.h"
#include "core/result.h"
#include "moments_content.h"

namespace selvedge::reading {
namespace {

using core::Json;

/// Content that comes with the program is in order, or a test has failed.
template <typename T>
T Known(core::Result<T> result) {
  SELVEDGE_EXPECT(result.has_value());
  return *std::move(result);
}

/// "wanted_help" as a word between others.
std::string Spaced(std::string_view key) {
  std::string words(key);
  std::ranges::replace(words, '_', ' ');
  return words;
}

/// As it reads after a colon; "I" stays as it is.
std::string InTheSentence(std::string words) {
  const bool is_i = words == "I" || words.starts_with("I ") || words.starts_with("I'");
  if (!is_i && words.front() >= 'A' && words.front() <= 'Z') words.front() += 'a' - 'A';
  return words;
}

}  // namespace

MomentWords::MomentWords() {
  const Json content = Known(Json::Parse(content::kMoments));
  nothing_ = Known(Known(content.Field("nothing")).Text("words"));
  const Json kinds = Known(content.Field("moments"));
  for (std::size_t kind = 0; kind < kinds.Size(); ++kind) {
    const Json words = Known(kinds.At(kind));
    Kind& known = kinds_.emplace_back(Known(words.Text("chip")));
    const Json follow_ups = Known(words.Field("follow_ups"));
    for (std::size_t i = 0; i < follow_ups.Size(); ++i) {
      const Json follow_up = Known(follow_ups.At(i));
      const std::string key = Spaced(Known(follow_up.Text("key")));
      const Json answers = Known(follow_up.Field("answers"));
      std::vector<std::string>& said = known.answers.emplace_back();
      for (std::size_t answer = 0; answer < answers.Size(); ++answer)
        said.push_back(key + ": " + InTheSentence(Known(Known(answers.At(answer)).Text("words"))));
    }
  }
}

std::string MomentWords::operator()(const diary::Moments& moments) const {
  if (moments.IsEmpty()) return nothing_;
  std::string all;
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
    if (!moments.Has(kind)) continue;
    const Kind& known = kinds_[kind];
    std::string answers;
    for (std::size_t i = 0; i < known.answers.size(); ++i) {
      if (const auto answer = moments.Answer(kind, i))
        answers += (answers.empty() ? "" : "; ") + known.answers[i][*answer];
    }
    all += (all.empty() ? "" : ", ") + known.chip;
    if (!answers.empty()) all += " (" + answers + ")";
  }
  return all;
}

}  // namespace selvedge::reading
