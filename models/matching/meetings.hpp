#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
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

/// Seekers and posts sorted into markets, in each of which a rule says who meets whom.
///
/// Fly-in posts form a second round: by occupation, for those of all regions who found nothing in
/// the first.
class Meetings {
 public:
  /// A seeker or post of a market, in an order drawn by lot.
  struct Entry {
    std::uint32_t market = 0;
    std::uint32_t lot = 0;    ///< uniform, drawn anew in every step and round
    std::uint32_t tie = 0;    ///< decides between equal lots
    std::uint32_t index = 0;  ///< in the list of seekers or posts
    auto operator<=>(const Entry&) const = default;
  };
  /// Somebody and a post in whose hands the hire lies: places in the lists of a market.
  using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
  /// Who meets whom in a market of at least one seeker and one post, by places in the lists given.
  using Rule = std::function<void(MarketId market, std::span<const Entry> seekers,
                                  std::span<const Entry> posts, Pairs& pairs)>;
  /// How many match where anybody suits any post: no more than there are of either. Lots say who.
  /// @param market an entity for random numbers
  using Number =
      std::function<std::int64_t(MarketId market, std::int64_t seekers, std::int64_t posts)>;

  Meetings(Setup& setup, Segments segments) : search_(setup), segments_(segments) {}
  /// One step of matching, the signals included.
  void run(Step& step, const Rule& rule);
  void run_by_lot(Step& step, const Number& number);

  // For a rule.
  [[nodiscard]] const Active& seeker(const Entry& entry) const { return active_[entry.index]; }
  [[nodiscard]] const OpenPost& post(const Entry& entry) const { return open_[entry.index]; }
  /// All who take part in the step, and all they see.
  [[nodiscard]] std::span<const Active> seekers() const { return active_; }
  [[nodiscard]] std::span<const OpenPost> posts() const { return open_; }

 private:
  void match(Step& step, const Rule& rule);
  void sort_posts(const World& world, bool fly_in);

  Search search_;
  Segments segments_;
  std::span<const Active> active_;
  std::span<const OpenPost> open_;
  std::vector<Entry> seekers_, posts_;
  std::vector<std::uint8_t> hired_;  ///< by index of active_
  Pairs pairs_;                      ///< of the market under way
};

}  // namespace steppe::matching
