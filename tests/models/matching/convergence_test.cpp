#include <cmath>
#include <random>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

/// Five hundred occupations, each leading to a fifth of the others; sizes differ tenfold.
OccupationNetwork five_hundred() {
  constexpr std::uint32_t kNodes = 500;
  std::mt19937 engine(5);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  OccupationNetwork network;
  for (std::uint32_t i = 0; i < kNodes; ++i) {
    network.employment.push_back(std::pow(10.0, uniform(engine)));
    network.automation.push_back(0.6 * uniform(engine));
    network.wage.push_back(1.0);
    std::vector<double> row(kNodes);
    double sum = 0.0;
    for (std::uint32_t j = 0; j < kNodes; ++j) {
      if (j != i && (j == (i + 1) % kNodes || uniform(engine) < 0.2))
        sum += row[j] = uniform(engine);
    }
    for (std::uint32_t j = 0; j < kNodes; ++j) {
      if (row[j] > 0.0) network.edges.push_back({i, j, row[j] / sum});
    }
  }
  return network;
}

Scenario shock(std::int64_t persons) {
  Scenario scenario = test::read("scenarios/textbook/three_nodes.yaml",
                                 {{"time.end", "2007-12-31"},
                                  {"parameters.shock_start", "20 months"},
                                  {"parameters.adoption_months", "60 months"}});
  scenario.network = five_hundred();
  scenario.dimensions.occupations.resize(scenario.network.employment.size());
  auto& textbook = *scenario.population.textbook;
  textbook.persons = persons;
  textbook.staff = static_cast<double>(persons) / 1.016 * 1.012;
  return scenario;
}

double rate_of(double searching, double employed) { return searching / (searching + employed); }

/// Root mean square over steps and runs of the agents' unemployment rate less the mean field's.
double error_at(std::int64_t persons, int runs) {
  const Scenario scenario = shock(persons);
  MeanFieldSimulation field(scenario, builtin_models());
  std::vector<double> exact;
  while (!field.done()) {
    field.step();
    exact.push_back(rate_of(field.field().searching.sum(), field.field().employed.sum()));
  }
  const World start = synthesise(scenario);
  double squares = 0.0;
  for (int run = 0; run < runs; ++run) {
    SimulationOptions options;
    options.realization = static_cast<std::uint32_t>(run);
    Simulation simulation(scenario, builtin_models(), start, options);
    for (const double expected : exact) {
      simulation.step();
      const Ledger& ledger = simulation.world().ledger;
      const double found = rate_of(static_cast<double>(ledger.nationals(Status::Searching)),
                                   static_cast<double>(ledger.nationals(Status::Employed)));
      squares += (found - expected) * (found - expected);
    }
  }
  return std::sqrt(squares / (runs * static_cast<double>(exact.size())));
}

}  // namespace

TEST_CASE("matching/network: agents approach the mean field as their number grows",
          "[model][slow]") {
  // The error falls with the square root of the number where chance is all, and with the number
  // where vacancies per occupation are few; between them the slope must lie. With the runs taken
  // the slope's own standard error is some 0.03, far from the bounds. bench/convergence goes on to
  // 1e7.
  struct Point {
    std::int64_t persons;
    int runs;
  };
  const Point points[] = {{10000, 30}, {100000, 8}, {1000000, 2}};
  std::vector<double> x, y;
  for (const Point& p : points) {
    x.push_back(std::log10(static_cast<double>(p.persons)));
    y.push_back(std::log10(error_at(p.persons, p.runs)));
    UNSCOPED_INFO(p.persons << " persons: " << std::pow(10.0, y.back()));
  }
  const double mean_x = (x[0] + x[1] + x[2]) / 3.0;
  const double mean_y = (y[0] + y[1] + y[2]) / 3.0;
  double above = 0.0;
  double below = 0.0;
  for (std::size_t i = 0; i < 3; ++i) {
    above += (x[i] - mean_x) * (y[i] - mean_y);
    below += (x[i] - mean_x) * (x[i] - mean_x);
  }
  const double slope = above / below;
  INFO("slope " << slope);
  CHECK(slope >= -0.75);
  CHECK(slope <= -0.35);
  // A few tenths of a point with ten thousand persons.
  CHECK(std::pow(10.0, y[0]) < 0.01);
}
