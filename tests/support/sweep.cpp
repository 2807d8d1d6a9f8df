#include "support/sweep.hpp"

#include <cmath>
#include <random>

namespace steppe::test {

std::vector<SweepMonth> plain_sweep(const SweepRules& rules, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  enum class State { Employed, Searching, Discouraged };
  struct Worker {
    State state;
    int firm;
    int since;
  };
  std::vector<Worker> workers(static_cast<std::size_t>(rules.persons));
  std::vector<int> staff(static_cast<std::size_t>(rules.firms)), open(staff.size());
  const int jobs = rules.firms * rules.posts_per_firm;
  for (int i = 0; i < rules.persons; ++i) {
    const bool employed = i < jobs;
    workers[static_cast<std::size_t>(i)] = {employed ? State::Employed : State::Searching,
                                            employed ? i % rules.firms : -1, -1};
    if (employed) ++staff[static_cast<std::size_t>(i % rules.firms)];
  }
  std::vector<SweepMonth> months;
  for (int t = 0; t < rules.months; ++t) {
    SweepMonth month;
    // Vacancies that seekers can see were open at the end of the last month.
    std::vector<int> visible;
    for (std::size_t j = 0; j < open.size(); ++j) {
      for (int v = 0; v < open[j]; ++v) visible.push_back(static_cast<int>(j));
    }
    std::vector<bool> searches(workers.size());
    double searchers = 0.0, chances = 0.0;
    for (const Worker& worker : workers) {
      if (worker.state != State::Searching) continue;
      ++searchers;
      chances += std::pow(1.0 + t - worker.since, -rules.duration_dependence);
    }
    const double activity = searchers > 0.0 ? chances / searchers : 1.0;
    for (std::size_t i = 0; i < workers.size(); ++i) {
      if (workers[i].state == State::Searching) {
        const int spell = t - workers[i].since;
        searches[i] = uniform(generator) < std::pow(1.0 + spell, -rules.duration_dependence);
      } else if (workers[i].state == State::Discouraged) {
        searches[i] = uniform(generator) < rules.discouraged_search * activity;
      }
    }
    for (Worker& worker : workers) {
      if (worker.state != State::Employed) continue;
      const double factor = t - worker.since < 12 ? rules.new_job_factor : 1.0;
      if (uniform(generator) >= 1.0 - std::exp(-rules.separation_rate * factor)) continue;
      --staff[static_cast<std::size_t>(worker.firm)];
      worker = {uniform(generator) < rules.search_after_job ? State::Searching : State::Discouraged,
                -1, t};
      ++month.separations;
    }
    // One application each; among the applicants of a vacancy every one is as likely as any other.
    std::vector<std::vector<std::size_t>> applicants(visible.size());
    for (std::size_t i = 0; i < workers.size() && !visible.empty(); ++i) {
      if (searches[i]) applicants[generator() % visible.size()].push_back(i);
    }
    std::vector<int> filled(open.size());
    for (std::size_t v = 0; v < visible.size(); ++v) {
      if (applicants[v].empty()) continue;
      const std::size_t hired = applicants[v][generator() % applicants[v].size()];
      workers[hired] = {State::Employed, visible[v], t};
      ++filled[static_cast<std::size_t>(visible[v])];
      ++staff[static_cast<std::size_t>(visible[v])];
      ++month.hires;
    }
    for (std::size_t j = 0; j < open.size(); ++j) {
      open[j] = rules.posts_per_firm - staff[j];
      month.vacancies += open[j];
    }
    for (const Worker& worker : workers) {
      month.employed += worker.state == State::Employed;
      month.searching += worker.state == State::Searching;
      month.discouraged += worker.state == State::Discouraged;
    }
    months.push_back(month);
  }
  return months;
}

}  // namespace steppe::test
