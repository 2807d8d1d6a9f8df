#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace steppe::matching {

/// A two-sided market of workers and firms with strict preferences.
///
/// Every worker lists the firms it would work for, the best first; every firm scores the workers
/// that list it and would take any of them. Whom a side does not want is left out of the lists.
/// Lists stand one after another: worker w's entries are first[w] to first[w + 1].
struct StableMarket {
  std::vector<std::uint32_t> first = {0};  ///< by worker, and the end
  std::vector<std::uint32_t> firm;         ///< by entry
  std::vector<float> score;                ///< by entry: of the worker with the firm, higher better
  std::vector<std::uint64_t> lot;          ///< by worker: the higher of two equal scores
  std::vector<std::uint32_t> capacity;     ///< by firm: places

  [[nodiscard]] std::uint32_t workers() const {
    return static_cast<std::uint32_t>(first.size() - 1);
  }
  /// Empties the lists and keeps the room.
  void clear();
  /// Ends the list of the next worker: the entries added to `firm` and `score` since the last.
  void add_worker(std::uint64_t worker_lot);
};

inline constexpr std::uint32_t kUnmatched = std::numeric_limits<std::uint32_t>::max();

/// Who works where.
struct StableMatch {
  std::vector<std::uint32_t> entry;  ///< by worker: of the market's lists; kUnmatched without one
  std::uint64_t proposals = 0;
};

/// Deferred acceptance in which workers propose down their lists and firms hold the best so far:
/// the stable matching that every worker likes best.
///
/// @param order workers in the order in which they first propose, which changes nothing but the
///     count of proposals; empty: as numbered
/// @see Gale and Shapley (1962), American Mathematical Monthly 69(1), 9–15
[[nodiscard]] StableMatch worker_proposing(const StableMarket& market,
                                           std::span<const std::uint32_t> order = {});

/// Deferred acceptance in which firms propose to as many workers as they have places and workers
/// hold the best so far: the stable matching that every worker likes least.
[[nodiscard]] StableMatch firm_proposing(const StableMarket& market);

}  // namespace steppe::matching
