#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/population/country.hpp"
#include "sim/population/employment.hpp"
#include "sim/population/firms.hpp"
#include "sim/population/jobs.hpp"
#include "sim/population/residents.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// Adds everybody: residents region by region, foreigners, nationals abroad; puts them in their
/// jobs and enters what is dated.
void add_persons(const Country& country, const Employment& plan, const PopulationSettings& settings,
                 const Staff& staff, const Jobs& jobs, const Residents& residents,
                 const Draws& draws, World& world);

}  // namespace steppe
