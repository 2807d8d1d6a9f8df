#pragma once

#include <span>
#include <vector>

#include "models/foreign_hiring/ceilings.hpp"
#include "sim/api/step.hpp"

namespace steppe::permits {

/// What employers pay the state for permits, month by month: the workplace fee with its reliefs,
/// the levy by skill and origin, the fee that rises with the share of foreigners, the levy for
/// training.
class Charges {
 public:
  explicit Charges(Setup& setup);
  /// Takes the step's levers.
  void read(Step& step);

  /// What the last of the employer's permits costs him [MNT/month].
  /// @param more permits than foreigners on the staff today: one and those under way for another,
  ///             none for a renewal
  [[nodiscard]] double of_one_more(const World& world, const Applicant& applicant,
                                   std::int64_t more) const;
  /// Books what the step's permits cost, and tells training its part of it.
  /// @param irregular who works without one
  void settle(Step& step, std::span<const PersonId> irregular);

  /// What a firm pays by its share of foreigners for so many with a permit [MNT/month].
  [[nodiscard]] double by_share(SectorId sector, std::int64_t with_permit,
                                std::int64_t staff) const;

 private:
  /// Of one permit, whatever the firm.
  [[nodiscard]] double plain(SectorId sector, OccupationId occupation, OriginId origin) const;
  [[nodiscard]] double relief_of_project(const Firm& firm, OccupationId occupation) const;
  [[nodiscard]] double for_training(std::int64_t staff) const;

  LeverId fee_lever_, relief_lever_, exempt_lever_, project_relief_lever_, levy_lever_;
  LeverId share_fee_lever_, share_base_lever_, training_lever_, fund_lever_;

  // In force in this step.
  double fee_ = 0.0, fund_share_ = 0.0;
  bool excess_only_ = false, by_share_ = false, for_training_ = false;
  std::vector<double> relief_, project_relief_, levy_;  ///< levy: skill level × origin
  std::vector<bool> exempt_;
  std::vector<int> skill_level_;  ///< by occupation
  std::size_t origins_ = 0;
  Policy* policy_ = nullptr;  ///< of the step: levers by class are read where they are met
  std::vector<std::uint32_t> irregular_of_;  ///< by firm; all 0 between calls
};

}  // namespace steppe::permits
