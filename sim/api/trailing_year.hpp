#pragma once

#include <cstdint>
#include <vector>

#include "sim/world/ledger.hpp"

namespace steppe {

/// Flows of the last twelve months. Indicators that employers and ministries read once a year are
/// too noisy over one.
class TrailingYear {
 public:
  /// Takes in the flows of a month that closes; call it once a month, in order.
  void add(const Ledger& ledger);

  // Sums of a flow [records/year]; missing (NaN) until twelve months have been taken in.
  [[nodiscard]] double total(Flow kind) const { return at(index(kind)); }
  [[nodiscard]] double by(Flow kind, SectorId sector) const {
    return at(index(kind) + 1 + sector.at());
  }
  [[nodiscard]] double by(Flow kind, OccupationId occupation) const {
    return at(index(kind) + 1 + sectors_ + occupation.at());
  }

 private:
  [[nodiscard]] std::size_t index(Flow kind) const {
    return static_cast<std::size_t>(kind) * (1 + sectors_ + occupations_);
  }
  [[nodiscard]] double at(std::size_t i) const;

  static constexpr std::size_t kMonths = 12;
  std::size_t sectors_ = 0, occupations_ = 0;
  std::size_t months_ = 0;                           ///< taken in so far
  std::vector<std::int64_t> months_flows_[kMonths];  ///< by month modulo twelve
  std::vector<std::int64_t> sums_;                   ///< flow × (all, sectors, occupations)
};

}  // namespace steppe
