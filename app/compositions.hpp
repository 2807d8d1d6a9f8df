#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/declaration.hpp"

namespace steppe::app {

/// The variant chosen in each slot.
using ModelChoice = std::array<std::string, kSlotCount>;

/// What a benchmark is asked to try.
struct CompositionsWanted {
  std::array<std::string, kSlotCount> by_slot;  ///< `urn,none`, or `all`; empty: not asked
  std::vector<std::string> compositions;        ///< `matching=urn,wages=fixed`, or `scenario`
};

/// The compositions to run, each once: the cross product of what is asked by slot, then those
/// named. When nothing is asked, the scenario's own and every other variant of matching, wages and
/// foreign_hiring in its place, one slot at a time.
///
/// @throws UsageError for slots and variants there are not
[[nodiscard]] std::vector<ModelChoice> plan_compositions(const CompositionsWanted& wanted,
                                                         const ModelChoice& scenario,
                                                         const Catalogue& catalogue);

/// `matching=urn,wages=fixed`: the slots in which a choice differs from the scenario's.
[[nodiscard]] std::string composition_name(const ModelChoice& choice, const ModelChoice& scenario);

}  // namespace steppe::app
