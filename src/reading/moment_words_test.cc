#include "reading/moment_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace selvedge::reading {
namespace {

using testing::HasSubstr;

std::string Said(const char* written) { return MomentWords()(*diary::ReadMoments(written)); }

TEST(MomentWords, SayWhatHappenedAndWhatWasAnswered) {
  EXPECT_EQ(Said("own_time guilt=some"), "Time of my own (guilt: some)");
  EXPECT_EQ(Said("own_time"), "Time of my own");
  EXPECT_THAT(Said("stepped_in asked=no after=easier | boundary"), HasSubstr("(asked: no; after: easier), "));
}

TEST(MomentWords, KeepI) { EXPECT_THAT(Said("said_sorry for=not_sure"), HasSubstr("(for: I'm not sure)")); }

TEST(MomentWords, SpeakOfADayWithNothing) { EXPECT_EQ(Said("nothing"), "Nothing of this today"); }

TEST(MomentWords, HaveWordsForEveryAnswer) {
  const MomentWords words;
  for (std::size_t kind = 0; kind < diary::kMomentForms.size(); ++kind) {
    for (std::size_t i = 0; i < diary::kMomentForms[kind].size(); ++i) {
      for (std::size_t answer = 0; answer < diary::kMomentForms[kind].follow_ups[i].size(); ++answer) {
        diary::Moments moments;
        moments.Add(kind);
        moments.SetAnswer(kind, i, answer);
        EXPECT_THAT(words(moments), HasSubstr(": ")) << diary::kMomentForms[kind].name;
      }
    }
  }
}

}  // namespace
}  // namespace selvedge::reading
