#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "one_market.hpp"
#include "sim/core/error.hpp"
#include "support/catch.hpp"

using namespace steppe;
using test::HandMap;
using test::Settings;

namespace steppe {
void register_matching_ces(Registry& registry);
}

namespace {

double matches(double u, double v, double l) {
  return u * v / std::pow(std::pow(u, l) + std::pow(v, l), 1.0 / l);
}

Settings settings(double l) { return {{"matching_curvature", l}, {"duration_dependence", 0.0}}; }

}  // namespace

TEST_CASE("matching/ces: the map is the function of den Haan, Ramey and Watson",
          "[model][matching]") {
  CHECK_THAT(matches(100.0, 50.0, 1.27), WithinRel(38.049274, 1e-7));
  CHECK_THAT(matches(100.0, 100.0, 1.27), WithinRel(57.938668, 1e-7));
  CHECK_THAT(matches(1000.0, 300.0, 0.407), WithinRel(92.729336, 1e-7));
  std::mt19937 random(8);
  std::uniform_real_distribution<double> stock(1.0, 5000.0), curvature(0.2, 6.0);
  for (int n = 0; n < 40; ++n) {
    const double l = n == 0 ? 1.27 : n == 1 ? 0.407 : curvature(random);
    HandMap map("ces", settings(l));
    const double u = stock(random), v = stock(random);
    INFO("U " << u << ", V " << v << ", l " << l);
    CHECK_THAT(map.matches(u, v), WithinRel(matches(u, v, l), 1e-9));
    CHECK_THAT(map.matches(u, v, 0.25), WithinRel(0.25 * matches(u, v, l), 1e-9));
    CHECK(map.matches(u, v) < std::min(u, v));
    CHECK_THAT(map.matches(u, v), WithinRel(map.matches(v, u), 1e-12));
  }
  CHECK_THROWS_AS(HandMap("ces", {{"duration_dependence", 0.8}}), ConfigError);
}

TEST_CASE("matching/ces: with a great curvature the short side clears", "[model][matching]") {
  HandMap map("ces", settings(50.0));
  CHECK_THAT(map.matches(1000.0, 900.0), WithinRel(900.0, 2e-4));
  CHECK_THAT(map.matches(700.0, 900.0), WithinRel(700.0, 1e-5));
  HandMap far("ces", settings(50.0));
  CHECK_THAT(far.matches(1e12, 3.0), WithinRel(3.0, 1e-12));  // no power overflows
}

TEST_CASE("matching/ces: unemployment follows the closed form at a given tightness",
          "[model][matching]") {
  for (const double l : {0.407, 1.27, 3.1}) {
    const double theta = 0.6;
    const double finding = matches(1.0, theta, l);
    constexpr double kSeparation = 0.03;
    const double steady = kSeparation / (kSeparation + finding);
    HandMap map("ces", settings(l));
    double u = 0.4;
    double decay = 1.0;
    for (int t = 1; t <= 600; ++t) {
      u += kSeparation * (1.0 - u) - map.matches(u, theta * u);
      decay *= 1.0 - kSeparation - finding;
      if (t % 20 == 0) CHECK_THAT(u, WithinRel(steady + (0.4 - steady) * decay, 1e-9));
    }
  }
}

// Three comparisons at 4 standard errors: false alarm 2e-4. The cut at the vacancies lies further
// than 5 standard deviations off.
TEST_CASE("matching/ces: agents match on the mean as the function says", "[model][matching]") {
  struct Case {
    int u, v;
    double l;
    StepLength length;
  };
  constexpr int kRuns = 800;
  for (const Case& c :
       {Case{100, 120, 1.27, StepLength::Month}, Case{400, 300, 0.407, StepLength::Month},
        Case{60, 80, 2.0, StepLength::Week}}) {
    INFO("U = " << c.u << ", V = " << c.v);
    const test::Moments got =
        test::hires(register_matching_ces, settings(c.l), c.u, c.v, kRuns, c.length);
    const double dt = test::SmallWorld(1, c.length).scenario.clock().months_per_step();
    const double mean = matches(c.u, c.v, c.l) * dt;
    const double variance = mean * (1.0 - mean / c.u);
    CHECK_THAT(got.mean(), WithinAbs(mean, 4.0 * std::sqrt(variance / kRuns)));
  }
}
