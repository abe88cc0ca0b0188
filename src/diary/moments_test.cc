#include "diary/moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "core/json.h"
#include "diary/csv.h"

namespace selvedge::diary {
namespace {

using testing::HasSubstr;

Moments Read(std::string_view text) {
  const auto moments = ReadMoments(text);
  EXPECT_TRUE(moments.has_value()) << moments.error().message;
  return moments.value_or(Moments{});
}

std::string WhyNot(std::string_view text) {
  const auto moments = ReadMoments(text);
  return moments ? "taken" : moments.error().message + " " + moments.error().remedy;
}

TEST(ReadMoments, TakesNothingOfThisTodayAsAnAnswer) {
  EXPECT_TRUE(Read("nothing").IsEmpty());
  EXPECT_EQ(WriteMoments({}), "nothing");
}

TEST(ReadMoments, TakesMomentsWithTheirAnswersInAnyOrder) {
  const Moments moments = Read(" boundary|stepped_in  after=easier asked=no ");
  EXPECT_EQ(moments.Count(), 2U);
  EXPECT_TRUE(moments.Has(*MomentNamed("boundary")));
  const std::size_t stepped_in = *MomentNamed("stepped_in");
  EXPECT_EQ(moments.Answer(stepped_in, 0), 1U) << "asked: no";
  EXPECT_EQ(moments.Answer(stepped_in, 1), std::nullopt) << "how it was before was not answered";
  EXPECT_EQ(moments.Answer(stepped_in, 2), 0U) << "after: easier";
}

TEST(ReadMoments, SaysWhatIsKnownWhereItRefuses) {
  EXPECT_THAT(WhyNot("steped_in"), HasSubstr("\"steped_in\" is not a moment. Choose from: stepped_in, left_it_with"));
  EXPECT_THAT(WhyNot(""), HasSubstr("\"\" is not a moment."));
  EXPECT_EQ(WhyNot("boundary|boundary"), "The moment \"boundary\" stands there twice. Keep one of the two.");
  EXPECT_EQ(WhyNot("own_time guilt=lots"),
            "\"lots\" is no answer to \"guilt\" of the moment \"own_time\". Choose one of: none, some, much.");
  EXPECT_EQ(WhyNot("own_time shame=much"),
            "The moment \"own_time\" is not asked \"shame\". It may be asked: guilt. Put | between two moments.");
  EXPECT_EQ(WhyNot("own_time guilt=none guilt=some"),
            "The moment \"own_time\" answers \"guilt\" twice. Keep one of the two answers.");
  EXPECT_THAT(WhyNot("boundary own_time"),
              HasSubstr("Nothing is asked about the moment \"boundary\", so \"own_time\""));
  EXPECT_EQ(WhyNot("nothing|boundary"),
            "\"nothing\" stands beside other moments. Keep either \"nothing\" or the moments.");
}

TEST(WriteMoments, IsUndoneByReadMoments) {
  for (std::size_t kind = 0; kind < kMomentForms.size(); ++kind) {
    for (std::size_t other = 0; other < kMomentForms.size(); ++other) {
      Moments moments;
      moments.Add(kind);
      moments.Add(other);
      for (std::size_t i = 0; i < kMomentForms[kind].size(); ++i) {
        moments.SetAnswer(kind, i, kMomentForms[kind].follow_ups[i].size() - 1);
      }
      EXPECT_EQ(Read(WriteMoments(moments)), moments) << WriteMoments(moments);
    }
  }
}

TEST(Joined, HasWhatEitherHasAndTheLaterAnswer) {
  const Moments both = Joined(Read("own_time guilt=much | boundary"), Read("own_time guilt=none | reached later=yes"));
  EXPECT_EQ(WriteMoments(both), "reached later=yes | boundary | own_time guilt=none");
}

// The words people see are content; what can be said at all is here. Both must name the same things in the same order.
TEST(MomentForms, AreThoseOfTheContent) {
  std::ifstream file(SELVEDGE_SOURCE_DIR "/content/moments.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto content = core::Json::Parse(text);
  ASSERT_TRUE(content.has_value());
  const core::Json moments = *content->Field("moments");
  ASSERT_EQ(moments.Size(), kMomentForms.size());
  for (std::size_t kind = 0; kind < kMomentForms.size(); ++kind) {
    const MomentForm& form = kMomentForms[kind];
    EXPECT_EQ(*moments.At(kind)->Text("name"), form.name);
    const core::Json follow_ups = *moments.At(kind)->Field("follow_ups");
    ASSERT_EQ(follow_ups.Size(), form.size()) << form.name;
    for (std::size_t i = 0; i < form.size(); ++i) {
      EXPECT_EQ(*follow_ups.At(i)->Text("key"), form.follow_ups[i].key);
      const core::Json answers = *follow_ups.At(i)->Field("answers");
      ASSERT_EQ(answers.Size(), form.follow_ups[i].size()) << form.name << " " << form.follow_ups[i].key;
      for (std::size_t answer = 0; answer < answers.Size(); ++answer) {
        EXPECT_EQ(*answers.At(answer)->Text("value"), form.follow_ups[i].answers[answer]);
      }
    }
  }
  const core::Json contact = *content->Field("contact")->Field("answers");
  ASSERT_EQ(contact.Size(), kContactNames.size());
  for (std::size_t i = 0; i < contact.Size(); ++i) EXPECT_EQ(*contact.At(i)->Text("value"), kContactNames[i]);
}

constexpr std::string_view kNotedFile =
    "dyad,id,local_date,own,close,contact,moments\n"
    "1,f,2026-03-02,50,80,most,stepped_in asked=no before=tense | good_together\n"
    "1,m,2026-03-02,,40,NA,nothing\n"
    "1,f,2026-03-03,60,,,\n";

TEST(ReadCsv, KeepsWhatWasNotedBesideTheAnswers) {
  const auto diary = ReadCsv(kNotedFile, {});
  ASSERT_TRUE(diary.has_value()) << diary.error().message;
  const CheckIn& first = diary->couples.front().check_ins.front();
  EXPECT_EQ(first.noted.a.close, 80);
  EXPECT_EQ(first.noted.a.contact, Contact::kMost);
  EXPECT_EQ(WriteMoments(*first.noted.a.moments), "stepped_in asked=no before=tense | good_together");
  EXPECT_EQ(first.own.b, std::nullopt) << "a row without an answer may still note something";
  EXPECT_EQ(first.noted.b.close, 40);
  EXPECT_TRUE(first.noted.b.moments && first.noted.b.moments->IsEmpty()) << "nothing of this today";
  EXPECT_TRUE(diary->couples.front().check_ins.back().noted.a.IsEmpty()) << "did not look";
  EXPECT_EQ(ReadCsv(WriteCsv(*diary), {}), *diary) << WriteCsv(*diary);
}

TEST(ReadCsv, TakesNotedColumnsOfAnyNameInLongFiles) {
  const auto diary = ReadCsv(
      "who;when;mood;near;seen;what\nf;1;3;10;apart;boundary\nm;1;4;;;\n",
      {.columns = ColumnMap{
           .person = "who", .time = "when", .own = "mood", .close = "near", .contact = "seen", .moments = "what"}});
  ASSERT_TRUE(diary.has_value()) << diary.error().message;
  EXPECT_EQ(diary->couples.front().check_ins.front().noted.a.contact, Contact::kApart);
}

TEST(ReadCsv, RefusesWhatCannotBeNoted) {
  const auto refused = [](std::string_view row) {
    const auto diary = ReadCsv("dyad,id,daycum,own,close,contact,moments\n" + std::string(row), {});
    return diary ? std::string("taken")
                 : std::to_string(diary.error().place.line) + ":" + std::to_string(diary.error().place.column) + " " +
                       diary.error().message + " " + diary.error().remedy;
  };
  EXPECT_EQ(refused("1,f,1,5,101,,\n"),
            "2:5 \"101\" lies outside the scale, 0 to 100. Closeness is noted from 0 to 100 in every diary.");
  EXPECT_EQ(
      refused("1,f,1,5,,often,\n"),
      "2:6 \"often\" does not say how much of the day you spent together. Write apart, some or most, or leave the "
      "cell empty.");
  EXPECT_THAT(refused("1,f,1,5,,,stepped_in;boundary\n"), HasSubstr("2:7 \"stepped_in;boundary\" is not a moment."));
  EXPECT_THAT(refused("1,f,1,5,,,\n1,f,1,,,,nothing\n"), HasSubstr("answered twice at the same time"));
}

TEST(ReadCsv, RefusesNotedColumnsWhereBothPartnersShareARow) {
  const auto diary = ReadCsv("t,a,b,near\n1,2,3,4\n",
                             {.columns = ColumnMap{.time = "t", .own_a = "a", .own_b = "b", .close = "near"}});
  ASSERT_FALSE(diary.has_value());
  EXPECT_THAT(diary.error().message, HasSubstr("closeness, contact or moments"));
}

}  // namespace
}  // namespace selvedge::diary
