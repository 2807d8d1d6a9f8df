#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "queues.hpp"
#include "random_choices.hpp"

namespace steppe {

void register_foreign_hiring_rum_network(Registry&);

namespace {

using test::Choices;
using test::ManyPosts;

/// The stock at which A (1 + M)^g (1 − M/N) = h M, for g < 1.
double steady_stock(double a, double g, double h, double n = INFINITY) {
  const auto gap = [&](double m) { return a * std::pow(1.0 + m, g) * (1.0 - m / n) - h * m; };
  double high = 1.0;
  while (gap(high) > 0.0) high *= 2.0;
  std::uintmax_t rounds = 200;
  const auto [low, up] = boost::math::tools::toms748_solve(
      gap, 0.0, high, boost::math::tools::eps_tolerance<double>(50), rounds);
  return 0.5 * (low + up);
}

/// The same by following the flows month by month.
double followed_stock(double a, double g, double h, double n = INFINITY) {
  double m = 0.0;
  for (int t = 0; t < 20000; ++t) m += a * std::pow(1.0 + m, g) * (1.0 - m / n) - h * m;
  return m;
}

}  // namespace

TEST_CASE("foreign_hiring/rum_network: the steady stock of A (1 + M)^g = h M", "[model]") {
  CHECK_THAT(steady_stock(10.0, 0.0, 0.1), WithinRel(100.0, 1e-8));
  CHECK_THAT(steady_stock(10.0, 0.5, 0.1), WithinRel(10000.9999, 1e-8));
  CHECK_THAT(steady_stock(10.0, 0.6, 0.1), WithinRel(100001.5, 1e-6));
  CHECK_THAT(steady_stock(10.0, 0.7, 0.1), WithinRel(4.64e6, 1e-3));
  // With g = 1/2 the square is a quadratic: M = [A² + √(A⁴ + 4 h² A²)] / (2 h²).
  std::mt19937_64 generator(3);
  std::uniform_real_distribution<double> inflow(1.0, 20.0), hazard(0.05, 0.3), power(0.0, 0.6),
      people(1e3, 1e5);
  for (int n = 0; n < 20; ++n) {
    const double a = inflow(generator);
    const double h = hazard(generator);
    const double root = (a * a + std::sqrt(std::pow(a, 4) + 4.0 * h * h * a * a)) / (2.0 * h * h);
    CHECK_THAT(steady_stock(a, 0.5, h), WithinRel(root, 1e-8));
    const double g = power(generator);
    CHECK_THAT(followed_stock(a, g, h), WithinRel(steady_stock(a, g, h), 1e-8));
    const double pool = people(generator);
    const double finite = steady_stock(a, g, h, pool);
    CHECK_THAT(followed_stock(a, g, h, pool), WithinRel(finite, 1e-8));
    CHECK(finite < pool);
    CHECK(finite < steady_stock(a, g, h));
  }
}

TEST_CASE("foreign_hiring/rum_network: flows grow by (1 + M) to the elasticity", "[model]") {
  for (std::uint64_t seed = 11; seed <= 13; ++seed) {
    Choices choices(seed, &register_foreign_hiring_rum_network);
    const std::vector<int> here = {0, 50};
    const double elasticity = choices.any(0.1, 0.9);
    choices.world.small.set("origin_network", elasticity);
    // Few consider it, so that even where many want to come posts do not run out.
    choices.attention = 0.02;
    choices.world.small.set("foreign_attention", choices.attention);
    choices.world.add_foreigners(here[1], 2, 1, 1);
    choices.run(seed);
    for (std::size_t o = 0; o < 2; ++o) {
      auto v = choices.utilities[o];
      for (std::size_t c = 1; c < 5; ++c) v[c] += elasticity * std::log1p(here[o]);
      const auto shares = logit_shares(v);
      for (std::size_t c = 0; c < 4; ++c) {
        const double before = c == 3 ? here[o] : 0.0;
        choices.check(o + 1, c, shares[c + 1], Choices::kPool - here[o], before);
      }
    }
  }
}

TEST_CASE("foreign_hiring/rum_network: foreigners settle at the steady stock", "[model]") {
  // Of a pool of people who all consider coming within the month, A (1 + M)^g (1 − M/N) come, as
  // far as that is few beside the pool.
  constexpr double kInflow = 4.0;
  constexpr double kPower = 0.5;
  constexpr double kAttention = 20.0;
  const double pool = GENERATE(1e9, 4000.0);
  constexpr double kLeaving = 0.1;  // per head of those who stay on
  constexpr int kSteps = 1200;
  constexpr int kBatch = 100;
  ManyPosts world(kSteps, &register_foreign_hiring_rum_network);
  world.small.set("origin_anchored", 0.0);
  world.small.set("foreign_attention", kAttention);
  world.small.set("origin_pool", pool);
  world.small.set("origin_network", kPower);
  world.small.set("vacancy_pull", 0.0);
  world.small.set("foreign_employment", 0.0);
  world.small.set("origin_wage_elasticity", 0.0);
  world.small.set("origin_distance_elasticity", 0.0);
  const double chance = kInflow / pool;
  world.small.set("visa_cost", -std::log(chance));
  // Stocks are counted between departures and arrivals: M stay, and h M went.
  world.small.set("foreign_return_rate", std::log1p(kLeaving));
  // The logit's x/(1 + x) for x, which differ where the pool is small.
  double exact = steady_stock(kInflow, kPower, kLeaving, pool);
  for (int n = 0; n < 2000; ++n) {
    const double x = chance * std::pow(1.0 + exact, kPower);
    exact += 0.5 * ((pool - exact) * x / (1.0 + x) / kLeaving - exact);
  }
  world.add_foreigners(static_cast<int>(exact));
  world.small.start(7);
  test::BatchMeans batches(kBatch);
  // Of the posts half would do; but those of the month are not yet open to foreigners.
  for (int t = 0; t < kSteps; ++t) {
    world.step([&] { world.open(500 - static_cast<int>(world.small.world.open_vacancies())); });
    const double stayed =
        world.stock(0, 0, 1) - static_cast<double>(world.small.world.ledger.total(Flow::Arrival));
    if (t >= 200) batches.add(stayed);
  }
  const double error = batches.error();
  INFO("standard error " << error);
  CHECK_THAT(batches.mean(), WithinAbs(exact, 4.0 * error));
  CHECK(error < 0.02 * exact);
  if (pool > 1e6) CHECK_THAT(exact, WithinRel(steady_stock(kInflow, kPower, kLeaving), 1e-3));
}

}  // namespace steppe
