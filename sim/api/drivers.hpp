#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/ids.hpp"
#include "sim/core/months.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

using DriverId = Id<struct DriverTag, std::uint16_t>;

/// The exogenous series as the phases see them: one value a month, lags and trailing means
/// included.
///
/// The `drivers` slot decides what they see: the scenario's series, or its value at the start held.
class DriverTable {
 public:
  /// The id of a series, or none when the scenario has no such series.
  [[nodiscard]] DriverId find(std::string_view name) const;
  DriverId add(const DriverSeries& series);
  [[nodiscard]] std::size_t size() const { return series_.size(); }

  /// Value in a month (its middle). Before its first and after its last point a series holds.
  [[nodiscard]] double at(DriverId id, Month month) const;
  /// Mean of the `months` months that end `lag` months before `month`.
  [[nodiscard]] double trailing(DriverId id, Month month, int months, int lag = 0) const;

  /// From now on every month reads as `month` (variant `none`); without a call series are followed.
  void hold(Month month);

 private:
  std::vector<const DriverSeries*> series_;
  bool held_ = false;
  Month held_month_;
};

}  // namespace steppe
