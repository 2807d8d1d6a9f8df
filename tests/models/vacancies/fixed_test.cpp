#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

TEST_CASE("vacancies/fixed: staff plus vacancies stay at the posts", "[model][vacancies]") {
  test::Textbook book;
  book.months = 24;
  book.model = {{Slot::Separations, "age_tenure"}};
  book.parameters = {{"separation_rate", 0.05}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  simulation.run();
  for (const Cell& cell : simulation.world().cells)
    CHECK(cell.staff() + cell.vacancies == cell.full);
  CHECK(simulation.world().open_vacancies() > 0);
}
