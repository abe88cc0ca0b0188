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

std::string Bash(const CommandDescription& program) {
  std::string values;
  std::string words;
  std::string commands;
  const auto add = [&](const CommandDescription& command, const std::string& key) {
    std::vector<std::string> names;
    std::string positional = ":";
    for (const OptionDescription& option : command.options) {
      names.insert(names.end(), option.names.begin(), option.names.end());
      if (IsPositional(option)) positional = BashOffer(option);
      if (option.value.empty()) continue;
      for (const std::string& name : option.names)
        values += fmt::format("    \"{} {}\") {} ;;\n", key, name, BashOffer(option));
    }
    words += fmt::format("    \"{} \"-*) _selvedge_words \"{}\" \"$word\" ;;\n", key, fmt::join(names, " "));
    if (!key.empty()) words += fmt::format("    \"{} \"*) {} ;;\n", key, positional);
  };
  for (const CommandDescription& command : program.commands) {
    add(command, command.name);
    commands += (commands.empty() ? "" : " ") + command.name;
  }
  add(program, "");
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
{1}    " "*) _selvedge_words "{2}" "$word" ;;
  esac
}}
complete -F _selvedge selvedge
)",
                     values, words, commands);
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

std::string Zsh(const CommandDescription& program) {
  std::string commands;
  std::string cases;
  for (const CommandDescription& command : program.commands) {
    commands += fmt::format("    {}\n", ShellQuoted(command.name + ":" + ZshMessage(command.about)));
    cases += fmt::format("    {})\n      _arguments{}\n      ;;\n", command.name, ZshOptions(command, "        "));
  }
  return fmt::format(R"(#compdef selvedge
# Completion of selvedge in zsh: source <(selvedge completion zsh)
_selvedge() {{
  local -a commands line
  local context state state_descr
  typeset -A opt_args
  commands=(
{0}  )
  _arguments -C{1} \
    '1:command:->command' \
    '*::words of the command:->words' && return
  case $state in
    command) _describe command commands && return ;;
  esac
  case $line[1] in
{2}  esac
}}
if [[ $funcstack[1] == _selvedge ]]; then
  _selvedge "$@"
else
  compdef _selvedge selvedge
fi
)",
                     commands, ZshOptions(program, "    "), cases);
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

std::string Fish(const CommandDescription& program) {
  const std::string no_command = "__fish_use_subcommand";
  std::string lines = "# Completion of selvedge in fish: selvedge completion fish | source\ncomplete -c selvedge -f\n";
  lines += FishOptions(program, no_command);
  for (const CommandDescription& command : program.commands) {
    lines +=
        "complete -c selvedge -n " + no_command + " -a " + command.name + " -d " + FishQuoted(command.about) + "\n";
  }
  for (const CommandDescription& command : program.commands) {
    lines += FishOptions(command, "__fish_seen_subcommand_from " + command.name);
  }
  return lines;
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
