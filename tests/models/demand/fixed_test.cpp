#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

TEST_CASE("demand/fixed: firms want the posts they start with", "[model][demand]") {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 100;
  book.months = 24;
  book.occupations = 3;
  book.model = {{Slot::Separations, "age_tenure"}};
  book.parameters = {{"separation_rate", 0.05}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  std::vector<std::uint32_t> full;
  for (const Cell& cell : simulation.world().cells) full.push_back(cell.full);
  simulation.run();
  for (std::size_t c = 0; c < full.size(); ++c) {
    CHECK(simulation.world().cells[c].full == full[c]);
    CHECK(simulation.world().cells[c].target == full[c]);
  }
}
