#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <vector>

#include "models/matching/matching_function.hpp"
#include "models/matching/search.hpp"
#include "models/vacancies/entry.hpp"
#include "models/wages/job_value.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/population/textbook.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;
using matching::MatchingFunction;
using vacancies::entry_tightness;
using vacancies::EntryTerms;

namespace {

constexpr Purpose kCase{"test/free_entry"};
constexpr Purpose kFind{"test/free_entry/find"};

/// An economy with free entry and Nash bargaining, rates in one unit of time.
struct Dmp {
  double r, s, z, beta, c, mu, eta, p;

  [[nodiscard]] MatchingFunction function() const {
    return {MatchingFunction::Form::CobbDouglas, mu, eta};
  }
  [[nodiscard]] EntryTerms terms(std::function<double(double)> wage) const {
    return {p, c, r + s, std::move(wage), [m = function()](double t) { return m.filling(t); }};
  }
  [[nodiscard]] double nash(double tightness) const {
    return wages::nash_wage(beta, z, p, c, tightness);
  }
  [[nodiscard]] double tightness() const {
    return entry_tightness(terms([this](double t) { return nash(t); }));
  }
  [[nodiscard]] double unemployment(double tightness) const {
    return s / (s + function().finding(tightness));
  }
  /// (p/(p − z)) (r + s + β f)/(η (r + s) + β f)
  [[nodiscard]] double elasticity(double tightness) const {
    const double worker = beta * function().finding(tightness);
    return p / (p - z) * (r + s + worker) / (eta * (r + s) + worker);
  }
};

constexpr Dmp kShimer{.012, .1, .4, .72, .213, 1.355, .72, 1.0};

/// Free entry where the wage is given by tightness, at another productivity.
double tightness_at(double p, const std::function<double(double)>& wage) {
  Dmp economy = kShimer;
  economy.p = p;
  return entry_tightness(economy.terms(wage));
}

/// d ln θ/d ln p at p = 1, by central differences.
double measured_elasticity(const std::function<double(double)>& tightness_of) {
  const double h = 1e-5;
  return (std::log(tightness_of(std::exp(h))) - std::log(tightness_of(std::exp(-h)))) / (2.0 * h);
}

}  // namespace

TEST_CASE("vacancies/free_entry: the calibrated economies", "[model][vacancies]") {
  const double theta = kShimer.tightness();
  CHECK_THAT(theta, WithinAbs(.98214044, 1e-8));
  CHECK_THAT(kShimer.function().finding(theta), WithinRel(1.3481801, 1e-7));
  CHECK_THAT(kShimer.function().filling(theta), WithinRel(1.3726958, 1e-7));
  CHECK_THAT(kShimer.unemployment(theta), WithinAbs(.06905219, 1e-8));
  CHECK_THAT(kShimer.unemployment(theta) * theta, WithinAbs(.06781895, 1e-8));
  CHECK_THAT(kShimer.nash(theta), WithinAbs(.98262106, 1e-8));
  CHECK_THAT(kShimer.elasticity(theta), WithinRel(1.716381, 1e-6));
  CHECK_THAT(kShimer.elasticity(theta) * (kShimer.p - kShimer.z) / kShimer.p,
             WithinRel(1.029829, 1e-6));
  // Another one, by weeks: the tightness at which unemployment is .058.
  const double s = .038 / 4.0, sigma = s / (1.0 - s);
  const MatchingFunction weekly{MatchingFunction::Form::CobbDouglas, .933 / 4.0, .5};
  const double wanted = sigma * (1.0 - .058) / .058;
  const double tight = std::pow(wanted / weekly.efficiency, 2.0);
  CHECK_THAT(tight, WithinAbs(.44600606, 1e-8));
  CHECK_THAT(weekly.finding(tight), WithinAbs(.15577295, 1e-8));
}

TEST_CASE("vacancies/free_entry: entry solves the job-creation condition, whatever the numbers",
          "[model][vacancies]") {
  const Draws draws(2, 0);
  for (std::uint32_t n = 0; n < 50; ++n) {
    std::uint32_t at = 0;
    const auto between = [&](double low, double high) {
      return low + (high - low) * draws.uniform(kCase, n, at++);
    };
    const Dmp economy{between(.001, .02), between(.01, .2), between(.1, .9), between(.1, .9),
                      between(.05, 1.0),  between(.3, 2.0), between(.2, .8), between(.95, 1.2)};
    const double theta = economy.tightness();
    const MatchingFunction m = economy.function();
    CHECK_THAT((economy.r + economy.s + economy.beta * m.finding(theta)) / m.filling(theta),
               WithinRel((1.0 - economy.beta) * (economy.p - economy.z) / economy.c, 1e-8));
    const double h = 1e-5;
    Dmp more = economy, less = economy;
    more.p *= std::exp(h);
    less.p *= std::exp(-h);
    CHECK_THAT((std::log(more.tightness()) - std::log(less.tightness())) / (2.0 * h),
               WithinRel(economy.elasticity(theta), 1e-6));
  }
  // Nothing is opened at a loss.
  CHECK(tightness_at(1.0, [](double) { return 1.0; }) == 0.0);
  CHECK(tightness_at(1.0, [](double) { return 1.2; }) == 0.0);
}

TEST_CASE("vacancies/free_entry: the rule of wages decides how far tightness swings",
          "[model][vacancies]") {
  const double theta = kShimer.tightness(), wage = kShimer.nash(theta);
  const double u = kShimer.unemployment(theta);
  const auto nash = [](double p) {
    Dmp economy = kShimer;
    economy.p = p;
    return economy.tightness();
  };
  const auto curve = [&](double p) {
    return tightness_at(
        p, [&](double t) { return wage * std::pow(kShimer.unemployment(t) / u, -0.1); });
  };
  const auto fixed = [&](double p) { return tightness_at(p, [&](double) { return wage; }); };
  CHECK_THAT(measured_elasticity(nash), WithinRel(1.716, 3e-4));
  CHECK_THAT(measured_elasticity(nash), WithinRel(kShimer.elasticity(theta), 1e-6));
  CHECK_THAT(measured_elasticity(curve), WithinRel(26.23, 3e-4));
  CHECK_THAT(measured_elasticity(fixed), WithinRel(79.92, 3e-4));
  CHECK_THAT(measured_elasticity(fixed), WithinRel(1.0 / (.72 * (1.0 - wage)), 1e-6));
  CHECK_THAT(kShimer.unemployment(nash(1.01)), WithinAbs(.068746, 5e-7));
  CHECK_THAT(kShimer.unemployment(curve(1.01)), WithinAbs(.064631, 5e-7));
  CHECK_THAT(kShimer.unemployment(fixed(1.01)), WithinAbs(.058519, 5e-7));
}

namespace {

/// Search with a matching function and no more: what free entry needs beside it. Monthly, of
/// Shimer's quarters.
class Finder {
 public:
  static MatchingFunction function() {
    return {MatchingFunction::Form::CobbDouglas, kShimer.mu / 3.0, kShimer.eta};
  }
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Matching;
    decl.name = "finder";
    decl.gives = {"job_finding", "matching_function"};
    decl.parameters = matching::search_parameters();
    return decl;
  }
  explicit Finder(Setup& setup) : search_(setup) {
    setup.signals.filling_rate = [](double t) { return function().filling(t); };
  }
  void run(Step& step) {
    search_.begin(step);
    const auto posts = search_.posts(step);
    const auto seekers = search_.seekers(step);
    std::size_t next = 0;
    if (!seekers.empty()) {
      const double theta = static_cast<double>(posts.size()) / static_cast<double>(seekers.size());
      const double chance = std::min(1.0, function().finding(theta) * step.dt);
      for (const matching::Active& seeker : seekers) {
        if (next == posts.size()) break;
        if (step.draws.uniform(kFind, seeker.id.value()) < chance) {
          search_.hire(step, seeker.id, posts[next++].id);
        }
      }
    }
    search_.end(step);
  }
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup) {
      setup.start.filling_rate = [](double t) { return function().filling(t); };
    }
    void run(MeanFieldStep& step) {
      const Eigen::ArrayXd seekers = step.seekers(), visible = step.visible();
      const double f = function().finding(visible[0] / seekers[0]);
      step.field.found = (seekers * std::min(1.0, f * step.dt)).min(visible);
      step.field.hires = step.field.found;
    }
  };

 private:
  matching::Search search_;
};

/// Shimer's economy by months, in units of the wage of its steady state.
Scenario scenario_of(const Registry& models, const std::string& wages, bool same_step, int months,
                     std::int64_t persons = 100000) {
  const double theta = kShimer.tightness(), wage = kShimer.nash(theta);
  test::Textbook book;
  book.persons = persons;
  book.firms = 100;
  book.staff = static_cast<double>(persons) / 100.0 * 2.0;
  book.unemployed = 0.07;
  book.months = months;
  book.same_step_search = same_step;
  book.model = {{Slot::Separations, "constant"},
                {Slot::Vacancies, "free_entry"},
                {Slot::Matching, "finder"},
                {Slot::Wages, wages}};
  book.parameters = {{"separation_rate", kShimer.s / 3.0}, {"discount_rate", kShimer.r / 3.0},
                     {"productivity", 1.0 / wage},         {"posting_cost", kShimer.c / wage},
                     {"nonwork_value", kShimer.z / wage},  {"duration_dependence", 0.0},
                     {"discouraged_search", 0.0},          {"herder_search", 0.0}};
  if (wages == "nash") book.parameters.emplace_back("worker_share", kShimer.beta);
  return test::make_scenario(book, models);
}

Registry with_finder() {
  Registry models = builtin_models();
  models.add<Finder>();
  return models;
}

/// Tightness in force in a step: what seekers see of vacancies.
double seen_tightness(const MeanFieldSimulation& field, double seekers_before,
                      double vacancies_before, bool same_step) {
  const MeanField& f = field.field();
  if (!same_step) return (vacancies_before - f.withdrawals[0]) / seekers_before;
  return (vacancies_before - f.withdrawals[0] + f.openings[0]) /
         (seekers_before + f.separations[0]);
}

}  // namespace

TEST_CASE("vacancies/free_entry: the mean field settles where the closed form says",
          "[model][vacancies]") {
  const Registry models = with_finder();
  for (const bool same_step : {false, true}) {
    for (const char* wages : {"nash", "fixed"}) {
      INFO(wages << (same_step ? ", same step" : ""));
      const Scenario scenario = scenario_of(models, wages, same_step, 600);
      MeanFieldSimulation field(scenario, models);
      double seekers = 0.0, vacancies = 0.0;
      while (!field.done()) {
        seekers = field.field().searching[0];
        vacancies = field.field().vacancies[0];
        field.step();
      }
      const double theta = seen_tightness(field, seekers, vacancies, same_step);
      CHECK_THAT(theta, WithinRel(kShimer.tightness(), 1e-8));
      const double stay = std::exp(-kShimer.s / 3.0);
      const double find = Finder::function().finding(theta);
      const double share = (1.0 - stay) / (1.0 - stay + find);
      // Whoever loses a job and searches in the same step counts as employed if it works out.
      const double u = same_step ? share * (1.0 - find) / (1.0 - share * find) : share;
      CHECK_THAT(field.field().searching[0] / 100000.0, WithinRel(u, 1e-8));
    }
  }
}

TEST_CASE(
    "vacancies/free_entry: higher productivity moves the mean field as the rule of wages has it",
    "[model][vacancies]") {
  const Registry models = with_finder();
  const auto unemployment = [&](const char* wages) {
    Scenario scenario = scenario_of(models, wages, false, 240);
    DriverSeries series;
    series.name = "productivity";
    series.between = DriverSeries::Between::Step;
    series.points = {{{2000, 1, 1}, 1.0}, {{2001, 1, 1}, 1.01}};
    scenario.drivers["productivity"] = series;
    scenario.model[static_cast<std::size_t>(Slot::Drivers)] = "series";
    MeanFieldSimulation field(scenario, models);
    double seekers = 0.0, vacancies = 0.0;
    while (!field.done()) {
      seekers = field.field().searching[0];
      vacancies = field.field().vacancies[0];
      field.step();
    }
    return kShimer.unemployment(seen_tightness(field, seekers, vacancies, false));
  };
  CHECK_THAT(unemployment("nash"), WithinAbs(.068746, 5e-7));
  CHECK_THAT(unemployment("fixed"), WithinAbs(.058519, 5e-7));
}

TEST_CASE("vacancies/free_entry: with a wage curve the mean field settles between the two",
          "[model][vacancies]") {
  const Registry models = with_finder();
  Scenario scenario = scenario_of(models, "wage_curve", false, 1200);
  DriverSeries series;
  series.name = "productivity";
  series.between = DriverSeries::Between::Step;
  series.points = {{{2000, 1, 1}, 1.0}, {{2001, 1, 1}, 1.01}};
  scenario.drivers["productivity"] = series;
  scenario.model[static_cast<std::size_t>(Slot::Drivers)] = "series";
  MeanFieldSimulation field(scenario, models);
  double reference = 0.0, seekers = 0.0, vacancies = 0.0;
  while (!field.done()) {
    seekers = field.field().searching[0];
    vacancies = field.field().vacancies[0];
    field.step();
    // The curve passes through the first year's mean.
    if (field.index() <= 12) reference += std::log(field.field().searching[0] / 100000.0) / 12.0;
  }
  const double wage = kShimer.nash(kShimer.tightness());
  const double end = probability(kShimer.s / 3.0, 1.0);
  EntryTerms terms{1.01 / wage, kShimer.c / wage, (kShimer.r + kShimer.s) / 3.0, {}, {}};
  terms.filling_rate = [](double t) { return Finder::function().filling(t); };
  terms.wage = [&](double t) {
    const double find = Finder::function().finding(t);
    return std::pow(end / (end + find) / std::exp(reference), -0.1);
  };
  const double theta = entry_tightness(terms);
  CHECK_THAT(seen_tightness(field, seekers, vacancies, false), WithinRel(theta, 1e-8));
  CHECK_THAT(field.field().wage[0] / MeanFieldSimulation(scenario, models).field().wage[0],
             WithinRel(terms.wage(theta), 1e-8));
}

// Two comparisons at 4 standard errors, measured over batches of 40 months: false alarm 2e-4. Firms
// post whole vacancies and reckon with expected ones, which shifts tightness by less than 0.5 %.
TEST_CASE("vacancies/free_entry: agents settle where the closed form says", "[model][vacancies]") {
  const Registry models = with_finder();
  const Scenario scenario = scenario_of(models, "nash", false, 460, 20000);
  Simulation simulation(scenario, models, synthesise(scenario), {.seed = 3});
  for (int t = 0; t < 60; ++t) simulation.step();
  std::vector<double> tightness, unemployed;
  while (!simulation.done()) {
    double theta = 0.0, u = 0.0;
    for (int t = 0; t < 40; ++t) {
      const auto seekers =
          static_cast<double>(simulation.world().ledger.nationals(Status::Searching));
      theta += static_cast<double>(simulation.world().open_vacancies()) / seekers / 40.0;
      u += seekers / 20000.0 / 40.0;
      simulation.step();
    }
    tightness.push_back(theta);
    unemployed.push_back(u);
  }
  const auto check = [](const std::vector<double>& batches, double exact, double slack) {
    double mean = 0.0, squares = 0.0;
    const auto n = static_cast<double>(batches.size());
    for (const double x : batches) mean += x / n;
    for (const double x : batches) squares += (x - mean) * (x - mean);
    CHECK_THAT(mean, WithinAbs(exact, 4.0 * std::sqrt(squares / (n - 1.0) / n) + slack));
  };
  const double theta = kShimer.tightness();
  check(tightness, theta, 0.005 * theta);
  const double end = probability(kShimer.s / 3.0, 1.0);
  const double find = Finder::function().finding(theta);
  check(unemployed, end / (end + find), 0.0);
}
