#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace selvedge::core {

template <typename Signature>
class FunctionRef;

/// A borrowed callable: valid only while the callable it was made from lives. Never owns, never allocates.
template <typename R, typename... Args>
class FunctionRef<R(Args...)> {
 public:
  template <typename F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> && std::is_invocable_r_v<R, F&, Args...>)
  constexpr FunctionRef(F&& callable)  // NOLINT(google-explicit-constructor,bugprone-forwarding-reference-overload):
                                       // reads as the callable
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
        }) {}

  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

/// Called again and again by long work, so that somebody outside can show that it goes on. Says nothing of how far it
/// is, because a search does not know.
using Heartbeat = FunctionRef<void()>;

/// A heartbeat nobody listens to.
inline constexpr auto kUnheard = [] {};

}  // namespace selvedge::core
