#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_training_none(Registry&);

TEST_CASE("training/none: nobody learns and nobody forgets", "[model]") {
  test::SmallWorld small(120);
  test::SmallWorld::set_members(small.scenario.dimensions.fields, {"trade"});
  small.base.training_places = {1000.0};
  small.build();
  small.use(&register_training_none);
  const PersonId seeker = small.add(Status::Searching, 25);
  small.start(1);
  small.run(120);
  CHECK(small.world.events == 0);
  CHECK(small.world.skill(small.world.persons[seeker]) == 1.0);
  small.world.verify();
}

}  // namespace steppe
