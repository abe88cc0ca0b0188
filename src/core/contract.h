#pragma once

/// A promise our own code makes to itself, checked in every build. A broken one is a defect of ours and stops the
/// program at once; nothing a user types may reach it.
#define SELVEDGE_EXPECT(condition)   \
  do {                               \
    if (!(condition)) [[unlikely]] { \
      __builtin_trap();              \
    }                                \
  } while (false)
