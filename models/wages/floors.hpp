#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::wages {

/// Wages below which no cell's index may lie, by whatever rule wages are set: the minimum wage and
/// the floors that sectors have agreed.
class Floors {
 public:
  /// `minimum_wage` and `wages.sector_floor`.
  [[nodiscard]] static std::vector<LeverDecl> levers();
  explicit Floors(Setup& setup)
      : minimum_wage_(setup.lever("minimum_wage")), sector_(setup.lever("wages.sector_floor")) {}

  /// The highest floor of a sector [MNT/month].
  [[nodiscard]] double of(const Step& step, std::size_t sector) const {
    return std::max(step.policy.value(minimum_wage_), step.policy.value(sector_, sector));
  }
  /// Sets every cell's index to its wage, or the floor above it.
  /// @param wage_of called with the region and a cell of Base::wage, sector × occupation
  ///     [MNT/month]
  template <class WageOf>
  void set_index(Step& step, WageOf&& wage_of) const {
    const Sizes& sizes = step.world.base().sizes;
    std::size_t at = 0;
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      for (std::size_t s = 0; s < sizes.sectors; ++s) {
        const double floor = of(step, s);
        for (std::size_t k = 0; k < sizes.occupations; ++k, ++at) {
          const double wage = wage_of(r, s * sizes.occupations + k);
          step.signals.wage_index[at] = std::max(wage, floor);
        }
      }
    }
  }

 private:
  LeverId minimum_wage_, sector_;
};

/// Consumer prices, which nominal wages follow.
class Prices {
 public:
  [[nodiscard]] static DriverDecl driver() { return {"price_index", "1", "Consumer prices"}; }
  explicit Prices(Setup& setup);
  /// Prices against the first month; writes the signal.
  double update(Step& step) const;

 private:
  DriverId series_;
  double start_ = 1.0;
};

}  // namespace steppe::wages
