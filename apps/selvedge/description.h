#pragma once

#include <string>
#include <vector>

namespace selvedge::app {

/// One option, or a word without a name before it (`names` is empty then).
struct OptionDescription {
  std::vector<std::string> names;  ///< "-h", "--help"
  std::string value;               ///< what follows the name: "FILE", "COLUMN", or the words to choose from, "ml|map"
  std::string help;
  std::string group;  ///< the heading it stands under

  /// The words to choose from; empty if the value is anything else.
  [[nodiscard]] std::vector<std::string> Choices() const;
  [[nodiscard]] bool TakesFile() const { return value == "FILE"; }
};

/// A program or one of its commands: what --help, the man page and completion say, gathered from the one place where
/// options are declared.
struct CommandDescription {
  std::string name;
  std::string about;
  std::vector<OptionDescription> options;  ///< those without a name first
  std::string footer;
  std::vector<CommandDescription> commands;
};

}  // namespace selvedge::app
