#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

class Observer;
class World;

struct EnsembleOptions {
  int replications = 20;
  std::uint64_t seed = 1;
  int threads = 0;     ///< 0: as many as the machine has
  double scale = 1.0;  ///< persons a record stands for
  bool check = false;  ///< recount all accounts after every step
  /// A start population made before, by synthesise() with the same scale and seed from a scenario
  /// of the same population; null: it is made here.
  const World* start = nullptr;
  /// One more observer for a realization, made from the world at step 0 when it begins and gone
  /// when it ends. Called from any thread; may be empty.
  std::function<std::unique_ptr<Observer>(int realization, const World& start)> observe = {};
};

/// How far an ensemble is.
struct EnsembleProgress {
  int finished = 0;
  int replications = 0;
  std::int64_t steps_done = 0;  ///< over all replications
  std::int64_t steps_total = 0;
};

struct EnsembleSummary {
  int finished = 0;
  bool interrupted = false;
  std::vector<std::pair<int, std::string>> failures;  ///< realization and what went wrong
  double synthesis_seconds = 0.0;
  double run_seconds = 0.0;   ///< wall time from the first step to the last
  std::uint64_t persons = 0;  ///< records in the start population
};

/// Runs the replications of one scenario, each on one thread, from one shared start population.
///
/// @param consume  called once a finished realization, in realization order whatever finished
///                 first, never from two threads at once; what it throws ends the ensemble and is
///                 thrown again
/// @param progress called now and then from any thread, never from two at once; may be empty
/// @param stop     when set, running replications end after their step and are not consumed
[[nodiscard]] EnsembleSummary run_ensemble(
    const Scenario& scenario, const Registry& models, const EnsembleOptions& options,
    const std::function<void(int realization, Recording&&)>& consume,
    const std::function<void(const EnsembleProgress&)>& progress = {},
    const std::atomic<bool>* stop = nullptr);

}  // namespace steppe
