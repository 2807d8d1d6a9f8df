#include "sim/engine/simulation.hpp"

#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/api/indicators.hpp"
#include "sim/engine/accounts.hpp"

namespace steppe {
namespace {

/// Adds the time of its own life to a phase.
class ScopedTimer {
 public:
  ScopedTimer(PhaseTime& into, const World& world, const Draws& draws)
      : into_(into),
        world_(world),
        draws_(draws),
        events_(world.events),
        count_(draws.count()),
        start_(Clock::now()) {}
  ~ScopedTimer() {
    into_.seconds += std::chrono::duration<double>(Clock::now() - start_).count();
    into_.events += world_.events - events_;
    into_.draws += draws_.count() - count_;
  }
  ScopedTimer(const ScopedTimer&) = delete;
  ScopedTimer& operator=(const ScopedTimer&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  PhaseTime& into_;
  const World& world_;
  const Draws& draws_;
  std::uint64_t events_, count_;
  Clock::time_point start_;
};

/// Brings the levers to the date, before anything else happens.
class PolicyPhase final : public Phase {
 public:
  void start(Step& step) override {
    run(step);
    step.policy.forget_uses();  // the first step's own is to come
  }
  void run(Step& step) override {
    step.policy.update(step.date, [&](const Indicator& wanted) {
      return indicator(step.scenario, step.world, step.signals, wanted);
    });
  }
};

}  // namespace

Simulation::Simulation(const Scenario& scenario, const Registry& models, World start,
                       const SimulationOptions& options)
    : scenario_(scenario),
      clock_(scenario.clock()),
      world_(std::move(start)),
      draws_(options.seed, options.realization),
      check_(options.check),
      sweep_(options.sweep) {
  for (const auto& [name, series] : scenario_.drivers) drivers_.add(series);
  initialise_signals();
  phases_.push_back({"policy", std::make_unique<PolicyPhase>()});
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    const std::string& name = scenario_.model[static_cast<std::size_t>(s)];
    const Registry::Make& make = models.maker(slot, name);
    const VariantDecl* decl = models.catalogue().find(slot, name);
    Setup setup(scenario_, world_, policy_, drivers_, signals_, *decl);
    phases_.push_back({std::string(to_string(slot)), make(setup)});
  }
  for (const NamedPhase& phase : phases_) timings_.push_back({phase.name});
  timings_.push_back({"ledger"});
  Step now = view();
  for (NamedPhase& phase : phases_) phase.phase->start(now);
  if (check_) world_.verify();
}

Simulation::~Simulation() = default;

void Simulation::initialise_signals() {
  const Base& base = world_.base();
  const Sizes& sizes = base.sizes;
  signals_.finding_ratio.assign(sizes.regions, 1.0);
  signals_.wage_index.resize(sizes.regions * sizes.sectors * sizes.occupations);
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t c = 0; c < sizes.sectors * sizes.occupations; ++c) {
      signals_.wage_index[r * sizes.sectors * sizes.occupations + c] = base.wage[c];
    }
  }
  signals_.foreign_wage_ratio.assign(sizes.occupations, 1.0);
  signals_.posts_wanted = base.posts;
  signals_.quality.assign(sizes.sectors, 1.0);
}

Step Simulation::view() {
  return Step{index_,
              clock_.month(index_),
              clock_.date(index_),
              clock_.months_per_step(),
              scenario_.time.same_step_search,
              sweep_,
              scenario_,
              world_,
              draws_,
              policy_,
              drivers_,
              signals_};
}

void Simulation::step() {
  draws_.set_step(static_cast<std::uint32_t>(index_));
  world_.step = index_;
  world_.month = clock_.month(index_);
  if (!scenario_.time.same_step_search) world_.reveal_vacancies();
  Step now = view();
  for (std::size_t i = 0; i < phases_.size(); ++i) {
    const ScopedTimer timer{timings_[i], world_, draws_};
    phases_[i].phase->run(now);
  }
  {
    const ScopedTimer timer{timings_.back(), world_, draws_};
    close_step(now);
  }
  ++index_;
}

void Simulation::close_step(const Step& now) {
  const Ledger& ledger = world_.ledger;
  const std::int64_t nationals = ledger.paid(Payment::WagesNationals);
  const std::int64_t foreigners = ledger.paid(Payment::WagesForeigners);
  book_wages(now);
  if (check_) {
    world_.verify();
    check_wages(now, ledger.paid(Payment::WagesNationals) - nationals,
                ledger.paid(Payment::WagesForeigners) - foreigners);
    check_permits(now);
    ++checks_;
  }
  if (!clock_.closes_month(index_)) return;
  const MonthView month{now.month, scenario_, world_, signals_, policy_};
  for (Observer* observer : observers_) observer->on_month(month);
  world_.ledger.clear_flows();
  if (now.month < scenario_.time.first_recorded()) policy_.forget_uses();
}

RunSummary Simulation::summary() const {
  RunSummary summary;
  summary.completed = done();
  summary.steps = index_;
  summary.events = world_.events;
  summary.checks = checks_;
  summary.phases = timings_;
  return summary;
}

RunSummary Simulation::run(const std::atomic<bool>* stop) {
  const auto start = std::chrono::steady_clock::now();
  while (!done() && (stop == nullptr || !stop->load(std::memory_order_relaxed))) step();
  RunSummary out = summary();
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

}  // namespace steppe
