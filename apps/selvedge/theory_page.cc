#include "theory_page.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "catalogue_content.h"
#include "core/json.h"
#include "core/text.h"
#include "terminal.h"
#include "theory/constants.h"
#include "theory/describe.h"
#include "theory/population.h"

namespace selvedge::app {
namespace {

using theory::Branch;
using theory::Equation;
using theory::Formula;
using theory::Meaning;
using theory::RuleEquations;
using theory::Shorthand;

constexpr std::size_t kWidth = 118;

constexpr std::string_view kOpening = R"(# The theory

Printed by `selvedge simulate --describe` from the rules the program runs and from its content. A test fails where this
page says anything else: change [`src/theory/rules.h`](../src/theory/rules.h),
[`drift.h`](../src/theory/drift.h) or [`content/theory.json`](../content/theory.json), and print it anew.

**Neither of these two would ever punish the other. If someone near you might, nothing here applies.** One scenario,
`coercion`, has somebody who makes the other pay for a limit or a true word. It exists only to show where advice would be
wrong.

## What it is

Two articles describe how two people who love each other move each other: how that can harden into holding on or into
standing alone, and what being together and separate is made of. This is their account as a program. Every causal
sentence is a mechanism, with a size, that can be switched off; what the articles say follows from it is an effect that
can be measured, and must vanish when it is switched off.

It says what would follow *if the articles are right*. Whether they are, only people's own data can tell. Directions come
from the articles; sizes are judgement, or come from the few studies named beside them, until data say otherwise. It
foretells nothing about two real people, and it knows nobody.

Both ways of protecting oneself are told in the same tone. The part that holds on and the part that stands alone each keep
somebody safe; many people have both. What they cost comes later than what they give, and that is the whole difficulty.

## What it leaves out

- Everybody else: children, parents, friends, work, money, illness, a city, a culture. They come in as strain from
  outside, and nothing more.
- Who the two are. Any two adults; both live by the same rules, and differ by their traits alone.
- What is said. A quarrel is voiced or not, mended or not; there are no words in it.
- Memory, but for what has become of trust, parts and ground.
- Seasons of life, in which leaning hard is what love asks for.
- Fear of what the other might do. It is danger, and belongs to no theory of closeness.

## How to read it

Everything is written from one of the two, *me*, about the other, *you*, and holds for both. `me` and `you` are how we are
now, `mine` and `yours` the traits we brought. A day is cut into steps of six hours. What goes on between moments goes on
all the time; in the middle of each step every moment may happen to each of us, as often as chance makes of its rate *a
day*, and what it changes comes about at once, both from how things stood before. Shares stay between 0 and 1, needs
between 0 and 2.

| written | means |
| --- | --- |
| `[a]₊` | a, or 0 where a is below it |
| `σ(z)` | 1 / (1 + e⁻ᶻ): a chance between 0 and 1, one half at z = 0 |
| `√(a)`, `exp(a)`, `min(a, b)`, `max(a, b)` | as usual |
| `between(low, a, high)` | a, but not below low and not above high |
| `met_lifts` and other plain names | [constants](#constants) |
| `Caretaker` and other names with a capital | the shorthands below |
| `me.need + missed_empties`, in its own line | what a moment adds to a state; with −, what it takes |
| `practising.…` | 1 while I practise that [path](#practices), else 0 |

)";

constexpr std::string_view kBeginnings = R"(
### Beginning again

After a parting, each day `begin_rate` is the chance that one of the two, always the same, meets somebody new from the
same population. Parts, awareness and hurt come along; trust begins halfway between what it was and what it rests at, and
closeness where new couples begin.
)";

constexpr std::string_view kRivals = R"(
## Where the articles disagree

One says that trust frees people to go their own way, and that going it with the other at ease makes trust grow. The other
says that standing on one's own feet comes first. A study found the second half of the first only where needs are met. All
three are there, as the three terms of

)";

constexpr std::string_view kRivalsEnd = R"(
which decides how far a time of one's own lets trust grow. Their shares add up to 1: `mutual_feedback` alone is what the
program comes with, `needs_met_first` the interaction, `independence_first` the threshold.

)";

std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? "\\|" : std::string(1, c);
  return cell;
}

std::string Table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  std::string table = fmt::format("| {} |\n|{}\n", fmt::join(head, " | "), [&] {
    std::string marks;
    for (std::size_t i = 0; i < head.size(); ++i) marks += " --- |";
    return marks;
  }());
  for (const std::vector<std::string>& row : rows) {
    table += '|';
    for (const std::string& cell : row) table += cell.empty() ? " |" : " " + Cell(cell) + " |";
    table += '\n';
  }
  return table;
}

std::string Code(std::string_view words) { return fmt::format("`{}`", words); }

std::string MeaningTable(const char* head, const std::vector<Meaning>& meanings) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(meanings.size());
  for (const Meaning& meaning : meanings) rows.push_back({Code(meaning.name), std::string(meaning.words)});
  return Table({head, "means"}, rows);
}

/// The text in lines that fit, those after the first further in.
std::string InLines(const std::string& text, std::size_t indent, std::size_t further) {
  return std::string(indent, ' ') + Wrapped(text, indent + further, kWidth).substr(indent + further);
}

/// An equation as lines of code. They end before a sign, never after it.
std::string CodeLine(std::string line, std::size_t indent) {
  constexpr char kHeld = '\x01';  // a space at which no line ends
  for (const std::string sign : {"+ ", "− ", "· ", "/ ", ", "}) {
    for (std::size_t at = line.find(sign); at != std::string::npos; at = line.find(sign, at + sign.size())) {
      line[at + sign.size() - 1] = kHeld;
    }
  }
  std::string lines = InLines(line, indent, 8);
  std::ranges::replace(lines, kHeld, ' ');
  return lines;
}

/// Everything the catalogue says in words, by id.
core::Result<std::map<std::string, std::string>> CatalogueWords() {
  const core::Json catalogue = SELVEDGE_TRY(core::Json::Parse(content::kCatalogue));
  std::map<std::string, std::string> words;
  for (const core::Json& entry : SELVEDGE_TRY(catalogue.List("entries"))) {
    words[SELVEDGE_TRY(entry.Text("id"))] = SELVEDGE_TRY(entry.Text("words"));
  }
  return words;
}

class Page {
 public:
  Page(const theory::Theory& theory, const std::map<std::string, std::string>& catalogue)
      : theory_(theory), catalogue_(catalogue) {}

  core::Result<std::string> Write() {
    text_ = kOpening;
    WriteShorthands();
    text_ += "\n## A person\n\n" + MeaningTable("state", theory::MeaningsOfStates()) + "\n" +
             MeaningTable("trait", theory::MeaningsOfTraits()) + "\nBetween two people:\n\n" +
             MeaningTable("state", theory::MeaningsBetween());
    WriteDrift();
    WriteRules();
    text_ += kBeginnings;
    text_ += kRivals;
    const auto rival = std::ranges::find(shorthands_, std::string("LetsTrustGrow"), &Shorthand::name);
    text_ += CodeLine(theory::TextOf(rival->formula, Before(rival)), 4);
    text_ += kRivalsEnd;
    WritePractices();
    WriteMechanisms();
    WriteConstants();
    SELVEDGE_TRY_VOID(WritePopulations());
    return text_;
  }

 private:
  using Position = std::vector<Shorthand>::const_iterator;

  /// The shorthands one may be written with.
  [[nodiscard]] std::span<const Shorthand> Before(Position one) const { return {shorthands_.begin(), one}; }

  [[nodiscard]] std::string Text(const Formula& formula) const { return theory::TextOf(formula, shorthands_); }

  void WriteShorthands() {
    for (auto one = shorthands_.begin(); one != shorthands_.end(); ++one) {
      text_ += CodeLine(one->name + " = " + theory::TextOf(one->formula, Before(one)), 4);
    }
  }

  void WriteDrift() {
    text_ +=
        "\n## Between moments\n\n"
        "A quarter of a day is spent together with chance `together_share`, less by `wall_stays_away` where one has a\n"
        "wall; otherwise `apart` is what passes between them. A feeling returns to usual at `mine.return_rate`, and "
        "days\n"
        "jolt it, by a standard deviation of `jolt`; what jolts the one goes with what jolts the other at "
        "`jolt_shared`.\n"
        "What else pushes it, and how everything else drifts, a day:\n\n";
    for (const Equation& equation : theory::EquationsOfDrift()) {
      const char* relation = equation.name == "me.feeling" ? " is pushed by " : " grows by ";
      text_ += CodeLine(equation.name + relation + Text(equation.formula), 4);
    }
  }

  void WriteRules() {
    text_ +=
        "\n## Moments\n\n"
        "Each with the ideas of the articles it carries, how often it happens a day, and what one of it changes. "
        "Where\n"
        "chance decides, both ways it can turn out are written.\n";
    for (const RuleEquations& rule : theory::EquationsOfRules()) {
      text_ += fmt::format("\n### {}\n\n{}\n\n", rule.note.event, rule.note.words);
      WriteIdeas(rule.note.ids);
      text_ += "\n" + CodeLine("a day: " + Text(rule.rate), 4);
      for (const Branch& branch : rule.branches) WriteBranch(branch);
    }
  }

  void WriteIdeas(std::string_view ids) {
    while (!ids.empty()) {
      const std::size_t space = ids.find(' ');
      const std::string id(ids.substr(0, space));
      text_ += InLines(fmt::format("- {}: {}", id, catalogue_.at(id)), 0, 2);
      ids.remove_prefix(space == std::string_view::npos ? ids.size() : space + 1);
    }
  }

  void WriteBranch(const Branch& branch) {
    std::string given;
    for (const theory::Chance& chance : branch.given) {
      given += (given.empty() ? "" : ", and ") +
               (chance.so ? "with probability " + Text(chance.probability) : std::string("otherwise"));
    }
    if (!given.empty()) text_ += CodeLine(given + ":", 4);
    const std::size_t indent = given.empty() ? 4 : 6;
    for (const Equation& change : branch.changes) {
      const std::string amount = Text(change.formula);
      const std::string line = change.name == "parted"   ? std::string("they part")
                               : amount.starts_with("−") ? change.name + " − " + amount.substr(std::string("−").size())
                                                         : change.name + " + " + amount;
      text_ += CodeLine(line, indent);
    }
  }

  void WritePractices() {
    text_ +=
        "## Practices\n\nWhat somebody may take up, for as long as they like "
        "(`selvedge simulate --practice PATH-2:a:0-56`).\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const std::string_view name : theory::NamesOfPaths()) {
      const std::string id = fmt::format("PATH-{}", rows.size() + 1);
      rows.push_back({id, Code(fmt::format("practising.{}", name)), catalogue_.at(id)});
    }
    text_ += Table({"path", "in equations", "in words"}, rows);
  }

  void WriteMechanisms() {
    text_ +=
        "\n## What can be switched off\n\nEach by setting its constants to 0 "
        "(`selvedge simulate --without NAME`).\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const std::string& mechanism : theory_.Mechanisms()) {
      std::vector<std::string> names;
      std::vector<std::string> ids;
      for (const theory::ConstantNote& note : theory_.notes) {
        if (note.mechanism != mechanism) continue;
        names.push_back(Code(note.name));
        for (const std::string& id : note.ids) {
          if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
        }
      }
      rows.push_back(
          {Code(mechanism), fmt::format("{}", fmt::join(names, ", ")), fmt::format("{}", fmt::join(ids, ", "))});
    }
    text_ += Table({"mechanism", "constants", "ideas"}, rows);
  }

  void WriteConstants() {
    text_ += "\n## Constants\n\nRates are a day, amounts in the unit of what they move.\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const theory::ConstantNote& note : theory_.notes) {
      rows.push_back({Code(note.name), fmt::format("{}", note.value),
                      note.mechanism.empty() ? std::string() : Code(note.mechanism),
                      fmt::format("{}", fmt::join(note.ids, ", ")), note.reason});
    }
    text_ += Table({"constant", "value", "mechanism", "ideas", "reason"}, rows);
  }

  core::Result<void> WritePopulations() {
    text_ +=
        "\n## Populations\n\nWhom couples are drawn from: [`content/populations`](../content/populations), or a file "
        "like those.\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const std::string& id : theory::ShippedPopulations()) {
      const theory::Population population = SELVEDGE_TRY(theory::ShippedPopulation(id));
      rows.push_back({Code(id), population.about});
    }
    text_ += Table({"population", "about"}, rows);
    return {};
  }

  const theory::Theory& theory_;
  const std::map<std::string, std::string>& catalogue_;
  std::vector<Shorthand> shorthands_ = theory::Shorthands();
  std::string text_;
};

}  // namespace

core::Result<std::string> TheoryPage() {
  const std::map<std::string, std::string> catalogue = SELVEDGE_TRY(CatalogueWords());
  const theory::Theory theory = SELVEDGE_TRY(theory::ShippedTheory());
  return Page(theory, catalogue).Write();
}

}  // namespace selvedge::app
