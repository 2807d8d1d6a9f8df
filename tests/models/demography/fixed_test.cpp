#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_demography_fixed(Registry&);

TEST_CASE("demography/fixed: nobody changes", "[model]") {
  test::SmallWorld small(240);
  small.base.fertility.assign(111, 0.1);
  small.base.mortality.assign(222, 0.1);
  small.build();
  small.use(&register_demography_fixed);
  for (const Status status : {Status::Child, Status::Inactive, Status::Searching,
                              Status::Discouraged, Status::Herding, Status::Abroad}) {
    Person person = test::SmallWorld::national(status, 10 * static_cast<int>(status));
    if (status == Status::Abroad) continue;
    small.world.add_person(0, person);
  }
  small.start(1);
  small.run(240);
  CHECK(small.world.events == 0);
  CHECK(small.world.ledger.persons() == 5);
  small.world.verify();
}

}  // namespace steppe
