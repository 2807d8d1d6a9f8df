#pragma once

#include <cstdint>
#include <vector>

namespace steppe::test {

/// The rules of a textbook labour market: match ends by tenure, posts replaced at once, urn-ball
/// matching with duration dependence, available non-searchers.
struct SweepRules {
  int persons = 2000;
  int firms = 100;
  int posts_per_firm = 19;
  int months = 60;
  double separation_rate = 0.03;  ///< [1/month]
  double new_job_factor = 1.5;    ///< in the first twelve months
  double search_after_job = 0.85;
  double discouraged_search = 0.25;  ///< relative to the mean searcher's chance of applying
  double duration_dependence = 0.8;
};

/// Stocks at the end of a month and flows over it.
struct SweepMonth {
  double employed = 0, searching = 0, discouraged = 0, vacancies = 0, hires = 0, separations = 0;
};

/// The plain way: every month looks at every person, with an ordinary generator and no lists,
/// blocks or addresses. Written from the rules alone, as the reference of the event-driven engine.
[[nodiscard]] std::vector<SweepMonth> plain_sweep(const SweepRules& rules, std::uint64_t seed);

}  // namespace steppe::test
