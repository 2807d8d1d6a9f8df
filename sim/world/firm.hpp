#pragma once

#include <cstdint>

#include "sim/core/ids.hpp"

namespace steppe {

/// One employer. Its staff stands in cells, one for each occupation its sector employs, contiguous
/// from `first_cell` in the order of the sector's staffing list (World::staffing).
struct Firm {
  SectorId sector{std::uint8_t{0}};
  RegionId region{std::uint8_t{0}};
  bool recruits_nationally = false;  ///< fly-in-fly-out: vacancies stand in the national market
  std::int16_t project = -1;         ///< index of the scenario's project, or -1
  /// What addresses its random numbers: the number of the firm of the start in whose place it
  /// stands. Unlike its id it does not depend on which others have closed.
  std::uint32_t line = 0;
  std::uint16_t n_cells = 0;
  std::uint32_t first_cell = 0;
  float share = 0.0f;     ///< φ_j: share of its sector's posts (projects: 1 of its own path)
  float rounding = 0.0f;  ///< u_j in [0, 1): posts are floor(φ_j N_s + u_j), so totals are unbiased
  std::uint32_t posts = 0;       ///< N_j: posts wanted before shortage of complements
  std::uint32_t nationals = 0;   ///< on the staff, all occupations
  std::uint32_t foreigners = 0;  ///< on the staff, all occupations, irregular ones included
  std::uint32_t vacancies = 0;   ///< open, all occupations
  std::uint32_t next_vacancy_number = 0;  ///< part of a vacancy's place in its market
  [[nodiscard]] std::uint32_t staff() const { return nationals + foreigners; }
};

/// Staff and vacancies of one firm in one occupation.
struct Cell {
  FirmId firm;
  OccupationId occupation{std::uint16_t{0}};
  std::uint16_t lost = 0;    ///< staff gone otherwise than by layoff since vacancies were posted
  std::uint32_t full = 0;    ///< L⁰_jk: posts at full staff
  std::uint32_t target = 0;  ///< L*_jk: desired staff
  std::uint32_t nationals = 0;
  std::uint32_t foreigners = 0;
  std::uint32_t vacancies = 0;  ///< open, those promised to a permit applicant included
  PersonId first_staff;         ///< latest hire first
  VacancyId first_vacancy;      ///< latest opened first
  [[nodiscard]] std::uint32_t staff() const { return nationals + foreigners; }
};

}  // namespace steppe
