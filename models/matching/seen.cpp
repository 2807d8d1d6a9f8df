#include "models/matching/seen.hpp"

#include "models/choice.hpp"
#include "models/matching/occupation_weights.hpp"

namespace steppe::matching {

SeenPosts::SeenPosts(const Setup& setup)
    : occupations_(setup.world.base().sizes.occupations),
      weight_(dense(occupation_weights(setup.scenario.network, setup.world.base().skill_level,
                                       setup.parameter("own_occupation")))),
      sums_(setup.world.base().sizes.regions * occupations_) {}

MarketId SeenPosts::market(const World& world, RegionId region, std::size_t at) const {
  const OccupationId occupation{at % occupations_};
  return at < occupations_ ? world.market_id(region, occupation)
                           : world.national_market(occupation);
}

VacancyId SeenPosts::choose(const World& world, RegionId region, OccupationId occupation,
                            std::uint32_t market_word, std::uint32_t post_word) {
  Sums& sums = sums_[region.at() * occupations_ + occupation.at()];
  if (sums.stamp != stamp_) {
    sums.stamp = stamp_;
    sums.values.resize(2 * occupations_);
    double sum = 0.0;
    for (std::size_t m = 0; m < sums.values.size(); ++m) {
      sum += weight_[occupation.at() * occupations_ + m % occupations_] *
             static_cast<double>(world.market(market(world, region, m)).size());
      sums.values[m] = sum;
    }
  }
  if (sums.values.back() <= 0.0) return VacancyId::none();
  const std::size_t m = choose_by_sums(sums.values, market_word * 0x1.0p-32);
  return world.market(market(world, region, m)).choose(post_word);
}

}  // namespace steppe::matching
