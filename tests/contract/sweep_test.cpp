#include "support/sweep.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

constexpr std::uint64_t kSeeds = 200;
constexpr std::array<int, 4> kMonths = {0, 5, 23, 59};
using Row = std::array<double, 6>;

constexpr std::uint64_t kCountrySeeds = 200;
constexpr std::array<int, 3> kCountryMonths = {2, 20, 47};

Row row(const test::SweepMonth& m) {
  return {m.employed, m.searching, m.discouraged, m.vacancies, m.hires, m.separations};
}

struct Tally {
  double n = 0, sum = 0, squares = 0;
  void add(double x) {
    ++n;
    sum += x;
    squares += x * x;
  }
  [[nodiscard]] double mean() const { return sum / n; }
  [[nodiscard]] double variance() const { return (squares - n * mean() * mean()) / (n - 1); }
};

using Tallies = std::array<std::array<Tally, 6>, kMonths.size()>;

/// Takes the rows of one month as the engine ends it.
class Tap final : public Observer {
 public:
  explicit Tap(Tallies& tallies) : tallies_(tallies) {}
  void on_month(const MonthView& view) override {
    const auto at = std::find(kMonths.begin(), kMonths.end(), view.world.step);
    if (at == kMonths.end()) return;
    const Ledger& l = view.world.ledger;
    const Row now = {static_cast<double>(l.nationals(Status::Employed)),
                     static_cast<double>(l.nationals(Status::Searching)),
                     static_cast<double>(l.nationals(Status::Discouraged)),
                     static_cast<double>(view.world.open_vacancies()),
                     static_cast<double>(l.total(Flow::HireNational)),
                     static_cast<double>(l.total(Flow::Separation))};
    for (std::size_t k = 0; k < now.size(); ++k) {
      tallies_[static_cast<std::size_t>(at - kMonths.begin())][k].add(now[k]);
    }
  }

 private:
  Tallies& tallies_;
};

Tallies engine(const test::SweepRules& rules) {
  test::Textbook book;
  book.persons = rules.persons;
  book.firms = rules.firms;
  book.staff = rules.posts_per_firm;
  book.months = rules.months;
  book.model = {{Slot::Separations, "age_tenure"}, {Slot::Matching, "urn"}};
  book.parameters = {{"separation_rate", rules.separation_rate},
                     {"new_job_separation", rules.new_job_factor},
                     {"search_after_job", rules.search_after_job},
                     {"discouraged_search", rules.discouraged_search},
                     {"duration_dependence", rules.duration_dependence},
                     {"youth_separation", 1.0},
                     {"exit_rate", 0.0},
                     {"retirement_rate", 0.0},
                     {"skill_tolerance", 1.0}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  const World start = synthesise(scenario);
  Tallies tallies;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Simulation simulation(scenario, builtin_models(), start, {.seed = seed});
    Tap tap(tallies);
    simulation.add_observer(tap);
    simulation.run();
  }
  return tallies;
}

Tallies sweep(const test::SweepRules& rules) {
  Tallies tallies;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto months = test::plain_sweep(rules, seed * 7919);
    for (std::size_t m = 0; m < kMonths.size(); ++m) {
      const Row now = row(months[static_cast<std::size_t>(kMonths[m])]);
      for (std::size_t k = 0; k < now.size(); ++k) tallies[m][k].add(now[k]);
    }
  }
  return tallies;
}

/// Largest distance of means and of log variances, in standard errors of the difference.
std::array<double, 2> distance(const Tallies& a, const Tallies& b) {
  std::array<double, 2> worst{};
  for (std::size_t m = 0; m < a.size(); ++m) {
    for (std::size_t k = 0; k < a[m].size(); ++k) {
      const double va = a[m][k].variance(), vb = b[m][k].variance();
      if (va == 0.0 && vb == 0.0) {
        if (a[m][k].mean() != b[m][k].mean()) worst[0] = 1e9;
        continue;
      }
      const double z = std::abs(a[m][k].mean() - b[m][k].mean()) / std::sqrt((va + vb) / kSeeds);
      const double w = std::abs(std::log(va / vb)) / std::sqrt(4.0 / (kSeeds - 1.0));
      worst = {std::max(worst[0], z), std::max(worst[1], w)};
    }
  }
  return worst;
}

/// What a country with every slot at its default counts in a month.
std::vector<double> country_row(const MonthView& view) {
  const Ledger& l = view.world.ledger;
  std::vector<double> row;
  for (const Status status :
       {Status::Child, Status::Inactive, Status::Employed, Status::Herding, Status::Searching,
        Status::Discouraged, Status::Training, Status::Abroad}) {
    row.push_back(static_cast<double>(l.nationals(status)));
  }
  for (const Flow flow : {Flow::HireNational, Flow::Separation, Flow::Exit, Flow::VacancyOpened,
                          Flow::Birth, Flow::Death, Flow::Emigration, Flow::ReturnMigration,
                          Flow::InternalMove, Flow::TrainingStart, Flow::HerdingExit}) {
    row.push_back(static_cast<double>(l.total(flow)));
  }
  row.push_back(static_cast<double>(view.world.open_vacancies()));
  row.push_back(static_cast<double>(l.foreigners()));
  return row;
}

class CountryTap final : public Observer {
 public:
  explicit CountryTap(std::vector<std::vector<Tally>>& tallies) : tallies_(tallies) {}
  void on_month(const MonthView& view) override {
    const auto at = std::find(kCountryMonths.begin(), kCountryMonths.end(), view.world.step);
    if (at == kCountryMonths.end()) return;
    const std::vector<double> row = country_row(view);
    auto& tally = tallies_[static_cast<std::size_t>(at - kCountryMonths.begin())];
    tally.resize(row.size());
    for (std::size_t k = 0; k < row.size(); ++k) tally[k].add(row[k]);
  }

 private:
  std::vector<std::vector<Tally>>& tallies_;
};

/// Mongolia's first four years at 1:250, event by event or visiting everybody in every step.
std::vector<std::vector<Tally>> country(bool sweep, const char* separation_rate) {
  const Scenario scenario =
      test::read("scenarios/mongolia/history.yaml",
                 {{"time.end", "2012-12-31"}, {"parameters.separation_rate", separation_rate}});
  SynthesisOptions coarse;
  coarse.scale = 250.0;
  const World start = synthesise(scenario, coarse);
  std::vector<std::vector<Tally>> tallies(kCountryMonths.size());
  for (std::uint64_t seed = 1; seed <= kCountrySeeds; ++seed) {
    // Other seeds for the sweep: the two are compared as independent samples.
    Simulation simulation(scenario, builtin_models(), start,
                          {.seed = sweep ? seed + 100000 : seed, .sweep = sweep});
    CountryTap tap(tallies);
    simulation.add_observer(tap);
    simulation.run();
  }
  return tallies;
}

std::array<double, 2> distance(const std::vector<std::vector<Tally>>& a,
                               const std::vector<std::vector<Tally>>& b) {
  std::array<double, 2> worst{};
  for (std::size_t m = 0; m < a.size(); ++m) {
    for (std::size_t k = 0; k < a[m].size(); ++k) {
      const double va = a[m][k].variance(), vb = b[m][k].variance();
      if (va == 0.0 && vb == 0.0) continue;
      const double z =
          std::abs(a[m][k].mean() - b[m][k].mean()) / std::sqrt((va + vb) / kCountrySeeds);
      // Counts of a few a month are skewed, and the variance of a variance follows the fourth
      // moment; those are judged by their mean alone.
      const bool few = a[m][k].mean() < 10.0;
      const double w =
          few ? 0.0 : std::abs(std::log(va / vb)) / std::sqrt(4.0 / (kCountrySeeds - 1.0));
      worst = {std::max(worst[0], z), std::max(worst[1], w)};
    }
  }
  return worst;
}

}  // namespace

// 24 means and 24 variances, each at 4 standard errors: false alarm below 48 × 6.3e-5 = 0.3 %, at
// fixed seeds.
TEST_CASE("contract/sweep: the engine agrees with a plain sweep over all persons", "[contract]") {
  const test::SweepRules rules;
  const Tallies reference = sweep(rules);
  const auto [means, variances] = distance(engine(rules), reference);
  CHECK(means < 4.0);
  CHECK(variances < 4.0);

  SECTION("and a hazard that is wrong by a twentieth is noticed") {
    test::SweepRules wrong = rules;
    wrong.separation_rate *= 1.05;
    CHECK(distance(engine(wrong), reference)[0] > 4.0);
  }
}

// 63 means and as many variances at most, each at 4 standard errors: false alarm below 126 × 6.3e-5
// = 0.8 %, at fixed seeds.
TEST_CASE("contract/sweep: the whole default model agrees with visiting everybody", "[contract]") {
  const auto reference = country(true, "0.006 /month");
  const auto [means, variances] = distance(country(false, "0.006 /month"), reference);
  CHECK(means < 4.0);
  CHECK(variances < 4.0);

  SECTION("and a hazard that is wrong by a tenth is noticed") {
    CHECK(distance(country(false, "0.0066 /month"), reference)[0] > 4.0);
  }
}
