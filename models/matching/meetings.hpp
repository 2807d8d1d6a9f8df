#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "models/matching/search.hpp"
#include "sim/api/step.hpp"
#include "sim/core/ids.hpp"

namespace steppe::matching {

/// What counts as one market.
enum class Segments {
  Country,            ///< everybody meets everybody
  OccupationByRegion  ///< then fly-in posts, by occupation over all regions
};

/// Seekers and posts sorted into markets in which anybody suits any post: a rule says how many
/// match in a market, and lots say who.
///
/// Fly-in posts form a second round: by occupation, for those of all regions who found nothing in
/// the first.
class Meetings {
 public:
  /// How many match in a market of so many seekers and posts, at least one of each: no more than
  /// there are of either.
  /// @param market the market's number, an entity for random numbers
  using Number =
      std::function<std::int64_t(MarketId market, std::int64_t seekers, std::int64_t posts)>;

  Meetings(Setup& setup, Segments segments) : search_(setup), segments_(segments) {}
  /// One step of matching, the signals included.
  void run(Step& step, const Number& number);

 private:
  /// A seeker or post in its market, in an order drawn by lot.
  struct Entry {
    std::uint32_t market = 0;
    std::uint32_t lot = 0;
    std::uint32_t tie = 0;
    std::uint32_t index = 0;  ///< in the list of seekers or posts
    auto operator<=>(const Entry&) const = default;
  };
  void match(Step& step, const Number& number);
  void sort_posts(const World& world, bool fly_in);

  Search search_;
  Segments segments_;
  std::span<const Active> active_;
  std::span<const OpenPost> open_;
  std::vector<Entry> seekers_, posts_;
  std::vector<std::uint8_t> hired_;  ///< by index of active_
};

}  // namespace steppe::matching
