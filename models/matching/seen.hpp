#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/api/step.hpp"

namespace steppe::matching {

/// The open posts that somebody may come across: those of the own region, and fly-in work.
///
/// One is drawn from the markets by occupation, each weighted by nearness to the own one
/// (occupation_weights) times its posts.
class SeenPosts {
 public:
  /// Reads `own_occupation`.
  explicit SeenPosts(const Setup& setup);
  /// Vacancies have opened or closed since the last draw.
  void refresh() { ++stamp_; }
  /// A vacancy for somebody of a region and an occupation; none where none is open.
  /// @param market_word, post_word 32 random bits each
  [[nodiscard]] VacancyId choose(const World& world, RegionId region, OccupationId occupation,
                                 std::uint32_t market_word, std::uint32_t post_word);

 private:
  struct Sums {
    std::uint64_t stamp = 0;
    std::vector<double> values;  ///< running sums over the region's markets, then the national
  };
  [[nodiscard]] MarketId market(const World& world, RegionId region, std::size_t at) const;

  std::size_t occupations_ = 0;
  std::vector<double> weight_;  ///< from × to
  std::vector<Sums> sums_;      ///< by region × occupation
  std::uint64_t stamp_ = 1;
};

}  // namespace steppe::matching
