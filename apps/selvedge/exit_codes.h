#pragma once

namespace selvedge::app {

/// What the shell gets back (docs/guide.md).
enum ExitCode : int {
  kDone = 0,        ///< also when a fit did not converge: that is a result, and the result says so
  kUnexpected = 1,  ///< something we did not foresee
  kBadCommandLine = 2,
  kRefused = 3,      ///< an input file can't be taken as it is; nothing was written
  kCannotWrite = 4,  ///< a result could not be written
};

}  // namespace selvedge::app
