#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/population/country.hpp"
#include "sim/population/employment.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// Sizes of firms that have `total` posts together, largest first: rank i has a size in proportion
/// to (i − ½)^(−1 ÷ exponent), so that P(size ≥ x) falls as x^(−exponent) down to `smallest`. Sums
/// to `total`; one firm below `smallest` when the total is.
[[nodiscard]] std::vector<std::uint32_t> firm_sizes(std::int64_t total, double exponent,
                                                    std::int64_t smallest);

/// Who shall stand in each cell of the world's firms.
struct Staff {
  std::vector<std::uint32_t> nationals;   ///< by CellId
  std::vector<std::uint32_t> foreigners;  ///< by CellId
};

/// What the country looked like before the first step, apart from its persons.
[[nodiscard]] Base make_base(const Scenario& scenario, const Country& country,
                             const Employment& plan);

/// Adds all firms with their posts (Cell::full by the rule of posts, Cell::target as planned).
///
/// Region by region, in each sector by sector, projects last.
/// @throws DataError when a project asks for more people than its sector employs
[[nodiscard]] Staff add_firms(const Scenario& scenario, const Country& country,
                              const Employment& plan, const PopulationSettings& settings,
                              const Draws& draws, World& world);

}  // namespace steppe
