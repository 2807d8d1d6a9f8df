#include "sim/api/trailing_year.hpp"

#include <limits>
#include <utility>

namespace steppe {

void TrailingYear::add(const Ledger& ledger) {
  sectors_ = ledger.sizes().sectors;
  occupations_ = ledger.sizes().occupations;
  std::vector<std::int64_t> flows;
  flows.reserve(kFlowCount * (1 + sectors_ + occupations_));
  for (std::size_t f = 0; f < kFlowCount; ++f) {
    const auto kind = static_cast<Flow>(f);
    flows.push_back(ledger.total(kind));
    for (std::size_t s = 0; s < sectors_; ++s) flows.push_back(ledger.by(kind, SectorId{s}));
    for (std::size_t k = 0; k < occupations_; ++k) {
      flows.push_back(ledger.by(kind, OccupationId{k}));
    }
  }
  std::vector<std::int64_t>& place = months_flows_[months_ % kMonths];
  sums_.resize(flows.size());
  for (std::size_t i = 0; i < flows.size(); ++i) {
    sums_[i] += flows[i] - (months_ < kMonths ? 0 : place[i]);
  }
  place = std::move(flows);
  ++months_;
}

double TrailingYear::at(std::size_t i) const {
  return months_ < kMonths ? std::numeric_limits<double>::quiet_NaN()
                           : static_cast<double>(sums_[i]);
}

}  // namespace steppe
