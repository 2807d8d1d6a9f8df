#pragma once

#include <vector>

#include "sim/population/synthesise.hpp"

namespace steppe {

/// The world of `population.textbook`: equal firms, persons who differ in nothing but what the
/// dimensions ask for. One member stands in for every dimension the scenario leaves empty.
/// @throws ConfigError when there are fewer posts than persons who should hold one
[[nodiscard]] World textbook_world(const Scenario& scenario, const SynthesisOptions& options);

/// What that world has by occupation before persons are rounded to whole ones.
struct OccupationStart {
  std::vector<double> employed;   ///< [person]
  std::vector<double> searching;  ///< [person]
  std::vector<double> vacancies;  ///< [post]
};
/// @throws ConfigError as textbook_world()
[[nodiscard]] OccupationStart textbook_start(const Scenario& scenario);

}  // namespace steppe
