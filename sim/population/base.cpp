#include "sim/population/base.hpp"

#include <algorithm>

namespace steppe {

Sizes sizes_of(const Dimensions& dimensions) {
  Sizes sizes;
  sizes.sectors = std::max<std::size_t>(1, dimensions.sectors.size());
  sizes.occupations = std::max<std::size_t>(1, dimensions.occupations.size());
  sizes.regions = std::max<std::size_t>(1, dimensions.regions.size());
  sizes.origins = dimensions.origins.size() + 1;
  sizes.destinations = dimensions.destinations.size();
  sizes.education = std::max<std::size_t>(1, dimensions.education.size());
  sizes.fields = dimensions.fields.size();
  return sizes;
}

std::vector<std::uint8_t> skill_levels(const Dimensions& dimensions) {
  std::vector<std::uint8_t> levels;
  for (const Member& occupation : dimensions.occupations) {
    levels.push_back(occupation.group == "low" ? 0 : occupation.group == "high" ? 2 : 1);
  }
  if (levels.empty()) levels.push_back(1);
  return levels;
}

}  // namespace steppe
