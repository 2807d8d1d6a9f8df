#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_foreign_hiring_none(Registry&);

TEST_CASE("foreign_hiring/none: nobody comes and nobody goes", "[model]") {
  test::SmallWorld small(60);
  test::SmallWorld::set_members(small.scenario.dimensions.origins, {"neighbour"});
  small.build();
  small.use(&register_foreign_hiring_none);
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const CellId cell{world.firms[firm.at()].first_cell};
  world.want(cell, 100);
  Person person = test::SmallWorld::national(Status::Inactive, 30);
  person.origin = OriginId{std::size_t{1}};
  person.set_permit(Permit::Valid);
  person.contract_end = 5;
  world.place_in_job(world.add_person(0, person), cell);
  world.open_vacancy(cell);
  small.start(1);
  small.run(60);
  CHECK(world.events == 0);
  CHECK(world.ledger.permits() == 1);
  CHECK(world.open_vacancies() == 1);
  world.verify();
}

}  // namespace steppe
