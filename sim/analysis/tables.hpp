#pragma once

#include <string>
#include <vector>

#include "sim/analysis/comparison.hpp"
#include "sim/analysis/outcome.hpp"
#include "sim/results/files.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// Writes differences.csv: one row an alternative, variable, cell and month.
/// @param names of the scenarios, the base first
/// @throws IoError
void write_differences(OutputFile& out, const Comparison& comparison, const Dimensions& dimensions,
                       const std::vector<std::string>& names, double confidence);

/// Writes window.csv: the same columns, one row an alternative, variable and cell, of means over
/// the months of a window. @throws IoError
void write_window(OutputFile& out, const Comparison& comparison, const Dimensions& dimensions,
                  const std::vector<std::string>& names, double confidence, const Window& window);

/// Writes people.csv: one row an alternative, change of persons, and key of a dimension.
/// @throws IoError
void write_people(OutputFile& out, const Outcome& outcome);

}  // namespace steppe
