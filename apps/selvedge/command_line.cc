#include "command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "completion.h"
#include "core/text.h"
#include "description.h"
#include "exit_codes.h"
#include "man_page.h"
#include "terminal.h"
#include "theory/manifest.h"

namespace selvedge::app {
namespace {

constexpr const char* kAbout =
    "Selvedge reads two people's diary and says, in plain words, how their feelings moved.\n"
    "It is not a diagnosis, not therapy and not an emergency tool. If you are afraid of the\n"
    "other person, nothing it says applies as advice. Nothing leaves this machine.";

constexpr const char* kExamples =
    "Examples:\n"
    "  selvedge read diary.csv\n"
    "  selvedge read diary.csv --date date --own-a hers --own-b his --scale 1:7\n"
    "  selvedge fit study.csv --dyad couple --person who --time day --own mood --csv results.csv\n"
    "\"selvedge COMMAND --help\" lists a command's options; docs/guide.md explains them.";

constexpr const char* kManExamples =
    "Example:\n"
    "  selvedge man | man -l -";

constexpr const char* kCompletionExamples =
    "Examples:\n"
    "  source <(selvedge completion bash)\n"
    "  source <(selvedge completion zsh)\n"
    "  selvedge completion fish | source";

constexpr const char* kReadExamples =
    "Examples:\n"
    "  selvedge read diary.csv\n"
    "  selvedge read diary.csv --person who --date date --own mood --scale 1:7 --numbers\n"
    "  selvedge read diary.csv --answers ana=mine.json --html page.html";

constexpr const char* kFitExamples =
    "Examples:\n"
    "  selvedge fit study.csv --dyad couple --person who --time day --own mood --csv results.csv\n"
    "  selvedge fit study.csv --pooled --means person-mean --json results.json\n"
    "  selvedge fit couples.csv --model truth-bias --dyad couple --person who --own self --sense other\n"
    "  selvedge fit codes.csv --model transition --dyad couple --time interval --request asks --response helps";

constexpr const char* kCalibrateItemsExamples =
    "Examples:\n"
    "  selvedge calibrate items answers.csv --items q1,q2,q3,q4,q5 --reverse q2,q5 --json items.json\n"
    "  selvedge calibrate items answers.csv --dims \"near:q1,q2,q3;apart:q4,q5,q6\" --json items.json\n"
    "  selvedge calibrate items answers.csv --items q1,q2,q3,q4,q5,q6 --dims 2";

constexpr const char* kScoreExamples =
    "Examples:\n"
    "  selvedge score answers.csv --parameters items.json --csv scores.csv";

constexpr const char* kReflectExamples =
    "Examples:\n"
    "  selvedge reflect\n"
    "  selvedge reflect --length 12 --save mine.json\n"
    "  selvedge reflect --resume mine.json --save mine.json";

constexpr const char* kLeaningExamples =
    "Examples:\n"
    "  selvedge leaning mine.json\n"
    "  selvedge leaning spring.json autumn.json --numbers";

constexpr const char* kClaimsExamples =
    "Examples:\n"
    "  selvedge claims\n"
    "  selvedge claims --only CLAIM-2,CLAIM-28 --couples 1000 --sensitivity";

constexpr const char* kOpenExamples =
    "Examples:\n"
    "  selvedge open mine.selvedge | selvedge read -\n"
    "  selvedge open mine.selvedge --kind all --out everything.json";

constexpr const char* kCalibrateMapExamples =
    "Examples:\n"
    "  selvedge calibrate map cohort.csv --json map.json";

constexpr const char* kSimulateExamples =
    "Examples:\n"
    "  selvedge simulate --out steady --population steady_both\n"
    "  selvedge simulate --out without --population holding_on_both --without silence_costs_self\n"
    "  selvedge simulate --out practised --practice PATH-2:a:0-56 --trajectories\n"
    "  selvedge simulate --describe";

constexpr const char* kColumnHelp = "Columns (leave all of them out for a file in Selvedge's own form)";

/// Which model `fit` fits.
enum class Model { kDyadic, kTruthBias, kTransition };

/// The columns only another model than the dyadic one has.
struct ModelWords {
  Model model = Model::kDyadic;
  std::string sense;
  std::string request;
  std::string response;
};

/// The options that describe a diary file, as the words give them.
struct DiaryWords {
  diary::ColumnMap columns;
  double days_per_unit = 1;
  std::string scale;
};

/// The words an option takes, in the order in which help lists them, and what they mean.
template <typename Value>
using Choices = std::vector<std::pair<std::string, Value>>;

template <typename Value>
CLI::Option* AddChoice(CLI::App& command, const std::string& name, Value& value, const Choices<Value>& choices,
                       const char* help) {
  std::string words;
  for (const auto& [word, meaning] : choices) words += (words.empty() ? "" : "|") + word;
  const auto take = [name, &value, choices, words](const std::string& given) {
    const auto found = std::ranges::find(choices, given, &std::pair<std::string, Value>::first);
    if (found == choices.end()) throw CLI::ValidationError(name, "\"" + given + "\" is not one of " + words);
    value = found->second;
  };
  return command.add_option_function<std::string>(name, take, help)->option_text(words);
}

void AddDiaryOptions(CLI::App& command, std::string& file, DiaryWords& words) {
  const auto column = [&](const char* name, std::string& value, const char* help) {
    command.add_option(name, value, help)->type_name("COLUMN")->group(kColumnHelp);
  };
  command.add_option("FILE", file, "The diary: a CSV file with a header line (docs/formats.md)")
      ->required()
      ->option_text(" ");
  column("--dyad", words.columns.dyad, "Tells couples apart (leave it out if the file is one couple)");
  column("--person", words.columns.person, "Tells the two partners apart");
  column("--time", words.columns.time, "When: numbers, or dates with a time of day");
  column("--date", words.columns.date, "When: dates such as 2026-11-22, with or without a time of day");
  column("--own", words.columns.own, "How each felt, in files with one row per person and time");
  column("--own-a", words.columns.own_a, "How the first partner felt, in files with both in one row");
  column("--own-b", words.columns.own_b, "How the second partner felt, in files with both in one row");
  column("--close", words.columns.close, "How close the day felt, 0 to 100, if the file has it");
  column("--contact", words.columns.contact, "How much of the day you were together: apart, some or most");
  column("--moments", words.columns.moments, "Moments of the day (docs/formats.md)");
  const Choices<double> units{{"days", 1.0}, {"hours", 1.0 / 24}, {"minutes", 1.0 / 1440}, {"seconds", 1.0 / 86400}};
  AddChoice(command, "--time-unit", words.days_per_unit, units, "What the numbers of --time count (usually days)")
      ->group(kColumnHelp);
  command.add_option("--scale", words.scale, "Lowest and highest answer people could give, such as 1:7")
      ->type_name("LOW:HIGH");
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
  if (source.file.empty()) return "The name of the diary file is empty.";
  const diary::ColumnMap& columns = words.columns;
  const bool any = !columns.dyad.empty() || !columns.person.empty() || !columns.time.empty() || !columns.date.empty() ||
                   !columns.own.empty() || !columns.own_a.empty() || !columns.own_b.empty() || !columns.close.empty() ||
                   !columns.contact.empty() || !columns.moments.empty();
  if (any) {
    source.columns = columns;
    source.columns->time_unit = {words.days_per_unit};
  }
  if (!words.scale.empty()) {
    source.scale = ParseScale(words.scale);
    if (!source.scale)
      return "--scale takes the lowest and the highest answer people could give, for example --scale 1:7";
  }
  return std::nullopt;
}

Command WrongWords(const std::string& what, const std::string& command = "") {
  const std::string help = "selvedge " + command + (command.empty() ? "" : " ") + "--help";
  static_cast<void>(std::fprintf(stderr, "selvedge: %s\n  \"%s\" shows what it knows.\n", core::Harmless(what).c_str(),
                                 help.c_str()));
  return Answered{kBadCommandLine};
}

/// What the library found wrong, as we would say it.
std::string InPlainWords(const CLI::ParseError& trouble, const std::string& command) {
  std::string said = trouble.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&trouble) != nullptr && said.ends_with("missing")) {
    return said.substr(0, said.find(':')) + " needs a value after it";
  }
  if (dynamic_cast<const CLI::RequiredError*>(&trouble) == nullptr) return said;
  if (command.empty())
    return "Say what to do: \"read\" for one couple in sentences, \"fit\" for estimates of every couple, "
           "\"reflect\" to answer questions about yourself, \"calibrate\" and \"score\" for questionnaires, "
           "\"simulate\" to "
           "run the theory.";
  if (command == "completion") return "Say which shell to complete in, for example: selvedge completion bash";
  if (command == "calibrate")
    return "Say what to calibrate: \"items\" for the items of a questionnaire, \"map\" for the map.";
  if (said.starts_with("--parameters")) {
    return "Say which file holds the parameters, for example: selvedge score answers.csv --parameters items.json";
  }
  if (command == "score" || command == "calibrate items" || command == "leaning") {
    return "Say which file holds people's answers, for example: selvedge " + command + " answers.csv";
  }
  if (command == "calibrate map") return "Say which file, for example: selvedge calibrate map cohort.csv";
  return "Say which diary file to " + command + ", for example: selvedge " + command + " diary.csv";
}

/// Whether writing to `out` would write over `file`.
bool IsSameFile(const std::string& file, const std::string& out) {
  std::error_code none;  // a file that is not there is not the same
  return !out.empty() && (file == out || std::filesystem::equivalent(file, out, none));
}

/// Files that must not be written because the command also needs them.
std::optional<std::string> Collision(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (const std::string& input : inputs) {
      if (IsSameFile(input, outputs[i]))
        return "\"" + outputs[i] + "\" would be written over. Choose another name for the result.";
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (IsSameFile(outputs[j], outputs[i])) return "Two results can't go to the same file. Choose two names.";
    }
  }
  return std::nullopt;
}

void AddThreads(CLI::App& command, int& threads) {
  threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  command.add_option("--threads", threads, "Threads (usually all there are); results do not depend on it")
      ->check(CLI::Range(1, 1024))
      ->option_text("NUMBER");
}

void AddRead(CLI::App& app, ReadCommand& read, DiaryWords& words) {
  CLI::App& command = *app.add_subcommand("read", "Read one couple's diary, in sentences");
  AddDiaryOptions(command, read.diary.file, words);
  command.add_option("--couple", read.couple, "Which couple, where the file has several")->type_name("NAME");
  command.add_option("--prior", read.prior_file, "Another prior than the one Selvedge comes with")->type_name("FILE");
  const auto add_answers = [&read](const std::string& word) {
    const std::size_t equals = word.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == word.size())
      throw CLI::ValidationError("--answers", "\"" + word + "\" does not say whose answers are in which file");
    read.answers.push_back({.person = word.substr(0, equals), .file = word.substr(equals + 1)});
  };
  command
      .add_option_function<std::vector<std::string>>(
          "--answers",
          [add_answers](const std::vector<std::string>& given) { std::ranges::for_each(given, add_answers); },
          "Answers kept by reflect, after the name of the one whose they are")
      ->type_name("NAME=FILE")
      ->allow_extra_args(false);
  command.add_option("--json", read.json_file, "Write the whole reading here, with every number")->type_name("FILE");
  command.add_option("--html", read.html_file, "Write the reading here as a page with pictures")->type_name("FILE");
  command.add_flag("--no-moments", read.without_moments,
                   "Leave out the moments of both, what was read from them, and the map");
  command.add_flag("--numbers", read.numbers, "Show medians and intervals beside the sentences");
  command.footer(kReadExamples);
}

void AddModel(CLI::App& command, ModelWords& words) {
  constexpr const char* kGroup = "Columns of the other models";
  AddChoice<Model>(command, "--model", words.model,
                   {{"dyadic", Model::kDyadic}, {"truth-bias", Model::kTruthBias}, {"transition", Model::kTransition}},
                   "Two people's days (usual), ratings given once, or coded sequences");
  const auto column = [&](const char* name, std::string& value, const char* help) {
    command.add_option(name, value, help)->type_name("COLUMN")->group(kGroup);
  };
  column("--sense", words.sense, "truth-bias: each one's rating of the partner; --own is that of oneself");
  column("--request", words.request, "transition: whether one of them asked in this interval, 0 or 1");
  column("--response", words.response, "transition: whether the other supported, 0 or 1");
}

void AddFit(CLI::App& app, FitCommand& fit, DiaryWords& words, ModelWords& model) {
  using dynamics::Method;
  using dynamics::Search;
  using dynamics::Start;
  CLI::App& command = *app.add_subcommand("fit", "Estimate the dyadic model for every couple of a diary");
  AddDiaryOptions(command, fit.diary.file, words);
  AddModel(command, model);
  AddChoice<Method>(command, "--method", fit.study.method,
                    {{"ml", Method::kMaximumLikelihood}, {"map", Method::kMaximumAPosteriori}},
                    "Maximum likelihood (usual), or most probable under a prior");
  AddChoice<Start>(command, "--start", fit.study.fit.start,
                   {{"stationary", Start::kStationary}, {"unit", Start::kUnit}},
                   "Before the first check-in: as at any time (usual), or N(0, I)");
  AddChoice<bool>(command, "--noise", fit.study.fit.noise, {{"on", true}, {"off", false}},
                  "Answers carry noise of their own (usual), or none");
  AddChoice<bool>(command, "--means", fit.study.person_means, {{"free", false}, {"person-mean", true}},
                  "Estimate levels (usual), or take each series' mean off");
  AddChoice<Search>(command, "--search", fit.study.fit.search, {{"usual", Search::kUsual}, {"wide", Search::kWide}},
                    "Places maximum likelihood is searched from: 9 (usual) or 69");
  command.add_flag("--pooled", fit.study.pooled, "One set of parameters for all couples");
  command.add_option("--prior", fit.prior_file, "With --method map: another prior than the one Selvedge comes with")
      ->type_name("FILE");
  AddThreads(command, fit.threads);
  command.add_option("--json", fit.json_file, "Write the results here as JSON")->type_name("FILE");
  command.add_option("--csv", fit.csv_file, "Write the results here as a table, one line a couple")->type_name("FILE");
  command.add_flag("--quiet", fit.quiet, "Print nothing but trouble");
  command.footer(kFitExamples);
}

/// How many questions of Selvedge Signs place a point.
constexpr int kEveryQuestion = 41;

void AddReflect(CLI::App& app, ReflectCommand& reflect) {
  CLI::App& command = *app.add_subcommand("reflect", "Answer some questions, and read where you may be leaning");
  CLI::Option* const length =
      command.add_option("--length", reflect.length.most, "How many questions at most, 1 to 41")
          ->check(CLI::Range(1, kEveryQuestion))
          ->option_text("NUMBER (usually 20)");
  const auto by_precision = [&reflect, length](const double& precision) {
    reflect.length.precision = precision;
    if (length->count() == 0) reflect.length.most = kEveryQuestion;
  };
  command.add_option_function<double>("--precision", by_precision, "Stop once both axes are known this well, 0.1 to 1")
      ->check(CLI::Range(0.1, 1.0))
      ->option_text("NUMBER");
  command.add_option("--resume", reflect.resume_file, "Go on from the answers kept here")->type_name("FILE");
  command.add_option("--save", reflect.save_file, "Keep the answers here after each one, for you alone to read")
      ->type_name("FILE");
  command.add_option("--json", reflect.json_file, "Write where the answers stand here as JSON")->type_name("FILE");
  command.add_option("--fhir", reflect.fhir_file, "Write the answers here at the end, as FHIR")->type_name("FILE");
  command.add_flag("--plain", reflect.plain, "Leave the screen as it is; for screen readers and for logs");
  command.add_flag("--numbers", reflect.numbers, "Show the numbers behind the sentences");
  command.footer(kReflectExamples);
}

void AddLeaning(CLI::App& app, LeaningCommand& leaning) {
  CLI::App& command = *app.add_subcommand("leaning", "Say where somebody's answers to the questions stand");
  command
      .add_option("FILE", leaning.files,
                  "Answers of one person, of one or several dates: FHIR or CSV (docs/formats.md)")
      ->required()
      ->option_text(" ");
  command.add_option("--json", leaning.json_file, "Write it here as JSON")->type_name("FILE");
  command.add_flag("--numbers", leaning.numbers, "Show the numbers behind the sentences");
  command.footer(kLeaningExamples);
}

/// The words of `simulate` that are not yet what they mean.
struct SimulateWords {
  std::vector<std::string> practices;
  bool summary = false;
  bool trajectories = false;
  bool diaries = false;
};

void AddSimulate(CLI::App& app, SimulateCommand& simulate, SimulateWords& words) {
  CLI::App& command = *app.add_subcommand("simulate", "Run the theory: couples who live by its rules");
  command
      .add_option("--population", simulate.population,
                  "Whom couples are drawn from: a name, or a file (usually default)")
      ->option_text("POPULATION");
  command.add_option("--couples", simulate.couples, "How many (usually 1000)")
      ->check(CLI::Range(1, 100'000'000))
      ->option_text("NUMBER");
  command.add_option("--days", simulate.days, "For how long (usually 364)")
      ->check(CLI::Range(1, 36'500))
      ->option_text("NUMBER");
  command.add_option("--seed", simulate.seed, "Which of all couples there could be (usually 1)")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9'007'199'254'740'991}))
      ->option_text("NUMBER");
  command.add_option("--out", simulate.out, "The folder to write into; goes on with what was stopped there")
      ->option_text("FOLDER");
  command.add_flag("--summary", words.summary, "Write means and quantiles over couples, week by week (usual)");
  command.add_flag("--trajectories", words.trajectories, "Write every week of every couple instead");
  command.add_flag("--diaries", words.diaries, "Write the diaries these couples would keep instead");
  command.add_option("--without", simulate.without, "Switch a mechanism off (docs/theory.md); may be given again")
      ->option_text("MECHANISM");
  command
      .add_option("--practice", words.practices,
                  "Who (a, b, both) takes up what, from which day until which; may be given again")
      ->option_text("PATH-N:WHO:FROM-TO");
  AddThreads(command, simulate.threads);
  command.add_flag("--quiet", simulate.quiet, "Print nothing but trouble");
  command.add_flag("--describe", simulate.describe, "Print the theory with its equations instead (docs/theory.md)");
  command.footer(kSimulateExamples);
}

void AddClaims(CLI::App& app, ClaimsCommand& claims) {
  CLI::App& command = *app.add_subcommand("claims", "Try in simulated couples what the articles say causes what");
  command.add_option("--only", claims.only, "These claims alone, with commas between (usually all)")
      ->delimiter(',')
      ->option_text("IDS");
  command.add_option("--couples", claims.couples, "Couples in each world (usually 400)")
      ->check(CLI::Range(16, 100000))
      ->option_text("NUMBER");
  command.add_option("--seed", claims.seed, "Another seed, other couples (usually 1)")->option_text("NUMBER");
  command.add_flag("--sensitivity", claims.with_sensitivity,
                   "Say how far emergent effects depend on the constants (minutes)");
  AddThreads(command, claims.threads);
  command.add_option("--json", claims.json_file, "Write the results here, with every number")->type_name("FILE");
  command.add_flag("--quiet", claims.quiet, "Print nothing but trouble");
  command.footer(kClaimsExamples);
}

void AddMan(CLI::App& app) {
  app.add_subcommand("man", "Print the manual page, for man to show")->footer(kManExamples);
}

void AddCompletion(CLI::App& app, Shell& shell) {
  CLI::App& command = *app.add_subcommand("completion", "Print what teaches a shell to complete these words");
  AddChoice<Shell>(command, "SHELL", shell, {{"bash", Shell::kBash}, {"zsh", Shell::kZsh}, {"fish", Shell::kFish}},
                   "The shell")
      ->required();
  command.footer(kCompletionExamples);
}

/// What follows an option's name, or what stands for a word without one.
std::string ValueOf(const CLI::Option& option) {
  const std::string& text = option.get_option_text();
  if (!text.empty() && text != " ") return text;
  if (option.get_positional()) return option.get_name(true, false);
  return option.get_type_size() == 0 ? "" : option.get_type_name();
}

CommandDescription Describe(const CLI::App& app) {
  CommandDescription described{.name = app.get_name(),
                               .about = app.get_description(),
                               .options = {},
                               .footer = app.get_footer(),
                               .commands = {}};
  const auto add = [&](const CLI::Option& option) {
    OptionDescription& added = described.options.emplace_back();
    for (const std::string& name : option.get_snames()) added.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) added.names.push_back("--" + name);
    added.value = ValueOf(option);
    added.help = option.get_description();
    added.group = option.get_positional() ? app.get_formatter()->get_label("Positionals") : option.get_group();
  };
  for (const bool positional : {true, false}) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_positional() == positional) add(*option);
    }
  }
  for (const CLI::App* command : app.get_subcommands({})) described.commands.push_back(Describe(*command));
  return described;
}

Command Print(const std::string& text) {
  static_cast<void>(std::fputs(text.c_str(), stdout));
  return Answered{kDone};
}

void AddCalibrateItems(CLI::App& calibrate, CalibrateItemsCommand& items) {
  CLI::App& command = *calibrate.add_subcommand("items", "Estimate a questionnaire's curves from people's answers");
  command.add_option("FILE", items.file, "Answers: a CSV file with one row per person (docs/formats.md)")
      ->required()
      ->option_text(" ");
  command.add_option("--items", items.items, "The columns that are items, with commas between them")->type_name("LIST");
  command.add_option("--reverse", items.reverse, "Those worded the other way round")->type_name("LIST");
  command
      .add_option("--dims", items.dims,
                  "1 (usual), 2 or 3 to be found, or which items are about which: a:q1,q2,q3;b:q4,q5,q6")
      ->option_text("N|NAME:LIST;NAME:LIST");
  command.add_flag("--complete", items.complete, "Only people who answered every item");
  command.add_option("--json", items.json_file, "Write the results here as JSON, for \"selvedge score\"")
      ->type_name("FILE");
  AddThreads(command, items.threads);
  command.add_flag("--quiet", items.quiet, "Print nothing but trouble");
  command.footer(kCalibrateItemsExamples);
}

void AddScore(CLI::App& app, ScoreCommand& score) {
  CLI::App& command = *app.add_subcommand("score", "Say where people stand on a calibrated questionnaire");
  command.add_option("FILE", score.file, "Answers: a CSV file with one row per person (docs/formats.md)")
      ->required()
      ->option_text(" ");
  command.add_option("--parameters", score.parameters_file, "What \"selvedge calibrate items --json\" wrote")
      ->required()
      ->option_text("FILE");
  command.add_option("--person", score.person, "Names people (usually id, or else their numbers)")->type_name("COLUMN");
  command.add_option("--json", score.json_file, "Write the scores here as JSON")->type_name("FILE");
  command.add_option("--csv", score.csv_file, "Write the scores here as a table, one line a person")->type_name("FILE");
  AddThreads(command, score.threads);
  command.add_flag("--quiet", score.quiet, "Print nothing but trouble");
  command.footer(kScoreExamples);
}

void AddOpen(CLI::App& app, OpenCommand& open) {
  CLI::App& command =
      *app.add_subcommand("open", "Open an export of your own: your check-ins as a diary, or all of it");
  command.add_option("FILE", open.file, "An export: what \"Export everything\" made")->required()->option_text(" ");
  Choices<std::optional<vault::Kind>> kinds;
  for (const vault::Kind kind : vault::kKinds) kinds.emplace_back(vault::NameOf(kind), kind);
  kinds.emplace_back("all", std::nullopt);
  AddChoice(command, "--kind", open.kind, kinds, "What to write: check-ins as a diary (usual), others as JSON");
  command.add_option("--name", open.name, "What to call you in the diary (usually A)")->type_name("NAME");
  command.add_option("--out", open.out_file, "Write it here, for your eyes only, and not to the terminal")
      ->type_name("FILE");
  command
      .add_option("--passphrase-file", open.passphrase_file,
                  "Take the passphrase from here (SELVEDGE_PASSPHRASE_FILE may name it too)")
      ->type_name("FILE");
  command.add_flag("--recovery-code", open.with_recovery_code, "Open it with your recovery code instead");
  command.footer(kOpenExamples);
}

void AddCalibrateMap(CLI::App& calibrate, CalibrateMapCommand& map) {
  CLI::App& command = *calibrate.add_subcommand("map", "Re-estimate the weights of the map from many people");
  command.add_option("FILE", map.file, "Estimates with their standard errors, one row a person (docs/formats.md)")
      ->required()
      ->option_text(" ");
  command.add_option("--map", map.map_file, "Another map to start from than the one Selvedge comes with")
      ->type_name("FILE");
  command.add_flag("--hold-correlation", map.hold_correlation,
                   "Keep the correlation of the two axes as the map has it");
  command.add_option("--json", map.json_file, "Write the new map here")->type_name("FILE");
  command.footer(kCalibrateMapExamples);
}

std::optional<std::string> Settle(const DiaryWords& words, ReadCommand& read) {
  if (auto wrong = Settle(words, read.diary)) return wrong;
  if (read.without_moments && !read.answers.empty())
    return "--answers is not used with --no-moments, which leaves the map out";
  std::vector<std::string> inputs{read.diary.file, read.prior_file};
  for (const AnswersOf& answers : read.answers) inputs.push_back(answers.file);
  return Collision(inputs, {read.json_file, read.html_file});
}

std::optional<std::string> Settle(const DiaryWords& words, FitCommand& fit) {
  if (auto wrong = Settle(words, fit.diary)) return wrong;
  if (!fit.prior_file.empty() && fit.study.method != dynamics::Method::kMaximumAPosteriori) {
    return "--prior is used with --method map only";
  }
  return Collision({fit.diary.file, fit.prior_file}, {fit.json_file, fit.csv_file});
}

/// The first option given that this model has no use for; or the first it needs that was not given.
std::optional<std::string> Misfit(const CLI::App& fit, const std::string& model,
                                  const std::vector<std::string>& needed) {
  std::vector<std::string> known{"FILE", "--model", "--json", "--quiet"};
  known.insert(known.end(), needed.begin(), needed.end());
  for (const CLI::Option* option : fit.get_options()) {
    const std::string name = option->get_name();
    if (option->count() > 0 && std::ranges::find(known, name) == known.end()) {
      return name + " does not go with --model " + model;
    }
  }
  for (const std::string& name : needed) {
    if (fit.get_option(name)->count() == 0) return "--model " + model + " needs " + name + " COLUMN";
  }
  return std::nullopt;
}

/// `fit` with another model than the dyadic one.
Command SettleModel(const CLI::App& app, const FitCommand& fit, const DiaryWords& diary, const ModelWords& words) {
  const bool is_ratings = words.model == Model::kTruthBias;
  const auto wrong = is_ratings ? Misfit(app, "truth-bias", {"--dyad", "--person", "--own", "--sense"})
                                : Misfit(app, "transition", {"--dyad", "--time", "--request", "--response"});
  if (wrong) return WrongWords(*wrong, "fit");
  if (const auto collision = Collision({fit.diary.file}, {fit.json_file})) return WrongWords(*collision, "fit");
  ModelCommand command{.file = fit.diary.file, .columns = {}, .json_file = fit.json_file, .quiet = fit.quiet};
  const diary::ColumnMap& columns = diary.columns;
  if (is_ratings) {
    command.columns = responses::RatingColumns{
        .dyad = columns.dyad, .person = columns.person, .self = columns.own, .other = words.sense};
  } else {
    command.columns = responses::SequenceColumns{
        .dyad = columns.dyad, .time = columns.time, .request = words.request, .response = words.response};
  }
  return command;
}

std::optional<std::string> Settle(const SimulateWords& words, SimulateCommand& simulate) {
  if (simulate.out.empty() && !simulate.describe) {
    return "Say which folder to write into, for example: selvedge simulate --out simulated";
  }
  if (int{words.summary} + int{words.trajectories} + int{words.diaries} > 1) {
    return "Choose one of --summary, --trajectories and --diaries; each goes into a folder of its own";
  }
  if (words.trajectories) simulate.writes = "trajectories";
  if (words.diaries) simulate.writes = "diaries";
  for (const std::string& text : words.practices) {
    const core::Result<theory::Practice> practice = theory::ParsePractice(text);
    if (!practice) return practice.error().message + " " + practice.error().remedy;
    simulate.practices.push_back(*practice);
  }
  return std::nullopt;
}

/// The dyadic model has none of the other models' columns.
std::optional<std::string> Settle(const ModelWords& words) {
  if (!words.sense.empty()) return "--sense is used with --model truth-bias only";
  if (!words.request.empty()) return "--request is used with --model transition only";
  if (!words.response.empty()) return "--response is used with --model transition only";
  return std::nullopt;
}

}  // namespace

Command ParseCommandLine(int argc, char** argv) {
  CLI::App app(kAbout, "selvedge");
  app.set_help_flag("-h,--help", "Show this help");
  app.set_version_flag("--version", "selvedge " SELVEDGE_VERSION, "Show the version");
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.get_formatter()->label("Positionals", "What it takes");
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.get_formatter()->label("Subcommands", "Commands");
  app.footer(kExamples);
  ReadCommand read;
  DiaryWords read_words;
  AddRead(app, read, read_words);
  FitCommand fit;
  DiaryWords fit_words;
  ModelWords model_words;
  AddFit(app, fit, fit_words, model_words);
  CLI::App& calibrate = *app.add_subcommand("calibrate", "Estimate what readings rest on, from many people");
  calibrate.require_subcommand(1);
  CalibrateItemsCommand calibrate_items;
  AddCalibrateItems(calibrate, calibrate_items);
  CalibrateMapCommand calibrate_map;
  AddCalibrateMap(calibrate, calibrate_map);
  ScoreCommand score;
  AddScore(app, score);
  ReflectCommand reflect;
  AddReflect(app, reflect);
  LeaningCommand leaning;
  AddLeaning(app, leaning);
  SimulateCommand simulate;
  SimulateWords simulate_words;
  AddSimulate(app, simulate, simulate_words);
  ClaimsCommand claims;
  AddClaims(app, claims);
  OpenCommand open;
  AddOpen(app, open);
  Shell shell = Shell::kBash;
  AddCompletion(app, shell);
  AddMan(app);

  const auto given = [&] {
    std::string words;
    for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
      command = command->get_subcommands().front();
      words += (words.empty() ? "" : " ") + command->get_name();
    }
    return words;
  };
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& trouble) {
    if (trouble.get_exit_code() == 0) return Answered{app.exit(trouble)};
    return WrongWords(InPlainWords(trouble, given()), given());
  }
  if (given() == "man") return Print(ManPage(Describe(app), SELVEDGE_VERSION));
  if (given() == "completion") return Print(Completion(Describe(app), shell));
  if (given() == "read") {
    if (const auto wrong = Settle(read_words, read)) return WrongWords(*wrong, "read");
    return read;
  }
  if (given() == "calibrate items") {
    if (const auto wrong = Collision({calibrate_items.file}, {calibrate_items.json_file})) {
      return WrongWords(*wrong, given());
    }
    return calibrate_items;
  }
  if (given() == "score") {
    if (const auto wrong = Collision({score.file, score.parameters_file}, {score.json_file, score.csv_file})) {
      return WrongWords(*wrong, given());
    }
    return score;
  }
  if (given() == "reflect") {
    // Going on in the file one came from is what --resume and --save are for.
    const std::vector<std::string> outputs{reflect.save_file, reflect.json_file, reflect.fhir_file};
    auto wrong = Collision({}, outputs);
    if (!wrong) wrong = Collision({reflect.resume_file}, {reflect.json_file, reflect.fhir_file});
    if (wrong) return WrongWords(*wrong, given());
    return reflect;
  }
  if (given() == "leaning") {
    if (const auto wrong = Collision(leaning.files, {leaning.json_file})) return WrongWords(*wrong, given());
    return leaning;
  }
  if (given() == "simulate") {
    if (const auto wrong = Settle(simulate_words, simulate)) return WrongWords(*wrong, given());
    return simulate;
  }
  if (given() == "claims") return claims;
  if (given() == "open") {
    if (const auto wrong = Collision({open.file, open.passphrase_file}, {open.out_file})) {
      return WrongWords(*wrong, given());
    }
    return open;
  }
  if (given() == "calibrate map") {
    if (const auto wrong = Collision({calibrate_map.file, calibrate_map.map_file}, {calibrate_map.json_file}))
      return WrongWords(*wrong, given());
    return calibrate_map;
  }
  if (model_words.model != Model::kDyadic) {
    return SettleModel(*app.get_subcommand("fit"), fit, fit_words, model_words);
  }
  if (const auto wrong = Settle(model_words)) return WrongWords(*wrong, "fit");
  if (const auto wrong = Settle(fit_words, fit)) return WrongWords(*wrong, "fit");
  return fit;
}

}  // namespace selvedge::app
