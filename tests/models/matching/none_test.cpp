#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

TEST_CASE("matching/none: seekers stay seekers and vacancies stay open", "[model][matching]") {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 100;
  book.months = 24;
  book.unemployed = 0.1;
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  const auto seekers = simulation.world().searching().size();
  const auto vacancies = simulation.world().open_vacancies();
  CHECK(seekers > 0);
  simulation.run();
  CHECK(simulation.world().searching().size() == seekers);
  CHECK(simulation.world().open_vacancies() == vacancies);
  CHECK(simulation.world().events == 0);
}
