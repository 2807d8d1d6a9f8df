#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/api/step.hpp"
#include "sim/core/draws.hpp"
#include "sim/core/months.hpp"
#include "sim/core/phase_time.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// What an observer sees when a month closes: the flows are those of the whole month.
struct MonthView {
  Month month;
  const Scenario& scenario;
  const World& world;
  const Signals& signals;
  const Policy& policy;
};

/// A read-only tap.
class Observer {
 public:
  virtual ~Observer() = default;
  /// Called at the end of every step that closes a calendar month, in order.
  virtual void on_month(const MonthView& view) = 0;
};

struct SimulationOptions {
  std::uint64_t seed = 1;
  std::uint32_t realization = 0;
  bool check = false;  ///< recount all accounts after every step
  bool sweep = false;  ///< visit everybody in every step: the reference, see Step::sweep
};

/// Why a run stopped and what it did.
struct RunSummary {
  bool completed = false;  ///< false: it was asked to stop
  int steps = 0;
  std::uint64_t events = 0;
  std::uint64_t checks = 0;
  double seconds = 0.0;
  std::vector<PhaseTime> phases;  ///< in the order they ran
};

/// One realization of one scenario: owns its world, draws and phases; two can coexist.
class Simulation {
 public:
  /// @param scenario must outlive the simulation
  /// @param start    the world at step 0 (copied from the shared synthesis by the caller)
  /// @throws ConfigError when the model names variants that do not exist
  Simulation(const Scenario& scenario, const Registry& models, World start,
             const SimulationOptions& options);
  ~Simulation();

  /// Not owned; must outlive the run.
  void add_observer(Observer& observer) { observers_.push_back(&observer); }

  /// Runs one step: every phase in order, then the observers when a month closes.
  void step();
  [[nodiscard]] bool done() const { return index_ >= clock_.steps(); }
  /// Runs to the end, or until `stop` is set (looked at between steps).
  RunSummary run(const std::atomic<bool>* stop = nullptr);

  /// What has been done so far (`seconds` is left to whoever drives the steps).
  [[nodiscard]] RunSummary summary() const;

  [[nodiscard]] int index() const { return index_; }
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] World& world() { return world_; }
  [[nodiscard]] const Signals& signals() const { return signals_; }
  [[nodiscard]] const Policy& policy() const { return policy_; }

 private:
  struct NamedPhase {
    std::string name;
    std::unique_ptr<Phase> phase;
  };
  [[nodiscard]] Step view();
  void close_step(const Step& now);
  void initialise_signals();

  const Scenario& scenario_;
  Clock clock_;
  World world_;
  Policy policy_;
  DriverTable drivers_;
  Signals signals_;
  Draws draws_;
  std::vector<NamedPhase> phases_;
  std::vector<PhaseTime> timings_;
  std::vector<Observer*> observers_;
  bool check_ = false;
  bool sweep_ = false;
  std::uint64_t checks_ = 0;
  int index_ = 0;
};

}  // namespace steppe
