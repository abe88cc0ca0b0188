#pragma once

#include <string>
#include <vector>

#include "diary/moments.h"

namespace selvedge::reading {

/// The moments as people see them (content/moments.json).
class MomentWords {
 public:
  MomentWords();

  /// In one line: "Took something over (asked: no; after: easier), Time of my own"; "Nothing of this today" for none.
  [[nodiscard]] std::string operator()(const diary::Moments& moments) const;

 private:
  struct Kind {
    std::string chip;
    std::vector<std::vector<std::string>> answers;  ///< of each follow-up: its key and the answer, "asked: no"
  };
  std::vector<Kind> kinds_;
  std::string nothing_;
};

}  // namespace selvedge::reading
