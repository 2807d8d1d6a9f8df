#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/core/error.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::bench {

/// A scenario of the checkout, with values changed as by --set.
[[nodiscard]] inline Scenario read(
    const std::string& path_in_checkout,
    const std::vector<std::pair<std::string, std::string>>& overrides = {}) {
  ReadOptions options;
  options.overrides = overrides;
  auto scenario = read_scenario(std::filesystem::path(STEPPE_SOURCE_DIR) / path_in_checkout,
                                builtin_models().catalogue(), options);
  if (!scenario) throw ConfigError(to_text(scenario.error()));
  return std::move(scenario).value();
}

[[nodiscard]] inline World population(const Scenario& scenario, double scale = 1.0) {
  SynthesisOptions options;
  options.scale = scale;
  return synthesise(scenario, options);
}

/// What a phase needs to run on a world outside a simulation.
struct Stage {
  Stage(const Scenario& scenario, World& world) : scenario(scenario), world(world) {}
  [[nodiscard]] Step at(int index) {
    draws.set_step(static_cast<std::uint32_t>(index));
    world.step = index;
    const Clock& clock = world.clock();
    return Step{index,
                clock.month(index),
                clock.date(index),
                clock.months_per_step(),
                false,
                false,
                scenario,
                world,
                draws,
                policy,
                drivers,
                signals};
  }
  const Scenario& scenario;
  World& world;
  Draws draws{1, 0};
  Policy policy;
  DriverTable drivers;
  Signals signals;
};

}  // namespace steppe::bench
