#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/population/country.hpp"
#include "sim/population/employment.hpp"
#include "sim/population/firms.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// Jobs of nationals, by region of residence.
struct Jobs {
  /// Jobs whose holders live in the firm's region, by cell.
  std::vector<std::uint32_t> local;
  /// Jobs in firms that recruit nationally whose holders live elsewhere: the cells, by region of
  /// residence, in random order.
  std::vector<std::vector<CellId>> away;
  /// The self-employed outside firms by region.
  std::vector<std::int64_t> self_employed;
  /// All of these by region: nationals at work who live there.
  std::vector<std::int64_t> total;
};

/// Where those who work live: in the firm's region, but for a part of those whose firms recruit
/// nationally, who live all over the country like everybody of working age.
/// @param adults residents of working age by region
[[nodiscard]] Jobs place_jobs(const Country& country, const Employment& plan,
                              const PopulationSettings& settings, const Staff& staff,
                              const std::vector<std::int64_t>& adults, const Draws& draws,
                              const World& world);

}  // namespace steppe
