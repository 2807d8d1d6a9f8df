#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace steppe {

inline constexpr std::uint32_t kNoGroup = 0xffffffffu;

/// Sums that the cells of a table shall have: cell i belongs to group[i], or to none.
struct Margin {
  std::string name;                  ///< for messages
  std::vector<std::uint32_t> group;  ///< one a cell
  std::vector<double> target;        ///< one a group
};

struct Fit {
  int sweeps = 0;
  double worst = 0.0;      ///< largest |sum − target| ÷ max(1, target) at the end
  std::size_t margin = 0;  ///< where that is
  std::size_t group = 0;
};

/// Iterative proportional fitting: scales the cells to each margin in turn until all hold.
///
/// Of all tables with these margins the result is the one of least relative entropy to the start,
/// so odds ratios of the start are kept, zeros stay, and from a start of ones the result is the one
/// of maximum entropy. A group without positive cells keeps its sum of 0.
///
/// @param cells start, overwritten. @pre cells >= 0, targets >= 0
/// @param tolerance at which to stop, as Fit::worst
/// @returns how near it came; margins that contradict one another leave worst > tolerance
/// @see Deming and Stephan (1940); Csiszár (1975)
Fit fit_proportionally(Eigen::ArrayXd& cells, std::span<const Margin> margins,
                       double tolerance = 1e-10, int max_sweeps = 2000);

}  // namespace steppe
