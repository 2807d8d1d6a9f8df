#pragma once

#include <cstdint>

#include "sim/world/world.hpp"

namespace steppe::vacancies {

/// Withdraws so many of a cell's vacancies: the latest opened go first; what is promised to a
/// permit applicant stays.
inline void withdraw(World& world, const Cell& cell, std::int64_t number) {
  VacancyId id = cell.first_vacancy;
  while (number > 0 && !id.is_none()) {
    const VacancyId next = world.vacancy(id).next_in_cell;
    if (!world.vacancy(id).promised) {
      world.withdraw(id);
      --number;
    }
    id = next;
  }
}

}  // namespace steppe::vacancies
