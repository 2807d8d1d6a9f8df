#pragma once

#include <string_view>

#include "sim/api/mean_field.hpp"

namespace steppe::matching {

/// Refuses a mean field of what it does not know.
/// @param variant of this slot
/// @throws ConfigError unless the parameter has the value at which the map is right
void require_for_map(const MeanFieldSetup& setup, std::string_view variant, std::string_view name,
                     double value);

}  // namespace steppe::matching
