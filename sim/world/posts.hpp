#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steppe {

/// Position in a sector's staffing list, and so of a cell within a firm.
using OccupationSlot = std::size_t;

/// Running sums of staffing shares, the form in which post_occupation() reads them.
[[nodiscard]] inline std::vector<double> cumulative_shares(std::span<const double> shares) {
  std::vector<double> sums(shares.size());
  double sum = 0.0;
  for (std::size_t k = 0; k < shares.size(); ++k) sums[k] = (sum += shares[k]);
  return sums;
}

/// The occupation of a firm's post number `n` (0, 1, …).
///
/// Posts walk the unit interval in steps of the golden section from a start of the firm's own, and
/// the cumulative shares say which occupation is met. So a large firm has its sector's mix to
/// within a post or two, small firms have it together, and a firm that grows or shrinks by a post
/// keeps the others. Synthesis and demand share the rule: a firm at full staff in the start
/// population is at full staff in the first step.
///
/// @param cumulative running sums of the staffing shares, not empty
/// @param rounding   Firm::rounding
[[nodiscard]] inline OccupationSlot post_occupation(std::span<const double> cumulative,
                                                    double rounding, std::uint32_t n) {
  // The step is the golden section of 2³², so that whole numbers, which wrap round, give every post
  // at once. The number that starts the walk also decides whether the firm's last post exists at
  // all; spread out by a prime, it tells nothing of that, and marginal posts have the sector's mix.
  constexpr std::uint32_t kGoldenSection = 2654435769u;
  constexpr double kDecouple = 1021.0;
  const double start = rounding * kDecouple;
  const auto first = static_cast<std::uint32_t>((start - std::floor(start)) * 0x1.0p32);
  const double quantile = (first + n * kGoldenSection) * 0x1.0p-32;
  // The last slot takes the rest, whatever the rounding of the sums.
  return static_cast<OccupationSlot>(
      std::upper_bound(cumulative.begin(), cumulative.end() - 1, quantile) - cumulative.begin());
}

/// Posts of a firm at full staff by slot: `full` is overwritten, and sums to `posts`.
inline void full_staff(std::span<const double> cumulative, double rounding, std::uint32_t posts,
                       std::span<std::uint32_t> full) {
  std::fill(full.begin(), full.end(), 0u);
  for (std::uint32_t n = 0; n < posts; ++n) ++full[post_occupation(cumulative, rounding, n)];
}

}  // namespace steppe
