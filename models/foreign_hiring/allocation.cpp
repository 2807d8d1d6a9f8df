#include "models/foreign_hiring/allocation.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::permits {
namespace {

constexpr Purpose kBallot{"foreign_hiring/permit_queue/ballot"};

}  // namespace

Allocation::Allocation(Setup& setup) : lever_(setup.lever("permits.allocation")) {
  const std::size_t sectors = setup.world.base().sizes.sectors;
  winners_.resize(sectors);
  losing_bid_.resize(sectors);
}

void Allocation::order(Step& step, const Ceilings& ceilings, std::vector<Candidate>& candidates) {
  way_ = static_cast<Way>(step.policy.value(lever_));
  std::fill(winners_.begin(), winners_.end(), 0.0);
  std::fill(losing_bid_.begin(), losing_bid_.end(), -1.0);
  // First come, first served: the vacancies that have waited longest have the first claim.
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.opened != b.opened ? a.opened < b.opened : a.key < b.key;
  });
  if (way_ == Way::Auction) {
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.bid() > b.bid(); });
  } else if (way_ == Way::ProRata) {
    ballot(step, ceilings, candidates);
  }
}

/// Puts first, in every sector, those who get a permit if each employer gets the same part of what
/// he asks for: systematic sampling along the employers.
void Allocation::ballot(const Step& step, const Ceilings& ceilings,
                        std::vector<Candidate>& candidates) {
  const World& world = step.world;
  const auto firm_of = [&](std::size_t n) -> const Firm& {
    return world.firms[candidates[n].applicant.firm.at()];
  };
  drawn_.assign(candidates.size(), true);
  for (std::size_t s = 0; s < winners_.size(); ++s) {
    asking_.clear();
    for (std::size_t n = 0; n < candidates.size(); ++n) {
      if (candidates[n].legally && firm_of(n).sector == SectorId{s}) asking_.push_back(n);
    }
    const auto asked = static_cast<double>(asking_.size());
    const double room = std::max(0.0, ceilings.room(world, SectorId{s}));
    if (asked <= room) continue;
    std::stable_sort(asking_.begin(), asking_.end(), [&](std::size_t a, std::size_t b) {
      return firm_of(a).line < firm_of(b).line;
    });
    const double part = std::floor(room) / asked;
    double reached = step.draws.uniform(kBallot, static_cast<std::uint32_t>(s));
    for (const std::size_t n : asking_) {
      const double next = reached + part;
      drawn_[n] = std::floor(next) > std::floor(reached);
      reached = next;
    }
  }
  first_.clear();
  rest_.clear();
  for (std::size_t n = 0; n < candidates.size(); ++n) {
    (drawn_[n] ? first_ : rest_).push_back(candidates[n]);
  }
  std::copy(rest_.begin(), rest_.end(),
            std::copy(first_.begin(), first_.end(), candidates.begin()));
}

void Allocation::lost(SectorId sector, double bid) {
  losing_bid_[sector.at()] = std::max(losing_bid_[sector.at()], bid);
}

void Allocation::settle(Step& step, double term) const {
  if (way_ != Way::Auction) return;
  for (std::size_t s = 0; s < winners_.size(); ++s) {
    if (losing_bid_[s] <= 0.0 || winners_[s] <= 0.0) continue;
    step.world.ledger.pay(Payment::PermitAuction, Account::Firms, Account::Government,
                          std::llround(winners_[s] * losing_bid_[s] * term));
  }
}

}  // namespace steppe::permits
