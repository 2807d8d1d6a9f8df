#include "sim/population/synthesise.hpp"

#include <spdlog/fmt/fmt.h>

#include "sim/core/error.hpp"
#include "sim/population/textbook.hpp"

namespace steppe {
namespace {

/// Opens the posts that nobody holds. They stand open since the step before the first, so that the
/// first search sees them.
void open_vacant_posts(World& world) {
  world.step = -1;
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    for (std::uint32_t n = world.cells[c].staff(); n < world.cells[c].target; ++n) {
      world.open_vacancy(CellId{c});
    }
  }
  world.step = 0;
  // What it took to build the country is no flow of the first step.
  world.ledger.clear_flows();
}

}  // namespace

World synthesise(const Scenario& scenario, const SynthesisOptions& options) {
  if (!(options.scale >= 1.0)) {
    throw ConfigError(
        fmt::format("the scale is {} persons a record; it must be at least 1", options.scale));
  }
  World world = textbook_world(scenario, options);
  open_vacant_posts(world);
  return world;
}

std::vector<std::string> synthesis_assumptions(const Scenario&) { return {}; }

}  // namespace steppe
