#include <cmath>

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;

namespace steppe {
void register_demography_participation(Registry& registry);
}

// Eight comparisons at 4 standard deviations of a binomial: false alarm 5e-4.
TEST_CASE("demography/participation: searchers settle where entries balance exits",
          "[model][demography]") {
  constexpr int kPersons = 6000;
  for (const StepLength length : {StepLength::Month, StepLength::Week}) {
    test::SmallWorld small(60, length);
    small.build();
    for (int n = 0; n < kPersons; ++n) small.add(Status::Inactive, 30);
    small.use(register_demography_participation);
    small.set("search_entry_rate", 0.2);
    small.set("searching_exit_rate", 0.3);
    small.start(2);
    const double dt = small.scenario.clock().months_per_step();
    const double in = -std::expm1(-0.2 * dt);
    const double out = -std::expm1(-0.3 * dt);
    double share = 0.0;
    for (int t = 1; t <= 60; ++t) {
      small.run(1);
      // Who stops in a step does not begin again in it.
      share = share * (1.0 - out) + (1.0 - share) * in;
      if (t % 15 != 0) continue;
      CHECK_THAT(static_cast<double>(small.world.ledger.nationals(Status::Searching)),
                 WithinAbs(kPersons * share, 4.0 * std::sqrt(kPersons * share * (1.0 - share))));
    }
    CHECK_THAT(share, WithinRel(in / (in + out), 1e-3));
    small.world.verify();
  }
}

TEST_CASE("demography/participation: the available begin to search, the employed stay",
          "[model][demography]") {
  test::SmallWorld small(40);
  small.build();
  World& world = small.world;
  world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const PersonId works = small.add(Status::Searching, 30);
  world.place_in_job(works, CellId{std::size_t{0}});
  const PersonId available = small.add(Status::Discouraged, 40);
  small.use(register_demography_participation);
  small.set("search_entry_rate", 1.0);
  small.set("searching_exit_rate", 0.0);
  small.start(1);
  small.run(40);
  CHECK(world.persons[works].status == Status::Employed);
  CHECK(world.persons[available].status == Status::Searching);
}
