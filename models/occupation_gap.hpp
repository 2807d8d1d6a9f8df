#pragma once

#include "sim/core/declaration.hpp"

namespace steppe::occupation_gap {

/// γ: how fast posts follow a gap between those there are and those wanted. Read by separations and
/// by vacancies, which close it from its two sides.
[[nodiscard]] ParameterDecl response_parameter();

/// Share of a gap that is closed in a step, from the share closed in a month.
[[nodiscard]] double response_in_step(double per_month, double dt);

/// Probability per post of closing a gap in a step: min(e, γ·gap)/e, zero where e is.
/// @param gap of the sign that is closed, in the same unit as staff
[[nodiscard]] double closing_chance(double gap, double staff, double response);

}  // namespace steppe::occupation_gap
