#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/engine/accounts.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

/// Every month 1.5 % of jobs end, firms post up to 19 jobs each, all searchers apply to one
/// vacancy.
test::Textbook churn() {
  test::Textbook world;
  world.months = 120;
  world.same_step_search = true;
  world.model = {{Slot::Separations, "age_tenure"}, {Slot::Matching, "urn"}};
  world.parameters = {{"separation_rate", -std::log1p(-0.015)},
                      {"youth_separation", 1.0},
                      {"new_job_separation", 1.0},
                      {"search_after_job", 1.0},
                      {"exit_rate", 0.0},
                      {"retirement_rate", 0.0},
                      {"duration_dependence", 0.0},
                      {"skill_tolerance", 1.0}};
  return world;
}

std::vector<double> path(const Scenario& scenario, const SimulationOptions& options,
                         const std::string& variable) {
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), options);
  Recorder recorder(scenario);
  simulation.add_observer(recorder);
  const RunSummary summary = simulation.run();
  const Recording recording = recorder.finish(summary, simulation.world(), simulation.policy());
  for (const Table& table : recording.tables) {
    if (table.variable.name == variable && table.shape.empty()) return table.data;
  }
  return {};
}

std::vector<double> unemployment_path(const Scenario& scenario, const SimulationOptions& options) {
  return path(scenario, options, "unemployment_rate");
}

}  // namespace

// Means over the last 60 of 120 months. 300 runs of a plain sweep of the same rules in NumPy have
// an unemployment rate of 0.0501675 (standard deviation between runs 1.35e-5) and 284.9 hires a
// month (2.1). Jobs are scarce, so the first says little of separations: the second does. 4
// standard errors of both sides together: false alarm 1.3e-4.
TEST_CASE("engine/simulation: churn with urn matching settles where the plain sweep does",
          "[unit]") {
  constexpr int kRuns = 20;
  const double errors = 4.0 * std::sqrt(1.0 / kRuns + 1.0 / 300.0);
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  const auto mean = [&](const std::string& variable) {
    double sum = 0.0;
    for (std::uint32_t r = 0; r < kRuns; ++r) {
      const std::vector<double> values = path(scenario, {.seed = 5, .realization = r}, variable);
      REQUIRE(values.size() == 120);
      for (std::size_t t = 60; t < 120; ++t) sum += values[t] / (60 * kRuns);
    }
    return sum;
  };
  CHECK_THAT(mean("unemployment_rate"), WithinAbs(0.0501675, errors * 1.35e-5));
  CHECK_THAT(mean("hires"), WithinAbs(284.9, errors * 2.1));
}

TEST_CASE("engine/simulation: the same seed gives the same path, another seed another", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  const auto first = unemployment_path(scenario, {.seed = 1, .check = true});
  CHECK(first == unemployment_path(scenario, {.seed = 1}));
  CHECK(first != unemployment_path(scenario, {.seed = 2}));
  CHECK(first != unemployment_path(scenario, {.seed = 1, .realization = 1}));
}

TEST_CASE("engine/simulation: verify notices a person moved by hand", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  simulation.step();
  CHECK_NOTHROW(simulation.world().verify());
  simulation.world().persons[make_person_id(0, 0)].status = Status::Inactive;
  CHECK_THROWS_AS(simulation.world().verify(), std::runtime_error);
}

TEST_CASE("engine/world: verify notices lists that are not what the records say", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  simulation.step();
  World& world = simulation.world();
  SECTION("of seekers") {
    REQUIRE_FALSE(world.searching().empty());
    world.persons[world.searching().front().id].skill += 1;
  }
  SECTION("of staff") {
    world.cells[3].first_staff = world.persons[world.cells[3].first_staff].next_staff;
  }
  CHECK_THROWS_AS(world.verify(), ModelError);
}

TEST_CASE("engine/world: the staff hired in one step stand in an order of their own", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  const World start = synthesise(scenario);
  const auto staff_after = [&](bool reversed) {
    World world = start;
    world.step = 4;
    std::vector<PersonId> hired;
    std::vector<VacancyId> posts;
    for (int n = 0; n < 6; ++n) {
      hired.push_back(world.searching()[static_cast<std::size_t>(n)].id);
      posts.push_back(world.open_vacancy(CellId{7u}));
    }
    if (reversed) std::reverse(hired.begin(), hired.end());
    for (std::size_t n = 0; n < hired.size(); ++n) world.hire(hired[n], posts[n], 1.0);
    world.verify();
    std::vector<PersonId> staff;
    for (PersonId id = world.cells[7].first_staff; !id.is_none();
         id = world.persons[id].next_staff) {
      staff.push_back(id);
    }
    return staff;
  };
  const std::vector<PersonId> staff = staff_after(false);
  CHECK(staff == staff_after(true));
  REQUIRE(staff.size() > 6);
}

namespace {

const LeverDecl kCeiling{
    "test.ceiling", "person", 100.0, 0.0, 1e9, Dim::None, "assumption", "A ceiling for the test"};

/// Uses a ceiling up in the first year of the run, and to a quarter afterwards.
class Spender {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::ForeignHiring;
    decl.name = "spender";
    decl.levers = {kCeiling};
    return decl;
  }
  explicit Spender(Setup& setup) : ceiling_(setup.lever("test.ceiling")) {}
  void run(Step& step) {
    const bool first_year = step.month < Month(2001, 1);
    const double limit = step.policy.value(ceiling_);
    step.policy.used(ceiling_, 0, first_year ? limit : limit / 4.0, limit, first_year ? 3 : 0);
  }

 private:
  LeverId ceiling_;
};

/// Compares the wages that would be booked in a step with a bill of its own.
class Auditor {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::ForeignHiring;
    decl.name = "auditor";
    return decl;
  }
  explicit Auditor(Setup& /*setup*/) {}
  void run(Step& step) {
    const World& world = step.world;
    std::int64_t units = 0;
    for (std::uint32_t n = 0; n < world.persons.size(0); ++n) {
      const Person& person = world.persons[make_person_id(0, n)];
      if (person.status == Status::Employed) units += person.relative_wage;
    }
    // One sector, occupation and region: one index.
    const std::int64_t bill =
        std::llround(static_cast<double>(units) * step.signals.wage_index[0] * kWageUnit);
    REQUIRE(bill > 0);
    CHECK_NOTHROW(check_wages(step, bill, 0));
    CHECK_THROWS_AS(check_wages(step, bill + 1, 0), std::runtime_error);
    CHECK_THROWS_AS(check_wages(step, bill, 1), std::runtime_error);
  }
};

}  // namespace

TEST_CASE("engine/accounts: a wage bill that is not what persons earn is noticed", "[unit]") {
  Registry models = builtin_models();
  models.add<Auditor>();
  test::Textbook book = churn();
  book.months = 2;
  book.model.emplace_back(Slot::ForeignHiring, "auditor");
  const Scenario scenario = test::make_scenario(book, models);
  Simulation(scenario, models, synthesise(scenario), {.check = true}).run();
}

TEST_CASE("engine/policy: what a ceiling did counts from the first reported month on", "[unit]") {
  Registry models = builtin_models();
  models.add<Spender>();
  for (const StepLength length : {StepLength::Month, StepLength::Day}) {
    test::Textbook book = churn();
    book.persons = 2000;
    book.firms = 100;
    book.months = 24;
    book.step = length;
    book.model.emplace_back(Slot::ForeignHiring, "spender");
    Scenario scenario = test::make_scenario(book, models);
    LeverTimeline timeline;
    timeline.decl = &kCeiling;
    timeline.before = 100.0;
    scenario.policy = {timeline};
    const auto use_of = [&](std::optional<Date> report_from) {
      scenario.time.report_from = report_from;
      Simulation simulation(scenario, models, synthesise(scenario), {});
      simulation.run();
      const std::vector<LeverUse> uses = simulation.policy().uses(scenario, 10.0);
      REQUIRE(uses.size() == 1);
      return uses.front();
    };
    const LeverUse whole = use_of({});
    CHECK(whole.highest_use == 1.0);
    CHECK(whole.refused == 30.0 * static_cast<double>(whole.steps_bound));
    CHECK(whole.steps_bound >= 12);
    const LeverUse second_year = use_of(Date{2001, 1, 15});
    CHECK(second_year.highest_use == 0.25);
    CHECK(second_year.steps_bound == 0);
    if (length == StepLength::Month) CHECK(use_of(Date{2000, 7, 15}).steps_bound == 6);
  }
}

TEST_CASE("engine/policy: a condition counts the steps in which it changes its lever", "[unit]") {
  Registry models = builtin_models();
  models.add<Spender>();
  test::Textbook book = churn();
  book.persons = 2000;
  book.firms = 100;
  book.months = 24;
  book.model.emplace_back(Slot::ForeignHiring, "spender");
  const auto steps_on = [&](const std::string& when, Date from) {
    Scenario scenario = test::make_scenario(book, models);
    LeverTimeline timeline;
    timeline.decl = &kCeiling;
    timeline.before = 100.0;
    timeline.points = {{from, 5.0, {}, 0.0, {}}};
    timeline.when = when;
    scenario.policy = {timeline};
    Simulation simulation(scenario, models, synthesise(scenario), {});
    simulation.run();
    const std::vector<LeverUse> uses = simulation.policy().uses(scenario, 1.0);
    REQUIRE(uses.size() == 1);
    CHECK(uses.front().when == when);
    return uses.front().steps_on;
  };
  CHECK(steps_on("unemployment_rate >= 0", {2000, 7, 1}) == 18);
  CHECK(steps_on("unemployment_rate >= 0", {2000, 1, 1}) == 24);
  CHECK(steps_on("unemployment_rate > 0.5", {2000, 7, 1}) == 0);
}

// The former opens two vacancies in one world; in the other the firm that succeeds it opens the
// second.
TEST_CASE("engine/world: a firm that succeeds another goes on with its random numbers", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  const World start = synthesise(scenario);
  World one = start;
  one.open_vacancy(CellId{7u});
  const std::uint32_t expected = one.vacancy(one.open_vacancy(CellId{7u})).place_key;
  World other = start;
  other.open_vacancy(CellId{7u});
  const FirmId id = other.succeed(other.cells[7].firm);
  const CellId cell{other.firms[id.at()].first_cell};
  CHECK(other.vacancy(other.open_vacancy(cell)).place_key == expected);
  CHECK(other.draw_key(cell) == other.draw_key(CellId{7u}));
  CHECK(other.firms[id.at()].line == other.cells[7].firm.value());
}
