#pragma once

#include <cstdint>
#include <string>

namespace steppe {

/// Where a run's time went: one entry a phase, in the order the phases ran.
struct PhaseTime {
  std::string phase;
  double seconds = 0.0;
  std::uint64_t events = 0;  ///< changes of status made by the phase
  std::uint64_t draws = 0;   ///< blocks of four random words
};

}  // namespace steppe
