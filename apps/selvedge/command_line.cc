#include "command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <string_view>
#include <thread>

#include "exit_codes.h"

namespace selvedge::app {
namespace {

constexpr const char* kAbout =
    "Selvedge reads two people's diary and says, in plain words, how their feelings moved.\n"
    "It is not a diagnosis and not an emergency tool. Nothing leaves this machine.";

constexpr const char* kColumnHelp = "Columns (leave all of them out for a file in Selvedge's own form)";

/// The options that describe a diary file, as the words give them.
struct DiaryWords {
  diary::ColumnMap columns;
  std::string time_unit = "days";
  std::string scale;
};

void AddDiaryOptions(CLI::App& command, std::string& file, DiaryWords& words) {
  command.add_option("FILE", file, "The diary: a CSV file with a header line (docs/formats.md)")->required();
  command.add_option("--dyad", words.columns.dyad, "Column that tells couples apart (none: one couple)")
      ->group(kColumnHelp);
  command.add_option("--person", words.columns.person, "Column that tells the two partners apart")->group(kColumnHelp);
  command.add_option("--time", words.columns.time, "Column of times: numbers, or timestamps")->group(kColumnHelp);
  command.add_option("--date", words.columns.date, "Column of dates (2026-11-22), or timestamps")->group(kColumnHelp);
  command.add_option("--own", words.columns.own, "Column of how each felt, one row a person a time")
      ->group(kColumnHelp);
  command.add_option("--own-a", words.columns.own_a, "Column of the first partner, one row a time")->group(kColumnHelp);
  command.add_option("--own-b", words.columns.own_b, "Column of the second partner, one row a time")
      ->group(kColumnHelp);
  command.add_option("--time-unit", words.time_unit, "What a numeric --time counts in")
      ->check(CLI::IsMember({"days", "hours", "minutes", "seconds"}))
      ->capture_default_str()
      ->group(kColumnHelp);
  command.add_option("--scale", words.scale, "Lowest and highest answer, as LOW:HIGH, for example 1:7");
}

std::optional<diary::Scale> ParseScale(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view part) -> std::optional<double> {
    double value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc{} || end != part.data() + part.size()) return std::nullopt;
    return value;
  };
  const std::optional<double> low = number(text.substr(0, colon));
  const std::optional<double> high = number(text.substr(colon + 1));
  if (!low || !high || !(*low < *high)) return std::nullopt;
  return diary::Scale{.low = *low, .high = *high};
}

/// Fills in the source; says what is wrong with the words otherwise.
std::optional<std::string> Settle(const DiaryWords& words, DiarySource& source) {
  const diary::ColumnMap& columns = words.columns;
  const bool any = !columns.dyad.empty() || !columns.person.empty() || !columns.time.empty() || !columns.date.empty() ||
                   !columns.own.empty() || !columns.own_a.empty() || !columns.own_b.empty();
  if (any) {
    const std::map<std::string, double> kUnits{
        {"days", 1.0}, {"hours", 1.0 / 24}, {"minutes", 1.0 / 1440}, {"seconds", 1.0 / 86400}};
    source.columns = columns;
    source.columns->time_unit = {kUnits.at(words.time_unit)};
  }
  if (!words.scale.empty()) {
    source.scale = ParseScale(words.scale);
    if (!source.scale) return "--scale takes the lowest and the highest answer, for example --scale 1:7";
  }
  return std::nullopt;
}

Command WrongWords(const std::string& what) {
  static_cast<void>(
      std::fprintf(stderr, "selvedge: %s\nRun \"selvedge --help\" for the words it knows.\n", what.c_str()));
  return Answered{kBadCommandLine};
}

int HardwareThreads() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

}  // namespace

Command ParseCommandLine(int argc, char** argv) {
  CLI::App app(kAbout, "selvedge");
  app.set_version_flag("--version", "selvedge " SELVEDGE_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);

  ReadCommand read;
  DiaryWords read_words;
  CLI::App* const read_app = app.add_subcommand("read", "Read one couple's diary, in sentences");
  AddDiaryOptions(*read_app, read.diary.file, read_words);
  read_app->add_option("--couple", read.couple, "Which couple, where the file has several");
  read_app->add_option("--prior", read.prior_file, "A prior to use instead of the one Selvedge comes with");
  read_app->add_option("--json", read.json_file, "Write the whole reading here, with every number");
  read_app->add_flag("--numbers", read.numbers, "Show medians and intervals beside the sentences");

  FitCommand fit;
  DiaryWords fit_words;
  fit.threads = HardwareThreads();
  CLI::App* const fit_app = app.add_subcommand("fit", "Estimate the dyadic model for every couple of a diary");
  AddDiaryOptions(*fit_app, fit.diary.file, fit_words);
  using dynamics::Method;
  using dynamics::Search;
  using dynamics::Start;
  const auto choice = [&](const char* name, auto& value, const auto& map, const char* help, const char* usual) {
    fit_app->add_option(name, value, help)
        ->transform(CLI::CheckedTransformer(map).description(""))
        ->default_str(usual)
        ->option_text([&] {
          std::string text = "TEXT:{";
          for (const auto& [word, meaning] : map) text += (text.back() == '{' ? "" : ",") + word;
          return text + "} [" + usual + "]";
        }());
  };
  choice("--method", fit.study.method,
         std::map<std::string, Method>{{"ml", Method::kMaximumLikelihood}, {"map", Method::kMaximumAPosteriori}},
         "Maximum likelihood, or the mode of the posterior under the prior (answers on 0-100)", "ml");
  choice("--start", fit.study.fit.start,
         std::map<std::string, Start>{{"stationary", Start::kStationary}, {"unit", Start::kUnit}},
         "Where feelings are at the first check-in: N(0, P), or N(0, I)", "stationary");
  choice("--noise", fit.study.fit.noise, std::map<std::string, bool>{{"on", true}, {"off", false}},
         "Whether answers carry noise of their own", "on");
  choice("--means", fit.study.person_means, std::map<std::string, bool>{{"free", false}, {"person-mean", true}},
         "Answers as they are, or each series centred beforehand", "free");
  choice("--search", fit.study.fit.search,
         std::map<std::string, Search>{{"usual", Search::kUsual}, {"wide", Search::kWide}},
         "How many places maximum likelihood is searched from", "usual");
  fit_app->add_flag("--pooled", fit.study.pooled, "One set of parameters for all couples");
  fit_app->add_option("--prior", fit.prior_file, "A prior to use instead of the one Selvedge comes with");
  fit_app->add_option("--threads", fit.threads, "How many threads; results do not depend on it")
      ->check(CLI::Range(1, 1024))
      ->default_str("all");
  fit_app->add_option("--json", fit.json_file, "Write the results here as JSON");
  fit_app->add_option("--csv", fit.csv_file, "Write the results here as a table, one line a couple");
  fit_app->add_flag("--quiet", fit.quiet, "Print nothing but trouble");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& trouble) {
    if (trouble.get_exit_code() == 0) return Answered{app.exit(trouble)};
    return WrongWords(trouble.what());
  }
  if (read_app->parsed()) {
    if (const auto wrong = Settle(read_words, read.diary)) return WrongWords(*wrong);
    return read;
  }
  if (const auto wrong = Settle(fit_words, fit.diary)) return WrongWords(*wrong);
  return fit;
}

}  // namespace selvedge::app
