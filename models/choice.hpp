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

/// Shares of the options of a logit: exp(V_j) / Σ exp(V_m).
/// @param utilities [log points]; at minus infinity: closed; one at least is not
[[nodiscard]] std::vector<double> logit_shares(std::span<const double> utilities);

/// ln Σ exp(V_j): what the choice among the options is worth to who is about to make it; minus
/// infinity when all are closed.
[[nodiscard]] double log_sum(std::span<const double> utilities);

/// Which options are like one another: those of a nest share what is not seen of them.
struct Nests {
  std::vector<std::size_t> of;        ///< nest by option
  std::vector<double> dissimilarity;  ///< λ by nest, in (0, 1]; 1: its options are not alike
};

/// As log_sum(), of a nested logit: ln Σ_n (Σ_(j in n) exp(V_j/λ_n))^λ_n.
[[nodiscard]] double nested_log_sum(std::span<const double> utilities, const Nests& nests);

/// Shares of the options of a nested logit; one at least is open. With every dissimilarity 1 these
/// are the shares of the logit.
/// @see McFadden (1978), "Modelling the choice of residential location"
[[nodiscard]] std::vector<double> nested_logit_shares(std::span<const double> utilities,
                                                      const Nests& nests);

}  // namespace steppe
