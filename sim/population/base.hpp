#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// Sizes of the scenario's dimensions; those that every person needs have at least one member.
[[nodiscard]] Sizes sizes_of(const Dimensions& dimensions);

/// Skill level by occupation from the members' group: low 0, medium 1, high 2; medium without one.
[[nodiscard]] std::vector<std::uint8_t> skill_levels(const Dimensions& dimensions);

}  // namespace steppe
