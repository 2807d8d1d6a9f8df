#include "sim/parallel/ensemble.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <optional>

#include "sim/engine/simulation.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/population/synthesise.hpp"

namespace steppe {
namespace {

using Time = std::chrono::steady_clock;

/// Written after all that threads are to read, and the first thing they read. oneTBB orders this as
/// well, but within its library, where the thread sanitizer does not see it.
std::atomic<unsigned> hand_over{0};
/// For the loop's body, which oneTBB copies to the threads and which is read before that.
#define STEPPE_UNSEEN __attribute__((no_sanitize("thread")))

double seconds_since(Time::time_point start) {
  return std::chrono::duration<double>(Time::now() - start).count();
}

/// Hands recordings on in realization order, whatever finished first.
class InOrder {
 public:
  InOrder(const std::function<void(int, Recording&&)>& consume, EnsembleSummary& summary)
      : consume_(consume), summary_(summary) {}

  void deliver(int realization, std::optional<Recording> recording) {
    waiting_.emplace(realization, std::move(recording));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      auto first = waiting_.extract(waiting_.begin());
      if (first.mapped()) {
        consume_(next_, std::move(*first.mapped()));
        ++summary_.finished;
      }
      ++next_;
    }
  }

 private:
  const std::function<void(int, Recording&&)>& consume_;
  EnsembleSummary& summary_;
  std::map<int, std::optional<Recording>> waiting_;
  int next_ = 0;
};

}  // namespace

EnsembleSummary run_ensemble(const Scenario& scenario, const Registry& models,
                             const EnsembleOptions& options,
                             const std::function<void(int, Recording&&)>& consume,
                             const std::function<void(const EnsembleProgress&)>& progress,
                             const std::atomic<bool>* stop) {
  EnsembleSummary summary;
  const auto synthesis_start = Time::now();
  std::optional<World> own;
  if (options.start == nullptr) {
    SynthesisOptions synthesis;
    synthesis.scale = options.scale;
    synthesis.seed = options.seed;
    own = synthesise(scenario, synthesis);
  }
  const World& start = own ? *own : *options.start;
  summary.synthesis_seconds = seconds_since(synthesis_start);
  summary.persons = start.persons.records();

  std::mutex mutex;
  InOrder in_order(consume, summary);
  EnsembleProgress so_far;
  so_far.replications = options.replications;
  so_far.steps_total = std::int64_t{scenario.clock().steps()} * options.replications;
  std::exception_ptr consumer_failed;
  std::atomic<bool> halt{false};
  std::atomic<int> begun{0};
  int supplied = 0;

  const auto report = [&](int steps) {
    const std::lock_guard lock(mutex);
    so_far.steps_done += steps;
    so_far.finished = summary.finished;
    if (progress) progress(so_far);
  };
  const auto stopped = [&] { return halt || (stop != nullptr && stop->load()); };

  // Whoever is free takes the next realization, so that they finish nearly in order: few wait to be
  // consumed, and what is told of progress is true.
  const auto run_next = [&] {
    hand_over.load();
    if (stopped()) return;
    const int realization = begun++;
    std::optional<Recording> recording;
    try {
      SimulationOptions how;
      how.seed = options.seed;
      how.realization = static_cast<std::uint32_t>(realization);
      how.check = options.check;
      World world;
      {
        const std::lock_guard lock(mutex);
        // The last copy is none: it takes the start population itself, where that is the
        // ensemble's.
        if (++supplied == options.replications && own) {
          world = std::move(*own);
        } else {
          world = start;
        }
      }
      const std::unique_ptr<Observer> guest =
          options.observe ? options.observe(realization, world) : nullptr;
      Simulation simulation(scenario, models, std::move(world), how);
      Recorder recorder(scenario);
      simulation.add_observer(recorder);
      if (guest) simulation.add_observer(*guest);
      const auto run_start = Time::now();
      while (!simulation.done() && !stopped()) {
        simulation.step();
        report(1);
      }
      if (!simulation.done()) return;
      RunSummary run = simulation.summary();
      run.seconds = seconds_since(run_start);
      recording = recorder.finish(run, simulation.world(), simulation.policy());
    } catch (const std::exception& failure) {
      const std::lock_guard lock(mutex);
      summary.failures.emplace_back(realization, failure.what());
    }
    const std::lock_guard lock(mutex);
    try {
      if (!consumer_failed) in_order.deliver(realization, std::move(recording));
    } catch (...) {
      consumer_failed = std::current_exception();
      halt = true;
    }
  };

  const auto run_start = Time::now();
  ++hand_over;
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<int>(0, options.replications, 1),
        [&](const tbb::blocked_range<int>& range) STEPPE_UNSEEN {
          for (int r = range.begin(); r < range.end(); ++r) run_next();
        },
        tbb::simple_partitioner{});
  });
  const std::lock_guard lock(mutex);  // as hand_over, the other way
  summary.run_seconds = seconds_since(run_start);
  if (consumer_failed) std::rethrow_exception(consumer_failed);
  summary.interrupted = stop != nullptr && stop->load();
  return summary;
}

}  // namespace steppe
