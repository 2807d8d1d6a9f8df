#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_vacancies_arrivals(Registry& registry);
}

namespace {

/// Two firms that want one and three posts in the first of two occupations, none in the second.
struct Country {
  Country(int steps, StepLength length) : small(steps, length) {
    test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"one", "two"});
    small.build();
    for (int firm = 0; firm < 2; ++firm) {
      small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    }
    small.world.want(CellId{std::size_t{0}}, 1);
    small.world.want(CellId{std::size_t{2}}, 3);
    small.use(register_vacancies_arrivals);
  }
  test::SmallWorld small;
};

}  // namespace

// Three comparisons at 4 standard deviations: false alarm 2e-4.
TEST_CASE("vacancies/arrivals: vacancies are Poisson, and go to firms by the posts they want",
          "[model][vacancies]") {
  for (const StepLength length : {StepLength::Month, StepLength::Week}) {
    constexpr int kSteps = 200;
    Country country(kSteps, length);
    test::SmallWorld& small = country.small;
    small.set("vacancy_arrival_rate", 15.0);
    small.set("vacancy_withdrawal_rate", 0.0);
    small.start(4);
    small.run(kSteps);
    small.world.verify();
    const double mean = 15.0 * kSteps * small.scenario.clock().months_per_step();
    const double first = small.world.cells[0].vacancies;
    const double second = small.world.cells[2].vacancies;
    CHECK_THAT(first + second, WithinAbs(mean, 4.0 * std::sqrt(mean)));
    CHECK_THAT(first / (first + second),
               WithinAbs(0.25, 4.0 * std::sqrt(0.25 * 0.75 / (first + second))));
    // Nobody wants anybody there.
    CHECK(small.world.cells[1].vacancies + small.world.cells[3].vacancies == 0);
  }
}

// Two comparisons at 4 standard deviations: false alarm 1e-4.
TEST_CASE("vacancies/arrivals: the stock settles at arrivals over withdrawals",
          "[model][vacancies]") {
  Country country(60, StepLength::Month);
  test::SmallWorld& small = country.small;
  small.set("vacancy_arrival_rate", 200.0);
  small.set("vacancy_withdrawal_rate", 0.25);
  small.start(9);
  small.run(60);
  // Every arrival stays through its first step; then 1 − e^(−d) go in each: a Poisson stock.
  const double stock = 200.0 / -std::expm1(-0.25);
  CHECK_THAT(static_cast<double>(small.world.open_vacancies()),
             WithinAbs(stock, 4.0 * std::sqrt(stock)));
  CHECK_THAT(static_cast<double>(small.world.ledger.total(Flow::VacancyWithdrawn)),
             WithinAbs(200.0, 4.0 * std::sqrt(200.0)));
}

TEST_CASE("vacancies/arrivals: the map is the closed form", "[model][vacancies]") {
  test::Textbook world;
  world.model = {{Slot::Vacancies, "arrivals"}};
  world.parameters = {{"vacancy_arrival_rate", 30.0}, {"vacancy_withdrawal_rate", 0.1}};
  const Scenario scenario = test::make_scenario(world, builtin_models());
  DriverTable drivers;
  MeanField field;
  field.employed = Eigen::ArrayXd::Constant(1, 100.0);
  field.vacancies = Eigen::ArrayXd::Constant(1, 7.0);
  MeanFieldSetup setup(scenario, drivers, field,
                       *builtin_models().catalogue().find(Slot::Vacancies, "arrivals"));
  const auto map = builtin_models().map_maker(Slot::Vacancies, "arrivals")(setup);
  const double keeps = std::exp(-0.1);
  const double stock = 30.0 / (1.0 - keeps);
  for (int t = 1; t <= 600; ++t) {
    MeanFieldStep step{t, Month(2000, 1), 1.0, false, drivers, field};
    map->run(step);
    field.vacancies += field.openings - field.withdrawals;
    CHECK_THAT(field.vacancies[0], WithinRel(stock + (7.0 - stock) * std::pow(keeps, t), 1e-9));
  }
}

TEST_CASE("vacancies/arrivals: leavers are not replaced", "[model][vacancies]") {
  Country country(3, StepLength::Month);
  test::SmallWorld& small = country.small;
  World& world = small.world;
  const PersonId id = small.add(Status::Searching, 30);
  world.place_in_job(id, CellId{std::size_t{2}});
  small.set("vacancy_arrival_rate", 0.0);
  small.start(1);
  world.separate(id, Status::Searching);
  small.run(2);
  CHECK(world.open_vacancies() == 0);
  CHECK(world.cells[2].lost == 0);
}
