#pragma once

#include <vector>

#include "sim/api/mean_field.hpp"
#include "sim/api/step.hpp"

namespace steppe::occupations {

/// Months from the run's start to the end of a step.
[[nodiscard]] inline double months_at_end(int index, double dt) { return (index + 1) * dt; }

/// D⁰: the labour force of each occupation at the start, as the start's posts are spread [records].
[[nodiscard]] std::vector<double> reference(const World& world);

/// Writes the signal by_occupation from what is wanted now [records].
void set_demand(Step& step, const std::vector<double>& posts);

}  // namespace steppe::occupations
