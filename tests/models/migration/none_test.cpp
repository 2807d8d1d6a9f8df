#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_migration_none(Registry&);

TEST_CASE("migration/none: everybody stays", "[model]") {
  test::SmallWorld small(120);
  test::SmallWorld::set_members(small.scenario.dimensions.regions, {"here", "there"});
  test::SmallWorld::set_members(small.scenario.dimensions.destinations, {"abroad"});
  small.build();
  small.use(&register_migration_none);
  for (int n = 0; n < 50; ++n) small.add(Status::Searching, 25);
  Person person = test::SmallWorld::national(Status::Abroad, 30);
  person.destination = DestinationId{std::size_t{0}};
  small.world.add_person(0, person);
  small.start(1);
  small.run(120);
  CHECK(small.world.events == 0);
  CHECK(small.world.ledger.abroad(DestinationId{std::size_t{0}}) == 1);
  CHECK(small.world.ledger.paid(Payment::RemittanceIn) == 0);
  small.world.verify();
}

}  // namespace steppe
