#pragma once

#include <string>

#include "sim/analysis/outcome.hpp"

namespace steppe::app {

/// A comparison for readers, at most 80 columns wide: verdicts, table, who gained and who lost.
[[nodiscard]] std::string outcome_text(const Outcome& outcome);

}  // namespace steppe::app
