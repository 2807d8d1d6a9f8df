#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/registry.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

namespace steppe::test {

using Settings = std::vector<std::pair<std::string, double>>;

/// A matching variant's mean-field map and a field of occupations that the test moves itself.
class HandMap {
 public:
  HandMap(const std::string& variant, const Settings& parameters, int occupations = 1)
      : scenario_(scenario_of(variant, parameters, occupations)) {
    const Eigen::ArrayXd none = Eigen::ArrayXd::Zero(occupations);
    for (Eigen::ArrayXd* array :
         {&field.employed, &field.searching, &field.vacancies, &field.demand, &field.wage}) {
      *array = none;
    }
    field.wage += 1000.0;
    MeanFieldSetup setup(scenario_, drivers_, field,
                         *builtin_models().catalogue().find(Slot::Matching, variant));
    map_ = builtin_models().map_maker(Slot::Matching, variant)(setup);
  }
  /// Fills the flows of a step.
  void match(double dt = 1.0) {
    for (Eigen::ArrayXd* flow : {&field.separations, &field.openings, &field.withdrawals,
                                 &field.hires, &field.found, &field.moves_in, &field.moves_out}) {
      flow->setZero(field.employed.size());
    }
    MeanFieldStep step{0, Month(2000, 1), dt, false, drivers_, field};
    map_->run(step);
  }
  /// Matches of a step of one market.
  double matches(double seekers, double vacancies, double dt = 1.0) {
    field.searching.setConstant(seekers);
    field.vacancies.setConstant(vacancies);
    match(dt);
    return field.hires.sum();
  }

  MeanField field;

 private:
  static Scenario scenario_of(const std::string& variant, const Settings& parameters,
                              int occupations) {
    Textbook world;
    world.occupations = occupations;
    world.model = {{Slot::Matching, variant}};
    world.parameters = parameters;
    return make_scenario(world, builtin_models());
  }
  Scenario scenario_;
  DriverTable drivers_;
  std::unique_ptr<MeanFieldPhase> map_;
};

/// Mean and variance of a number over runs.
class Moments {
 public:
  void add(double x) {
    ++n_;
    const double off = x - mean_;
    mean_ += off / n_;
    squares_ += off * (x - mean_);
  }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double variance() const { return squares_ / (n_ - 1); }
  [[nodiscard]] double standard_error() const { return std::sqrt(variance() / n_); }

 private:
  int n_ = 0;
  double mean_ = 0.0, squares_ = 0.0;
};

/// The mean of a series that depends on its past, and its standard error from the means of batches.
inline Moments batch_means(const std::vector<double>& series, std::size_t batches) {
  Moments means;
  const std::size_t size = series.size() / batches;
  for (std::size_t b = 0; b < batches; ++b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < size; ++i) sum += series[b * size + i];
    means.add(sum / static_cast<double>(size));
  }
  return means;
}

/// One firm, one occupation: so many seekers and vacancies, ready for the first step.
struct OneMarket {
  OneMarket(SmallWorld::Register variant, const Settings& parameters, int seekers, int vacancies,
            int steps = 1, StepLength length = StepLength::Month)
      : small(steps, length) {
    small.build();
    World& world = small.world;
    const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    cell = CellId{world.firms[firm.at()].first_cell};
    world.want(cell, static_cast<std::uint32_t>(vacancies));
    for (int v = 0; v < vacancies; ++v) world.open_vacancy(cell);
    for (int n = 0; n < seekers; ++n) persons.push_back(small.add(Status::Searching, 30));
    small.use(variant);
    for (const auto& [name, value] : parameters) small.set(name, value);
  }
  /// Who is hired in the first step.
  [[nodiscard]] int hired() const {
    return static_cast<int>(small.world.ledger.nationals(Status::Employed));
  }

  SmallWorld small;
  CellId cell;
  std::vector<PersonId> persons;
};

/// Hires of one step over many realizations.
inline Moments hires(SmallWorld::Register variant, const Settings& parameters, int seekers,
                     int vacancies, int runs, StepLength length = StepLength::Month) {
  Moments moments;
  for (int run = 0; run < runs; ++run) {
    OneMarket market(variant, parameters, seekers, vacancies, 1, length);
    market.small.start(11, static_cast<std::uint32_t>(run));
    market.small.run(1);
    market.small.world.verify();
    moments.add(market.hired());
  }
  return moments;
}

}  // namespace steppe::test
