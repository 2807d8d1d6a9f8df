#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/api/step.hpp"

namespace steppe::abroad {

/// Contracts in destinations with a quota: who gets a place, and what follows when it ends.
class Contracts {
 public:
  /// When the places of a year can be had.
  enum class Opening : std::uint8_t {
    Evenly,  ///< step by step; those not taken, to the end of the year
    AtOnce   ///< all when the year begins, as far as it lies within the run
  };

  /// Reads contract_reentry and contract_overstay, and the levers migration.quota, .tenure and
  /// .reentry. @param selects whether there is a lever migration.selection as well
  Contracts(Setup& setup, Opening opening, bool selects);

  [[nodiscard]] double quota(Step& step, std::size_t destination) const {
    return step.policy.value(quota_lever_, destination);
  }
  [[nodiscard]] bool is_limited(Step& step, std::size_t destination) const {
    return std::isfinite(quota(step, destination));
  }
  /// Somebody asks for a place in this step.
  void apply(Step& step, PersonId id, std::size_t destination);
  /// Contracts that end: one re-entry, staying on without one, or `go_home`.
  void end(Step& step, const std::function<void(PersonId)>& go_home);
  /// Gives the open places to those who asked: by lot, or the best first. `leave` makes them go.
  void allot(Step& step, const std::function<void(PersonId, DestinationId)>& leave);

 private:
  struct Applicant {
    double score;  ///< the higher the better; equal where a ballot decides
    std::uint32_t lot;
    PersonId id;
  };
  struct Destination {
    std::vector<Applicant> applicants;  ///< of the step
    double places = 0.0;                ///< open [records]
    double admitted = 0.0;              ///< of the calendar year [person]
    double opened = 0.0;                ///< of the calendar year, where at once [records]
    double year = 0.0;                  ///< part of the year that the places are for
  };

  /// Length of a contract in a destination [steps].
  [[nodiscard]] int tenure(Step& step, std::size_t destination) const {
    return step.world.clock().steps_in(step.policy.value(tenure_lever_, destination));
  }
  void open_places(const Step& step, Destination& at, double quota) const;

  Opening opening_;
  bool selects_;
  double reentry_, overstay_;
  LeverId quota_lever_, selection_lever_, tenure_lever_, reentry_lever_;
  std::vector<Destination> at_;
};

}  // namespace steppe::abroad
