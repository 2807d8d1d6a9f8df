#include <cmath>
#include <cstdint>

#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

DriverSeries series(const char* name, double later) {
  DriverSeries out;
  out.name = name;
  out.between = DriverSeries::Between::Step;
  out.points = {{{2000, 1, 1}, 50.0}, {{2000, 7, 1}, later}};
  return out;
}

Scenario country(const Registry& models, int sectors) {
  test::Textbook book;
  book.months = 12;
  book.sectors = sectors;
  book.persons = 40000;
  book.firms = 2000;
  book.model = {{Slot::Drivers, "series"}, {Slot::Demand, "path"}};
  Scenario scenario = test::make_scenario(book, models);
  scenario.drivers["posts_index"] = series("posts_index", 60.0);
  return scenario;
}

/// Posts of a sector's firms [records].
std::int64_t posts(const World& world, std::size_t sector) {
  std::int64_t sum = 0;
  for (const Firm& firm : world.firms) {
    if (firm.sector == SectorId{sector}) sum += firm.posts;
  }
  return sum;
}

}  // namespace

// A firm rounds by its own number, so that 1000 firms miss the sum by about √(1000/12): 4 of these.
TEST_CASE("demand/path: posts of a sector move with its series, or else with that of all",
          "[model][demand]") {
  const Registry& models = builtin_models();
  Scenario scenario = country(models, 2);
  scenario.dimensions.sectors[1].key = "mining";
  scenario.drivers["posts_index.mining"] = series("posts_index.mining", 30.0);
  Simulation simulation(scenario, models, synthesise(scenario), {.check = true});
  const double start[] = {static_cast<double>(posts(simulation.world(), 0)),
                          static_cast<double>(posts(simulation.world(), 1))};
  for (int t = 0; t < 6; ++t) simulation.step();
  const double slack = 4.0 * std::sqrt(2000.0 / 12.0);
  CHECK_THAT(posts(simulation.world(), 0), WithinAbs(start[0], slack));
  CHECK_THAT(posts(simulation.world(), 1), WithinAbs(start[1], slack));
  while (!simulation.done()) simulation.step();
  CHECK_THAT(posts(simulation.world(), 0), WithinAbs(1.2 * start[0], slack));
  CHECK_THAT(posts(simulation.world(), 1), WithinAbs(0.6 * start[1], slack));
  CHECK_THAT(simulation.signals().posts_wanted[0],
             WithinRel(1.2 * simulation.world().base().posts[0], 1e-12));
  for (const Cell& cell : simulation.world().cells) CHECK(cell.target == cell.full);
}

TEST_CASE("demand/path: the mean field's demand moves with the series of all", "[model][demand]") {
  const Scenario scenario = country(builtin_models(), 1);
  MeanFieldSimulation field(scenario, builtin_models());
  const double start = field.field().demand[0];
  field.step();
  CHECK_THAT(field.field().demand[0], WithinRel(start, 1e-12));
  while (!field.done()) field.step();
  CHECK_THAT(field.field().demand[0], WithinRel(1.2 * start, 1e-12));
}
