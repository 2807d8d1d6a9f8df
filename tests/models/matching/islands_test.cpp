#include <algorithm>
#include <array>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "one_market.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace steppe {
void register_matching_islands(Registry& registry);
}

namespace {

/// E[max(X − Y, 0)] for Poisson means m and n, by the law of the difference (Skellam).
double excess(double m, double n) {
  const double spread = std::sqrt(m * n);
  const int last = static_cast<int>(std::abs(m - n) + 14.0 * std::sqrt(m + n) + 30.0);
  double sum = 0.0;
  for (int k = 1; k <= last; ++k) {
    const double bessel = boost::math::cyl_bessel_i(k, 2.0 * spread);
    sum += k * std::exp(-(m + n)) * std::pow(m / n, 0.5 * k) * bessel;
  }
  return sum;
}

/// The same by summing over both.
double excess_by_sums(double m, double n) {
  const boost::math::poisson workers(m), jobs(n);
  const auto last = [](double mean) {
    return static_cast<int>(mean + 14.0 * std::sqrt(mean) + 30);
  };
  double sum = 0.0;
  for (int x = 0; x <= last(m); ++x) {
    for (int y = 0; y < x && y <= last(n); ++y) {
      sum += (x - y) * boost::math::pdf(workers, x) * boost::math::pdf(jobs, y);
    }
  }
  return sum;
}

struct Law {
  test::Moments unemployment, vacancies;
};

/// Islands of `workers` and `posts` each, on which both move; rates per worker and per post.
Law simulate(int workers, int posts, double worker_rate, double post_rate, std::uint64_t seed) {
  constexpr int kIslands = 150;
  constexpr int kBurnIn = 120;
  test::Textbook world;
  world.persons = kIslands * workers;
  world.firms = 2;
  world.staff = 0.5 * kIslands * posts;
  world.occupations = kIslands;
  world.months = 720;
  world.same_step_search = true;
  world.model = {{Slot::Demand, "relocation"},
                 {Slot::Separations, "relocation"},
                 {Slot::Vacancies, "desired_staff"},
                 {Slot::Matching, "islands"}};
  world.parameters = {{"post_relocation_rate", post_rate},
                      {"worker_relocation_rate", worker_rate},
                      {"opening_rate", 1.0},
                      {"duration_dependence", 0.0}};
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = seed});
  std::vector<double> u, v;
  while (!simulation.done()) {
    simulation.step();
    if (simulation.index() <= kBurnIn) continue;
    const World& now = simulation.world();
    u.push_back(static_cast<double>(now.ledger.nationals(Status::Searching)) /
                (kIslands * workers));
    v.push_back(static_cast<double>(now.open_vacancies()) / (kIslands * posts));
  }
  simulation.world().verify();
  return {test::batch_means(u, 20), test::batch_means(v, 20)};
}

}  // namespace

TEST_CASE("matching/islands: the formulas give the published values", "[model][matching]") {
  for (const double m : {10.0, 3.0, 0.7}) {
    const double equal = std::exp(-2.0 * m) * (boost::math::cyl_bessel_i(0, 2.0 * m) +
                                               boost::math::cyl_bessel_i(1, 2.0 * m));
    CHECK_THAT(excess(m, m) / m, WithinRel(equal, 1e-9));
  }
  CHECK_THAT(excess(10.0, 10.0) / 10.0, WithinRel(0.17728653, 1e-7));
  CHECK_THAT(excess(50.0, 48.0) / 50.0, WithinRel(0.10049011, 1e-7));
  CHECK_THAT(excess(48.0, 50.0) / 48.0, WithinRel(0.06301053, 1e-7));
  CHECK_THAT(excess(244.2, 236.3) / 244.2, WithinRel(0.05427675, 1e-6));
  CHECK_THAT(excess(236.3, 244.2) / 236.3, WithinRel(0.02265925, 1e-6));
  std::mt19937 random(6);
  std::uniform_real_distribution<double> mean(0.5, 40.0);
  for (int n = 0; n < 10; ++n) {
    const double workers = mean(random), jobs = mean(random);
    CHECK_THAT(excess(workers, jobs), WithinRel(excess_by_sums(workers, jobs), 1e-8));
  }
}

// Ten comparisons at 4 standard errors of 20 batch means (t with 19 degrees of freedom): false
// alarm 8e-3. That islands are few makes the rates smaller by a share of 1/300 at most.
TEST_CASE("matching/islands: workers and posts that move are spread as Poisson numbers",
          "[model][matching]") {
  struct Case {
    int m, n;
    double q, l;
  };
  for (const Case c : {Case{10, 10, 0.3, 0.15}, Case{10, 10, 0.15, 0.6}, Case{6, 5, 0.3, 0.3},
                       Case{3, 4, 0.4, 0.2}, Case{12, 11, 0.2, 0.4}}) {
    INFO(c.m << " workers and " << c.n << " posts an island, q " << c.q << ", l " << c.l);
    const Law law = simulate(c.m, c.n, c.q, c.l, 17);
    const double u = excess(c.m, c.n) / c.m;
    const double v = excess(c.n, c.m) / c.n;
    INFO(law.unemployment.mean() << " ± " << law.unemployment.standard_error() << " for " << u);
    INFO(law.vacancies.mean() << " ± " << law.vacancies.standard_error() << " for " << v);
    CHECK(law.unemployment.standard_error() < 0.015 * u);
    CHECK_THAT(law.unemployment.mean(),
               WithinAbs(u, 4.0 * law.unemployment.standard_error() + u / 300.0));
    CHECK_THAT(law.vacancies.mean(),
               WithinAbs(v, 4.0 * law.vacancies.standard_error() + v / 300.0));
  }
}

TEST_CASE("matching/islands: the short side of every market clears, then that of fly-in posts",
          "[model][matching]") {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> number(0, 6);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"one", "two", "three"});
    test::SmallWorld::set_members(small.scenario.dimensions.regions, {"here", "there"});
    small.build();
    World& world = small.world;
    std::array<std::array<int, 3>, 3> seekers{}, posts{};  // by region, fly-in last, × occupation
    for (std::size_t r = 0; r < 3; ++r) {
      const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{r % 2});
      world.firms[firm.at()].recruits_nationally = r == 2;
      for (std::size_t k = 0; k < 3; ++k) {
        posts[r][k] = number(random);
        for (int v = 0; v < posts[r][k]; ++v) {
          world.open_vacancy(CellId{world.firms[firm.at()].first_cell + k});
        }
        if (r == 2) continue;
        seekers[r][k] = number(random);
        for (int n = 0; n < seekers[r][k]; ++n) {
          const PersonId id = small.add(Status::Searching, 30);
          world.set_occupation(id, OccupationId{k}, 1.0);
          world.relocate(id, RegionId{r});
        }
      }
    }
    small.use(register_matching_islands);
    small.set("duration_dependence", 0.0);
    small.start(seed);
    small.run(1);
    world.verify();
    for (std::size_t k = 0; k < 3; ++k) {
      int left = 0;
      for (std::size_t r = 0; r < 2; ++r) {
        const int hired = std::min(seekers[r][k], posts[r][k]);
        CHECK(world.cells[r * 3 + k].nationals == static_cast<std::uint32_t>(hired));
        left += seekers[r][k] - hired;
      }
      CHECK(world.cells[6 + k].nationals ==
            static_cast<std::uint32_t>(std::min(left, posts[2][k])));
    }
  }
}
