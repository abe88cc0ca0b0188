#include "man_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "exit_codes.h"

namespace selvedge::app {
namespace {

/// Text as roff prints it: hyphens one can search for and copy, and no line taken for a command.
std::string Escaped(std::string_view text) {
  std::string roff;
  for (const char c : text) {
    const bool begins_line = roff.empty() || roff.ends_with('\n');
    if (begins_line && (c == '.' || c == '\'')) roff += "\\&";
    if (c == '\\') {
      roff += "\\e";
    } else if (c == '-') {
      roff += "\\-";
    } else {
      roff += c;
    }
  }
  return roff;
}

/// Text whose line breaks stand.
std::string AsItIs(std::string_view text) { return ".nf\n" + Escaped(text) + "\n.fi\n"; }

std::string Option(const OptionDescription& option) {
  std::string head;
  for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + ("\\fB" + Escaped(name) + "\\fR");
  if (!option.value.empty()) head += (head.empty() ? "" : " ") + ("\\fI" + Escaped(option.value) + "\\fR");
  return ".TP\n" + head + "\n" + Escaped(option.help) + "\n";
}

/// The options by headings, each heading once, in the order in which they are described.
std::string Options(const std::vector<OptionDescription>& options) {
  std::string roff;
  std::vector<std::string> done;
  for (const OptionDescription& first : options) {
    if (std::ranges::find(done, first.group) != done.end()) continue;
    done.push_back(first.group);
    roff += ".PP\n" + Escaped(first.group) + ":\n";
    for (const OptionDescription& option : options) {
      if (option.group == first.group) roff += Option(option);
    }
  }
  return roff;
}

/// A section for each command that can be run; a command of several has none of its own. `before` are the words in
/// front.
std::string Commands(const CommandDescription& parent, const std::string& before) {
  std::string roff;
  for (const CommandDescription& command : parent.commands) {
    const std::string words = before + " " + command.name;
    if (!command.commands.empty()) {
      roff += Commands(command, words);
      continue;
    }
    roff += ".SS " + Escaped(words) + "\n" + Escaped(command.about) + ".\n" + Options(command.options);
    if (!command.footer.empty()) roff += ".PP\n" + AsItIs(command.footer);
  }
  return roff;
}

/// A line for each command that can be run.
std::string Synopsis(const CommandDescription& parent, const std::string& before) {
  std::string roff;
  for (const CommandDescription& command : parent.commands) {
    const std::string words = before + " " + command.name;
    if (!roff.empty()) roff += ".br\n";
    if (!command.commands.empty()) {
      roff += Synopsis(command, words);
      continue;
    }
    roff += ".B " + Escaped(words) + "\n[\\fIOPTIONS\\fR]";
    for (const OptionDescription& option : command.options) {
      if (option.names.empty()) roff += " \\fI" + Escaped(option.value) + "\\fR";
    }
    roff += "\n";
  }
  return roff;
}

}  // namespace

std::string ManPage(const CommandDescription& program, std::string_view version) {
  std::string roff = fmt::format(".TH SELVEDGE 1 \"\" \"Selvedge {}\" \"User Commands\"\n", Escaped(version));
  roff += ".SH NAME\n" + Escaped(program.name) + " \\- read a diary of two people, in plain words\n";
  roff += ".SH SYNOPSIS\n";
  roff += Synopsis(program, program.name);
  roff += ".SH DESCRIPTION\n" + Escaped(program.about) + "\n";
  roff += ".SH OPTIONS\n";
  for (const OptionDescription& option : program.options) roff += Option(option);
  roff += ".SH COMMANDS\n";
  roff += Commands(program, program.name);
  roff += ".SH EXIT STATUS\n";
  for (const ExitMeaning& exit : kExitMeanings)
    roff += fmt::format(".TP\n{}\n{}\n", int{exit.code}, Escaped(exit.text));
  roff += ".SH EXAMPLES\n" + AsItIs(program.footer);
  return roff;
}

}  // namespace selvedge::app
