#include "interruption.h"

#include <atomic>
#include <cstddef>

namespace selvedge::app {
namespace {

// A signal reaches nothing but what is global.
std::atomic<bool> asked = false;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
static_assert(std::atomic<bool>::is_always_lock_free, "a signal may set it");

void Ask(int /*signal*/) { asked = true; }

}  // namespace

Interruption::Interruption() {
  asked = false;
  struct sigaction action{};
  action.sa_handler = Ask;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  for (std::size_t i = 0; i < kEndings.size(); ++i) sigaction(kEndings[i], &action, &before_[i]);
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < kEndings.size(); ++i) sigaction(kEndings[i], &before_[i], nullptr);
}

bool Interruption::Asked() { return asked; }

}  // namespace selvedge::app
