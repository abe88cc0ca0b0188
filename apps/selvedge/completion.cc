#include "completion.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <string_view>
#include <vector>

namespace selvedge::app {
namespace {

bool IsPositional(const OptionDescription& option) { return option.names.empty(); }

std::string Replaced(std::string_view text, std::string_view characters, std::string_view before) {
  std::string out;
  for (const char c : text) {
    if (characters.contains(c)) out += before;
    out += c;
  }
  return out;
}

/// Text in single quotes, as bash and zsh read them.
std::string ShellQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// ---- bash: one function that looks at the command, the word before and the word itself ----

/// What to offer for a value, as a command in the function below.
std::string BashOffer(const OptionDescription& option) {
  if (option.TakesFile()) return "_selvedge_files \"$word\"";
  if (const auto choices = option.Choices(); !choices.empty()) {
    return fmt::format("_selvedge_words \"{}\" \"$word\"", fmt::join(choices, " "));
  }
  return ":";  // a name or a number only the person knows
}

/// What the function below looks at, and does: of every command, under the words that name it ("calibrate items").
struct BashCases {
  std::string values;    ///< after an option that takes a value
  std::string words;     ///< at a word of its own
  std::string deeper{};  ///< commands that have commands

  void Add(const CommandDescription& command, const std::string& key) {
    std::vector<std::string> names;
    std::string positional = ":";
    for (const OptionDescription& option : command.options) {
      names.insert(names.end(), option.names.begin(), option.names.end());
      if (IsPositional(option)) positional = BashOffer(option);
      if (option.value.empty()) continue;
      for (const std::string& name : option.names)
        values += fmt::format("    \"{} {}\") {} ;;\n", key, name, BashOffer(option));
    }
    std::string inner;
    for (const CommandDescription& next : command.commands) {
      Add(next, key.empty() ? next.name : key + " " + next.name);
      inner += (inner.empty() ? "" : " ") + next.name;
    }
    if (!inner.empty()) positional = fmt::format("_selvedge_words \"{}\" \"$word\"", inner);
    if (!inner.empty() && !key.empty()) deeper += (deeper.empty() ? "" : " ") + key;
    words += fmt::format("    \"{} \"-*) _selvedge_words \"{}\" \"$word\" ;;\n", key, fmt::join(names, " "));
    words += fmt::format("    \"{} \"*) {} ;;\n", key, positional);
  }
};

std::string Bash(const CommandDescription& program) {
  BashCases cases;
  cases.Add(program, "");
  return fmt::format(R"(# Completion of selvedge in bash: source <(selvedge completion bash)
_selvedge_words() {{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}}
_selvedge_files() {{
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}}
_selvedge() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command=
  ((COMP_CWORD < 2)) || command=${{COMP_WORDS[1]}}
  if ((COMP_CWORD > 2)) && [[ " {2} " == *" $command "* ]]; then command+=" ${{COMP_WORDS[2]}}"; fi
  COMPREPLY=()
  # Bash cuts an option from its value at "=".
  if [[ $word == "=" ]]; then
    word=
  elif [[ $before == "=" ]]; then
    before=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  case "$command $before" in
{0}    *) _selvedge_other ;;
  esac
}}
_selvedge_other() {{
  case "$command $word" in
{1}  esac
}}
complete -F _selvedge selvedge
)",
                     cases.values, cases.words, cases.deeper);
}

// ---- zsh: a specification for each option, see _arguments in zshcompsys(1) ----

std::string ZshMessage(std::string_view text) { return Replaced(text, "\\:[]", "\\"); }

/// ":message:what to offer"
std::string ZshValue(const OptionDescription& option) {
  if (option.value.empty()) return "";
  if (option.TakesFile()) return ":FILE:_files";
  if (const auto choices = option.Choices(); !choices.empty()) {
    return fmt::format(":{}:({})", ZshMessage(option.value), fmt::join(choices, " "));
  }
  return fmt::format(":{}: ", ZshMessage(option.value));
}

std::string ZshOptions(const CommandDescription& command, std::string_view indent) {
  std::string specifications;
  for (const OptionDescription& option : command.options) {
    const std::string help = "[" + ZshMessage(option.help) + "]";
    if (IsPositional(option)) {
      specifications += fmt::format(" \\\n{}{}", indent, ShellQuoted("1" + ZshValue(option)));
    }
    for (const std::string& name : option.names) {
      const std::string others = fmt::format("({})", fmt::join(option.names, " "));
      specifications += fmt::format(" \\\n{}{}", indent, ShellQuoted(others + name + help + ZshValue(option)));
    }
  }
  return specifications;
}

/// A function for a command, named after the words in front of it, and those of the commands it has.
std::string ZshFunction(const CommandDescription& command, const std::string& name) {
  if (command.commands.empty()) return fmt::format("{}() {{\n  _arguments{}\n}}\n", name, ZshOptions(command, "    "));
  std::string inner;
  std::string commands;
  std::string cases;
  for (const CommandDescription& next : command.commands) {
    const std::string next_name = name + "_" + next.name;
    inner += ZshFunction(next, next_name);
    commands += fmt::format("    {}\n", ShellQuoted(next.name + ":" + ZshMessage(next.about)));
    cases += fmt::format("    {}) {} ;;\n", next.name, next_name);
  }
  return inner + fmt::format(R"({0}() {{
  local -a commands line
  local context state state_descr
  typeset -A opt_args
  commands=(
{1}  )
  _arguments -C{2} \
    '1:command:->command' \
    '*::words of the command:->words' && return
  case $state in
    command) _describe command commands && return ;;
  esac
  case $line[1] in
{3}  esac
}}
)",
                             name, commands, ZshOptions(command, "    "), cases);
}

std::string Zsh(const CommandDescription& program) {
  return fmt::format(R"(#compdef selvedge
# Completion of selvedge in zsh: source <(selvedge completion zsh)
{}if [[ $funcstack[1] == _selvedge ]]; then
  _selvedge "$@"
else
  compdef _selvedge selvedge
fi
)",
                     ZshFunction(program, "_selvedge"));
}

// ---- fish: one line for each thing that can be completed, see complete(1) ----

std::string FishQuoted(std::string_view text) { return "'" + Replaced(text, "\\'", "\\") + "'"; }

std::string FishValue(const OptionDescription& option) {
  if (option.value.empty()) return "";
  if (option.TakesFile()) return " -r -F";
  if (const auto choices = option.Choices(); !choices.empty())
    return " -x -a " + FishQuoted(fmt::format("{}", fmt::join(choices, " ")));
  return " -x";
}

std::string FishOptions(const CommandDescription& command, const std::string& condition) {
  std::string lines;
  for (const OptionDescription& option : command.options) {
    std::string names;
    for (const std::string& name : option.names)
      names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    std::string value = FishValue(option);
    if (IsPositional(option) && option.TakesFile()) value = " -F";
    const std::string help = IsPositional(option) ? "" : " -d " + FishQuoted(option.help);
    lines += "complete -c selvedge -n " + FishQuoted(condition) + names + value + help + "\n";
  }
  return lines;
}

/// The lines of a command under its condition, and those of the commands it has.
std::string FishCommand(const CommandDescription& command, const std::string& condition) {
  if (command.commands.empty()) return FishOptions(command, condition);
  std::string names;
  for (const CommandDescription& next : command.commands) names += " " + next.name;
  const std::string none = condition + "; and not __fish_seen_subcommand_from" + names;
  std::string lines = FishOptions(command, none);
  for (const CommandDescription& next : command.commands) {
    lines +=
        "complete -c selvedge -n " + FishQuoted(none) + " -a " + next.name + " -d " + FishQuoted(next.about) + "\n";
    lines += FishCommand(next, condition + "; and __fish_seen_subcommand_from " + next.name);
  }
  return lines;
}

std::string Fish(const CommandDescription& program) {
  return "# Completion of selvedge in fish: selvedge completion fish | source\ncomplete -c selvedge -f\n" +
         FishCommand(program, "true");
}

}  // namespace

std::string Completion(const CommandDescription& program, Shell shell) {
  switch (shell) {
    case Shell::kBash:
      return Bash(program);
    case Shell::kZsh:
      return Zsh(program);
    case Shell::kFish:
      return Fish(program);
  }
  return {};
}

}  // namespace selvedge::app
