#include "sim/meanfield/mean_field_recording.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/observe/own_indicators.hpp"
#include "sim/observe/recorder.hpp"

namespace steppe {
namespace {

using Eigen::ArrayXd;

double ratio_of(double a, double b) {
  return b > 0.0 ? a / b : std::numeric_limits<double>::quiet_NaN();
}

ArrayXd ratio_of(const ArrayXd& a, const ArrayXd& b) {
  return a.binaryExpr(b, [](double x, double y) { return ratio_of(x, y); });
}

/// Flows of the month under way, and of the last three for the rate of finding jobs.
struct MonthFlows {
  ArrayXd hires, found, separations, moves, openings, withdrawals;
  double seeker_months = 0.0;

  explicit MonthFlows(Eigen::Index n) { clear(n); }
  void clear(Eigen::Index n) {
    for (ArrayXd* flow : {&hires, &found, &separations, &moves, &openings, &withdrawals}) {
      flow->setZero(n);
    }
    seeker_months = 0.0;
  }
  void add(const MeanField& f, const ArrayXd& seekers, double dt) {
    hires += f.hires + f.moves_in;
    found += f.found;
    separations += f.separations + f.moves_out;
    moves += f.moves_in;
    openings += f.openings;
    withdrawals += f.withdrawals;
    seeker_months += seekers.sum() * dt;
  }
};

/// Mean of the last three months, as the agents' matching measures it.
class FindingRate {
 public:
  void add(double hires, double seeker_months) {
    hires_[at_ % 3] = hires;
    seekers_[at_ % 3] = seeker_months;
    ++at_;
  }
  [[nodiscard]] double value() const {
    return ratio_of(hires_[0] + hires_[1] + hires_[2], seekers_[0] + seekers_[1] + seekers_[2]);
  }

 private:
  std::array<double, 3> hires_{}, seekers_{};
  std::size_t at_ = 0;
};

/// What a month has, by the names of the agents' tables: one value an occupation where the table
/// has occupations, else the whole.
class MonthValues {
 public:
  MonthValues(const MeanFieldSimulation& simulation, const MonthFlows& flows, double finding,
              int year) {
    const MeanField& f = simulation.field();
    total_ = {
        {"population", f.employed.sum() + f.searching.sum()},
        {"population_working_age", f.employed.sum() + f.searching.sum()},
        {"labour_force", f.employed.sum() + f.searching.sum()},
        {"employed", f.employed.sum()},
        {"unemployed", f.searching.sum()},
        {"vacancies", f.vacancies.sum()},
        {"posts_wanted", f.demand.sum()},
        {"hires", flows.hires.sum()},
        {"separations", flows.separations.sum()},
        {"job_to_job", flows.moves.sum()},
        {"vacancies_opened", flows.openings.sum()},
        {"vacancies_filled", flows.hires.sum()},
        {"vacancies_withdrawn", flows.withdrawals.sum()},
        {"unemployment_rate", ratio_of(f.searching.sum(), f.employed.sum() + f.searching.sum())},
        {"unemployment_rate_national",
         ratio_of(f.searching.sum(), f.employed.sum() + f.searching.sum())},
        {"vacancy_rate", ratio_of(f.vacancies.sum(), f.employed.sum() + f.vacancies.sum())},
        {"tightness", ratio_of(f.vacancies.sum(), f.searching.sum())},
        {"job_finding_rate", finding},
        {"long_term_share", ratio_of(simulation.searching_for(year).sum(), f.searching.sum())},
        {"wage_mean", ratio_of((f.wage * f.employed).sum(), f.employed.sum())}};
    by_occupation_ = {{"employed", f.employed},
                      {"unemployed", f.searching},
                      {"vacancies", f.vacancies},
                      {"vacancy_rate", ratio_of(f.vacancies, ArrayXd(f.employed + f.vacancies))},
                      {"tightness", ratio_of(f.vacancies, f.searching)}};
  }

  /// Adds a month to a table: the values, or as many missing ones.
  void append_to(Table& table) const {
    const std::vector<Dim>& dims = table.variable.dims;
    const std::size_t cells = table.cells();
    const std::string& name = table.variable.name;
    if (dims == std::vector{Dim::Occupation}) {
      if (const auto found = by_occupation_.find(name); found != by_occupation_.end()) {
        table.data.insert(table.data.end(), found->second.begin(), found->second.end());
        return;
      }
    }
    // The one sector and the one region have what the whole has.
    const bool whole =
        dims.empty() || dims == std::vector{Dim::Sector} || dims == std::vector{Dim::Region};
    const auto found = total_.find(name);
    const double value =
        whole && found != total_.end() ? found->second : std::numeric_limits<double>::quiet_NaN();
    table.data.insert(table.data.end(), cells, value);
  }

 private:
  std::map<std::string, double> total_;
  std::map<std::string, ArrayXd> by_occupation_;
};

}  // namespace

std::optional<Recording> record_mean_field(const Scenario& scenario, const Registry& models,
                                           const std::function<void(int)>& after_step,
                                           const std::atomic<bool>* stop) {
  MeanFieldSimulation simulation(scenario, models);
  const Clock clock = scenario.clock();
  Recording recording;
  recording.tables = Recorder(scenario).tables();
  // Expected stocks are no whole persons.
  for (Table& table : recording.tables) {
    table.variable.digits = std::max(table.variable.digits, 6);
  }
  const auto start = std::chrono::steady_clock::now();
  MonthFlows flows(simulation.field().employed.size());
  FindingRate finding;
  while (!simulation.done()) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) return std::nullopt;
    simulation.step();
    const int step = simulation.index() - 1;
    flows.add(simulation.field(), simulation.seekers(), clock.months_per_step());
    if (after_step) after_step(simulation.index());
    if (!clock.closes_month(step)) continue;
    finding.add(flows.found.sum(), flows.seeker_months);
    if (clock.month(step) >= scenario.time.first_recorded()) {
      recording.months.push_back(clock.month(step));
      const MonthValues values(simulation, flows, finding.value(), clock.steps_in(12.0));
      for (Table& table : recording.tables) values.append_to(table);
    }
    flows.clear(simulation.seekers().size());
  }
  recording.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  recording.phase_times = {{"mean_field", recording.seconds}};
  add_own_indicators(scenario, recording);
  recording.reality = judge_reality(scenario, recording);
  return recording;
}

}  // namespace steppe
