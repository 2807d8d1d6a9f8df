#include "models/wages/job_value.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/textbook.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_wages_nash(Registry& registry);
}

TEST_CASE("wages/nash: the wage is (1 - b) z + b (p + c theta), by occupation, times prices",
          "[model][wages]") {
  test::SmallWorld small(24);
  test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"tight", "slack"});
  small.base.wage = {1000.0, 400.0};
  small.build();
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const std::uint32_t first = world.firms[firm.at()].first_cell;
  const int vacancies[] = {30, 5}, seekers[] = {10, 20};
  for (std::uint32_t k = 0; k < 2; ++k) {
    world.want(CellId{first + k}, 100);
    for (int n = 0; n < vacancies[k]; ++n) world.open_vacancy(CellId{first + k});
    for (int n = 0; n < seekers[k]; ++n) {
      world.set_occupation(small.add(Status::Searching, 30), OccupationId{std::size_t{k}}, 1.0);
    }
  }
  small.driver("productivity", {{{2000, 1, 1}, 2.0}, {{2000, 12, 31}, 2.0}, {{2001, 1, 1}, 2.2}});
  small.driver("price_index", {{{2000, 1, 1}, 3.0}, {{2000, 12, 31}, 3.0}, {{2001, 1, 1}, 3.3}});
  small.use(register_wages_nash);
  small.set("worker_share", 0.6);
  small.set("productivity", 1.1);
  small.set("posting_cost", 0.05);
  small.set("nonwork_value", 0.3);
  small.start(1);
  small.run(1);
  const auto expected = [](double theta, double p) { return 0.4 * 0.3 + 0.6 * (p + 0.05 * theta); };
  CHECK_THAT(small.signals.wage_index[0], WithinRel(1000.0 * expected(3.0, 1.1), 1e-12));
  CHECK_THAT(small.signals.wage_index[1], WithinRel(400.0 * expected(0.25, 1.1), 1e-12));
  CHECK_THAT(small.signals.bargained_wage(0.7), WithinRel(expected(0.7, 1.1), 1e-12));
  small.run(13);
  CHECK_THAT(small.signals.wage_index[0], WithinRel(1100.0 * expected(3.0, 1.21), 1e-12));
  CHECK_THAT(small.signals.price_index, WithinRel(1.1, 1e-12));
}

TEST_CASE("wages/nash: the mean field pays what agents are paid", "[model][wages]") {
  test::Textbook book;
  book.months = 3;
  book.model = {{Slot::Wages, "nash"}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  MeanFieldSimulation field(scenario, builtin_models());
  Simulation agents(scenario, builtin_models(), synthesise(scenario), {});
  field.step();
  agents.step();
  CHECK_THAT(field.field().wage[0], WithinRel(agents.signals().wage_index[0], 1e-9));
  const double theta = field.field().vacancies[0] / field.field().searching[0];
  CHECK_THAT(field.field().wage[0] / agents.world().base().wage[0],
             WithinRel(0.28 * 0.4071 + 0.72 * (1.0177 + 0.2168 * theta), 1e-9));
}
