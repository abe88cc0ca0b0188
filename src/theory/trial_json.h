#pragma once

#include <string_view>

#include "core/json.h"
#include "theory/trial.h"

namespace selvedge::theory {

/// In the format of content/claim_results.schema.json.
[[nodiscard]] core::Json TrialJson(const Trial& trial, const Claims& claims, const TrialOptions& options);

/// What people read.
[[nodiscard]] std::string_view InWords(Verdict verdict);  ///< "holds in this model", "fails" or "can't tell"
[[nodiscard]] std::string_view InWords(Because because);  ///< the rest of the sentence "… because"; empty if it holds

}  // namespace selvedge::theory
