#include "sim/api/candidates.hpp"

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
    return Step{index, {}, {}, 1.0, false, scenario, world, draws, policy, drivers, signals};
  }
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
    for_candidates(step, kTest, bound, rate, [&](PersonId id, double u) {
      if (u < p) hit.insert(id.value());
    });
    events += static_cast<double>(hit.size());
  }
  const double n = 20000.0 * steps;
  CHECK_THAT(events, WithinAbs(n * p, 4.0 * std::sqrt(n * p * (1 - p))));
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
