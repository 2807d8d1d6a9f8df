#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

// What variants of several slots share when somebody chooses among options in a fixed order: the
// inverse transform of one uniform number, so that scenarios which share the number share the
// choice unless its odds changed.

namespace steppe {

/// First option whose running sum exceeds u × the total; the last takes the rest.
/// @param sums running sums of weights, not empty, total > 0
[[nodiscard]] inline std::size_t choose_by_sums(std::span<const double> sums, double u) {
  const auto found = std::upper_bound(sums.begin(), sums.end() - 1, u * sums.back());
  return static_cast<std::size_t>(found - sums.begin());
}

/// Running sums of exp(V − max V), overwriting the utilities V [log points]; an option at minus
/// infinity is closed.
/// @returns false when all are closed; the sums are then zero
inline bool logit_sums(std::span<double> utilities) {
  const double highest = *std::max_element(utilities.begin(), utilities.end());
  double sum = 0.0;
  for (double& v : utilities) {
    if (highest > -std::numeric_limits<double>::infinity()) sum += std::exp(v - highest);
    v = sum;
  }
  return sum > 0.0;
}

/// Shares of the options of running sums.
[[nodiscard]] inline std::vector<double> shares_of(std::span<const double> sums) {
  std::vector<double> out;
  double before = 0.0;
  for (const double s : sums) {
    out.push_back((s - before) / sums.back());
    before = s;
  }
  return out;
}

}  // namespace steppe
