#include "reading/page.h"

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/html.h"
#include "core/json.h"
#include "leaning/words.h"
#include "reading/question.h"
#include "reading/words.h"

namespace selvedge::reading {
namespace {

using core::Side;

constexpr std::string_view kBarePage =
    "<!doctype html><html lang=\"en\"><head><title><!--selvedge:title--></title></head><body><!--selvedge:body-->"
    "<script type=\"application/json\" id=\"reading\"><!--selvedge:reading--></script></body></html>";

/// A card of every question and person, shown, with an estimate.
Reading FullReading(int days) {
  Reading reading{.couple = "1",
                  .labels = {.a = "Ana", .b = "Ben"},
                  .clock = diary::Clock::kCalendar,
                  .answered = {.a = days, .b = days},
                  .answered_both = days,
                  .prior_id = "daily_mood",
                  .prior_status = "provisional",
                  .measured_coverage = 0.9,
                  .coverage_days = 112};
  for (int day = 0; day < days; ++day) reading.days.push_back({.day = 20514 + day, .own = {.a = 60, .b = 40.4}});
  for (const Question& question : kQuestions) {
    for (const Side side : core::kSides) {
      reading.cards.push_back({.id = std::string(question.id),
                               .side = side,
                               .status = CardStatus::kShown,
                               .requirement = {.days = 14, .have = days},
                               .estimate = Estimate{.median = 1.5, .half = {1, 2}, .ninety = {0.5, 4}},
                               .unit = "days",
                               .sentence = std::string(question.id) + (side == Side::kA ? " of Ana." : " of Ben."),
                               .details = core::Json::Object()});
    }
  }
  return reading;
}

/// Whether the page says these words; a failure does not print the whole page.
testing::AssertionResult Says(std::string_view page, std::string_view html) {
  if (page.find(html) != std::string_view::npos) return testing::AssertionSuccess() << "it says: " << html;
  return testing::AssertionFailure() << "it doesn't say: " << html;
}

std::string PageWith(const Reading& reading) { return PageOf(reading, kBarePage); }

/// Whether every element that is opened is closed in the right order.
testing::AssertionResult IsWellNested(std::string_view html) {
  constexpr std::array<std::string_view, 2> kNeverClosed{"!doctype", "meta"};
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) return testing::AssertionFailure() << "a tag without an end";
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    const std::string name(tag.substr(tag.starts_with('/') ? 1 : 0).substr(0, tag.find(' ')));
    if (std::ranges::count(kNeverClosed, name) > 0) continue;
    if (!tag.starts_with('/')) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return testing::AssertionFailure() << "</" << name << "> closes " << (open.empty() ? "nothing" : open.back());
    } else {
      open.pop_back();
    }
  }
  if (!open.empty()) return testing::AssertionFailure() << open.back() << " is not closed";
  return testing::AssertionSuccess();
}

core::Json InlinedReading(const std::string& page) {
  const std::string_view opening = "id=\"reading\">";
  const std::size_t from = page.find(opening) + opening.size();
  return core::Json::Parse(std::string_view(page).substr(from, page.find("</script>", from) - from))
      .value_or(core::Json());
}

TEST(PageOf, ReadsWithoutScripts) {
  const std::string page = PageWith(FullReading(3));
  EXPECT_TRUE(IsWellNested(page));
  EXPECT_TRUE(Says(page, "<title>Ana and Ben</title>"));
  EXPECT_TRUE(Says(page, "<h1><bdi>Ana</bdi> and <bdi>Ben</bdi></h1>"));
  EXPECT_TRUE(Says(page, "3 days, 2 March 2026 to 4 March 2026. 3 with answers from both."));
  EXPECT_TRUE(Says(page, "<tr><th scope=\"row\">2 March 2026</th><td>60</td><td>40</td></tr>"));
  for (const Question& question : kQuestions) {
    EXPECT_TRUE(Says(page, "<h2>" + core::Escaped(question.title) + "</h2>"));
    EXPECT_TRUE(Says(page, "<p class=\"sentence\" data-side=\"a\">" + std::string(question.id) + " of Ana.</p>"));
    EXPECT_TRUE(Says(page, core::Escaped(question.cannot_say)));
  }
  EXPECT_TRUE(Says(page, std::string(NoVerdictSentence())));
}

TEST(PageOf, CarriesTheWholeReading) {
  const Reading reading = FullReading(3);
  EXPECT_EQ(InlinedReading(PageWith(reading)).Dump(), ReadingJson(reading).Dump());
}

TEST(PageOf, GivesNumbersInTablesButNoShareOfOnePersonInAnother) {
  const std::string page = PageWith(FullReading(3));
  EXPECT_TRUE(Says(page, "<td>1.50</td><td>1.00 to 2.00</td><td>0.50 to 4.00</td>"));
  const std::string weather = page.substr(page.find("id=\"whose_weather\""));
  EXPECT_FALSE(Says(weather.substr(0, weather.find("</section>")), "<td>"));
}

TEST(PageOf, PutsWhatIsNotThereYetInALineEach) {
  Reading reading = FullReading(3);
  for (Card& card : reading.cards) {
    card.status = CardStatus::kNotEnoughYet;
    card.estimate.reset();
    card.sentence = "Not enough yet.";
  }
  const std::string page = PageWith(reading);
  EXPECT_TRUE(Says(page, "<li><strong>Usual level, ups and downs, how long it lasts"));
  EXPECT_FALSE(Says(page, "data-card="));
  EXPECT_TRUE(Says(page, std::string(NoHurrySentence())));
}

TEST(PageOf, TellsCountsBeforeThereIsMoreToSay) {
  Reading reading = FullReading(3);
  reading.looked = {.a = 8, .b = 3};
  for (Card& card : reading.cards) {
    card.status = CardStatus::kNotEnoughYet;
    card.estimate.reset();
    if (card.id != "unsaid" && card.id != "own_time") continue;
    card.requirement = {.days = 14, .have = reading.looked[*card.side], .looked = true};
    if (card.id == "unsaid" && card.side == Side::kA) card.counts = "One of 8.";
  }
  const std::string page = PageWith(reading);
  EXPECT_TRUE(Says(page, "<p class=\"sentence\" data-side=\"a\">One of 8.</p>"));
  EXPECT_TRUE(Says(page,
                   "<strong>Left unsaid, time of one&#39;s own.</strong> It takes about 14 days with a look at "
                   "the moments each; so far Ana 8, Ben 3."));
  EXPECT_FALSE(Says(page, "data-card=\"own_time\""));
  reading.looked.b = 0;
  EXPECT_TRUE(Says(PageWith(reading), "moments; so far Ana 8.")) << "of Ben it is not asked";
}

TEST(PageOf, SaysWhatIsReadFromMomentsInWordsAlone) {
  const std::string page = PageWith(FullReading(3));
  const std::string from_first = page.substr(page.find("id=\"stepping_in\""));
  EXPECT_FALSE(Says(from_first.substr(0, from_first.find("</main>")), "<td>"));
  EXPECT_TRUE(Says(from_first, "<summary>What it can't say</summary>"));
  const std::string in_short = page.substr(page.find("id=\"in-short\""));
  EXPECT_FALSE(Says(in_short.substr(0, in_short.find("</section>")), "own_time of"));
}

TEST(PageOf, NamesWhatIsStillOpen) {
  Reading reading = FullReading(3);
  for (Card& card : reading.cards) {
    if (card.id == "pull_after_a_day") card.status = CardStatus::kNotSettled;
  }
  EXPECT_TRUE(Says(PageWith(reading), "<li><a href=\"#pull_after_a_day\">The day after</a></li>"));
}

TEST(PageOf, ShowsColumnsThatSomebodyFilled) {
  Reading reading = FullReading(2);
  reading.days[1].noted.b = {.close = 71, .contact = diary::Contact::kSome, .moments = *diary::ReadMoments("nothing")};
  const std::string page = PageWith(reading);
  EXPECT_TRUE(Says(page, "<bdi>Ben</bdi>: how close"));
  EXPECT_FALSE(Says(page, "<bdi>Ana</bdi>: how close"));
  EXPECT_TRUE(Says(page, "<td>71</td><td>some</td><td>Nothing of this today</td></tr>"));
  EXPECT_TRUE(Says(page, "<td>–</td><td>–</td><td>–</td></tr>"));
}

TEST(PageOf, LetsNoLabelOut) {
  for (const std::string label :
       {"</script><script>alert(1)</script>", "\" onclick=\"alert(1)", "<!--selvedge:reading-->",
        "<!--selvedge:title-->", "\u202Egnp.exe", "שרה", "👩‍🚀", "&lt;"}) {
    Reading reading = FullReading(3);
    reading.labels.a = label;
    reading.couple = label;
    for (Card& card : reading.cards) card.sentence = label + "'s days.";
    const std::string page = PageWith(reading);
    EXPECT_TRUE(IsWellNested(page)) << label;
    EXPECT_EQ(std::string_view(page).find("<script>"), std::string_view::npos) << label;
    EXPECT_FALSE(Says(page.substr(0, page.find("<script")), "\" onclick")) << label;
    EXPECT_EQ(*InlinedReading(page).Field("sides")->Text("a"), label);
  }
}

TEST(PageOf, HoldsTheLastFiveYearsOfALongDiary) {
  const std::string page = PageWith(FullReading(2000));
  EXPECT_TRUE(Says(page, "The last 1827 of 2000 days"));
  EXPECT_TRUE(Says(page, "Ana answered on 2000 of 2000 days."));
  EXPECT_EQ(InlinedReading(page).Field("days")->Size(), 1827U);
}

TEST(PageOf, SpeaksOfOneWhoKeepsTheDiaryAlone) {
  Reading reading = FullReading(3);
  reading.labels.b = "";
  reading.answered = {.a = 3, .b = 0};
  for (Day& day : reading.days) day.own.b.reset();
  const std::string page = PageWith(reading);
  EXPECT_TRUE(IsWellNested(page));
  EXPECT_TRUE(Says(page, "<h1><bdi>Ana</bdi></h1>"));
  EXPECT_TRUE(Says(page, core::Escaped(AloneSentence())));
  EXPECT_TRUE(Says(page, "usual_level of Ana."));
  const std::string before_json = page.substr(0, page.find("<script"));
  EXPECT_FALSE(Says(before_json, "of Ben."));
  EXPECT_FALSE(Says(before_json, "your partner"));
}

TEST(WithoutMoments, LeavesNobodysMoments) {
  Reading reading = FullReading(2);
  reading.days[1].noted.b = {.close = 71, .moments = *diary::ReadMoments("held_back what=need")};
  reading.looked.b = 1;
  const std::string page = PageWith(WithoutMoments(reading));
  EXPECT_FALSE(Says(page, "held_back"));
  EXPECT_FALSE(Says(page, "moments</th>"));
  EXPECT_TRUE(Says(page, "<td>71</td>")) << "the rest stays";
}

/// A place on the map, of which everything there may be is said.
leaning::Stand FullStand(const leaning::Map& map) {
  leaning::Stand stand;
  stand.now.posterior = {.mean = {-1.2, 0.6}, .covariance = 0.1 * Eigen::Matrix2d::Identity()};
  stand.now.contributions = {{.component = &map.Find("opened_up")->components.front(), .shift = {-1.2, 0.6}}};
  stand.now.days = 40;
  stand.mass[0] = 0.9;
  stand.region = leaning::Region::kHoldingOn;
  stand.shading = leaning::Shading{.acts = 6, .choice = {.median = 0.8, .half = {0.7, 0.9}, .ninety = {0.6, 1}}};
  stand.trail = {{.when = "Until 7 March 2026", .position = stand.now}};
  stand.swing = leaning::SaidSwing{.when = "Until 7 March 2026", .to_standing_alone = false};
  stand.findings = {{.id = "x", .sentence = "What <b>Ana</b> found."}};
  return stand;
}

TEST(PageOf, ShowsEachWhereTheyStandInWordsAndNumbers) {
  Reading reading = FullReading(60);
  EXPECT_FALSE(Says(PageWith(reading), "Where I stand")) << "nobody is asked";
  reading.map = std::make_shared<const leaning::Map>(leaning::Map::Theory());
  reading.stands.a = FullStand(*reading.map);
  reading.stands.b = leaning::NotShown{};
  const std::string page = PageWith(reading);
  EXPECT_TRUE(IsWellNested(page));
  const leaning::Stand& stand = std::get<leaning::Stand>(*reading.stands.a);
  for (const std::string& sentence :
       {StandSentence(stand), StrengthsSentence(stand.now), SwingSentence(*stand.swing),
        ShadingSentence(*stand.shading), MovedSentences(stand.now).front(), StopSentence(stand.trail.front()),
        std::string(leaning::Caption()), std::string(leaning::NeutralSentence()),
        std::string(ProvisionalSentence(*reading.map)), std::string("What <b>Ana</b> found.")}) {
    EXPECT_TRUE(Says(page, core::Escaped(sentence)));
  }
  EXPECT_TRUE(Says(page, "<figure data-chart=\"map\" data-side=\"a\">"));
  EXPECT_FALSE(Says(page, "<figure data-chart=\"map\" data-side=\"b\">")) << "not shown: no place to draw in";
  EXPECT_TRUE(Says(page, "<th scope=\"row\">Own ground, now</th><td>-1.20</td><td>-1.41 to -0.99</td>"));
  EXPECT_TRUE(Says(page, "Open door, until 7 March 2026"));
  const core::Json leaning = *InlinedReading(page).Field("leaning");
  EXPECT_EQ(leaning.Field("a")->Text("status"), "shown");
  EXPECT_EQ(leaning.Field("b")->Dump(), LeaningJson(*reading.map, leaning::NotShown{}).Dump());
}

TEST(PageOf, SaysNothingAroundPlacesThatAreNotShown) {
  Reading reading = FullReading(60);
  reading.map = std::make_shared<const leaning::Map>(leaning::Map::Theory());
  reading.stands = {.a = leaning::NotShown{}, .b = leaning::NotShown{}};
  const std::string page = PageWith(reading);
  EXPECT_TRUE(Says(page, core::Escaped(leaning::NeutralSentence())));
  for (const std::string_view sentence : {leaning::Caption(), leaning::AboutSentence(), WhereOneStandsSentence()})
    EXPECT_FALSE(Says(page, core::Escaped(sentence)));
}

TEST(PageOf, TakesADiaryNobodyAnswered) {
  const Reading empty{.couple = "none", .labels = {.a = "", .b = ""}};
  const std::string page = PageWith(empty);
  EXPECT_TRUE(IsWellNested(page));
  EXPECT_TRUE(Says(page, "Nobody answered in this diary."));
}

}  // namespace
}  // namespace selvedge::reading
