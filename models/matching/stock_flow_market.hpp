#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "sim/core/error.hpp"

namespace steppe::matching {

/// One market of stock-flow matching: a newcomer meets the stock that waits on the other side, each
/// pair suiting or not by itself; if nobody suits, the newcomer waits in turn, and meets only those
/// who come later.
///
/// No pair meets twice, and stock never meets stock: the market counts arrivals, and refuses a
/// meeting at which neither has just arrived.
/// @see Coles and Smith (1998), International Economic Review 39(1)
class StockFlowMarket {
 public:
  enum class Side : std::uint8_t { Seeker, Post };
  struct Unit {
    std::uint32_t id = 0;   ///< the caller's
    std::uint32_t lot = 0;  ///< of several that suit, the lowest is taken
    bool operator==(const Unit&) const = default;
  };

  /// Empties the market.
  void clear() {
    for (auto& side : waiting_) side.clear();
    arrivals_ = 0;
  }
  /// Puts in somebody who has met all that waits, and waits.
  void wait(Side side, Unit unit) { insert(side, {unit, 0}); }
  /// A newcomer meets the other side's stock, and waits if nobody there suits.
  /// @param suits called with the newcomer and one who waits, at most once for each
  /// @return the partner, whom the market gives up
  template <class Suits>
  std::optional<Unit> arrive(Side side, Unit unit, Suits&& suits);
  /// Somebody who waits gives up.
  /// @param at place in waiting(side)
  void leave(Side side, std::size_t at) {
    std::vector<Waiting>& stock = waiting_[index(side)];
    stock.erase(stock.begin() + static_cast<std::ptrdiff_t>(at));
  }
  [[nodiscard]] std::size_t size(Side side) const { return waiting_[index(side)].size(); }

 private:
  struct Waiting {
    Unit unit;
    std::uint64_t arrived = 0;  ///< number of the arrival; 0: before the first
  };
  static std::size_t index(Side side) { return static_cast<std::size_t>(side); }
  void insert(Side side, const Waiting& one) {
    std::vector<Waiting>& stock = waiting_[index(side)];
    const auto order = [](const Waiting& w) { return std::tuple(w.unit.lot, w.unit.id); };
    const auto place =
        std::upper_bound(stock.begin(), stock.end(), one,
                         [&](const Waiting& a, const Waiting& b) { return order(a) < order(b); });
    stock.insert(place, one);
  }
  /// @throws ModelError for a pair that has met before
  void check_first_meeting(const Waiting& a, const Waiting& b) const {
    if (a.arrived == b.arrived || std::max(a.arrived, b.arrived) != arrivals_) {
      throw ModelError("stock-flow matching: two of a market's stock were to meet again");
    }
  }

  std::array<std::vector<Waiting>, 2> waiting_;  ///< by side, in the order of lots
  std::uint64_t arrivals_ = 0;
};

template <class Suits>
std::optional<StockFlowMarket::Unit> StockFlowMarket::arrive(Side side, Unit unit, Suits&& suits) {
  const Waiting newcomer{unit, ++arrivals_};
  std::vector<Waiting>& stock = waiting_[1 - index(side)];
  for (auto one = stock.begin(); one != stock.end(); ++one) {
    check_first_meeting(newcomer, *one);
    if (!suits(unit, one->unit)) continue;
    const Unit partner = one->unit;
    stock.erase(one);
    return partner;
  }
  insert(side, newcomer);
  return std::nullopt;
}

}  // namespace steppe::matching
