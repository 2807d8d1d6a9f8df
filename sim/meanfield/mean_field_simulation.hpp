#pragma once

#include <Eigen/Core>
#include <memory>
#include <vector>

#include "sim/api/drivers.hpp"
#include "sim/api/mean_field.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/months.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

struct OccupationStart;

/// The deterministic twin of Simulation: the same scenario and slots, expected stocks in the place
/// of agents.
///
/// Occupations are the only dimension. It stands for the agents where their markets are large; how
/// fast they approach it is what bench/convergence measures.
class MeanFieldSimulation {
 public:
  /// @param scenario must outlive the simulation
  /// @throws ConfigError for a variant without a map, or a scenario with more than one sector or
  ///     region, or with a country's population
  MeanFieldSimulation(const Scenario& scenario, const Registry& models);
  /// As above, from other stocks than the scenario's.
  MeanFieldSimulation(const Scenario& scenario, const Registry& models,
                      const OccupationStart& start);
  ~MeanFieldSimulation();

  /// Runs one step: every slot's map in order, then the stocks move.
  /// @throws ModelError when a map's flows are impossible
  void step();
  [[nodiscard]] bool done() const { return index_ >= clock_.steps(); }
  /// Number of steps run.
  [[nodiscard]] int index() const { return index_; }

  /// The state, with the flows of the last step.
  [[nodiscard]] const MeanField& field() const { return field_; }
  /// Who searched in the last step, by last occupation [person].
  [[nodiscard]] const Eigen::ArrayXd& seekers() const { return seekers_; }
  /// Who searches since at least so many steps, by last occupation [person].
  /// @param steps at most the steps of a year; 1 holds for all who began before the last step
  /// @param from_start counts those who searched at the start as well, begun in the step before it
  [[nodiscard]] Eigen::ArrayXd searching_for(int steps, bool from_start = true) const;

 private:
  void begin();
  void check_flows() const;
  void move_stocks();
  void age_spells();

  const Scenario& scenario_;
  Clock clock_;
  DriverTable drivers_;
  MeanField field_;
  std::vector<std::unique_ptr<MeanFieldPhase>> phases_;
  /// Those who search by steps of search, 0 first: one column each, the last for all longer spells.
  Eigen::ArrayXXd spells_;
  Eigen::ArrayXd initial_;  ///< who searched at the start and still does
  Eigen::ArrayXd seekers_;  ///< of the last step
  double total_ = 0.0;      ///< employed and searching at the start [person]
  int index_ = 0;
};

}  // namespace steppe
