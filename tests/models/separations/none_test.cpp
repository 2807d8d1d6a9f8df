#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

TEST_CASE("separations/none: who works goes on working, whatever firms want",
          "[model][separations]") {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 100;
  book.months = 24;
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  const auto employed = simulation.world().ledger.nationals(Status::Employed);
  CHECK(employed > 0);
  simulation.run();
  CHECK(simulation.world().ledger.nationals(Status::Employed) == employed);
  CHECK(simulation.world().events == 0);
}
