#include "sim/meanfield/mean_field_simulation.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/population/settings.hpp"
#include "sim/population/textbook.hpp"

namespace steppe {
namespace {

/// Rounding errors of sums, relative to the stock they are taken from.
constexpr double kSlack = 1e-9;

/// @throws ConfigError for what occupations alone cannot describe
const Scenario& checked(const Scenario& scenario) {
  const auto refuse = [&](const std::string& what) {
    throw ConfigError(fmt::format(
        "{}: the mean field knows occupations alone, and {}: run it with --engine agents",
        scenario.file, what));
  };
  if (!scenario.population.textbook) refuse("this scenario has a country's population");
  if (scenario.dimensions.sectors.size() > 1) refuse("this scenario has several sectors");
  if (scenario.dimensions.regions.size() > 1) refuse("this scenario has several regions");
  for (const LeverTimeline& timeline : scenario.policy) {
    refuse(fmt::format("this scenario sets the lever {}", timeline.decl->name));
  }
  return scenario;
}

Eigen::ArrayXd array_of(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::ArrayXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

}  // namespace

MeanFieldSimulation::MeanFieldSimulation(const Scenario& scenario, const Registry& models)
    : MeanFieldSimulation(scenario, models, textbook_start(checked(scenario))) {}

MeanFieldSimulation::MeanFieldSimulation(const Scenario& scenario, const Registry& models,
                                         const OccupationStart& start)
    : scenario_(checked(scenario)), clock_(scenario.clock()) {
  field_.employed = array_of(start.employed);
  field_.searching = array_of(start.searching);
  field_.vacancies = array_of(start.vacancies);
  const Eigen::Index n = field_.employed.size();
  field_.demand = field_.employed + field_.vacancies;
  field_.wage = Eigen::ArrayXd::Constant(n, PopulationSettings(scenario)("wage_mean"));
  if (!scenario.network.empty()) field_.wage *= array_of(scenario.network.wage);
  initial_ = field_.searching;
  spells_ = Eigen::ArrayXXd::Zero(n, clock_.steps_in(12.0) + 1);
  total_ = field_.employed.sum() + field_.searching.sum();
  for (const auto& [name, series] : scenario.drivers) drivers_.add(series);
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    const std::string& name = scenario.model[static_cast<std::size_t>(s)];
    const Registry::MakeMeanField& make = models.map_maker(slot, name);
    MeanFieldSetup setup(scenario, drivers_, field_, *models.catalogue().find(slot, name));
    phases_.push_back(make(setup));
  }
  begin();
}

MeanFieldSimulation::~MeanFieldSimulation() = default;

void MeanFieldSimulation::begin() {
  const Eigen::Index n = field_.employed.size();
  for (Eigen::ArrayXd* flow : {&field_.separations, &field_.openings, &field_.withdrawals,
                               &field_.hires, &field_.found, &field_.moves_in, &field_.moves_out}) {
    flow->setZero(n);
  }
}

void MeanFieldSimulation::step() {
  begin();
  MeanFieldStep now{index_,
                    clock_.month(index_),
                    clock_.months_per_step(),
                    scenario_.time.same_step_search,
                    drivers_,
                    field_};
  for (const auto& phase : phases_) phase->run(now);
  seekers_ = now.seekers();
  check_flows();
  age_spells();
  move_stocks();
  ++index_;
}

void MeanFieldSimulation::check_flows() const {
  const auto check = [&](const char* what, const auto& flow, const auto& available) {
    if ((flow >= 0.0 && flow <= available * (1.0 + kSlack) + kSlack).all()) return;
    for (Eigen::Index k = 0; k < flow.size(); ++k) {
      const double most = available.coeff(k);
      const double moved = flow.coeff(k);
      if (moved >= 0.0 && moved <= most * (1.0 + kSlack) + kSlack) continue;
      throw ModelError(
          fmt::format("step {}: {} of occupation {} are {}, where 0 to {} are possible", index_,
                      what, k, moved, most));
    }
  };
  const MeanField& f = field_;
  check("separations and moves", f.separations + f.moves_out, f.employed);
  check("seekers hired", f.found, seekers_);
  check("withdrawals", f.withdrawals, f.vacancies);
  check("hires and moves", f.hires + f.moves_in, f.visible(scenario_.time.same_step_search));
  const double unbalanced =
      std::abs(f.hires.sum() - f.found.sum()) + std::abs(f.moves_in.sum() - f.moves_out.sum());
  if (!(unbalanced <= kSlack * std::max(1.0, total_))) {
    throw ModelError(fmt::format("step {}: {} persons took a post and {} left search or another",
                                 index_, f.hires.sum() + f.moves_in.sum(),
                                 f.found.sum() + f.moves_out.sum()));
  }
}

void MeanFieldSimulation::age_spells() {
  // Whoever searched since before this step finds work at the same chance, however long the spell.
  const MeanField& f = field_;
  const Eigen::ArrayXd stays =
      (seekers_ > 0.0)
          .select(1.0 - f.found / seekers_.max(1e-300), Eigen::ArrayXd::Zero(seekers_.size()));
  const Eigen::Index last = spells_.cols() - 1;
  spells_.col(last) = (spells_.col(last) + spells_.col(last - 1)) * stays;
  for (Eigen::Index d = last - 1; d > 0; --d) spells_.col(d) = spells_.col(d - 1) * stays;
  initial_ *= stays;
  spells_.col(0) = f.separations;
  if (scenario_.time.same_step_search) spells_.col(0) *= stays;
}

void MeanFieldSimulation::move_stocks() {
  MeanField& f = field_;
  // As in vacancies_after(), rounding must not leave less than none.
  f.employed = (f.employed + f.hires + f.moves_in - f.moves_out - f.separations).max(0.0);
  f.searching = (f.searching + f.separations - f.found).max(0.0);
  f.vacancies = f.vacancies_after();
}

Eigen::ArrayXd MeanFieldSimulation::searching_for(int steps, bool from_start) const {
  const Eigen::Index first = std::min<Eigen::Index>(steps, spells_.cols() - 1);
  Eigen::ArrayXd longer = spells_.rightCols(spells_.cols() - first).rowwise().sum();
  // The last step run is index_ − 1; who began in the step before the first searches since −1.
  if (from_start && index_ >= steps) longer += initial_;
  return longer;
}

}  // namespace steppe
