#pragma once

#include <functional>
#include <initializer_list>

#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_foreign_hiring_permit_queue(Registry&);

namespace test {

/// One firm with 200 nationals that wants more staff than it will ever find, one origin, and costs
/// that speak for going abroad at once and without delay.
struct OneFirm {
  explicit OneFirm(int steps, StepLength length = StepLength::Month,
                   std::initializer_list<const char*> origins = {"near"},
                   const std::function<void(SmallWorld&)>& prepare = {})
      : small(steps, length) {
    SmallWorld::set_members(small.scenario.dimensions.origins, origins);
    small.base.origin_share.assign(origins.size() + 1, 1.0);
    if (prepare) prepare(small);
    small.build();
    small.use(&register_foreign_hiring_permit_queue);
    small.set("foreign_recruitment", 1e9);
    small.set("cost_scale", 0.0);
    small.set("foreign_wage_growth", 0.0);
    small.set("permit_delay", 0.0);
    small.set("foreign_return_rate", 0.0);
    small.set("irregular_willingness", 0.0);
    firm = add_firm(200);
  }

  FirmId add_firm(int nationals, std::size_t sector = 0, std::size_t region = 0) {
    World& world = small.world;
    const FirmId id = world.add_firm(SectorId{sector}, RegionId{region});
    world.want(cell_of(id), 1000000);
    for (int n = 0; n < nationals; ++n) {
      const Person person = SmallWorld::national(Status::Searching, 30);
      world.place_in_job(world.add_person(0, person), cell_of(id));
    }
    return id;
  }
  CellId cell_of(FirmId id) { return CellId{small.world.firms[id.at()].first_cell}; }
  VacancyId open(FirmId id) { return small.world.open_vacancy(cell_of(id)); }

  /// Runs a step; permits must add up with what happened.
  void step() {
    Ledger& ledger = small.world.ledger;
    const std::int64_t before = ledger.permits();
    ledger.clear_flows();
    small.step();
    CHECK(ledger.permits() - before ==
          ledger.total(Flow::PermitIssued) - ledger.total(Flow::PermitExpired));
    CHECK(ledger.permits() + ledger.irregular() == ledger.foreigners());
  }

  SmallWorld small;
  FirmId firm;
};

}  // namespace test
}  // namespace steppe
