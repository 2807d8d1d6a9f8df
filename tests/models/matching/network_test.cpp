#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "models/matching/network_field.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_recording.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/population/textbook.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"
#include "support/small_world.hpp"

namespace steppe {
void register_matching_network(Registry& registry);
}

using namespace steppe;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

Scenario read(const std::string& name, Overrides overrides = {}) {
  ReadOptions options;
  options.overrides = std::move(overrides);
  auto scenario = read_scenario(std::string(STEPPE_SOURCE_DIR) + "/scenarios/textbook/" + name,
                                builtin_models().catalogue(), options);
  if (!scenario) FAIL(to_text(scenario.error()));
  return std::move(*scenario);
}

/// A network of n occupations in which each leads to some others, drawn anew for each seed.
OccupationNetwork random_network(std::mt19937& engine, std::size_t n) {
  std::uniform_real_distribution<double> uniform(0.05, 1.0);
  OccupationNetwork network;
  for (std::size_t i = 0; i < n; ++i) {
    network.employment.push_back(1000.0 * uniform(engine));
    network.automation.push_back(uniform(engine) * 0.8);
    network.wage.push_back(0.5 + uniform(engine));
    std::vector<double> row(n);
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      // The next is always reached, so that the network hangs together.
      if (j != i && (j == (i + 1) % n || uniform(engine) < 0.4)) sum += row[j] = uniform(engine);
    }
    for (std::uint32_t j = 0; j < n; ++j) {
      if (row[j] > 0.0) network.edges.push_back({static_cast<std::uint32_t>(i), j, row[j] / sum});
    }
  }
  return network;
}

struct Rates {
  double natural_separation, natural_opening, response, own;
  double search_on_the_job = 0.0;
  int applications = 1, applications_employed = 1;
  bool same_step_search = false;
};

/// The mean field written out occupation by occupation, with loops and nothing shared.
struct Plain {
  std::vector<double> e, u, v, before, after;
  std::vector<std::vector<double>> w;
  Rates rates;
  std::vector<double> separations, hires;

  Plain(const OccupationNetwork& network, const OccupationStart& start, const Rates& given)
      : e(start.employed), u(start.searching), v(start.vacancies), rates(given) {
    const std::size_t n = e.size();
    w.assign(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) w[i][i] = rates.own;
    for (const auto& edge : network.edges) w[edge.from][edge.to] = (1.0 - rates.own) * edge.weight;
    double sum = 0.0;
    double hours = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      before.push_back(e[i] + u[i]);
      after.push_back(before[i] * (1.0 - network.automation[i]));
      sum += before[i];
      hours += after[i];
    }
    for (double& d : after) d *= sum / hours;
  }

  static double offered(double s, double o, int beta) {
    double none = 1.0;
    for (int m = 0; m < beta; ++m) none *= 1.0 - (s - m <= 0.0 ? 1.0 : std::min(1.0, o / (s - m)));
    return 1.0 - none;
  }

  void step(const std::vector<double>& demand) {
    const std::size_t n = e.size();
    std::vector<double> omega(n), nu(n), s(n), to_u(n), to_e(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double gap = e[i] + v[i] - demand[i];
      const double up = std::min(e[i], rates.response * std::max(0.0, gap)) / e[i];
      const double down = std::min(e[i], rates.response * std::max(0.0, -gap)) / e[i];
      omega[i] = e[i] * (rates.natural_separation + (1 - rates.natural_separation) * up);
      nu[i] = e[i] * (rates.natural_opening + (1 - rates.natural_opening) * down);
    }
    std::vector<double> seen(v), seeking(u);
    for (std::size_t i = 0; rates.same_step_search && i < n; ++i) {
      seen[i] += nu[i];
      seeking[i] += omega[i];
    }
    std::vector<std::vector<double>> q(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0.0;
      for (std::size_t k = 0; k < n; ++k) sum += seen[k] * w[i][k];
      for (std::size_t j = 0; j < n; ++j) {
        q[i][j] = seen[j] * w[i][j] / sum;
        to_u[j] += seeking[i] * q[i][j];
        to_e[j] += rates.search_on_the_job * (e[i] - omega[i]) * q[i][j];
      }
    }
    std::vector<double> gu(n), ge(n);
    for (std::size_t j = 0; j < n; ++j) {
      s[j] = rates.applications * to_u[j] + rates.applications_employed * to_e[j];
      const double o = seen[j] * (1.0 - std::exp(-s[j] / seen[j]));
      gu[j] = offered(s[j], o, rates.applications);
      ge[j] = offered(s[j], o, rates.applications_employed);
      const double taken = to_u[j] * gu[j] + to_e[j] * ge[j];
      if (taken > o) {
        gu[j] *= o / taken;
        ge[j] *= o / taken;
      }
    }
    separations = omega;
    hires.assign(n, 0.0);
    std::vector<double> out(n), leave(n), in(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const double fu = seeking[i] * q[i][j] * gu[j];
        const double fe = rates.search_on_the_job * (e[i] - omega[i]) * q[i][j] * ge[j];
        hires[j] += fu;
        out[i] += fu;
        in[j] += fe;
        leave[i] += fe;
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      e[i] += hires[i] + in[i] - leave[i] - omega[i];
      u[i] += omega[i] - out[i];
      v[i] += nu[i] - hires[i] - in[i];
    }
  }
};

void set(Scenario& scenario, const std::string& name, double value) {
  for (double& v : scenario.parameters.find(name)->second.values) v = value;
}

double rate(const Eigen::ArrayXd& u, const Eigen::ArrayXd& e) {
  return u.sum() / (u.sum() + e.sum());
}

/// Unemployment and vacancies of one occupation with labour force 1 that is in balance.
struct Balance {
  double u, v;
};
Balance complete_graph(double du, double dv, double response) {
  const auto vacancies = [&](double u) { return u - (du - dv) * (1 - u) / ((1 - dv) * response); };
  const auto excess = [&](double u) {
    const double v = vacancies(u);
    return v * (1.0 - std::exp(-u / v)) - du * (1 - u);
  };
  // Below `low` there would be no vacancies.
  const double a = (du - dv) / ((1 - dv) * response);
  const double low = std::max(1e-9, a / (1 + a)) * (1 + 1e-12) + 1e-12;
  std::uintmax_t iterations = 200;
  const auto root = boost::math::tools::toms748_solve(
      excess, low, 0.9, boost::math::tools::eps_tolerance<double>(52), iterations);
  return {root.first, vacancies(root.first)};
}

}  // namespace

TEST_CASE("matching/network: the mean field of three occupations, step by step", "[model]") {
  const Scenario scenario = read("three_nodes.yaml");
  MeanFieldSimulation simulation(scenario, builtin_models());
  struct Row {
    int t;
    double e[3], u[3], v[3];
  };
  // Worked out by a script of its own.
  const Row rows[] = {{1,
                       {933.112696612, 596.284740032, 396.735831607},
                       {82.495230452, 14.084161804, 9.287339493},
                       {15.532423388, 32.986043968, 42.854184393}},
                      {2,
                       {882.151647806, 612.558515721, 409.360592133},
                       {103.116968322, 15.350551438, 9.461724582},
                       {13.380733715, 35.308963784, 59.532890812}},
                      {10,
                       {678.030874661, 703.004655863, 556.621683956},
                       {56.962721815, 22.267378459, 15.112685246},
                       {8.971682353, 17.459290247, 26.982400397}},
                      {199,
                       {608.006390885, 731.294267606, 608.627925869},
                       {24.494170338, 32.819634632, 26.757610671},
                       {11.608832017, 12.201322789, 10.971569934}}};
  for (const Row& row : rows) {
    while (simulation.index() < row.t) simulation.step();
    INFO("step " << row.t);
    const MeanField& f = simulation.field();
    for (int k = 0; k < 3; ++k) {
      CHECK_THAT(f.employed[k], WithinAbs(row.e[k], 1e-9));
      CHECK_THAT(f.searching[k], WithinAbs(row.u[k], 1e-9));
      CHECK_THAT(f.vacancies[k], WithinAbs(row.v[k], 1e-9));
    }
    if (row.t == 1) {
      const double separations[] = {75.35488, 9.6, 6.4};
      const double hires[] = {8.467576612, 5.884740032, 3.135831607};
      for (int k = 0; k < 3; ++k) {
        CHECK_THAT(f.separations[k], WithinAbs(separations[k], 1e-9));
        CHECK_THAT(f.hires[k], WithinAbs(hires[k], 1e-9));
      }
    }
    if (row.t == 10) {
      const Eigen::ArrayXd longer = simulation.searching_for(3, false);
      const double expected[] = {13.244390920, 2.486000734, .979078886};
      for (int k = 0; k < 3; ++k) CHECK_THAT(longer[k], WithinAbs(expected[k], 1e-9));
    }
    CHECK_THAT(f.employed.sum() + f.searching.sum(), WithinRel(2032.0, 1e-12));
  }
}

TEST_CASE("matching/network: the mean field is the equations, on networks drawn at random",
          "[model]") {
  std::mt19937 engine(20);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int trial = 0; trial < 6; ++trial) {
    Scenario scenario = read("three_nodes.yaml");
    const std::size_t n = 5 + static_cast<std::size_t>(trial) * 3;
    scenario.network = random_network(engine, n);
    scenario.dimensions.occupations.resize(n);
    Rates rates{0.005 + 0.03 * uniform(engine), 0.005 + 0.03 * uniform(engine),
                0.05 + 0.3 * uniform(engine), 0.2 + 0.7 * uniform(engine)};
    if (trial % 2 == 1) {
      rates.search_on_the_job = 0.05 * uniform(engine);
      rates.applications = 1 + trial;
      rates.applications_employed = 2;
    }
    rates.same_step_search = scenario.time.same_step_search = trial % 3 == 2;
    set(scenario, "natural_separation", rates.natural_separation);
    set(scenario, "natural_opening", rates.natural_opening);
    set(scenario, "gap_response", rates.response);
    set(scenario, "own_occupation", rates.own);
    set(scenario, "search_on_the_job", rates.search_on_the_job);
    set(scenario, "applications_searching", rates.applications);
    set(scenario, "applications_employed", rates.applications_employed);
    MeanFieldSimulation simulation(scenario, builtin_models());
    Plain plain(scenario.network, textbook_start(scenario), rates);
    for (int t = 1; t <= 600; ++t) {
      simulation.step();
      plain.step(plain.after);
    }
    INFO("trial " << trial << ", " << n << " occupations");
    for (std::size_t k = 0; k < n; ++k) {
      const auto i = static_cast<Eigen::Index>(k);
      CHECK_THAT(simulation.field().employed[i], WithinRel(plain.e[k], 1e-9));
      CHECK_THAT(simulation.field().searching[i], WithinRel(plain.u[k], 1e-9));
      CHECK_THAT(simulation.field().vacancies[i], WithinRel(plain.v[k], 1e-9));
    }
  }
}

TEST_CASE("matching/network: a complete graph is one occupation", "[model]") {
  struct Case {
    double du, dv, response;
  };
  std::vector<Case> cases = {{.016, .012, .16}, {.016, .016, .16}};
  std::mt19937 engine(21);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int i = 0; i < 10; ++i) {
    const double dv = 0.005 + 0.03 * uniform(engine);
    cases.push_back({dv + 0.01 * uniform(engine), dv, 0.1 + 0.4 * uniform(engine)});
  }
  for (const Case& c : cases) {
    Scenario scenario = read("complete_graph.yaml");
    set(scenario, "natural_separation", c.du);
    set(scenario, "natural_opening", c.dv);
    set(scenario, "gap_response", c.response);
    MeanFieldSimulation simulation(scenario, builtin_models());
    while (!simulation.done()) simulation.step();
    const MeanField& f = simulation.field();
    const double force = f.employed.sum() + f.searching.sum();
    const Balance exact = complete_graph(c.du, c.dv, c.response);
    INFO("du " << c.du << ", dv " << c.dv << ", response " << c.response);
    CHECK_THAT(f.searching.sum() / force, WithinRel(exact.u, 1e-8));
    CHECK_THAT(f.vacancies.sum() / force, WithinRel(exact.v, 1e-8));
    // Long spells: at least four steps, the first of which nobody searches in.
    const double finding = c.du * (1 - exact.u) / exact.u;
    CHECK_THAT(simulation.searching_for(3).sum() / force,
               WithinRel(exact.u * std::pow(1 - finding, 3), 1e-7));
  }
  const Balance published = complete_graph(.016, .012, .16);
  CHECK_THAT(published.u, WithinRel(.0410657274, 1e-8));
  CHECK_THAT(published.v, WithinRel(.0168011962, 1e-8));
  const double same = complete_graph(.016, .016, .16).u;
  CHECK_THAT(same, WithinRel(.016 / (.016 + 1 - std::exp(-1.0)), 1e-8));
}

TEST_CASE("matching/network: offers are no more than vacancies, however many apply", "[model]") {
  using matching::NetworkField;
  CHECK_THAT(NetworkField::offer_chance(10.0, 2.0, 1), WithinRel(0.2, 1e-12));
  CHECK_THAT(NetworkField::offer_chance(10.0, 2.0, 2), WithinRel(1 - 0.8 * (1 - 2.0 / 9.0), 1e-12));
  // Two persons' worth of five applications each to a tenth of a vacancy.
  CHECK(NetworkField::offer_chance(2.0, 0.1, 5) == 1.0);
  Scenario scenario = read("three_nodes.yaml");
  set(scenario, "applications_searching", 50.0);
  set(scenario, "search_on_the_job", 0.01);
  set(scenario, "applications_employed", 20.0);
  MeanFieldSimulation simulation(scenario, builtin_models());
  // The simulation refuses hires beyond the vacancies seen.
  while (!simulation.done()) REQUIRE_NOTHROW(simulation.step());
}

TEST_CASE("matching/network: without a job search from the job changes nothing", "[model]") {
  Scenario with = read("three_nodes.yaml");
  set(with, "search_on_the_job", 0.0);
  set(with, "applications_employed", 7.0);
  MeanFieldSimulation a(with, builtin_models());
  const Scenario without = read("three_nodes.yaml");
  MeanFieldSimulation b(without, builtin_models());
  for (int t = 0; t < 100; ++t) {
    a.step();
    b.step();
  }
  CHECK((a.field().searching == b.field().searching).all());
}

TEST_CASE("matching/network: agents have the mean field's stocks on average", "[model]") {
  // 40 replications; each of 9 means is outside 4 standard errors with probability 3e-4 (Student's
  // t) if there is no bias: a false alarm in 200. Stocks are large enough for the bias of small
  // urns, some 1/v per occupation, to be below a standard error: occupations are 25 times as large.
  const Overrides large = {{"population.textbook.persons", "50800"},
                           {"population.textbook.staff", "50600"},
                           {"time.end", "2001-12-31"}};
  for (const double on_the_job : {0.0, 0.03}) {
    Scenario scenario = read("three_nodes.yaml", large);
    set(scenario, "search_on_the_job", on_the_job);
    if (on_the_job > 0.0) {
      // Wages draw applicants, and differ.
      scenario.network.wage = {1.0, 1.5, 0.7};
      set(scenario, "wage_pull", 1.0);
      set(scenario, "applications_searching", 3.0);
      set(scenario, "applications_employed", 2.0);
    }
    MeanFieldSimulation exact(scenario, builtin_models());
    while (!exact.done()) exact.step();
    const World start = synthesise(scenario);
    constexpr int kRuns = 40;
    Eigen::ArrayXXd stocks(9, kRuns);
    for (int run = 0; run < kRuns; ++run) {
      SimulationOptions options;
      options.realization = static_cast<std::uint32_t>(run);
      Simulation simulation(scenario, builtin_models(), start, options);
      simulation.run();
      const Ledger& ledger = simulation.world().ledger;
      for (std::size_t k = 0; k < 3; ++k) {
        const OccupationId id{k};
        const auto i = static_cast<Eigen::Index>(k);
        stocks(i, run) = static_cast<double>(ledger.nationals(Status::Employed, id));
        stocks(3 + i, run) = static_cast<double>(ledger.nationals(Status::Searching, id));
        stocks(6 + i, run) =
            static_cast<double>(simulation.world().vacancies_of(SectorId{std::size_t{0}}, id));
      }
    }
    const Eigen::ArrayXd mean = stocks.rowwise().mean();
    const Eigen::ArrayXd error =
        ((stocks.colwise() - mean).square().rowwise().sum() / (kRuns - 1.0) / kRuns).sqrt();
    const MeanField& f = exact.field();
    INFO("search on the job " << on_the_job);
    for (Eigen::Index k = 0; k < 3; ++k) {
      INFO("occupation " << k);
      CHECK(std::abs(mean[k] - f.employed[k]) <= 4.0 * error[k]);
      CHECK(std::abs(mean[3 + k] - f.searching[k]) <= 4.0 * error[3 + k]);
      CHECK(std::abs(mean[6 + k] - f.vacancies[k]) <= 4.0 * error[6 + k]);
      // What the test can tell: a change that adds chance alone must not widen its gate.
      CHECK(error[k] < 0.001 * f.employed[k]);
      CHECK(error[3 + k] < 0.01 * f.searching[k]);
      CHECK(error[6 + k] < 0.02 * f.vacancies[k]);
    }
  }
}

TEST_CASE("matching/network: posts at home and fly-in posts are alike to who applies", "[model]") {
  // One seeker before two posts at home and three that fly people in, 2,000 times: the share of
  // each is a fifth, outside 4 standard errors in one of five with probability 3e-4.
  constexpr int kRuns = 2000;
  std::array<int, 5> filled{};
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.regions, {"home", "far"});
    small.build();
    World& world = small.world;
    world.step = -1;
    std::vector<VacancyId> posts;
    for (const bool fly_in : {false, true}) {
      const FirmId firm =
          world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{fly_in ? 1u : 0u}});
      world.firms[firm.at()].recruits_nationally = fly_in;
      const CellId cell{world.firms[firm.at()].first_cell};
      world.want(cell, 10);
      for (int n = 0; n < (fly_in ? 3 : 2); ++n) posts.push_back(world.open_vacancy(cell));
    }
    small.add(Status::Searching, 30);
    small.use(register_matching_network);
    small.set("duration_dependence", 0.0);
    small.start(1, run);
    small.run(1);
    for (std::size_t p = 0; p < posts.size(); ++p)
      filled[p] += world.vacancy(posts[p]).open ? 0 : 1;
  }
  for (std::size_t p = 0; p < filled.size(); ++p) {
    INFO("post " << p);
    CHECK_THAT(filled[p], WithinAbs(kRuns / 5.0, 4.0 * std::sqrt(kRuns * 0.2 * 0.8)));
  }
}

TEST_CASE("matching/network: what a mean field records of a month adds up", "[model]") {
  Scenario scenario = read("three_nodes.yaml", {{"time.end", "2001-12-31"}});
  set(scenario, "search_on_the_job", 0.05);
  const auto recording = record_mean_field(scenario, builtin_models());
  REQUIRE(recording);
  const auto series = [&](const char* name) -> const std::vector<double>& {
    return test::table(*recording, name).data;
  };
  for (std::size_t m = 1; m < recording->months.size(); ++m) {
    INFO("month " << m);
    const auto change = [&](const char* name) { return series(name)[m] - series(name)[m - 1]; };
    // Who changes jobs is hired and separated, and was no seeker.
    CHECK(series("job_to_job")[m] > 1.0);
    CHECK_THAT(change("employed"), WithinAbs(series("hires")[m] - series("separations")[m], 1e-9));
    CHECK_THAT(change("unemployed"),
               WithinAbs(series("separations")[m] - series("hires")[m], 1e-9));
    CHECK_THAT(change("vacancies"),
               WithinAbs(series("vacancies_opened")[m] - series("vacancies_filled")[m] -
                             series("vacancies_withdrawn")[m],
                         1e-9));
    CHECK(series("hires")[m] == series("vacancies_filled")[m]);
    CHECK_THAT(series("unemployment_rate")[m],
               WithinRel(series("unemployed")[m] / series("labour_force")[m], 1e-12));
    CHECK_THAT(series("tightness")[m],
               WithinRel(series("vacancies")[m] / series("unemployed")[m], 1e-12));
  }
  // Prices and permits it does not know.
  CHECK(std::isnan(series("price_index")[0]));
  CHECK(std::isnan(series("permits")[0]));
}

TEST_CASE("matching/network: a network of few ways has more unemployed than a complete graph",
          "[model]") {
  // A ring: from each occupation to the next alone. Work moves from the first half to the second.
  const auto unemployed = [](bool ring) {
    constexpr std::uint32_t kNodes = 20;
    Scenario scenario = read("three_nodes.yaml");
    scenario.dimensions.occupations.resize(kNodes);
    OccupationNetwork network;
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      network.employment.push_back(100.0);
      network.automation.push_back(i < kNodes / 2 ? 0.5 : 0.0);
      network.wage.push_back(1.0);
      for (std::uint32_t j = 0; j < kNodes; ++j) {
        if (i != j && (!ring || j == (i + 1) % kNodes)) {
          network.edges.push_back({i, j, ring ? 1.0 : 1.0 / (kNodes - 1)});
        }
      }
    }
    scenario.network = network;
    MeanFieldSimulation simulation(scenario, builtin_models());
    double sum = 0.0;
    for (int t = 0; t < 120; ++t) {
      simulation.step();
      sum += rate(simulation.field().searching, simulation.field().employed);
    }
    return sum / 120.0;
  };
  CHECK(unemployed(true) > unemployed(false) + 0.01);
}

TEST_CASE("matching/network: a cycle runs round the Beveridge plane against the clock", "[model]") {
  const Scenario scenario = read("beveridge_loop.yaml");
  MeanFieldSimulation simulation(scenario, builtin_models());
  // The signed area of the path in (u, v) over the last whole cycle: positive against the clock.
  const int period = 103;
  const int steps = scenario.clock().steps();
  double area = 0.0;
  double u = 0.0;
  double v = 0.0;
  while (!simulation.done()) {
    simulation.step();
    const MeanField& f = simulation.field();
    const double next_u = rate(f.searching, f.employed);
    const double next_v = rate(f.vacancies, f.employed);
    if (simulation.index() > steps - period) area += 0.5 * (u * next_v - next_u * v);
    u = next_u;
    v = next_v;
  }
  CHECK(area > 1e-6);
}
