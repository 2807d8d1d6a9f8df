#include "sim/api/candidates.hpp"

#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

constexpr Purpose kTest{"tests/candidates"};

/// A world of searching persons and a Step over it.
struct Stage {
  explicit Stage(std::int64_t persons) {
    test::Textbook book;
    book.persons = persons;
    book.firms = 1;
    book.staff = 1;
    book.unemployed = 1.0;
    book.months = 400;
    scenario = test::make_scenario(book, builtin_models());
    world = synthesise(scenario);
  }
  Step at(int index) {
    draws.set_step(static_cast<std::uint32_t>(index));
    return Step{index, {}, {}, 1.0, false, sweep, scenario, world, draws, policy, drivers, signals};
  }
  bool sweep = false;
  Scenario scenario;
  World world;
  Draws draws{3, 0};
  Policy policy;
  DriverTable drivers;
  Signals signals;
};

}  // namespace

// 3 rates × 2 comparisons at 4 standard errors: false alarm 4e-4.
TEST_CASE("api/candidates: every address is a candidate with probability 1 - exp(-h)", "[unit]") {
  Stage stage(50000);
  for (const double rate : {0.001, 0.02, 0.5}) {
    INFO("rate " << rate);
    const double p = 1.0 - std::exp(-rate);
    double count = 0.0, below = 0.0;
    const int steps = 40;
    for (int t = 0; t < steps; ++t) {
      Step step = stage.at(t);
      for_candidates(step, kTest, rate, [&](PersonId, double u) {
        ++count;
        below += u < 0.3 * p;
      });
    }
    const double n = 50000.0 * steps;
    CHECK_THAT(count, WithinAbs(n * p, 4.0 * std::sqrt(n * p * (1 - p))));
    CHECK_THAT(below, WithinAbs(n * 0.3 * p, 4.0 * std::sqrt(n * 0.3 * p)));
  }
}

// One comparison at 4 standard errors: false alarm 6e-5.
TEST_CASE("api/candidates: further layers reach hazards above the bound exactly", "[unit]") {
  Stage stage(20000);
  const double bound = 0.05;
  const double rate = 0.31;
  const double p = 1.0 - std::exp(-rate);
  double events = 0.0;
  const int steps = 60;
  for (int t = 0; t < steps; ++t) {
    Step step = stage.at(t);
    std::set<std::uint32_t> hit;
    for_candidates(step, kTest, Bound(bound, rate), [&](PersonId id, double u) {
      if (u < p) hit.insert(id.value());
    });
    events += static_cast<double>(hit.size());
  }
  const double n = 20000.0 * steps;
  CHECK_THAT(events, WithinAbs(n * p, 4.0 * std::sqrt(n * p * (1 - p))));
}

// One comparison at 4 standard errors: false alarm 6e-5.
TEST_CASE("api/candidates: a sweep meets everybody once, with numbers up to one", "[unit]") {
  Stage stage(10000);
  stage.sweep = true;
  Step step = stage.at(4);
  std::vector<int> met(10000);
  double below = 0.0;
  for_candidates(step, kTest, 0.01, [&](PersonId id, double u) {
    ++met[number_of(id)];
    below += u < 0.25;
  });
  CHECK(met == std::vector<int>(10000, 1));
  CHECK_THAT(below, WithinAbs(2500.0, 4.0 * std::sqrt(10000 * 0.25 * 0.75)));
}

// Two comparisons at 4 standard errors: false alarm 1e-4.
TEST_CASE("api/candidates: bounds may differ from stretch to stretch", "[unit]") {
  Stage stage(100);
  stage.world = World(Base{}, Clock{});
  // Stretches of three ages by turns, two of them alike in a row.
  constexpr std::array<double, 3> kRates = {0.003, 0.0, 0.4};
  constexpr std::array<std::size_t, 6> kTurns = {0, 0, 1, 2, 2, 1};
  constexpr std::uint32_t kStretch = PersonStore::kStretch;
  const auto kind = [&](std::uint32_t number) { return kTurns[number / kStretch % 6]; };
  for (std::uint32_t n = 0; n < 40000; ++n) {
    Person person;
    person.birth_month =
        static_cast<std::int16_t>(Month(1990 - 10 * static_cast<int>(kind(n)), 1).index());
    stage.world.persons.add(static_cast<int>(Range::Start), person);
  }
  std::array<double, 3> count{}, size{};
  const int steps = 60;
  for (int t = 0; t < steps; ++t) {
    Step step = stage.at(t);
    step.month = Month(2000, 1);
    for_candidates(
        step, kTest,
        [&](const Stretch& who) { return kRates[static_cast<std::size_t>(who.oldest / 10 - 1)]; },
        [&](PersonId id, double) { ++count[kind(number_of(id))]; });
  }
  for (std::uint32_t n = 0; n < 40000; ++n) size[kind(n)] += steps;
  CHECK(count[1] == 0.0);
  for (const std::size_t k : {0u, 2u}) {
    const double p = 1.0 - std::exp(-kRates[k]);
    CHECK_THAT(count[k], WithinAbs(size[k] * p, 4.0 * std::sqrt(size[k] * p * (1 - p))));
  }
}

TEST_CASE("api/candidates: a stretch tells the ages and sexes that stand in it", "[unit]") {
  World world(Base{}, Clock{});
  PersonStore& persons = world.persons;
  const Month start(2000, 1);
  const auto add = [&](int range, int birth_year, Sex sex) {
    Person person;
    person.birth_month = static_cast<std::int16_t>(Month(birth_year, 7).index());
    person.set_sex(sex);
    persons.add(range, person);
  };
  constexpr int kStart = static_cast<int>(Range::Start);
  for (std::uint32_t n = 0; n < PersonStore::kStretch; ++n) add(kStart, 1960, Sex::Female);
  for (std::uint32_t n = 0; n < 10; ++n) add(kStart, n % 2 == 0 ? 1980 : 1985, Sex::Male);
  const Stretch women = persons.stretch(kStart, 0, start, Month(2001, 1));
  CHECK(women.youngest == 40);
  CHECK(women.oldest == 40);
  CHECK((women.women && !women.men && women.nationals && !women.foreigners));
  const Stretch men = persons.stretch(kStart, PersonStore::kStretch, start, Month(2001, 8));
  CHECK(men.youngest == 16);
  CHECK(men.oldest == 21);
  CHECK((!men.women && men.men));
  const Stretch born = persons.stretch(static_cast<int>(Range::Births), 0, start, Month(2016, 1));
  CHECK(born.youngest == 0);
  CHECK(born.oldest == 16);
  CHECK((born.women && born.men && !born.foreigners));
  CHECK_FALSE(persons.stretch(static_cast<int>(Range::Arrivals), 0, start, start).nationals);
  const std::vector<double> table(111 * 2, 0.0);
  std::vector<double> rising = table;
  for (std::size_t age = 0; age < 111; ++age) rising[age * 2 + 1] = static_cast<double>(age);
  CHECK(highest_in(rising, men) == 21.0);
  CHECK(highest_in(rising, men, 22) == 0.0);
  CHECK(highest_in(rising, men, 0, 18) == 17.0);
  CHECK(highest_in(rising, women) == 0.0);
}

TEST_CASE("api/candidates: who is a candidate does not depend on the state", "[unit]") {
  Stage small(3000);
  Stage large(3000);
  Person newcomer = large.world.persons[make_person_id(0, 0)];
  for (int i = 0; i < 500; ++i) large.world.add_person(static_cast<int>(Range::Births), newcomer);
  large.world.step = 1;
  large.world.set_status(make_person_id(0, 5), Status::Inactive);
  std::vector<std::uint32_t> a, b;
  Step first = small.at(9);
  for_candidates(first, kTest, 0.1, [&](PersonId id, double) { a.push_back(id.value()); });
  Step second = large.at(9);
  for_candidates(second, kTest, 0.1, [&](PersonId id, double) {
    if (range_of(id) == 0) b.push_back(id.value());
  });
  CHECK(a == b);
}
