#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

Scenario posting(double rate) {
  test::Textbook book;
  book.persons = 10000;
  book.firms = 1;
  book.staff = 10000.0;
  book.unemployed = 0.0;
  book.months = 12;
  book.model = {{Slot::Vacancies, "desired_staff"}};
  book.parameters = {{"opening_rate", rate}};
  return test::make_scenario(book, builtin_models());
}

}  // namespace

TEST_CASE("vacancies/desired_staff: leavers are replaced at once, a gap by its share",
          "[model][vacancies]") {
  const Scenario scenario = posting(0.1);
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  World& world = simulation.world();
  for (int n = 0; n < 40; ++n) world.separate(world.cells[0].first_staff, Status::Searching);
  simulation.step();
  CHECK(world.open_vacancies() == 40);

  world.want(CellId{0u}, world.cells[0].target + 1000);
  simulation.step();
  // A tenth of the gap of 1,000, rounded by chance.
  CHECK(world.open_vacancies() >= 140);
  CHECK(world.open_vacancies() <= 141);
}

TEST_CASE("vacancies/desired_staff: layoffs are not replaced", "[model][vacancies]") {
  const Scenario scenario = posting(0.0);
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  World& world = simulation.world();
  for (int n = 0; n < 40; ++n) {
    world.separate(world.cells[0].first_staff, Status::Searching, Flow::Layoff);
  }
  simulation.step();
  CHECK(world.open_vacancies() == 0);
}

TEST_CASE("vacancies/desired_staff: what is no longer wanted is withdrawn", "[model][vacancies]") {
  const Scenario scenario = posting(1.0);
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  World& world = simulation.world();
  world.want(CellId{0u}, world.cells[0].target + 50);
  simulation.step();
  REQUIRE(world.open_vacancies() == 50);
  world.want(CellId{0u}, world.cells[0].target - 30);
  simulation.step();
  CHECK(world.open_vacancies() == 20);
  CHECK(world.ledger.total(Flow::VacancyWithdrawn) == 0);  // cleared with the month
}
