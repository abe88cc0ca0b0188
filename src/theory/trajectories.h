#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/function_ref.h"
#include "theory/simulate.h"

/// A couple's weeks as rows of numbers, for files.
namespace selvedge::theory {

/// What a column holds, which also says where its values lie.
enum class Kind { kShare, kNeed, kFeeling, kSpread, kCount };

struct Column {
  std::string name;
  Kind kind = Kind::kShare;
};

/// closeness, together, still_together; then for a, and the same for b: every state, how far feelings spread within
/// the week, and how often each moment happened.
inline constexpr std::size_t kColumns = 3 + 2 * (kPersonFields<float>.size() + 1 + kRuleCount);
using Row = std::array<float, kColumns>;
[[nodiscard]] const std::array<Column, kColumns>& Columns();
/// @param name  one of those of `Columns`.
[[nodiscard]] std::size_t ColumnAt(std::string_view name);

/// Hands over the rows of a block: all couples' first weeks, then their second ones, and so on.
void ForEachRow(const Block& block, core::FunctionRef<void(std::size_t couple, std::size_t week, const Row&)> take);

/// A table of trajectories: every line begins with the name of what was simulated, so that none of it can pass for
/// people's data.
[[nodiscard]] std::string TrajectoriesHeader();
/// One line a couple and week, couple by couple.
void AppendTrajectories(const Block& block, std::string_view population, std::string& csv);

}  // namespace selvedge::theory
