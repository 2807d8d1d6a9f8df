#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/draws.hpp"

namespace steppe {

using WholeTable = Eigen::Array<std::int64_t, Eigen::Dynamic, Eigen::Dynamic>;

/// Whole numbers in proportion to `weights` that sum to `total`: the remainders that are largest
/// are rounded up (Hamilton's rule; of equal ones, the first).
///
/// @pre weights >= 0, finite; total >= 0
/// @throws ModelError when the weights sum to 0 but `total` does not
[[nodiscard]] std::vector<std::int64_t> largest_remainder(std::span<const double> weights,
                                                          std::int64_t total);

/// A table of whole numbers with each cell the one below or the one above, and the same for every
/// row, column and grand total: whole margins are kept exactly.
///
/// Rounds around closed paths of fractional cells, up or down by chance so that each cell's
/// expectation is its value.
///
/// @pre cells >= 0
/// @param draws, purpose, stream where chance is taken from
/// @see Cox (1987), "A constructive procedure for unbiased controlled rounding"
[[nodiscard]] WholeTable controlled_rounding(const Eigen::ArrayXXd& cells, const Draws& draws,
                                             Purpose purpose, std::uint32_t stream = 0);

}  // namespace steppe
