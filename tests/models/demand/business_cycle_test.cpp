#include "sim/meanfield/mean_field_simulation.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;
using Catch::Matchers::WithinRel;

TEST_CASE("demand/business_cycle: a wave from its start on", "[model][demand]") {
  test::Textbook book;
  book.persons = 1000;
  book.firms = 1;
  book.staff = 1000;
  book.unemployed = 0.0;
  book.months = 60;
  book.model = {{Slot::Demand, "business_cycle"}, {Slot::Vacancies, "demand_gap"}};
  book.parameters = {{"cycle_start", 20.0},
                     {"cycle_amplitude", 0.1},
                     {"cycle_months", 40.0},
                     {"natural_opening", 0.0},
                     {"gap_response", 0.0}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  MeanFieldSimulation simulation(scenario, builtin_models());
  for (int t = 1; t <= 60; ++t) {
    simulation.step();
    const double d = simulation.field().demand[0];
    INFO("month " << t);
    if (t < 20) CHECK(d == 1000.0);
    // The phase counts from t₀ before the start: a quarter of the wave is over at t + t₀ = 50.
    if (t == 30) CHECK_THAT(d, WithinRel(900.0, 1e-12));
    if (t == 40) CHECK_THAT(d, WithinRel(1000.0, 1e-12));
    if (t == 50) CHECK_THAT(d, WithinRel(1100.0, 1e-12));
  }
}
