#pragma once

#include <vector>

#include "sim/scenario/layers.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::detail {

/// What each layer sets, layer by layer, base first.
[[nodiscard]] std::vector<Assignment> assignments_of(const Layers& layers, const Faults& faults);

}  // namespace steppe::detail
