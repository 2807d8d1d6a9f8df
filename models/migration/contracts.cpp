#include "models/migration/contracts.hpp"

#include <algorithm>

namespace steppe::abroad {
namespace {

constexpr Purpose kLottery{"migration/networks/lottery"};
constexpr Purpose kContractEnd{"migration/networks/contract_end"};

/// What sums of parts of places may be off by.
constexpr double kTrace = 1e-9;

/// `detail` of a ContractAbroad event: whether the one re-entry has been used.
enum Contract : std::uint32_t { kFirst = 0, kSecond = 1 };

}  // namespace

Contracts::Contracts(Setup& setup, Opening opening, bool selects)
    : opening_(opening),
      selects_(selects),
      reentry_(setup.parameter("contract_reentry")),
      overstay_(setup.parameter("contract_overstay")),
      quota_lever_(setup.lever("migration.quota")),
      tenure_lever_(setup.lever("migration.tenure")),
      reentry_lever_(setup.lever("migration.reentry")),
      at_(setup.world.base().sizes.destinations) {
  if (selects) selection_lever_ = setup.lever("migration.selection");
}

void Contracts::apply(Step& step, PersonId id, std::size_t destination) {
  const bool by_score = selects_ && step.policy.value(selection_lever_, destination) > 0.5;
  const double score = by_score ? step.world.skill(step.world.persons[id]) : 0.0;
  at_[destination].applicants.push_back({score, step.draws.block(kLottery, id.value())[0], id});
}

void Contracts::end(Step& step, const std::function<void(PersonId)>& go_home) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::ContractAbroad)) {
    const PersonId id{event.entity};
    Person& person = world.persons[id];
    if (person.stamp != event.stamp || person.status != Status::Abroad) continue;
    const auto [u, v] = step.draws.uniform_pair(kContractEnd, id.value());
    const std::size_t d = person.destination.at();
    const bool may_return = step.policy.value(reentry_lever_, d) < 0.5;
    if (event.detail == kFirst && may_return && u < reentry_) {
      person.contract_end = step.index + tenure(step, d);
      world.calendar.add(person.contract_end, Due::ContractAbroad,
                         {event.entity, event.stamp, kSecond});
    } else if (v >= overstay_) {
      go_home(id);
    }  // else stays on beyond the permitted time, and returns by chance like anybody
  }
}

/// Places not taken stay open to the end of the year, and no longer.
void Contracts::open_places(const Step& step, Destination& at, double quota) const {
  const bool begins = step.world.clock().begins_year(step.index);
  if (begins) {
    // A quota that was cut within the year may have left fewer than none, and rounding a trace
    // less.
    // Sums of twelfths may also end a trace below a whole place, which is none of the next year's.
    at.places = std::max(0.0, at.places - std::floor(at.places + kTrace));
    at.admitted = 0.0;
  }
  if (opening_ == Opening::Evenly) {
    at.places += quota / 12.0 * step.dt / step.world.weight();
    return;
  }
  if (begins || at.year == 0.0) {
    at.year = begins ? 1.0 : (13 - step.month.month()) / 12.0;
    at.opened = 0.0;
  }
  // A quota that is changed within the year opens or closes the difference.
  const double all = quota * at.year / step.world.weight();
  at.places += all - at.opened;
  at.opened = all;
}

void Contracts::allot(Step& step, const std::function<void(PersonId, DestinationId)>& leave) {
  for (std::size_t d = 0; d < at_.size(); ++d) {
    Destination& at = at_[d];
    const double quota = this->quota(step, d);
    std::vector<Applicant>& queue = at.applicants;
    if (!std::isfinite(quota)) {
      queue.clear();
      continue;
    }
    open_places(step, at, quota);
    std::sort(queue.begin(), queue.end(), [](const Applicant& a, const Applicant& b) {
      if (a.score != b.score) return a.score > b.score;
      return a.lot != b.lot ? a.lot < b.lot : a.id < b.id;
    });
    const auto open = static_cast<std::size_t>(std::max(0.0, at.places + kTrace));
    const std::size_t taken = std::min(open, queue.size());
    for (std::size_t n = 0; n < taken; ++n) {
      const PersonId id = queue[n].id;
      leave(id, DestinationId{d});
      Person& person = step.world.persons[id];
      person.contract_end = step.index + tenure(step, d);
      step.world.calendar.add(person.contract_end, Due::ContractAbroad,
                              {id.value(), person.stamp, kFirst});
    }
    at.places -= static_cast<double>(taken);
    at.admitted += static_cast<double>(taken) * step.world.weight();
    step.policy.used(quota_lever_, d, at.admitted, quota,
                     static_cast<std::int64_t>(queue.size() - taken));
    queue.clear();
  }
}

}  // namespace steppe::abroad
