#pragma once

#include <array>

namespace selvedge::app {

/// What the shell gets back (docs/guide.md).
enum ExitCode : int {
  kDone = 0,
  kUnexpected = 1,  ///< something we did not foresee
  kBadCommandLine = 2,
  kRefused = 3,
  kCannotWrite = 4,
  kStopped = 130,  ///< as shells report Ctrl-C
};

struct ExitMeaning {
  ExitCode code;
  const char* text;
};

inline constexpr std::array<ExitMeaning, 6> kExitMeanings{
    {{kDone, "done; also when a fit did not converge, which the result says"},
     {kUnexpected, "something unexpected happened"},
     {kBadCommandLine, "the command line can't be understood; nothing was done"},
     {kRefused, "an input file was refused; nothing was changed"},
     {kCannotWrite, "a result could not be written"},
     {kStopped, "stopped by Ctrl-C; what a simulation had done is kept"}}};

}  // namespace selvedge::app
