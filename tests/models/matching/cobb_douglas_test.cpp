#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "one_market.hpp"
#include "sim/core/error.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"

using namespace steppe;
using test::HandMap;
using test::OneMarket;
using test::Settings;

namespace steppe {
void register_matching_cobb_douglas(Registry& registry);
}

namespace {

struct Rates {
  double mu, eta;
  [[nodiscard]] double finding(double theta) const { return mu * std::pow(theta, 1.0 - eta); }
  /// Vacancies per labour force at which u is a steady state.
  [[nodiscard]] double beveridge(double u, double s) const {
    return std::pow(s * (1.0 - u) / (mu * std::pow(u, eta)), 1.0 / (1.0 - eta));
  }
  [[nodiscard]] Settings settings() const {
    return {
        {"matching_efficiency", mu}, {"matching_elasticity", eta}, {"duration_dependence", 0.0}};
  }
};

/// E[min(B, cap)] and its variance, B binomial.
std::array<double, 2> capped_binomial(int n, double p, int cap) {
  double mean = 0.0, squares = 0.0;
  for (int k = 0; k <= n; ++k) {
    const double log_mass = std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                            k * std::log(p) + (n - k) * std::log1p(-p);
    const double m = std::min(k, cap);
    mean += std::exp(log_mass) * m;
    squares += std::exp(log_mass) * m * m;
  }
  return {mean, squares - mean * mean};
}

/// Cases of the page and others drawn from a fixed seed.
std::vector<Rates> cases() {
  std::vector<Rates> out = {{0.5, 0.5}, {0.4, 0.72}};
  std::mt19937 random(5);
  std::uniform_real_distribution<double> mu(0.1, 0.6), eta(0.2, 0.8);
  for (int n = 0; n < 6; ++n) out.push_back({mu(random), eta(random)});
  return out;
}

}  // namespace

TEST_CASE("matching/cobb_douglas: the formulas give the published values", "[model][matching]") {
  const Rates rates{0.5, 0.5};
  const std::array<std::array<double, 3>, 3> table = {
      {{0.3, 0.273861, 0.0680593}, {0.5, 0.353553, 0.0535399}, {1.0, 0.5, 0.0384615}}};
  HandMap map("cobb_douglas", rates.settings());
  for (const auto& [theta, f, u] : table) {
    CHECK_THAT(map.matches(2.0, 2.0 * theta) / 2.0, WithinRel(rates.finding(theta), 1e-12));
    CHECK_THAT(rates.finding(theta), WithinRel(f, 1e-5));
    CHECK_THAT(0.02 / (0.02 + rates.finding(theta)), WithinRel(u, 1e-5));
  }
  const std::array<std::array<double, 2>, 4> curve = {
      {{0.03, 0.0501813}, {0.05, 0.02888}, {0.08, 0.016928}, {0.12, 0.0103253}}};
  for (const auto& [u, v] : curve) CHECK_THAT(rates.beveridge(u, 0.02), WithinRel(v, 1e-5));
  // Shimer (2005) by the quarter, in steps short enough that nobody finds two jobs.
  HandMap shimer("cobb_douglas", Rates{1.355, 0.72}.settings());
  const double f = shimer.matches(1.0, 0.98214044, 0.01) / 0.01;
  CHECK_THAT(f, WithinRel(1.3481801, 1e-7));
  CHECK_THAT(f / 0.98214044, WithinRel(1.3726958, 1e-7));
  CHECK_THAT(0.1 / (0.1 + f), WithinRel(0.06905219, 1e-6));
}

TEST_CASE("matching/cobb_douglas: unemployment follows the closed form at a given tightness",
          "[model][matching]") {
  for (const Rates& rates : cases()) {
    for (const double theta : {0.3, 0.7, 1.0}) {
      INFO("μ " << rates.mu << ", η " << rates.eta << ", θ " << theta);
      constexpr double kSeparation = 0.02;
      const double finding = std::min(rates.finding(theta), theta);  // the short side
      const double steady = kSeparation / (kSeparation + finding);
      HandMap map("cobb_douglas", rates.settings());
      double u = 0.3;
      double decay = 1.0;
      for (int t = 1; t <= 600; ++t) {
        u += kSeparation * (1.0 - u) - map.matches(u, theta * u);
        decay *= 1.0 - kSeparation - finding;
        if (t % 50 == 0) CHECK_THAT(u, WithinRel(steady + (0.3 - steady) * decay, 1e-9));
      }
      CHECK_THAT(u, WithinRel(steady, 1e-9));
    }
  }
}

TEST_CASE("matching/cobb_douglas: in short steps the gap closes at the rate s + f",
          "[model][matching]") {
  const Rates rates{0.5, 0.5};
  const double total = 0.02 + rates.finding(0.3);
  for (const double dt : {0.01, 0.001}) {
    HandMap map("cobb_douglas", rates.settings());
    double u = 0.3;
    const double steady = 0.02 / total;
    const int half_life = static_cast<int>(std::lround(std::log(2.0) / total / dt));
    for (int t = 0; t < half_life; ++t) u += 0.02 * dt * (1.0 - u) - map.matches(u, 0.3 * u, dt);
    // (1 − x)^n = exp(−nx) (1 − nx²/2 …), and n is rounded: both of the order of x.
    CHECK_THAT((u - steady) / (0.3 - steady), WithinRel(0.5, 2.0 * total * dt));
  }
}

TEST_CASE("matching/cobb_douglas: on the Beveridge curve as many are hired as lose their jobs",
          "[model][matching]") {
  for (const Rates& rates : cases()) {
    HandMap map("cobb_douglas", rates.settings());
    for (const double u : {0.05, 0.08, 0.12}) {
      INFO("μ " << rates.mu << ", η " << rates.eta << ", u " << u);
      const double s = 0.8 * rates.mu * u / (1.0 - u);
      const double v = rates.beveridge(u, s);
      REQUIRE(v < u);
      if (s * (1.0 - u) > v) continue;  // the short side is reached before
      CHECK_THAT(map.matches(u, v), WithinRel(s * (1.0 - u), 1e-9));
    }
  }
}

TEST_CASE("matching/cobb_douglas: matches stop at the short side", "[model][matching]") {
  HandMap map("cobb_douglas", Rates{2.0, 0.5}.settings());
  CHECK_THAT(map.matches(10.0, 10.0), WithinRel(10.0, 1e-12));
  CHECK_THAT(map.matches(100.0, 1.0), WithinRel(1.0, 1e-12));
  CHECK_THAT(map.matches(1.0, 100.0), WithinRel(1.0, 1e-12));
  CHECK(map.matches(0.0, 5.0) == 0.0);
  CHECK(map.matches(5.0, 0.0) == 0.0);
}

TEST_CASE("matching/cobb_douglas: the map treats occupations apart, or the country as one",
          "[model][matching]") {
  const auto run = [](double segments) {
    Settings settings = Rates{0.5, 0.5}.settings();
    settings.emplace_back("match_segments", segments);
    HandMap map("cobb_douglas", settings, 2);
    map.field.searching << 400.0, 100.0;
    map.field.vacancies << 25.0, 225.0;
    map.match();
    return map.field;
  };
  const MeanField apart = run(1.0);
  CHECK_THAT(apart.hires[0], WithinRel(25.0, 1e-12));  // 0.5 √(400 · 25) = 50 are not there
  CHECK_THAT(apart.hires[1], WithinRel(75.0, 1e-12));
  CHECK((apart.found == apart.hires).all());
  const MeanField whole = run(0.0);
  const double all = 0.5 * std::sqrt(500.0 * 250.0);
  CHECK_THAT(whole.hires[1], WithinRel(all * 0.9, 1e-12));
  CHECK_THAT(whole.found[1], WithinRel(all * 0.2, 1e-12));
}

TEST_CASE("matching/cobb_douglas: the map refuses chances that fall with the length of search",
          "[model][matching]") {
  CHECK_THROWS_AS(HandMap("cobb_douglas", {{"duration_dependence", 0.8}}), ConfigError);
}

// Ten comparisons at 4 standard errors: false alarm below 1e-3 in all. The fourth moment behind the
// variance's standard error is taken as normal.
TEST_CASE("matching/cobb_douglas: the number of matches is a binomial cut at the vacancies",
          "[model][matching]") {
  struct Case {
    int u, v;
    Rates rates;
    StepLength length;
  };
  constexpr int kRuns = 1500;
  for (const Case& c :
       {Case{100, 50, {0.5, 0.5}, StepLength::Month}, Case{20, 15, {0.8, 0.5}, StepLength::Month},
        Case{60, 90, {0.6, 0.7}, StepLength::Month}, Case{37, 23, {0.9, 0.3}, StepLength::Week},
        Case{40, 4, {0.35, 0.5}, StepLength::Month}}) {
    INFO("U = " << c.u << ", V = " << c.v);
    const test::Moments got =
        test::hires(register_matching_cobb_douglas, c.rates.settings(), c.u, c.v, kRuns, c.length);
    const double dt = test::SmallWorld(1, c.length).scenario.clock().months_per_step();
    const double function =
        c.rates.mu * std::pow(c.u, c.rates.eta) * std::pow(c.v, 1.0 - c.rates.eta) * dt;
    const double expected = std::min({function, 1.0 * c.u, 1.0 * c.v});
    const auto [mean, variance] = capped_binomial(c.u, expected / c.u, c.v);
    CHECK_THAT(got.mean(), WithinAbs(mean, 4.0 * std::sqrt(variance / kRuns)));
    CHECK_THAT(got.variance(), WithinAbs(variance, 4.0 * variance * std::sqrt(2.0 / kRuns)));
  }
}

// Pearson's statistic exceeds 33.7 with probability 1e-4 at 9 degrees of freedom, and the sample is
// without replacement, which makes it smaller: false alarm below 2e-4 in all.
TEST_CASE("matching/cobb_douglas: lots fall on every seeker and vacancy alike",
          "[model][matching]") {
  constexpr int kSeekers = 10;
  constexpr int kRuns = 600;
  std::array<double, kSeekers> hired{}, left{};
  double all = 0.0;
  for (int run = 0; run < kRuns; ++run) {
    OneMarket market(register_matching_cobb_douglas, Rates{0.3, 0.5}.settings(), kSeekers,
                     kSeekers);
    market.small.start(3, static_cast<std::uint32_t>(run));
    market.small.run(1);
    const World& world = market.small.world;
    for (std::size_t n = 0; n < kSeekers; ++n) {
      hired[n] += world.persons[market.persons[n]].status == Status::Employed ? 1.0 : 0.0;
      left[n] += world.vacancies()[n].open ? 1.0 : 0.0;
    }
    all += market.hired();
  }
  const auto statistic = [](const std::array<double, kSeekers>& counts, double expected) {
    double sum = 0.0;
    for (const double n : counts) sum += (n - expected) * (n - expected) / expected;
    return sum;
  };
  CHECK(statistic(hired, all / kSeekers) < 33.7);
  CHECK(statistic(left, kRuns - all / kSeekers) < 33.7);
}

// A binomial at 4 standard deviations: false alarm 1e-4.
TEST_CASE("matching/cobb_douglas: fly-in posts fall alike on who is left of every region",
          "[model][matching]") {
  // One region hires half of its seekers before, the other nobody: those left have equal chances.
  constexpr int kRuns = 400;
  double busy = 0.0, idle = 0.0, busy_left = 0.0, idle_left = 0.0;
  for (int run = 0; run < kRuns; ++run) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.regions, {"busy", "idle"});
    small.build();
    World& world = small.world;
    const auto add_firm = [&](bool national, std::uint32_t posts) {
      const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
      world.firms[firm.at()].recruits_nationally = national;
      const CellId cell{world.firms[firm.at()].first_cell};
      world.want(cell, posts);
      for (std::uint32_t v = 0; v < posts; ++v) world.open_vacancy(cell);
      return cell;
    };
    add_firm(false, 10);
    const CellId mine = add_firm(true, 6);
    std::vector<PersonId> persons;
    for (std::size_t region = 0; region < 2; ++region) {
      for (int n = 0; n < 20; ++n) {
        persons.push_back(small.add(Status::Searching, 30));
        world.relocate(persons.back(), RegionId{region});
      }
    }
    small.use(register_matching_cobb_douglas);
    // 20^0.5 · 10^0.5 · 0.7 = 10 on the mean in the first round, √(30 · 6) · 0.7 in the second.
    for (const auto& [name, value] : Rates{0.7, 0.5}.settings()) small.set(name, value);
    small.start(9, static_cast<std::uint32_t>(run));
    small.run(1);
    world.verify();
    double flown[2] = {0.0, 0.0};
    for (PersonId id = world.cells[mine.at()].first_staff; !id.is_none();
         id = world.persons[id].next_staff) {
      flown[world.persons[id].region.at()] += 1.0;
    }
    busy += flown[0];
    idle += flown[1];
    busy_left +=
        static_cast<double>(world.ledger.nationals(Status::Searching, RegionId{std::size_t{0}})) +
        flown[0];
    idle_left += 20.0;
  }
  const double share = busy_left / (busy_left + idle_left);
  const double n = busy + idle;
  REQUIRE(n > 1000.0);
  CHECK_THAT(busy / n, WithinAbs(share, 4.0 * std::sqrt(share * (1.0 - share) / n)));
}

// Six comparisons at 4 standard deviations of a binomial: false alarm 4e-4.
TEST_CASE("matching/cobb_douglas: spells last as a constant chance makes them",
          "[model][matching]") {
  constexpr int kSeekers = 4000;
  const Rates rates{0.5, 0.5};
  for (const double theta : {0.25, 1.0}) {
    OneMarket market(register_matching_cobb_douglas, rates.settings(), kSeekers, 0, 8);
    market.small.start(21);
    double spells = 0.0;
    const double chance = rates.finding(theta);
    for (int k = 1; k <= 8; ++k) {
      World& world = market.small.world;
      const double left = static_cast<double>(world.ledger.nationals(Status::Searching));
      while (static_cast<double>(world.open_vacancies()) < theta * left) {
        world.open_vacancy(market.cell);
      }
      market.small.run(1);
      const double stay = std::pow(1.0 - chance, k);
      const double searching = static_cast<double>(world.ledger.nationals(Status::Searching));
      spells += left;
      if (k % 3 == 0 || k == 1) {
        INFO("θ " << theta << ", after " << k << " steps");
        // Vacancies are whole, so that the chance is that of up to one more.
        const double slack = kSeekers * stay * k * (1.0 - rates.eta) / (theta * searching);
        CHECK_THAT(searching, WithinAbs(kSeekers * stay,
                                        4.0 * std::sqrt(kSeekers * stay * (1.0 - stay)) + slack));
      }
    }
    // Of a mean spell of 1/F the first eight steps hold 1 − (1 − F)^8.
    CHECK_THAT(spells / kSeekers, WithinRel((1.0 - std::pow(1.0 - chance, 8)) / chance, 0.05));
  }
}

// Batch means at 4 standard errors of 20 batches (t with 19 degrees of freedom): false alarm 8e-4.
TEST_CASE("matching/cobb_douglas: agents settle where the closed form says", "[model][matching]") {
  constexpr double kSeparation = 0.02;
  test::Textbook world;
  world.persons = 20000;
  world.firms = 200;
  world.staff = 98.0;
  world.months = 460;
  world.model = {{Slot::Matching, "cobb_douglas"}, {Slot::Separations, "age_tenure"}};
  world.parameters = {{"duration_dependence", 0.0}, {"separation_rate", kSeparation},
                      {"youth_separation", 1.0},    {"new_job_separation", 1.0},
                      {"search_after_job", 1.0},    {"exit_rate", 0.0},
                      {"retirement_rate", 0.0},     {"matching_efficiency", 0.5}};
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 4});
  std::vector<double> series;
  while (!simulation.done()) {
    simulation.step();
    if (simulation.index() <= 60) continue;
    series.push_back(static_cast<double>(simulation.world().ledger.nationals(Status::Searching)) /
                     20000.0);
  }
  // Posts are constant: v = u − 1 + posts per person. u solves S (1 − u) = μ √(u v), with those
  // hired in a step open to its end only.
  const double s = -std::expm1(-kSeparation);
  double low = 0.021, high = 0.5;
  for (int n = 0; n < 200; ++n) {
    const double u = 0.5 * (low + high);
    const double flow = std::min(0.5 * std::sqrt(u * (u - 0.02)), u - 0.02);
    (flow < s * (1.0 - u) ? low : high) = u;
  }
  const test::Moments got = test::batch_means(series, 20);
  INFO("u " << got.mean() << " ± " << got.standard_error() << ", closed form " << low);
  CHECK(got.standard_error() < 0.01 * low);
  CHECK_THAT(got.mean(), WithinAbs(low, 4.0 * got.standard_error()));
}

TEST_CASE("matching/cobb_douglas: markets are occupations by region, or the whole country",
          "[model][matching]") {
  const auto employed = [](double segments) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"one", "two"});
    small.build();
    World& world = small.world;
    const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    const CellId other{world.firms[firm.at()].first_cell + 1};
    world.want(other, 50);
    for (int v = 0; v < 50; ++v) world.open_vacancy(other);
    for (int n = 0; n < 50; ++n) small.add(Status::Searching, 30);  // in occupation one
    small.use(register_matching_cobb_douglas);
    for (const auto& [name, value] : Rates{1.0, 0.5}.settings()) small.set(name, value);
    small.set("match_segments", segments);
    small.start(1);
    small.run(1);
    world.verify();
    return world.ledger.nationals(Status::Employed);
  };
  CHECK(employed(1.0) == 0);
  CHECK(employed(0.0) == 50);
}
