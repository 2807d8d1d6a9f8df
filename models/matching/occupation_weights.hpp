#pragma once

#include <Eigen/SparseCore>
#include <cstdint>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::matching {

/// Weights by which a seeker of an occupation looks at another, from × to, without those that are
/// zero; rows sum to 1.
using OccupationWeights = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// Those of the scenario's occupation network, or without one, of nearness of skill levels (the
/// same level counts 1, one apart ¼, two apart 1/16).
/// @param levels skill level by occupation
/// @param own    weight of the own occupation
[[nodiscard]] OccupationWeights occupation_weights(const OccupationNetwork& network,
                                                   const std::vector<std::uint8_t>& levels,
                                                   double own);
/// The same with the zeros, row by row: for sums over all occupations.
[[nodiscard]] std::vector<double> dense(const OccupationWeights& weights);

/// The weight of the own occupation.
[[nodiscard]] ParameterDecl own_occupation_parameter();

}  // namespace steppe::matching
