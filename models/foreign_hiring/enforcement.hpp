#pragma once

#include <span>
#include <vector>

#include "sim/api/step.hpp"

namespace steppe::permits {

/// Those who work without a permit, inspections, and what follows when one is found.
class Enforcement {
 public:
  explicit Enforcement(Setup& setup);
  /// Takes the step's levers and lets bans lapse.
  void read(Step& step);

  /// Somebody has begun to work without a permit.
  void add(PersonId id) { irregular_.push_back(id); }
  /// Inspects. Irregular workers are few and known here, so each is visited; the numbers are
  /// theirs.
  void inspect(Step& step);
  [[nodiscard]] std::span<const PersonId> irregular() const { return irregular_; }

  /// What an employer expects to lose a month by a worker without a permit, when one who is sent
  /// away costs `replacement` [MNT/month].
  [[nodiscard]] double expected_loss(SectorId sector, double replacement) const {
    return inspection_[sector.at()] * (fine_ + expulsion_ * replacement);
  }
  /// Whether the employer was found to employ somebody so lately that he may not apply.
  [[nodiscard]] bool is_debarred(FirmId firm, int step) const {
    return firm.at() < debarred_until_.size() && step < debarred_until_[firm.at()];
  }
  /// Share of those who apply from an origin who were expelled and may not yet come back.
  [[nodiscard]] double barred_share(const World& world, OriginId origin) const;
  void refuse(Step& step, FirmId firm, OccupationId occupation, bool debarred);
  void tell(Step& step);

 private:
  struct Ban {
    int until;
    OriginId origin;
  };

  double returning_ = 0.0;
  LeverId inspection_lever_, fine_lever_, expulsion_lever_, debarment_lever_, ban_lever_;

  // In force in this step.
  std::vector<double> inspection_;  ///< by sector [1/month]
  double fine_ = 0.0, expulsion_ = 1.0;
  int debarment_ = 0, ban_ = 0;  ///< [steps]

  std::vector<PersonId> irregular_;
  std::vector<int> debarred_until_;   ///< by firm; shorter than the firms while nobody was
  std::vector<Ban> bans_;             ///< in the order in which they were spoken
  std::vector<std::int64_t> banned_;  ///< by origin
  std::int64_t refused_debarred_ = 0, refused_banned_ = 0;
};

}  // namespace steppe::permits
