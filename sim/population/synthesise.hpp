#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// The start population's random numbers stand in a realization of their own, so that all
/// realizations of a seed begin with the same persons and firms.
inline constexpr std::uint32_t kSynthesisRealization = 0xffffffffu;

struct SynthesisOptions {
  double scale = 1.0;      ///< persons a record stands for, at least 1
  std::uint64_t seed = 1;  ///< other seeds give other persons and firms, with the same margins
};

/// Makes the country before the first step: persons, firms, staff, open vacancies and dated events.
///
/// Margins of the scenario's tables are met in whole records (docs/formats/population.md says
/// how the tables become targets). The same scenario, scale and seed give the same world, bit by
/// bit.
///
/// @throws DataError for a table that is missing, malformed or contradicts another (file and line)
/// @throws ConfigError for settings out of range or a scale that leaves nobody
[[nodiscard]] World synthesise(const Scenario& scenario, const SynthesisOptions& options = {});

/// What the synthesis of this scenario supposes where the record says nothing: one sentence each,
/// for reports.
[[nodiscard]] std::vector<std::string> synthesis_assumptions(const Scenario& scenario);

}  // namespace steppe
