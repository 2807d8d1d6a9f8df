#pragma once

#include <cstdint>
#include <vector>

#include "models/foreign_hiring/ceilings.hpp"
#include "sim/api/step.hpp"

namespace steppe::permits {

/// A vacancy whose employer looks abroad in this step.
struct Candidate {
  VacancyId vacancy;
  std::int32_t opened;
  std::uint32_t key;
  Applicant applicant;
  // What the post costs [MNT/month].
  double local;      ///< waiting for a national
  double foreign;    ///< a foreigner with a permit, without its fees
  double irregular;  ///< one without a permit
  double fees;       ///< of one more permit
  double chance;     ///< uniform number that decides between local and foreign
  bool legally;      ///< with a permit it is cheaper than waiting
  /// What a permit is worth to the employer.
  [[nodiscard]] double bid() const { return local - foreign - fees; }
};

/// Who gets what a cap leaves: the order in which applications are taken, and an auction's price.
class Allocation {
 public:
  explicit Allocation(Setup& setup);
  /// Orders a step's candidates, whoever has the better claim first.
  void order(Step& step, const Ceilings& ceilings, std::vector<Candidate>& candidates);
  /// A candidate of the sector got a permit …
  void won(SectorId sector) { winners_[sector.at()] += 1.0; }
  /// … or none, at this bid, because the cap was used up.
  void lost(SectorId sector, double bid);
  /// Lets the winners of an auction pay. @param term of their permits [months]
  void settle(Step& step, double term) const;

 private:
  /// The words of permits.allocation.
  enum class Way : std::uint8_t { Queue, ProRata, Auction };

  void ballot(const Step& step, const Ceilings& ceilings, std::vector<Candidate>& candidates);

  LeverId lever_;
  Way way_ = Way::Queue;
  std::vector<std::size_t> asking_;  ///< numbers of a sector's candidates
  std::vector<bool> drawn_;          ///< by candidate: by the ballot
  std::vector<Candidate> first_, rest_;
  std::vector<double> winners_;     ///< by sector
  std::vector<double> losing_bid_;  ///< by sector: the highest; below 0: none
};

}  // namespace steppe::permits
