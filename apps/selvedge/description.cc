#include "description.h"

#include <cstddef>

namespace selvedge::app {

std::vector<std::string> OptionDescription::Choices() const {
  std::vector<std::string> choices;
  if (!value.contains('|')) return choices;
  std::size_t begin = 0;
  for (std::size_t bar = value.find('|'); bar != std::string::npos; bar = value.find('|', begin)) {
    choices.push_back(value.substr(begin, bar - begin));
    begin = bar + 1;
  }
  choices.push_back(value.substr(begin));
  return choices;
}

}  // namespace selvedge::app
