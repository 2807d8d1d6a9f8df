#include "models/foreign_hiring/charges.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::permits {

Charges::Charges(Setup& setup)
    : fee_lever_(setup.lever("permits.fee")),
      relief_lever_(setup.lever("permits.fee_relief")),
      exempt_lever_(setup.lever("permits.fee_exempt")),
      project_relief_lever_(setup.lever("permits.project_fee_relief")),
      levy_lever_(setup.lever("permits.levy")),
      share_fee_lever_(setup.lever("permits.share_fee")),
      share_base_lever_(setup.lever("permits.share_fee_for")),
      training_lever_(setup.lever("permits.training_levy")),
      fund_lever_(setup.lever("permits.fund_share")) {
  const Base& base = setup.world.base();
  origins_ = base.sizes.origins - 1;
  relief_.resize(base.sizes.sectors);
  exempt_.resize(base.sizes.occupations);
  project_relief_.resize(setup.scenario.projects.size());
  levy_.resize(setup.members(levy_lever_));
  for (std::size_t k = 0; k < base.sizes.occupations; ++k) {
    skill_level_.push_back(static_cast<int>(base.skill_level[k]));
  }
}

void Charges::read(Step& step) {
  Policy& policy = step.policy;
  policy_ = &policy;
  fee_ = policy.value(fee_lever_);
  fund_share_ = policy.value(fund_lever_);
  excess_only_ = policy.value(share_base_lever_) > 0.5;
  by_share_ = policy.is_set(share_fee_lever_);
  for_training_ = policy.is_set(training_lever_);
  for (std::size_t s = 0; s < relief_.size(); ++s) relief_[s] = policy.value(relief_lever_, s);
  for (std::size_t k = 0; k < exempt_.size(); ++k) {
    exempt_[k] = policy.value(exempt_lever_, k) > 0.5;
  }
  for (std::size_t p = 0; p < project_relief_.size(); ++p) {
    project_relief_[p] = policy.value(project_relief_lever_, p);
  }
  for (std::size_t m = 0; m < levy_.size(); ++m) {
    levy_[m] = policy.value(levy_lever_, m / origins_, m % origins_);
  }
}

double Charges::plain(SectorId sector, OccupationId occupation, OriginId origin) const {
  const double fee = exempt_[occupation.at()] ? 0.0 : fee_ * (1.0 - relief_[sector.at()]);
  const auto skill = static_cast<std::size_t>(skill_level_[occupation.at()]);
  return fee + levy_[skill * origins_ + origin.at() - 1];
}

double Charges::relief_of_project(const Firm& firm, OccupationId occupation) const {
  if (firm.project < 0 || exempt_[occupation.at()]) return 0.0;
  return fee_ * (1.0 - relief_[firm.sector.at()]) *
         project_relief_[static_cast<std::size_t>(firm.project)];
}

double Charges::by_share(SectorId sector, std::int64_t with_permit, std::int64_t staff) const {
  if (with_permit <= 0) return 0.0;
  const double percent = 100.0 * static_cast<double>(with_permit) / static_cast<double>(staff);
  if (!excess_only_) {
    return static_cast<double>(with_permit) *
           policy_->value(share_fee_lever_, sector.at(),
                          policy_->class_of(share_fee_lever_, percent));
  }
  // Each class's fee for the heads that lie in it.
  const std::vector<int>& bounds = policy_->bounds(share_fee_lever_);
  double sum = 0.0;
  for (std::size_t c = 0; c < bounds.size(); ++c) {
    const auto from = static_cast<double>(bounds[c]);
    const double to = c + 1 < bounds.size() ? static_cast<double>(bounds[c + 1]) : 100.0;
    const double part = std::clamp(percent, from, to) - from;
    sum += part / 100.0 * static_cast<double>(staff) *
           policy_->value(share_fee_lever_, sector.at(), c);
  }
  return sum;
}

double Charges::for_training(std::int64_t staff) const {
  return policy_->value(training_lever_,
                        policy_->class_of(training_lever_, static_cast<double>(staff)));
}

double Charges::of_one_more(const World& world, const Applicant& applicant,
                            std::int64_t more) const {
  const Firm& firm = world.firms[applicant.firm.at()];
  double out = plain(firm.sector, applicant.occupation, applicant.origin) -
               relief_of_project(firm, applicant.occupation);
  const std::int64_t foreigners = firm.foreigners + more;
  const std::int64_t staff = firm.staff() + more;
  if (by_share_) {
    out +=
        by_share(firm.sector, foreigners, staff) - by_share(firm.sector, foreigners - 1, staff - 1);
  }
  if (for_training_) out += for_training(staff);
  return out;
}

void Charges::settle(Step& step, std::span<const PersonId> irregular) {
  const World& world = step.world;
  Ledger& ledger = step.world.ledger;
  const Sizes& sizes = ledger.sizes();
  double fees = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    if (ledger.permits(SectorId{s}) == 0) continue;
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      for (std::size_t o = 1; o < sizes.origins; ++o) {
        const auto heads = ledger.permits(SectorId{s}, OccupationId{k}, OriginId{o});
        if (heads == 0) continue;
        fees += static_cast<double>(heads) * plain(SectorId{s}, OccupationId{k}, OriginId{o});
      }
    }
  }
  const bool relieved = std::any_of(project_relief_.begin(), project_relief_.end(),
                                    [](double relief) { return relief > 0.0; });
  double training = 0.0;
  if (by_share_ || for_training_ || relieved) {
    irregular_of_.resize(world.firms.size());
    for (const PersonId id : irregular) ++irregular_of_[world.persons[id].employer.at()];
    for (std::size_t j = 0; j < world.firms.size(); ++j) {
      const Firm& firm = world.firms[j];
      const std::int64_t heads = firm.foreigners - irregular_of_[j];
      if (heads <= 0) continue;
      if (by_share_) fees += by_share(firm.sector, heads, firm.staff());
      if (for_training_) training += static_cast<double>(heads) * for_training(firm.staff());
      if (!relieved || firm.project < 0) continue;
      // Those without a permit are taken to be spread over the project's occupations like all.
      const double valid = static_cast<double>(heads) / firm.foreigners;
      for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
        const Cell& cell = world.cells[c];
        fees -= valid * cell.foreigners * relief_of_project(firm, cell.occupation);
      }
    }
    for (const PersonId id : irregular) irregular_of_[world.persons[id].employer.at()] = 0;
  }
  ledger.pay(Payment::WorkplaceFee, Account::Firms, Account::Government,
             std::llround((fees + training) * step.dt));
  step.signals.training_fund = (fund_share_ * fees + training) * step.dt * world.weight();
}

}  // namespace steppe::permits
