#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/population/country.hpp"

namespace steppe {

/// What a resident does at the start; Employed includes the self-employed outside firms.
enum class Activity : std::uint8_t { Child, Inactive, Employed, Searching, Discouraged };
inline constexpr std::size_t kActivities = 5;

/// National residents by region × sex × age × activity, in whole records.
class Residents {
 public:
  explicit Residents(std::size_t regions) : counts_(regions * kKinds) {}
  /// Kinds of residents within a region: sex × age × activity.
  static constexpr std::size_t kKinds = 2 * kAges * kActivities;
  [[nodiscard]] static constexpr std::size_t kind(std::size_t sex, std::size_t age,
                                                  Activity activity) {
    return (sex * kAges + age) * kActivities + static_cast<std::size_t>(activity);
  }
  [[nodiscard]] std::span<const std::int64_t> region(std::size_t region) const {
    return {counts_.data() + region * kKinds, kKinds};
  }
  [[nodiscard]] std::int64_t& at(std::size_t region, std::size_t sex, std::size_t age,
                                 Activity activity) {
    return counts_[region * kKinds + kind(sex, age, activity)];
  }
  [[nodiscard]] std::int64_t total(std::size_t region, Activity activity) const;

 private:
  std::vector<std::int64_t> counts_;
};

/// Residents by region × (sex, age), whole: the product of the margins, each kept. Row r, column
/// sex × kAges + age.
[[nodiscard]] std::vector<std::vector<std::int64_t>> count_residents(const Country& country,
                                                                     const Draws& draws);

/// Gives the residents their activity: employment by region and by age and sex, unemployment by
/// region's rates and the national counts, all margins whole.
///
/// @param residents as count_residents() gave them
/// @param employed  nationals at work by region of residence
/// @throws DataError when more persons shall be at work in a region or age than live there
[[nodiscard]] Residents assign_activities(const Scenario& scenario, const Country& country,
                                          const PopulationSettings& settings,
                                          const std::vector<std::vector<std::int64_t>>& residents,
                                          const std::vector<std::int64_t>& employed,
                                          const Draws& draws);

}  // namespace steppe
