#include "sim/population/ipf.hpp"

#include <algorithm>
#include <cmath>

namespace steppe {
namespace {

Eigen::ArrayXd sums_of(const Eigen::ArrayXd& cells, const Margin& margin) {
  Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(margin.target.size()));
  for (Eigen::Index i = 0; i < cells.size(); ++i) {
    const std::uint32_t group = margin.group[static_cast<std::size_t>(i)];
    if (group != kNoGroup) sums[group] += cells[i];
  }
  return sums;
}

}  // namespace

Fit fit_proportionally(Eigen::ArrayXd& cells, std::span<const Margin> margins, double tolerance,
                       int max_sweeps) {
  Fit fit;
  for (fit.sweeps = 0;; ++fit.sweeps) {
    fit.worst = 0.0;
    for (std::size_t m = 0; m < margins.size(); ++m) {
      const Margin& margin = margins[m];
      const Eigen::ArrayXd sums = sums_of(cells, margin);
      Eigen::ArrayXd factors = Eigen::ArrayXd::Ones(sums.size());
      for (Eigen::Index g = 0; g < sums.size(); ++g) {
        const double target = margin.target[static_cast<std::size_t>(g)];
        // Seen before this margin is scaled, so what the others did to it since the last sweep.
        const double off = std::abs(sums[g] - target) / std::max(1.0, target);
        if (off > fit.worst) {
          fit.worst = off;
          fit.margin = m;
          fit.group = static_cast<std::size_t>(g);
        }
        if (sums[g] > 0.0) factors[g] = target / sums[g];
      }
      if (fit.sweeps == max_sweeps) continue;
      for (Eigen::Index i = 0; i < cells.size(); ++i) {
        const std::uint32_t group = margin.group[static_cast<std::size_t>(i)];
        if (group != kNoGroup) cells[i] *= factors[group];
      }
    }
    if (fit.worst <= tolerance || fit.sweeps == max_sweeps) return fit;
  }
}

}  // namespace steppe
