#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "models/matching/stock_flow_market.hpp"
#include "one_market.hpp"
#include "sim/core/error.hpp"
#include "support/catch.hpp"

using namespace steppe;
using matching::StockFlowMarket;
using Side = StockFlowMarket::Side;

namespace steppe {
void register_matching_stock_flow(Registry& registry);
void register_vacancies_arrivals(Registry& registry);
void register_demography_participation(Registry& registry);
}  // namespace steppe

namespace {

struct Rates {
  double seekers, posts;  ///< arrivals
  double leaving;         ///< of those who wait
  double suits;           ///< probability that a pair does
};

struct Chain {
  double u = 0.0, v = 0.0, covariance = 0.0;
  double seeker_at_once = 0.0, post_at_once = 0.0;  ///< share of arrivals that match
  double flow = 0.0;                                ///< of matches
  double edge = 0.0;                                ///< probability of a cut state
};

/// The stationary law of the numbers that wait, cut at `most` on each side.
Chain solve(const Rates& r, int most) {
  const int width = most + 1;
  const Eigen::Index n = static_cast<Eigen::Index>(width) * width;
  std::vector<Eigen::Triplet<double>> entries;
  const auto state = [&](int u, int v) { return static_cast<Eigen::Index>(u) * width + v; };
  const auto at_once = [&](int others) { return 1.0 - std::pow(1.0 - r.suits, others); };
  const auto move = [&](Eigen::Index from, Eigen::Index to, double rate) {
    if (rate <= 0.0) return;
    entries.emplace_back(from, from, -rate);
    // The last equation is that probabilities sum to 1.
    if (to != n - 1) entries.emplace_back(to, from, rate);
  };
  for (int u = 0; u <= most; ++u) {
    for (int v = 0; v <= most; ++v) {
      const Eigen::Index here = state(u, v);
      if (v > 0) move(here, state(u, v - 1), r.seekers * at_once(v) + v * r.leaving);
      if (u > 0) move(here, state(u - 1, v), r.posts * at_once(u) + u * r.leaving);
      if (u < most) move(here, state(u + 1, v), r.seekers * (1.0 - at_once(v)));
      if (v < most) move(here, state(u, v + 1), r.posts * (1.0 - at_once(u)));
    }
  }
  entries.erase(std::remove_if(entries.begin(), entries.end(),
                               [&](const auto& e) { return e.row() == n - 1; }),
                entries.end());
  for (Eigen::Index s = 0; s < n; ++s) entries.emplace_back(n - 1, s, 1.0);
  Eigen::SparseMatrix<double> equations(n, n);
  equations.setFromTriplets(entries.begin(), entries.end());
  Eigen::VectorXd right = Eigen::VectorXd::Zero(n);
  right[n - 1] = 1.0;
  Eigen::SparseLU<Eigen::SparseMatrix<double>> solver(equations);
  const Eigen::VectorXd law = solver.solve(right);
  Chain out;
  double product = 0.0;
  for (int u = 0; u <= most; ++u) {
    for (int v = 0; v <= most; ++v) {
      const double p = law[state(u, v)];
      out.u += p * u;
      out.v += p * v;
      product += p * u * v;
      out.seeker_at_once += p * at_once(v);
      out.post_at_once += p * at_once(u);
      if (u == most || v == most) out.edge += p;
    }
  }
  out.covariance = product - out.u * out.v;
  out.flow = r.seekers * out.seeker_at_once + r.posts * out.post_at_once;
  return out;
}

/// The kernel in continuous time.
struct Simulated {
  test::Moments u, v, flow, seeker_at_once;
};

Simulated simulate(const Rates& r, double time, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  constexpr int kBatches = 24;
  const double batch = time / kBatches;
  StockFlowMarket market;
  std::uint32_t id = 0;
  Simulated out;
  double now = 0.0;
  for (int b = -2; b < kBatches; ++b) {  // two batches of burn-in
    double u = 0.0, v = 0.0, matches = 0.0, seekers = 0.0, at_once = 0.0;
    for (double left = batch; left > 0.0;) {
      const auto waiting_u = static_cast<double>(market.size(Side::Seeker));
      const auto waiting_v = static_cast<double>(market.size(Side::Post));
      const double total = r.seekers + r.posts + r.leaving * (waiting_u + waiting_v);
      const double gap = std::min(left, -std::log1p(-uniform(random)) / total);
      u += gap * waiting_u;
      v += gap * waiting_v;
      left -= gap;
      now += gap;
      if (left <= 0.0) break;
      double what = uniform(random) * total;
      const auto arrive = [&](Side side) {
        return market
            .arrive(side, {id++, static_cast<std::uint32_t>(random())},
                    [&](const auto&, const auto&) { return uniform(random) < r.suits; })
            .has_value();
      };
      if ((what -= r.seekers) < 0.0) {
        seekers += 1.0;
        const bool matched = arrive(Side::Seeker);
        matches += matched ? 1.0 : 0.0;
        at_once += matched ? 1.0 : 0.0;
      } else if ((what -= r.posts) < 0.0) {
        matches += arrive(Side::Post) ? 1.0 : 0.0;
      } else {
        const Side side = (what -= r.leaving * waiting_u) < 0.0 ? Side::Seeker : Side::Post;
        const auto number = static_cast<double>(market.size(side));
        const auto at = static_cast<std::size_t>(uniform(random) * number);
        market.leave(side, std::min(at, market.size(side) - 1));
      }
    }
    if (b < 0) continue;
    out.u.add(u / batch);
    out.v.add(v / batch);
    out.flow.add(matches / batch);
    out.seeker_at_once.add(at_once / seekers);
  }
  return out;
}

}  // namespace

TEST_CASE("matching/stock_flow: the chain on both stocks has the published moments",
          "[model][matching]") {
  const Chain even = solve({1.0, 1.0, 0.05, 0.1}, 60);
  CHECK(even.edge < 1e-12);
  CHECK_THAT(even.u, WithinRel(4.89846477, 1e-8));
  CHECK_THAT(even.v, WithinRel(4.89846477, 1e-8));
  CHECK_THAT(even.seeker_at_once, WithinRel(0.37753838, 2e-8));
  CHECK_THAT(even.flow, WithinRel(0.75507676, 1e-8));
  CHECK_THAT(even.covariance, WithinRel(-4.287750, 2e-7));
  CHECK_THAT(even.flow + 0.05 * even.u, WithinRel(1.0, 1e-9));
  const Chain uneven = solve({1.2, 1.0, 0.05, 0.1}, 60);
  CHECK_THAT(uneven.u, WithinRel(7.31004221, 1e-8));
  CHECK_THAT(uneven.v, WithinRel(3.31004221, 1e-8));
  CHECK_THAT(uneven.seeker_at_once, WithinRel(0.27441397, 2e-8));
  CHECK_THAT(uneven.post_at_once, WithinRel(0.50520113, 2e-8));
  CHECK_THAT(uneven.flow, WithinRel(0.83449789, 1e-8));
  CHECK_THAT(uneven.flow + 0.05 * uneven.u, WithinRel(1.2, 1e-9));
}

// Sixteen comparisons at 4 standard errors of 24 batch means (t with 23 degrees of freedom): false
// alarm 1e-2.
TEST_CASE("matching/stock_flow: the kernel in continuous time follows the chain",
          "[model][matching]") {
  for (const Rates& r : {Rates{1.0, 1.0, 0.05, 0.1}, Rates{1.2, 1.0, 0.05, 0.1},
                         Rates{1.0, 1.6, 0.2, 0.3}, Rates{2.0, 1.5, 0.3, 0.04}}) {
    INFO("arrivals " << r.seekers << " and " << r.posts << ", leaving " << r.leaving);
    const Chain chain = solve(r, 50);
    const Simulated got = simulate(r, 24000.0, 3);
    const auto check = [](const test::Moments& m, double exact) {
      CHECK(m.standard_error() < 0.05 * exact);
      CHECK_THAT(m.mean(), WithinAbs(exact, 4.0 * m.standard_error()));
    };
    check(got.u, chain.u);
    check(got.v, chain.v);
    check(got.flow, chain.flow);
    check(got.seeker_at_once, chain.seeker_at_once);
    CHECK_THAT(chain.flow + r.leaving * chain.u, WithinRel(r.seekers, 1e-8));
  }
}

TEST_CASE("matching/stock_flow: no pair meets twice, and stock never meets stock",
          "[model][matching]") {
  std::mt19937 random(12);
  std::set<std::pair<std::uint32_t, std::uint32_t>> met;
  StockFlowMarket market;
  const auto number = [&](std::uint32_t below) {
    return static_cast<std::uint32_t>(random() % below);
  };
  for (std::uint32_t n = 0; n < 12; ++n) {
    market.wait(Side::Seeker, {n, number(100)});
    market.wait(Side::Post, {n, number(100)});
  }
  for (std::uint32_t id = 12; id < 400; ++id) {
    const Side side = number(2) == 0 ? Side::Seeker : Side::Post;
    std::uint32_t last_lot = 0;
    market.arrive(side, {id, number(100)}, [&](const auto& newcomer, const auto& stock) {
      CHECK(newcomer.id == id);
      CHECK(stock.lot >= last_lot);  // the lowest first
      last_lot = stock.lot;
      const auto pair = side == Side::Seeker ? std::pair(newcomer.id, stock.id)
                                             : std::pair(stock.id, newcomer.id);
      CHECK(met.insert(pair).second);
      return number(30) == 0;
    });
  }
  for (const auto& [seeker, post] : met) CHECK(std::max(seeker, post) >= 12);
  CHECK(met.size() > 1000);
}

TEST_CASE("matching/stock_flow: whoever found nobody waits for newcomers", "[model][matching]") {
  // Without arrivals nobody is hired after the first step, though a tenth of all pairs suit.
  test::OneMarket market(register_matching_stock_flow,
                         {{"suitability", 0.1}, {"duration_dependence", 0.0}}, 12, 9, 40);
  market.small.start(5);
  market.small.run(1);
  const int first = market.hired();
  CHECK(first > 0);
  REQUIRE(first < 9);
  market.small.run(19);
  CHECK(market.hired() == first);
  // New vacancies meet those who wait.
  World& world = market.small.world;
  const auto open = world.open_vacancies();
  for (int v = 0; v < 30; ++v) world.open_vacancy(market.cell);
  market.small.run(2);
  const int second = market.hired();
  CHECK(second > first);
  CHECK(open > 0);
  market.small.run(18);
  CHECK(market.hired() == second);
}

// One comparison at 4 standard errors: false alarm 6e-5.
TEST_CASE("matching/stock_flow: a newcomer matches at once with one of v at 1 − (1 − α)^v",
          "[model][matching]") {
  constexpr int kRuns = 2000;
  const test::Moments got =
      test::hires(register_matching_stock_flow,
                  {{"suitability", 0.2}, {"duration_dependence", 0.0}}, 1, 7, kRuns);
  const double chance = 1.0 - std::pow(0.8, 7);
  CHECK_THAT(got.mean(), WithinAbs(chance, 4.0 * std::sqrt(chance * (1.0 - chance) / kRuns)));
}

TEST_CASE("matching/stock_flow: where every pair suits, the short side clears for newcomers",
          "[model][matching]") {
  const test::Moments got = test::hires(
      register_matching_stock_flow, {{"suitability", 1.0}, {"duration_dependence", 0.0}}, 8, 5, 20);
  CHECK(got.mean() == 5.0);
  CHECK(got.variance() == 0.0);
}

// Four comparisons at 4 standard errors of 20 batch means (t with 19 degrees of freedom): false
// alarm 3e-3. Steps are a day, and what a day's arrivals shift is of the order of their number.
TEST_CASE("matching/stock_flow: a world of arrivals and exits settles where the chain does",
          "[model][matching]") {
  constexpr int kOccupations = 16;
  constexpr int kInactive = 400;
  constexpr int kDays = 12000;
  const double month = 365.25 / 12.0;  // days
  // A day is a twentieth of the time unit in which λ = 1.
  const Rates r{1.2 / 20.0, 1.0 / 20.0, 0.05 / 20.0, 0.1};
  const Chain chain = solve({1.2, 1.0, 0.05, 0.1}, 60);

  test::SmallWorld small(kDays, StepLength::Day);
  auto& members = small.scenario.dimensions.occupations;
  members.clear();
  for (int k = 0; k < kOccupations; ++k) {
    members.emplace_back();
    members.back().key = "k" + std::to_string(k);
  }
  small.build();
  World& world = small.world;
  world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  for (std::size_t k = 0; k < kOccupations; ++k) {
    world.want(CellId{k}, 1);
    for (int n = 0; n < kInactive; ++n) {
      world.set_occupation(small.add(Status::Inactive, 30), OccupationId{k}, 1.0);
    }
  }
  small.use(register_vacancies_arrivals);
  small.use(register_matching_stock_flow);
  small.use(register_demography_participation);
  small.set("suitability", r.suits);
  small.set("duration_dependence", 0.0);
  small.set("vacancy_arrival_rate", r.posts * month);
  small.set("vacancy_withdrawal_rate", r.leaving * month);
  small.set("searching_exit_rate", r.leaving * month);
  small.set("search_entry_rate", r.seekers * month / (kInactive - chain.u));
  small.start(15);

  std::vector<double> u, v, flow;
  for (int day = 0; day < kDays; ++day) {
    world.ledger.clear_flows();
    // Jobs last a day: those hired go back to where entrants come from.
    small.step([&](Step& step) {
      for (std::size_t k = 0; k < kOccupations; ++k) {
        while (!step.world.cells[k].first_staff.is_none()) {
          step.world.separate(step.world.cells[k].first_staff, Status::Inactive);
        }
      }
    });
    if (day < 1500) continue;
    // Those who came in this step have not met anybody.
    double waiting = 0.0, open = 0.0;
    for (const Seeker& seeker : world.searching()) waiting += seeker.since < day ? 1.0 : 0.0;
    for (const Vacancy& vacancy : world.vacancies()) {
      open += vacancy.open && vacancy.opened < day ? 1.0 : 0.0;
    }
    u.push_back(waiting / kOccupations);
    v.push_back(open / kOccupations);
    flow.push_back(static_cast<double>(world.ledger.total(Flow::HireNational)) / kOccupations);
  }
  world.verify();
  const auto check = [](const std::vector<double>& series, double exact, const char* what) {
    const test::Moments m = test::batch_means(series, 20);
    INFO(what << " " << m.mean() << " ± " << m.standard_error() << ", chain " << exact);
    CHECK(m.standard_error() < 0.04 * exact);
    CHECK_THAT(m.mean(), WithinAbs(exact, 4.0 * m.standard_error() + 0.01 * exact));
  };
  check(u, chain.u, "waiting seekers");
  check(v, chain.v, "waiting vacancies");
  check(flow, chain.flow / 20.0, "matches");
  // Who comes either matches or leaves.
  check(u, (r.seekers - chain.flow / 20.0) / r.leaving, "waiting seekers by balance");
}
