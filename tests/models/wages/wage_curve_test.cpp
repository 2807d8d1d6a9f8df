#include <cmath>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

/// The wage index, relative to the start, long after unemployment moved from u0 to u1.
double settled_wage(double elasticity, double u0, double u1) {
  test::Textbook book;
  book.persons = 200000;
  book.firms = 100;
  book.staff = 2000;
  book.unemployed = u0;
  book.months = 400;
  book.model = {{Slot::Wages, "wage_curve"}};
  book.parameters = {{"wage_curve_elasticity", elasticity}, {"wage_speed", 0.2}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  for (int t = 0; t < 12; ++t) simulation.step();
  World& world = simulation.world();
  const auto wanted = static_cast<std::int64_t>(std::llround(u1 * 200000.0));
  // Move people by hand from one status to the other, through the world's own operations.
  for (const Cell& cell : world.cells) {
    while (!cell.first_staff.is_none() && world.ledger.nationals(Status::Searching) < wanted) {
      world.separate(cell.first_staff, Status::Searching);
    }
  }
  while (!simulation.done()) simulation.step();
  return simulation.signals().wage_index[0] / simulation.world().base().wage[0];
}

}  // namespace

// Deterministic; the tolerance covers the half person in the rate and the counts' rounding.
TEST_CASE("wages/wage_curve: doubled unemployment lowers the wage by the curve's elasticity",
          "[model][wages]") {
  CHECK_THAT(settled_wage(-0.1, 0.05, 0.10), WithinAbs(1.0 - 0.06696701, 2e-5));
  CHECK_THAT(settled_wage(-0.07, 0.05, 0.10), WithinAbs(1.0 - 0.04736200, 2e-5));
  CHECK_THAT(settled_wage(-0.1, 0.06, 0.08), WithinAbs(1.0 - 0.02835834, 2e-5));
}
