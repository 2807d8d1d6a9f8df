#include "models/wages/offers.hpp"
#include "sim/core/error.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_wages_posting(Registry& registry);
}

namespace {

test::SmallWorld& posting(test::SmallWorld& small, double offers) {
  small.build();
  small.use(register_wages_posting);
  small.set("offer_distribution", offers);
  return small;
}

}  // namespace

TEST_CASE("wages/posting: monopsonists post one wage, marked down", "[model][wages]") {
  test::SmallWorld small(24);
  small.driver("productivity", {{{2000, 1, 1}, 1.0}, {{2000, 12, 31}, 1.0}, {{2001, 1, 1}, 1.5}});
  posting(small, 0.0);
  small.set("supply_elasticity", 3.0);
  small.set("productivity", 1.2);
  small.start(1);
  small.run(1);
  CHECK_THAT(small.signals.wage_index[0], WithinRel(1000.0 * 1.2 * 0.75, 1e-12));
  CHECK(small.signals.offered_wage(0.3) == 1.0);
  small.run(13);
  CHECK_THAT(small.signals.wage_index[0], WithinRel(1000.0 * 1.8 * 0.75, 1e-12));
}

TEST_CASE("wages/posting: offers have the quantiles of the equilibrium, or uniform ones",
          "[model][wages]") {
  test::SmallWorld equilibrium(24);
  equilibrium.driver("productivity",
                     {{{2000, 1, 1}, 1.0}, {{2000, 12, 31}, 1.0}, {{2001, 1, 1}, 1.5}});
  posting(equilibrium, 1.0);
  equilibrium.set("productivity", 1.0);
  equilibrium.set("nonwork_value", 0.4);
  equilibrium.set("ladder_ratio", 5.0);
  equilibrium.set("ladder_ratio_unemployed", 5.0);
  equilibrium.start(1);
  equilibrium.run(1);
  CHECK(equilibrium.signals.wage_index[0] == 1000.0);
  CHECK_THAT(equilibrium.signals.offered_wage(1.0), WithinRel(.98333333, 1e-7));
  CHECK_THAT(equilibrium.signals.offered_wage(0.5), WithinRel(.79583333, 1e-7));
  equilibrium.run(13);
  CHECK_THAT(equilibrium.signals.offered_wage(1.0), WithinRel(1.5 - 1.1 / 36.0, 1e-12));

  test::SmallWorld uniform(1);
  posting(uniform, 2.0);
  uniform.set("lowest_offer", 0.25);
  uniform.set("highest_offer", 0.75);
  uniform.start(1);
  uniform.run(1);
  CHECK_THAT(uniform.signals.offered_wage(0.5), WithinRel(0.5, 1e-12));
  CHECK_THAT(uniform.signals.offered_wage(0.1), WithinRel(0.3, 1e-12));
}

TEST_CASE("wages/posting: the mean field pays the monopsony wage and refuses offers that differ",
          "[model][wages]") {
  const auto wage = [](double offers) {
    test::Textbook book;
    book.months = 2;
    book.model = {{Slot::Wages, "posting"}};
    book.parameters = {{"offer_distribution", offers},  {"supply_elasticity", 3.0},
                       {"productivity", 1.0},           {"nonwork_value", 0.4},
                       {"lowest_offer", 0.0},           {"highest_offer", 1.0},
                       {"ladder_ratio_unemployed", 5.0}};
    const Scenario scenario = test::make_scenario(book, builtin_models());
    MeanFieldSimulation field(scenario, builtin_models());
    const double start = field.field().wage[0];
    field.step();
    return field.field().wage[0] / start;
  };
  CHECK_THAT(wage(0.0), WithinRel(0.75, 1e-12));
  CHECK_THROWS_AS(wage(1.0), ConfigError);
  CHECK_THROWS_AS(wage(2.0), ConfigError);
}
