#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/population/textbook.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;
using Catch::Matchers::WithinRel;

// Rival theories meet where their own ingredient is taken away. Each row of the matrix below gives
// a variant and the parameters at which it must be another, solved one; crossed with every rule of
// matching the two runs must then be the same bit by bit.

namespace {

using Model = std::vector<std::pair<Slot, std::string>>;
using Parameters = std::vector<std::pair<std::string, double>>;

/// A variant that becomes another at some values of its parameters.
struct Reduction {
  std::string name;
  Parameters at;
  std::string is;
  Parameters unlike = {};  ///< at which it is not; its own values without any
};

test::Textbook world() {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 40;
  book.staff = 48;
  book.unemployed = 0.08;
  book.months = 15;
  book.occupations = 2;
  book.sectors = 2;
  book.origins = 1;
  book.destinations = 1;
  return book;
}

/// The tables of a run. Parameters that no variant of the model declares are left out.
std::vector<Table> tables_of(test::Textbook book, const Model& model,
                             const Parameters& parameters) {
  book.model = model;
  Scenario scenario = test::make_scenario(book, builtin_models());
  for (const auto& [name, value] : parameters) {
    const auto found = scenario.parameters.find(name);
    if (found == scenario.parameters.end()) continue;
    for (double& v : found->second.values) v = value;
  }
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 4});
  Recorder recorder(scenario);
  simulation.add_observer(recorder);
  simulation.run();
  return recorder.finish(simulation.summary(), simulation.world(), simulation.policy()).tables;
}

/// The first variable in which two runs differ; empty where they are the same.
std::string difference(const std::vector<Table>& a, const std::vector<Table>& b) {
  if (a.size() != b.size()) return "the number of tables";
  for (std::size_t t = 0; t < a.size(); ++t) {
    const std::vector<double>& x = a[t].data;
    const std::vector<double>& y = b[t].data;
    const bool same =
        x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) == 0;
    if (!same) return a[t].variable.name;
  }
  return {};
}

/// Every rule of matching that needs nothing of wages but an index.
std::vector<std::string> matchings() {
  std::vector<std::string> names;
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    if (variant.slot != Slot::Matching) continue;
    const bool plain =
        variant.needs.empty() || variant.needs == std::vector<std::string>{"wage_index"};
    if (plain) names.push_back(variant.name);
  }
  return names;
}

void check_rows(Slot slot, const std::vector<Reduction>& rows, const Parameters& common) {
  for (const std::string& matching : matchings()) {
    const Model around = {{Slot::Separations, "constant"}, {Slot::Matching, matching}};
    Parameters parameters = common;
    parameters.emplace_back("separation_rate", 0.02);
    for (const Reduction& row : rows) {
      INFO("matching/" << matching << ", " << to_string(slot) << "/" << row.name << " as "
                       << row.is);
      const auto run = [&](const std::string& name, const Parameters& at) {
        Model model = around;
        model.emplace_back(slot, name);
        Parameters all = parameters;
        all.insert(all.end(), at.begin(), at.end());
        return tables_of(world(), model, all);
      };
      if (matching == "none" && slot == Slot::Migration) continue;  // they need job_finding
      const std::vector<Table> reduced = run(row.name, row.at);
      CHECK(difference(reduced, run(row.is, {})).empty());
      // Elsewhere it is another: the comparison can fail.
      if (matching == "urn") CHECK_FALSE(difference(reduced, run(row.name, row.unlike)).empty());
    }
  }
}

double hires(const std::vector<Table>& tables, std::size_t month) {
  for (const Table& table : tables) {
    if (table.variable.name == "hires" && table.variable.dims.empty()) return table.data[month];
  }
  return std::nan("");
}

Scenario one_market(const std::string& matching, const Parameters& parameters, double posts) {
  test::Textbook book;
  book.persons = 1000;
  book.firms = 1;
  book.staff = posts;
  book.unemployed = 0.1;
  book.months = 40;
  book.model = {{Slot::Separations, "constant"}, {Slot::Matching, matching}};
  Scenario scenario = test::make_scenario(book, builtin_models());
  Parameters all = parameters;
  all.insert(all.end(), {{"separation_rate", 0.03},
                         {"duration_dependence", 0.0},
                         {"discouraged_search", 0.0},
                         {"herder_search", 0.0},
                         {"skill_tolerance", 1.0},
                         {"reservation_share", 0.0}});
  for (const auto& [name, value] : all) {
    const auto found = scenario.parameters.find(name);
    if (found != scenario.parameters.end()) found->second.values.assign(1, value);
  }
  return scenario;
}

}  // namespace

TEST_CASE("contract/reductions: wage rules without their ingredient leave wages as they are",
          "[contract]") {
  check_rows(Slot::Wages,
             {{"wage_curve", {{"wage_curve_elasticity", 0.0}}, "fixed"},
              {"nash", {{"worker_share", 0.0}, {"nonwork_value", 1.0}}, "fixed"},
              {"posting",
               {{"offer_distribution", 0.0}, {"supply_elasticity", 1.0}, {"productivity", 2.0}},
               "fixed",
               {{"offer_distribution", 0.0}, {"supply_elasticity", 2.0}, {"productivity", 2.0}}},
              {"adaptive",
               {{"offer_step", 0.0},
                {"ask_step", 0.0},
                {"inflation_pass", 0.0},
                {"productivity_pass", 0.0},
                {"unemployment_pass", 0.0}},
               "fixed"}},
             {});
}

TEST_CASE("contract/reductions: foreign hiring without attention, network or nests is the simpler",
          "[contract]") {
  check_rows(Slot::ForeignHiring,
             {{"rum", {{"foreign_attention", 0.0}}, "none"},
              {"exogenous", {{"arrivals_anchored", 0.0}}, "none", {{"arrival_rate", 0.01}}},
              {"rum_network", {{"origin_network", 0.0}}, "rum"},
              {"nested_logit", {{"sector_dissimilarity", 1.0}}, "rum"},
              {"permit_queue", {{"foreign_recruitment", 0.0}, {"foreign_openness", 0.0}}, "none"},
              {"permit_office", {{"foreign_recruitment", 0.0}, {"foreign_openness", 0.0}}, "none"}},
             {{"foreign_openness", 0.05}, {"origin_pool", 2000.0}, {"origin_anchored", 0.0}});
}

TEST_CASE("contract/reductions: where nobody considers a country abroad nobody leaves",
          "[contract]") {
  check_rows(Slot::Migration,
             {{"rum", {{"emigration_attention", 0.0}}, "none", {{"emigration_attention", 0.05}}},
              {"destination_quota",
               {{"emigration_attention", 0.0}},
               "none",
               {{"emigration_attention", 0.05}}}},
             {{"destinations_anchored", 0.0}});
}

TEST_CASE("contract/reductions: rules of matching meet in one market", "[contract]") {
  // The short side clears: mismatch with one island, and stable matching with lists of all posts.
  for (const double posts : {950.0, 1040.0}) {
    const auto run = [&](const std::string& matching, const Parameters& parameters) {
      const Scenario scenario = one_market(matching, parameters, posts);
      Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 9});
      Recorder recorder(scenario);
      simulation.add_observer(recorder);
      simulation.run();
      return recorder.finish(simulation.summary(), simulation.world(), simulation.policy()).tables;
    };
    const auto islands = run("islands", {});
    const auto stable = run("deferred_acceptance", {{"list_length", 1000.0}});
    INFO("posts " << posts);
    // A hundred search; the posts beyond the 900 at work stand open.
    const double short_side = std::min(100.0, posts - 900.0);
    CHECK(hires(islands, 0) == short_side);
    CHECK(hires(stable, 0) == short_side);
  }
  // In the mean field the CES function without friction takes the short side, exactly.
  const Scenario ces = one_market("ces", {{"matching_curvature", 50.0}}, 950.0);
  MeanFieldSimulation frictionless(ces, builtin_models());
  frictionless.step();
  CHECK_THAT(frictionless.field().hires[0], WithinRel(50.0, 1e-12));

  // One occupation: the network is an urn, with and without a job to search from.
  const Scenario urn = one_market("urn", {}, 950.0);
  const Scenario network = one_market("network", {}, 950.0);
  MeanFieldSimulation a(urn, builtin_models());
  MeanFieldSimulation b(network, builtin_models());
  for (int t = 0; t < 40; ++t) {
    a.step();
    b.step();
    REQUIRE_THAT(b.field().searching[0], WithinRel(a.field().searching[0], 1e-12));
    REQUIRE_THAT(b.field().vacancies[0], WithinRel(a.field().vacancies[0], 1e-12));
  }
}
