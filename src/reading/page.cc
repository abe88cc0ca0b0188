#include "reading/page.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/contract.h"
#include "core/html.h"
#include "core/text.h"
#include "diary/csv.h"
#include "leaning/words.h"
#include "reading/moment_words.h"
#include "reading/question.h"
#include "reading/words.h"

namespace selvedge::reading {
namespace {

using core::Element;
using core::Escaped;
using core::Side;

/// Five years of days: what a table can still be read in, and a page opened with, on a telephone.
constexpr std::size_t kMostDays = 1827;

/// A label stands apart from the words around it, whichever way it is written.
std::string NameHtml(const Reading& reading, Side side) {
  return Element("bdi", Escaped(Someone(reading.labels[side])));
}

std::string Paragraph(std::string_view words) { return Element("p", Escaped(words)); }

/// A table that may be wider than the page it is on.
std::string Scrolled(std::string_view name, const std::string& table) {
  return Element("div class=\"scroll\" role=\"region\" aria-label=\"" + Escaped(name) + "\" tabindex=\"0\"", table);
}

std::string Heading(const Reading& reading) {
  std::string span = "Nobody answered in this diary.";
  if (!reading.days.empty()) {
    span = reading.days.size() == 1 ? std::string("1 day, ") : std::to_string(reading.days.size()) + " days, ";
    span += DayWords(reading.clock, reading.days.front().day);
    if (reading.days.size() > 1) span += " to " + DayWords(reading.clock, reading.days.back().day);
    span += ".";
    if (!IsAlone(reading))
      span += " " + (reading.answered_both == 0 ? std::string("None") : std::to_string(reading.answered_both)) +
              " with answers from both.";
  }
  std::string html;
  if (reading.couple != diary::kOnlyCouple) html += Element("p class=\"couple\"", Escaped(reading.couple));
  html += Element("h1", NameHtml(reading, Side::kA) + (IsAlone(reading) ? "" : " and " + NameHtml(reading, Side::kB)));
  html += Element("p class=\"span\"", Escaped(span));
  return Element("header", html);
}

std::string InShort(const Reading& reading) {
  std::string says;
  std::string open;
  for (const Question& question : kQuestions) {
    bool is_open = false;
    for (const Card* card : CardsOf(reading, question.id)) {
      if (card->status == CardStatus::kShown && question.in_short) says += Element("li", Escaped(card->sentence));
      is_open = is_open || card->status == CardStatus::kNotSettled;
    }
    if (is_open)
      open += Element("li", Element("a href=\"#" + std::string(question.id) + "\"", Escaped(question.title)));
  }
  std::string html = Element("h2", "In short");
  html += Element("h3", "What these days say");
  html += says.empty() ? Paragraph("Not much yet: there are too few days for a reading. The days themselves are below.")
                       : Element("ul", says);
  html += Element("h3", "How sure");
  html += Paragraph(HowSureSentence());
  if (!open.empty()) html += Paragraph("Still open:") + Element("ul class=\"open\"", open);
  html += Element("h3", "What they can't say");
  html += Paragraph(CannotSaySentence());
  html += Element("p class=\"afraid\"", Escaped(AfraidSentence()));
  return Element("section id=\"in-short\" class=\"card\"", html);
}

// ---- the days ----------------------------------------------------------------------------------------------------

/// A column of the table of days: its heading, and what stands in it on a day; empty if nothing was said.
struct Column {
  std::string heading;
  std::function<std::string(const Day& day)> cell;
};

std::string WholeOrNothing(const std::optional<double>& value) {
  return value ? core::FixedNumber(*value, 0) : std::string();
}

/// How each felt, and of what else there is, what was noted on at least one day.
std::vector<Column> ColumnsOf(const Reading& reading) {
  std::vector<Column> columns;
  const auto add = [&](const char* what, Side side, std::function<std::string(const Day&)> cell) {
    columns.push_back({.heading = NameHtml(reading, side) + ": " + what, .cell = std::move(cell)});
  };
  const auto add_if_noted = [&](const char* what, const auto& cell) {
    for (const Side side : SidesOf(reading)) {
      const auto of_side = [cell, side](const Day& day) { return cell(day.noted[side]); };
      if (std::ranges::any_of(reading.days, [&](const Day& day) { return !of_side(day).empty(); }))
        add(what, side, of_side);
    }
  };
  for (const Side side : SidesOf(reading)) {
    add("felt", side, [side](const Day& day) { return WholeOrNothing(day.own[side]); });
  }
  add_if_noted("how close", [](const diary::Noted& noted) { return WholeOrNothing(noted.close); });
  add_if_noted("together", [](const diary::Noted& noted) {
    return std::string(noted.contact ? diary::kContactNames[static_cast<std::size_t>(*noted.contact)] : "");
  });
  add_if_noted("moments", [words = MomentWords()](const diary::Noted& noted) {
    return noted.moments ? words(*noted.moments) : std::string();
  });
  return columns;
}

/// @param shown  the days a page holds of `reading`
std::string DaysTable(const Reading& reading, const Reading& shown) {
  const std::vector<Column> columns = ColumnsOf(shown);
  std::string head = Element("th scope=\"col\"", "Day");
  for (const Column& column : columns) head += Element("th scope=\"col\"", column.heading);
  std::string rows;
  for (const Day& day : shown.days) {
    std::string cells = Element("th scope=\"row\"", Escaped(DayWords(reading.clock, day.day)));
    for (const Column& column : columns) {
      const std::string words = column.cell(day);
      cells += Element("td", words.empty() ? "–" : Escaped(words));
    }
    rows += Element("tr", cells) + "\n";
  }
  std::string caption = "From 0, a hard day or far, to 100, a good day or close. – stands for not noted.";
  if (shown.days.size() < reading.days.size()) {
    caption = "The last " + std::to_string(shown.days.size()) + " of " + std::to_string(reading.days.size()) +
              " days; the page holds no more, and --json writes all. " + caption;
  }
  const std::string table = Element(
      "table", Element("caption", Escaped(caption)) + Element("thead", Element("tr", head)) + Element("tbody", rows));
  return Element("details class=\"table\"",
                 Element("summary", "Every day as a table") + Scrolled("Every day as a table", table));
}

std::string Days(const Reading& reading, const Reading& shown) {
  const std::string weave = Element("h2", "The weave") + Paragraph(AnsweredSentence(reading)) +
                            Element("figure data-chart=\"weave\"", "") + DaysTable(reading, shown);
  const std::string series =
      Element("h2", "Day by day") +
      Element("p class=\"asks\"", "How each day felt, from 0, as hard as it gets, to 100, as good as it gets.") +
      Element("figure data-chart=\"series\"", "");
  return Element("section id=\"weave\" class=\"card\"", weave) +
         Element("section id=\"series\" class=\"card picture\"", series);
}

// ---- the readings ------------------------------------------------------------------------------------------------

std::string_view ChartOf(const Question& question) {
  if (question.id == "half_life") return "ripple";
  if (question.id == "whose_weather") return "weather";
  if (question.id == "forecast") return "forecast";
  return "";
}

std::string Range(const std::array<double, 2>& interval, int decimals) {
  return core::FixedNumber(interval[0], decimals) + " to " + core::FixedNumber(interval[1], decimals);
}

/// The head of a table of estimates, under what its rows are of.
std::string NumbersHead(std::string_view of) {
  std::string cells;
  for (const std::string_view column :
       {of, std::string_view("Middle"), std::string_view("As likely as not"), std::string_view("Nine times in ten")})
    cells += Element("th scope=\"col\"", column);
  return Element("tr", cells);
}

std::string NumbersTable(const Reading& reading, const Question& question, const std::vector<const Card*>& cards) {
  std::string rows;
  std::string unit;
  for (const Card* card : cards) {
    if (!card->estimate) continue;
    const int decimals = card->unit == "points" ? 1 : 2;
    unit = card->unit;
    rows += Element("tr", Element("th scope=\"row\"", card->side ? NameHtml(reading, *card->side) : "Both") +
                              Element("td", core::FixedNumber(card->estimate->median, decimals)) +
                              Element("td", Range(card->estimate->half, decimals)) +
                              Element("td", Range(card->estimate->ninety, decimals)));
  }
  if (rows.empty() || !question.numbers_on_pages) return {};
  return Scrolled(std::string(question.title) + ", in numbers",
                  Element("table", Element("caption", Escaped("In " + unit)) + Element("thead", NumbersHead("Whose")) +
                                       Element("tbody", rows)));
}

std::string SidesAttribute(const Card& card) {
  if (!card.side) return "p class=\"sentence\"";
  return std::string("p class=\"sentence\" data-side=\"") + (*card.side == Side::kA ? "a" : "b") + "\"";
}

std::string CardHtml(const Reading& reading, const Question& question) {
  const std::vector<const Card*> cards = CardsOf(reading, question.id);
  if (std::ranges::none_of(cards, [](const Card* card) { return IsOpen(*card); })) return {};
  const std::string id(question.id);
  std::string html = Element("h2", Escaped(question.title)) + Element("p class=\"asks\"", Escaped(question.asks));
  for (const Card* card : cards) {
    if (IsOpen(*card)) html += Element(SidesAttribute(*card), Escaped(Said(*card)));
  }
  if (const std::string_view chart = ChartOf(question); !chart.empty())
    html += Element("figure data-chart=\"" + std::string(chart) + "\"", "");
  const std::string numbers = NumbersTable(reading, question, cards);
  html += Element("details class=\"sure\"",
                  Element("summary", numbers.empty() ? "What it can't say" : "In numbers, and what it can't say") +
                      numbers + Paragraph(question.cannot_say));
  return Element("section id=\"" + id + "\" class=\"card\" data-card=\"" + id + "\"", html);
}

// ---- where one stands --------------------------------------------------------------------------------------------

std::string ListOf(const std::vector<std::string>& sentences) {
  std::string list;
  for (const std::string& sentence : sentences) list += Element("li", Escaped(sentence));
  return list.empty() ? list : Element("ul", list);
}

/// The numbers of the picture: each axis now and in earlier seasons, and how far acts came from choice.
std::string PlaceTable(const leaning::Stand& stand, const std::string& whose) {
  std::string rows;
  const auto add = [&](const std::string& what, const Estimate& estimate) {
    rows += Element("tr", Element("th scope=\"row\"", Escaped(what)) +
                              Element("td", core::FixedNumber(estimate.median, 2)) +
                              Element("td", Range(estimate.half, 2)) + Element("td", Range(estimate.ninety, 2)));
  };
  const auto add_place = [&](const std::string& when, const leaning::Position& position) {
    add("Own ground, " + when, AxisOf(position, leaning::kAutonomy));
    add("Open door, " + when, AxisOf(position, leaning::kConnection));
  };
  add_place("now", stand.now);
  for (const leaning::Stop& stop : stand.trail) add_place(Lowered(stop.when), stop.position);
  if (stand.shading) add("From choice, of 1", stand.shading->choice);
  return Scrolled(whose + " place, in numbers",
                  Element("table", Element("caption", Escaped(leaning::InNumbersSentence())) +
                                       Element("thead", NumbersHead("What")) + Element("tbody", rows)));
}

/// One person's place. It speaks to them alone.
std::string PlaceHtml(const Reading& reading, Side side) {
  const std::string of_side = side == Side::kA ? "a" : "b";
  std::string html;
  if (!IsAlone(reading)) html += Element("h3 class=\"who\"", NameHtml(reading, side));
  const auto* const stand = std::get_if<leaning::Stand>(&*reading.stands[side]);
  if (stand == nullptr) {
    html += Element("p class=\"sentence\" data-side=\"" + of_side + "\"", Escaped(leaning::NeutralSentence()));
    return Element("div class=\"place side-" + of_side + "\"", html);
  }
  html += Paragraph(StrengthsSentence(stand->now));
  html += Element("p class=\"sentence\" data-side=\"" + of_side + "\"", Escaped(StandSentence(*stand)));
  if (stand->swing) html += Paragraph(SwingSentence(*stand->swing));
  if (stand->shading) html += Paragraph(ShadingSentence(*stand->shading));
  html += Element("figure data-chart=\"map\" data-side=\"" + of_side + "\"", "");
  html += Element("p class=\"caption\"", Escaped(leaning::Caption()));
  std::string moved = ListOf(MovedSentences(stand->now));
  std::vector<std::string> stops;
  for (const leaning::Stop& stop : stand->trail) stops.push_back(StopSentence(stop));
  if (!stops.empty()) moved += Element("p class=\"of-list\"", "On the trail before this:") + ListOf(stops);
  std::vector<std::string> found;
  for (const leaning::Finding& finding : stand->findings) found.push_back(finding.sentence);
  if (!found.empty()) moved += Element("p class=\"of-list\"", Escaped(leaning::FindingsHeading())) + ListOf(found);
  html += Element("details", Element("summary", "What moved this, and what did not") + moved);
  html += Element("details class=\"sure\"", Element("summary", "In numbers, and what it can't say") +
                                                PlaceTable(*stand, Owner(reading.labels[side])) +
                                                Paragraph(HowSureSentence(*stand)) +
                                                Paragraph(leaning::CannotSaySentence()));
  return Element("div class=\"place side-" + of_side + "\"", html);
}

std::string Places(const Reading& reading) {
  std::string places;
  bool any_shown = false;
  for (const Side side : SidesOf(reading)) {
    if (!reading.stands[side]) continue;
    places += PlaceHtml(reading, side);
    any_shown = any_shown || std::holds_alternative<leaning::Stand>(*reading.stands[side]);
  }
  if (places.empty()) return {};
  std::string html = Element("h2", "Where I stand");
  if (any_shown) {
    html += Element("p class=\"asks\"", Escaped(std::string(leaning::AboutSentence()) +
                                                (IsAlone(reading) ? "" : " " + std::string(WhereOneStandsSentence()))));
  }
  html += Element("div class=\"places\"", places);
  if (any_shown) {
    for (const leaning::Region pole : {leaning::Region::kHoldingOn, leaning::Region::kStandingAlone})
      html += Paragraph(PoleSentence(pole));
    if (const std::string_view provisional = ProvisionalSentence(*reading.map); !provisional.empty())
      html += Element("p class=\"note\"", Escaped(provisional));
  }
  return Element("section id=\"where-i-stand\" class=\"card\"", html);
}

/// What is not there yet: a line for what waits for the same, the nearest first.
std::string NotYetHtml(const Reading& reading) {
  std::string list;
  for (const NotYet& line : NotYetLines(reading))
    list += Element("li", Element("strong", Escaped(line.questions) + ".") + " " + Escaped(line.missing));
  std::string html;
  if (!list.empty()) html += Element("h2", "Not yet") + Element("ul", list) + Paragraph(NoHurrySentence());
  if (IsAlone(reading)) html += (html.empty() ? Element("h2", "One side") : "") + Paragraph(AloneSentence());
  return html.empty() ? html : Element("section id=\"not-yet\" class=\"card\"", html);
}

std::string Body(const Reading& reading, const Reading& shown) {
  std::string cards;
  for (const Question& question : kQuestions) cards += CardHtml(reading, question) + "\n";
  const std::string main =
      InShort(reading) + "\n" + Days(reading, shown) + "\n" + cards + Places(reading) + "\n" + NotYetHtml(reading);
  const std::string footer = Paragraph(NoVerdictSentence()) + Paragraph(TrustSentence(reading)) +
                             Paragraph(
                                 "This page is a file of yours. It asks nobody for anything and sends nothing "
                                 "anywhere; whoever has the file can read it.");
  return Heading(reading) + "\n" + Element("main id=\"main\"", main) + "\n" + Element("footer", footer) + "\n";
}

/// The last days of a reading that has more than a page holds.
Reading Shortened(Reading reading) {
  if (reading.days.size() > kMostDays)
    reading.days.erase(reading.days.begin(), reading.days.end() - static_cast<std::ptrdiff_t>(kMostDays));
  return reading;
}

/// Puts `html` in the place of a mark the built page has.
std::string Filled(std::string_view page, std::string_view mark, std::string_view html) {
  const std::size_t place = page.find(mark);
  SELVEDGE_EXPECT(place != std::string_view::npos);
  std::string out(page.substr(0, place));
  out += html;
  out += page.substr(place + mark.size());
  return out;
}

}  // namespace

std::string PageOf(const Reading& reading, std::string_view page) {
  const Reading shown = Shortened(reading);
  const std::string title =
      Escaped(Someone(reading.labels.a) + (IsAlone(reading) ? "" : " and " + Someone(reading.labels.b)));
  // Nothing that is filled in holds a mark: a label's "<" is escaped.
  std::string out = Filled(page, "<!--selvedge:reading-->", core::EscapedJson(ReadingJson(shown)));
  out = Filled(out, "<!--selvedge:title-->", title);
  return Filled(out, "<!--selvedge:body-->", Body(reading, shown));
}

}  // namespace selvedge::reading
