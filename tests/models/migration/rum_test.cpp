#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "models/choice.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_migration_rum(Registry&);

namespace {

using test::SmallWorld;

// Comparisons within 4 standard errors fail by chance once in 16,000 each.
double four_errors(double n, double p) { return 4.0 * std::sqrt(n * p * (1.0 - p)) + 0.5; }

double abroad(const SmallWorld& small, std::size_t destination = 0) {
  return static_cast<double>(small.world.ledger.abroad(DestinationId{destination}));
}

/// Two destinations and two kinds of people; everything off that a test does not turn on. At home
/// the wage is 800 and 3 in 4 are at work, all of an age at which nobody leaves.
struct Country {
  explicit Country(int steps) : small(steps) {
    Dimensions& d = small.scenario.dimensions;
    SmallWorld::set_members(d.destinations, {"near", "far"});
    SmallWorld::set_members(d.education, {"some", "tertiary"});
    small.base.wage = {800.0};
    small.build();
    small.use(&register_migration_rum);
    small.set("destinations_anchored", 0.0);
    small.set("emigration_attention", 0.0);
    small.set("return_rate", 0.0);
    small.set("remittance_share", 0.0);
    small.set("home_wage_reference", 800.0);
    const FirmId firm = small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    const CellId cell{small.world.firms[firm.at()].first_cell};
    small.world.want(cell, 1000);
    for (int n = 0; n < 400; ++n) {
      const PersonId id = small.add(Status::Searching, 70);
      if (n < 300) small.world.place_in_job(id, cell);
    }
  }
  void add(int count, std::size_t education, int age = 30) {
    for (int n = 0; n < count; ++n) {
      Person person = SmallWorld::national(Status::Inactive, age);
      person.education = EducationId{education};
      small.world.add_person(0, person);
    }
  }
  void add_abroad(int count, std::size_t destination, int age = 30) {
    for (int n = 0; n < count; ++n) {
      Person person = SmallWorld::national(Status::Abroad, age);
      person.destination = DestinationId{destination};
      small.world.add_person(0, person);
    }
  }
  SmallWorld small;
};

}  // namespace

TEST_CASE("migration/rum: flows are those of gravity with effects of who leaves", "[model]") {
  std::mt19937_64 generator(1);
  const auto any = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(generator);
  };
  for (int n = 0; n < 4; ++n) {
    Country country(1);
    SmallWorld& small = country.small;
    const double attention = any(0.1, 0.6), income = any(0.2, 1.5), work = any(0.0, 3.0);
    const double by_distance = any(0.2, 1.0);
    small.set("emigration_attention", attention);
    small.set("emigration_income", income);
    small.set("emigration_employment", work);
    small.set("emigration_distance", by_distance);
    const std::vector<double> factor = {any(0.3, 1.0), any(1.0, 1.5)};
    small.set("emigration_education.some", factor[0]);
    small.set("emigration_education.tertiary", factor[1]);
    std::vector<double> v = {0.0};
    for (const std::string key : {".near", ".far"}) {
      const double wage = any(500.0, 2500.0), u = any(0.0, 0.3), distance = any(0.5, 5.0);
      const double visa = any(-1.0, 2.0), constant = any(-1.0, 1.0);
      small.set("destination_wage" + key, wage);
      small.set("destination_unemployment" + key, u);
      small.set("destination_distance" + key, distance);
      small.set("destination_visa" + key, visa);
      small.set("destination_constant" + key, constant);
      v.push_back(income * std::log(wage / 800.0) + work * std::log((1.0 - u) / 0.75) -
                  by_distance * std::log(distance) - visa + constant);
    }
    const std::vector<int> heads = {30000, 20000};
    for (std::size_t e = 0; e < 2; ++e) country.add(heads[e], e);
    small.start(static_cast<std::uint64_t>(n));
    const std::int64_t all = small.world.ledger.persons();
    small.run(1);
    small.world.verify();
    CHECK(small.world.ledger.persons() == all);
    const auto shares = logit_shares(v);
    std::vector<std::vector<double>> flow(2, std::vector<double>(2));
    for (std::uint32_t i = 0; i < small.world.persons.size(0); ++i) {
      const Person& person = small.world.persons[make_person_id(0, i)];
      if (person.status == Status::Abroad) {
        flow[person.education.at()][person.destination.at()] += 1.0;
      }
    }
    for (std::size_t e = 0; e < 2; ++e) {
      for (std::size_t d = 0; d < 2; ++d) {
        const double p = -std::expm1(-attention * factor[e]) * shares[d + 1];
        CHECK_THAT(flow[e][d], WithinAbs(heads[e] * p, four_errors(heads[e], p)));
      }
    }
    // Whoever leaves, destinations divide them alike.
    const double odds = flow[0][0] / flow[0][1] / (flow[1][0] / flow[1][1]);
    double error = 0.0;
    for (const auto& row : flow) error += 1.0 / row[0] + 1.0 / row[1];
    CHECK_THAT(std::log(odds), WithinAbs(0.0, 4.0 * std::sqrt(error)));
  }
}

TEST_CASE("migration/rum: a constant hazard of return leaves the shares of its formula",
          "[model]") {
  const auto [gone, monthly] = GENERATE(std::pair{0.20, 0.00371215}, std::pair{0.50, 0.01148598});
  Country country(60);
  country.small.set("return_rate", -std::log1p(-monthly));
  constexpr int kAbroad = 20000;
  country.add_abroad(kAbroad, 0, 20);
  country.small.start(2);
  country.small.run(60);
  CHECK_THAT(kAbroad - abroad(country.small),
             WithinAbs(kAbroad * gone, four_errors(kAbroad, gone)));
  country.small.world.verify();
  // 26 % and 75 % within five years are 5.844359 % and 24.214172 % a year.
  CHECK_THAT(1.0 - std::pow(1.0 - 0.05844359, 5.0), WithinAbs(0.26, 1e-7));
  CHECK_THAT(1.0 - std::pow(1.0 - 0.24214172, 5.0), WithinAbs(0.75, 1e-7));
}

TEST_CASE("migration/rum: return rises with the chance of work at home", "[model]") {
  std::mt19937_64 generator(3);
  std::uniform_real_distribution<double> chance(0.3, 3.0), power(0.0, 2.0), hazard(0.005, 0.05);
  for (int n = 0; n < 6; ++n) {
    const double f = chance(generator);
    const double kappa = power(generator);
    const double h = hazard(generator);
    Country country(1);
    country.small.set("return_rate", h);
    country.small.set("return_elasticity", kappa);
    country.small.set("return_skill_gain", 0.0);
    constexpr int kAbroad = 30000;
    country.add_abroad(kAbroad, 1);
    country.small.start(static_cast<std::uint64_t>(n));
    country.small.signals.finding_ratio[0] = f;
    country.small.run(1);
    const double p = -std::expm1(-h * std::pow(f, kappa));
    CHECK_THAT(kAbroad - abroad(country.small, 1), WithinAbs(kAbroad * p, four_errors(kAbroad, p)));
  }
}

TEST_CASE("migration/rum: anchored, the start's diasporas hold", "[model]") {
  Country country(48);
  SmallWorld& small = country.small;
  small.set("destinations_anchored", 1.0);
  small.set("diaspora_growth", 0.0);
  small.set("emigration_attention", 0.01);
  small.set("emigration_education", 1.0);
  small.set("return_rate", 0.01);
  small.set("emigration_employment", 0.0);  // who returns here finds no work
  const double start[2] = {3000.0, 900.0};
  country.add(60000, 0, 20);
  for (std::size_t d = 0; d < 2; ++d) country.add_abroad(static_cast<int>(start[d]), d, 20);
  small.start(5);
  small.run(48);
  small.world.verify();
  // About its mean the stock is Poisson or less spread.
  for (std::size_t d = 0; d < 2; ++d) {
    CHECK_THAT(abroad(small, d), WithinAbs(start[d], 4.0 * std::sqrt(start[d])));
  }
}

TEST_CASE("migration/rum: money comes home, and the too young and the old stay", "[model]") {
  Country country(1);
  SmallWorld& small = country.small;
  small.set("emigration_attention", 50.0);
  small.set("destination_constant", 50.0);
  small.set("remittance_share", 0.1);
  small.set("destination_wage", 1500.0);
  small.driver("exchange_rate", {{Date{2000, 1, 1}, 2000.0}});
  country.add(10, 0, 14);
  country.add(20, 0, 30);
  country.add(30, 0, 66);
  small.start(1);
  small.run(1);
  CHECK(abroad(small, 0) + abroad(small, 1) == 20.0);
  CHECK(small.world.ledger.paid(Payment::RemittanceIn) == 20 * 150 * 2000);
}

}  // namespace steppe
