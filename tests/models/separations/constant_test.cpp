#include <cmath>

#include "sim/core/error.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_separations_constant(Registry& registry);
}

namespace {

constexpr double kRate = 0.03;

}  // namespace

// Binomial counts at 4 standard deviations, 6 comparisons: false alarm 4e-4.
TEST_CASE("separations/constant: jobs survive as exp(-st), by sector, whoever holds them",
          "[model][separations]") {
  constexpr int kStaff = 4000;
  for (const StepLength length : {StepLength::Month, StepLength::Week}) {
    const int steps = length == StepLength::Month ? 6 : 26;
    test::SmallWorld small(steps, length);
    test::SmallWorld::set_members(small.scenario.dimensions.sectors, {"first", "second"});
    small.build();
    for (std::size_t s = 0; s < 2; ++s) {
      const FirmId firm = small.world.add_firm(SectorId{s}, RegionId{std::size_t{0}});
      const CellId cell{small.world.firms[firm.at()].first_cell};
      for (int n = 0; n < kStaff; ++n) {
        small.world.place_in_job(small.add(Status::Searching, n % 2 == 0 ? 20 : 50), cell);
      }
    }
    small.use(register_separations_constant);
    small.set("separation_rate.first", kRate);
    small.set("separation_rate.second", 2.0 * kRate);
    small.set("staying_share", 0.75);
    small.start(4);
    small.run(steps);
    const double months = steps * small.world.clock().months_per_step();
    double lost = 0.0;
    for (std::size_t s = 0; s < 2; ++s) {
      const double stay = std::exp(-kRate * static_cast<double>(s + 1) * months);
      const auto staff =
          static_cast<double>(small.world.staff_of(SectorId{s}, RegionId{std::size_t{0}}, 0));
      CHECK_THAT(staff, WithinAbs(kStaff * stay, 4.0 * std::sqrt(kStaff * stay * (1.0 - stay))));
      lost += kStaff - staff;
    }
    const auto searching = static_cast<double>(small.world.ledger.nationals(Status::Searching));
    CHECK(searching + static_cast<double>(small.world.ledger.nationals(Status::Inactive)) == lost);
    CHECK_THAT(searching, WithinAbs(0.75 * lost, 4.0 * std::sqrt(lost * 0.75 * 0.25)));
    small.world.verify();
  }
}

TEST_CASE("separations/constant: foreigners leave when their jobs end", "[model][separations]") {
  test::SmallWorld small(1);
  test::SmallWorld::set_members(small.scenario.dimensions.origins, {"abroad"});
  small.build();
  const FirmId firm = small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  Person person = test::SmallWorld::national(Status::Searching, 30);
  person.origin = OriginId{std::size_t{1}};
  for (int n = 0; n < 50; ++n) {
    small.world.place_in_job(small.world.add_person(static_cast<int>(Range::Arrivals), person),
                             CellId{small.world.firms[firm.at()].first_cell});
  }
  small.use(register_separations_constant);
  small.set("separation_rate", 2.0);
  small.start(1);
  small.run(1);
  CHECK(small.world.ledger.foreigners() < 20);
  CHECK(small.world.ledger.nationals(Status::Searching) == 0);
}

TEST_CASE("separations/constant: the mean field loses 1 - exp(-s dt) a step",
          "[model][separations]") {
  test::Textbook book;
  book.months = 24;
  book.model = {{Slot::Separations, "constant"}};
  book.parameters = {{"separation_rate", kRate}};
  Scenario scenario = test::make_scenario(book, builtin_models());
  MeanFieldSimulation field(scenario, builtin_models());
  const double start = field.field().employed[0];
  while (!field.done()) field.step();
  CHECK_THAT(field.field().employed[0], WithinRel(start * std::exp(-24.0 * kRate), 1e-12));
  scenario.parameters.at("staying_share").values = {0.9};
  CHECK_THROWS_AS(MeanFieldSimulation(scenario, builtin_models()), ConfigError);
}
