#pragma once

#include <string_view>

namespace selvedge::theory {

/// A field of a struct of numbers, with the name files and results call it by.
template <typename Struct, typename V>
struct Field {
  std::string_view name;
  V Struct::* member;
};

}  // namespace selvedge::theory
