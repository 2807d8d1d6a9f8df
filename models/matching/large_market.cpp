#include "models/matching/large_market.hpp"

#include <spdlog/fmt/fmt.h>

#include "sim/core/error.hpp"

namespace steppe::matching {

void require_for_map(const MeanFieldSetup& setup, std::string_view variant, std::string_view name,
                     double value) {
  const double given = setup.parameter(name);
  if (given == value) return;
  throw ConfigError(
      fmt::format("{}: the mean field of matching: {} is right where {} is {}, and here it is {}: "
                  "set it to {}, or run the scenario with --engine agents",
                  setup.scenario.file, variant, name, value, given, value));
}

}  // namespace steppe::matching
