#include "models/foreign_hiring/enforcement.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::permits {
namespace {

constexpr Purpose kInspect{"foreign_hiring/permit_queue/inspect"};

}  // namespace

Enforcement::Enforcement(Setup& setup)
    : returning_(setup.parameter("returning_share")),
      inspection_lever_(setup.lever("enforcement.inspection_rate")),
      fine_lever_(setup.lever("enforcement.fine")),
      expulsion_lever_(setup.lever("enforcement.expulsion")),
      debarment_lever_(setup.lever("enforcement.debarment")),
      ban_lever_(setup.lever("enforcement.entry_ban")) {
  const Sizes& sizes = setup.world.base().sizes;
  inspection_.resize(sizes.sectors);
  banned_.resize(sizes.origins);
}

void Enforcement::read(Step& step) {
  Policy& policy = step.policy;
  const Clock& clock = step.world.clock();
  for (std::size_t s = 0; s < inspection_.size(); ++s) {
    inspection_[s] = policy.value(inspection_lever_, s);
  }
  fine_ = policy.value(fine_lever_);
  expulsion_ = policy.value(expulsion_lever_);
  const auto steps = [&](LeverId lever) {
    const double months = policy.value(lever);
    return months > 0.0 ? clock.steps_in(months) : 0;
  };
  debarment_ = steps(debarment_lever_);
  ban_ = steps(ban_lever_);
  const auto over = [&](const Ban& ban) { return ban.until <= step.index; };
  for (const Ban& ban : bans_) banned_[ban.origin.at()] -= over(ban);
  bans_.erase(std::remove_if(bans_.begin(), bans_.end(), over), bans_.end());
  refused_debarred_ = refused_banned_ = 0;
}

void Enforcement::inspect(Step& step) {
  World& world = step.world;
  std::size_t kept = 0;
  for (const PersonId id : irregular_) {
    const Person& person = world.persons[id];
    if (person.permit() != Permit::Irregular) continue;
    const auto [found, sent_home] = step.draws.uniform_pair(kInspect, id.value());
    const double hazard = inspection_[person.sector.at()];
    if (person.since < step.index && strikes(found, hazard, step.dt)) {
      world.ledger.pay(Payment::Fine, Account::Firms, Account::Government, std::llround(fine_));
      if (debarment_ > 0) {
        debarred_until_.resize(world.firms.size());
        debarred_until_[person.employer.at()] = step.index + debarment_;
      }
      if (sent_home < expulsion_) {
        if (ban_ > 0) {
          bans_.push_back({step.index + ban_, person.origin});
          ++banned_[person.origin.at()];
        }
        world.separate(id, Status::Gone, Flow::Expelled);
        continue;
      }
    }
    irregular_[kept++] = id;
  }
  irregular_.resize(kept);
}

double Enforcement::barred_share(const World& world, OriginId origin) const {
  const auto banned = static_cast<double>(banned_[origin.at()]);
  if (banned <= 0.0) return 0.0;
  return returning_ * banned / (banned + static_cast<double>(world.ledger.permits(origin)));
}

void Enforcement::refuse(Step& step, FirmId firm, OccupationId occupation, bool debarred) {
  step.world.ledger.flow(Flow::PermitRefused, step.world.firms[firm.at()].sector, occupation);
  ++(debarred ? refused_debarred_ : refused_banned_);
}

void Enforcement::tell(Step& step) {
  const auto tell = [&](LeverId lever, std::int64_t refused) {
    if (step.policy.is_set(lever)) {
      step.policy.used(lever, 0, refused > 0 ? 1.0 : 0.0, 1.0, refused);
    }
  };
  tell(debarment_lever_, refused_debarred_);
  tell(ban_lever_, refused_banned_);
}

}  // namespace steppe::permits
