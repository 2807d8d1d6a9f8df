#include <cmath>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_wages_wage_curve(Registry& registry);
}

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

TEST_CASE("wages/wage_curve: no index lies below the minimum wage", "[model][wages]") {
  test::SmallWorld small(3);
  small.build();
  small.use(register_wages_wage_curve);
  small.lever("minimum_wage", 900.0);
  small.lever("minimum_wage", 1300.0, {}, {2000, 3, 1});
  small.start(1);
  small.run(2);
  CHECK_THAT(small.signals.wage_index[0], WithinRel(1000.0, 1e-12));
  small.run(1);
  CHECK(small.signals.wage_index[0] == 1300.0);
}

TEST_CASE("wages/wage_curve: more foreigners lower their wage relative to nationals' by 1/sigma",
          "[model][wages][foreign_hiring]") {
  test::SmallWorld small(4);
  test::SmallWorld::set_members(small.scenario.dimensions.origins, {"abroad"});
  small.build();
  const FirmId firm = small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const CellId cell{small.world.firms[firm.at()].first_cell};
  const auto add = [&](OriginId origin, int count) {
    for (int n = 0; n < count; ++n) {
      Person person = test::SmallWorld::national(Status::Searching, 30);
      person.origin = origin;
      small.world.place_in_job(
          small.world.add_person(origin == kNational ? 0 : static_cast<int>(Range::Arrivals),
                                 person),
          cell);
    }
  };
  add(kNational, 200);
  add(OriginId{std::size_t{1}}, 10);
  small.use(register_wages_wage_curve);
  small.set("native_foreign_substitution", 8.0);
  small.set("foreign_wage_ratio", 1.5);
  small.start(1);
  small.run(1);
  CHECK_THAT(small.signals.foreign_wage_ratio[0], WithinRel(1.5, 1e-12));
  add(OriginId{std::size_t{1}}, 30);
  small.run(1);
  CHECK_THAT(small.signals.foreign_wage_ratio[0],
             WithinRel(1.5 * std::exp(-std::log(4.0) / 8.0), 1e-12));
}
