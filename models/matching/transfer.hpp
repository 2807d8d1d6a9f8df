#pragma once

#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::matching {

/// What employers accept: `skill_tolerance`, `tolerance_growth` and `skill_transfer`.
[[nodiscard]] std::vector<ParameterDecl> acceptance_parameters();

/// What counts of a skill in another occupation, from × to: all in the own one, else
/// `skill_transfer` to the power of 1 + the levels it is higher. Going down a level loses no more
/// than moving sideways.
[[nodiscard]] std::vector<double> transferred_skill(const Setup& setup);

}  // namespace steppe::matching
