#pragma once

#include <vector>

#include "sim/core/draws.hpp"
#include "sim/population/country.hpp"
#include "sim/population/rounding.hpp"

namespace steppe {

/// Heads of a dated project at a date, linear between its points, the end values beyond them
/// [persons].
[[nodiscard]] double project_heads(const Project& project, Date date);

/// Who works where at the start, in whole records: the tables by sector × occupation.
struct Employment {
  std::int64_t employed = 0;           ///< nationals at work
  std::int64_t self_employed = 0;      ///< of them, outside firms
  std::vector<std::int64_t> sector;    ///< nationals at work by sector
  std::vector<std::int64_t> projects;  ///< posts by project, held by nationals
  WholeTable workers;               ///< nationals by sector × occupation, self-employed included
  WholeTable nationals;             ///< of them, in firms, projects included
  WholeTable foreigners;            ///< by sector × occupation
  std::vector<WholeTable> origins;  ///< by origin (index 0 unused): foreigners, sector × occupation
  WholeTable vacancies;             ///< unfilled posts of firms without a project
};

/// Makes the tables whole so that every margin stays whole.
/// @throws DataError where foreign workers and sectors contradict one another
[[nodiscard]] Employment plan_employment(const Scenario& scenario, const Country& country,
                                         const PopulationSettings& settings, const Draws& draws);

}  // namespace steppe
