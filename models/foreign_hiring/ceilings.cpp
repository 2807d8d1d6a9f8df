#include "models/foreign_hiring/ceilings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/foreign_hiring/rules.hpp"

namespace steppe::permits {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double share_of(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

/// The share of its staff below which a `part` of the firms lie.
double quantile(std::vector<double>& shares, double part) {
  const auto at = static_cast<std::size_t>(part * static_cast<double>(shares.size()));
  if (at >= shares.size()) return *std::max_element(shares.begin(), shares.end());
  std::nth_element(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(at), shares.end());
  return shares[at];
}

}  // namespace

Ceilings::Ceilings(Setup& setup)
    : base_lever_(setup.lever("permits.firm_share_base")),
      rounding_lever_(setup.lever("permits.firm_share_rounding")),
      small_lever_(setup.lever("permits.small_firm")),
      exempt_lever_(setup.lever("permits.exempt_heads")),
      grant_lever_(setup.lever("permits.project_grant")),
      window_lever_(setup.lever("permits.peer_window")),
      age_lever_(setup.lever("permits.points_age")),
      skill_lever_(setup.lever("permits.points_skill")),
      region_lever_(setup.lever("permits.points_region")) {
  const Sizes& sizes = setup.world.base().sizes;
  const std::size_t origins = sizes.origins - 1;
  const auto rule = [&](Rule which, const char* lever) {
    Told& entry = told(which);
    entry.lever = setup.lever(lever);
    entry.refused.resize(setup.members(entry.lever));
  };
  rule(Rule::OriginBan, "permits.origin_ban");
  rule(Rule::Occupation, "permits.occupation");
  rule(Rule::Intake, "permits.intake");
  rule(Rule::FirmSize, "permits.firm_size_limit");
  rule(Rule::Points, "permits.points_pass");
  rule(Rule::SectorCap, "permits.sector_cap");
  rule(Rule::TotalCap, "permits.total_cap");
  rule(Rule::FirmShare, "permits.firm_share");
  rule(Rule::NationalFloor, "permits.national_floor");
  rule(Rule::PeerRank, "permits.peer_rank");
  rule(Rule::Residents, "permits.resident_share_cap");
  rule(Rule::OneOrigin, "permits.origin_share_cap");
  banned_.resize(origins + 1);
  one_origin_cap_.resize(origins + 1);
  closed_.resize(sizes.occupations);
  exempt_.resize(sizes.occupations);
  sector_cap_.resize(sizes.sectors);
  size_limit_.resize(sizes.sectors);
  grant_.resize(setup.scenario.projects.size());
  floor_.resize(setup.scenario.projects.size());
  pending_sector_.resize(sizes.sectors);
  pending_origin_.resize(origins + 1);
  share_used_.resize(told(Rule::FirmShare).refused.size());
  rank_least_.resize(told(Rule::PeerRank).refused.size());
}

void Ceilings::start(const World& world) {
  project_firm_.assign(grant_.size(), FirmId{});
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const int project = world.firms[j].project;
    if (project >= 0) project_firm_[static_cast<std::size_t>(project)] = FirmId{j};
  }
}

void Ceilings::read(Step& step) {
  Policy& policy = step.policy;
  policy_ = &policy;
  total_cap_ = policy.value(told(Rule::TotalCap).lever);
  residents_cap_ = policy.value(told(Rule::Residents).lever);
  pass_mark_ = policy.value(told(Rule::Points).lever);
  local_base_ = policy.value(base_lever_) > 0.5;
  rounding_ = static_cast<Rounding>(policy.value(rounding_lever_));
  small_ = policy.value(small_lever_);
  for (std::size_t s = 0; s < sector_cap_.size(); ++s) {
    sector_cap_[s] = policy.value(told(Rule::SectorCap).lever, s);
    size_limit_[s] = policy.value(told(Rule::FirmSize).lever, s);
  }
  for (std::size_t o = 1; o < banned_.size(); ++o) {
    banned_[o] = policy.value(told(Rule::OriginBan).lever, o - 1) > 0.5;
    one_origin_cap_[o] = policy.value(told(Rule::OneOrigin).lever, o - 1);
  }
  for (std::size_t k = 0; k < closed_.size(); ++k) {
    closed_[k] = policy.value(told(Rule::Occupation).lever, k) > 0.5;
    exempt_[k] = policy.value(exempt_lever_, k);
  }
  for (std::size_t p = 0; p < grant_.size(); ++p) {
    grant_[p] = policy.value(grant_lever_, p);
    floor_[p] = policy.value(told(Rule::NationalFloor).lever, p);
  }
  for (Told& entry : told_) std::fill(entry.refused.begin(), entry.refused.end(), 0);
  std::fill(share_used_.begin(), share_used_.end(), 0.0);
  pending_firm_.resize(step.world.firms.size());
  read_ranks(step);
}

/// Where firms are ranked by their nationals, every firm with foreigners is looked at once a step.
void Ceilings::read_ranks(Step& step) {
  const LeverId lever = told(Rule::PeerRank).lever;
  if (!step.policy.is_set(lever)) return;
  const World& world = step.world;
  rank_share_.resize(world.firms.size(), kNone);
  const double keep = std::max(0.0, 1.0 - step.dt / step.policy.value(window_lever_));
  const std::size_t classes = step.policy.bounds(lever).size();
  std::vector<std::vector<double>> peers(rank_least_.size());
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    if (firm.foreigners == 0) {
      rank_share_[j] = kNone;
      continue;
    }
    const double now = share_of(firm.nationals, firm.staff());
    double& smooth = rank_share_[j];
    smooth = std::isnan(smooth) ? now : keep * smooth + (1.0 - keep) * now;
    peers[firm.sector.at() * classes + step.policy.class_of(lever, firm.staff())].push_back(smooth);
  }
  for (std::size_t m = 0; m < peers.size(); ++m) {
    const double part = step.policy.value(lever, m / classes, m % classes);
    rank_least_[m] = part > 0.0 && !peers[m].empty() ? quantile(peers[m], part) : 0.0;
  }
}

std::int64_t Ceilings::heads(std::int64_t with_permit, std::int64_t under_way,
                             Counted counted) const {
  if (counted == Counted::AllOthers || counted == Counted::Mover) return with_permit - 1;
  return with_permit + (counted == Counted::UnderWay ? under_way : 0);
}

std::int64_t Ceilings::exempt(const World& world, const Firm& firm) const {
  std::int64_t out = 0;
  for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
    const Cell& cell = world.cells[c];
    const double most = exempt_[cell.occupation.at()];
    if (most > 0.0) out += std::min<std::int64_t>(cell.foreigners, std::llround(most));
  }
  return out;
}

double Ceilings::granted(const World& world, std::optional<SectorId> sector) const {
  double out = 0.0;
  for (std::size_t p = 0; p < grant_.size(); ++p) {
    if (grant_[p] <= 0.0 || project_firm_[p].is_none()) continue;
    const Firm& firm = world.firms[project_firm_[p].at()];
    if (sector && firm.sector != *sector) continue;
    out += std::min(grant_[p], firm.foreigners * world.weight());
  }
  return out;
}

bool Ceilings::is_under_grant(const World& world, const Applicant& applicant,
                              Counted counted) const {
  const Firm& firm = world.firms[applicant.firm.at()];
  if (firm.project < 0) return false;
  const double grant = grant_[static_cast<std::size_t>(firm.project)];
  return grant > 0.0 && fits(heads(firm.foreigners, pending_firm_[applicant.firm.at()], counted),
                             world.weight(), grant);
}

std::size_t Ceilings::share_class(const Firm& firm) const {
  const LeverId lever = told_[static_cast<std::size_t>(Rule::FirmShare)].lever;
  return policy_->class_of(lever, local_base_ ? firm.nationals : firm.staff());
}

std::optional<Rule> Ceilings::of_newcomers(const Step& step, const Applicant& applicant) const {
  const World& world = step.world;
  const Firm& firm = world.firms[applicant.firm.at()];
  const auto lever = [&](Rule rule) { return told_[static_cast<std::size_t>(rule)].lever; };
  if (closed_[applicant.occupation.at()]) return Rule::Occupation;
  if (policy_->value(lever(Rule::Intake), firm.sector.at(), firm.region.at()) > 0.5) {
    return Rule::Intake;
  }
  if (firm.staff() >= size_limit_[firm.sector.at()]) return Rule::FirmSize;
  if (pass_mark_ > 0.0) {
    const int age = (step.month.index() - applicant.birth_month) / 12;
    const auto skill =
        static_cast<std::size_t>(world.base().skill_level[applicant.occupation.at()]);
    const double points = policy_->value(age_lever_, policy_->class_of(age_lever_, age)) +
                          policy_->value(skill_lever_, skill) +
                          policy_->value(region_lever_, firm.region.at());
    if (points < pass_mark_) return Rule::Points;
  }
  return std::nullopt;
}

std::optional<Rule> Ceilings::of_firm(const World& world, const Applicant& applicant,
                                      Counted counted) {
  if (counted == Counted::Mover) counted = Counted::UnderWay;
  const Firm& firm = world.firms[applicant.firm.at()];
  const std::int64_t all = heads(firm.foreigners, pending_firm_[applicant.firm.at()], counted);
  const std::size_t at = share_class(firm);
  const std::size_t flat = member(world, Rule::FirmShare, applicant);
  const double share = policy_->value(told(Rule::FirmShare).lever, firm.sector.at(), at);
  const bool is_exempt = [&] {
    const double most = exempt_[applicant.occupation.at()];
    if (most <= 0.0) return false;
    for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      const Cell& cell = world.cells[c];
      if (cell.occupation == applicant.occupation) {
        return heads(cell.foreigners, 0, counted) + 1 <= std::llround(most);
      }
    }
    return false;
  }();
  if (std::isfinite(share) && !is_exempt && !is_under_grant(world, applicant, counted)) {
    const auto allowed = static_cast<double>(
        firm_ceiling(share, local_base_, firm.nationals, firm.foreigners, small_, rounding_));
    const auto counted_heads = static_cast<double>(all - exempt(world, firm));
    if (counted != Counted::AllOthers) {
      share_used_[flat] = std::max(share_used_[flat],
                                   std::min(1.0, (counted_heads + 1.0) / std::max(allowed, 1.0)));
    }
    if (counted_heads + 1.0 > allowed) return Rule::FirmShare;
  }
  if (firm.project >= 0) {
    const double least = floor_[static_cast<std::size_t>(firm.project)];
    const auto foreigners = static_cast<double>(all + 1);
    if (least > 0.0 && foreigners > (1.0 - least) * (foreigners + firm.nationals) * (1.0 + 1e-12)) {
      return Rule::NationalFloor;
    }
  }
  if (policy_->is_set(told(Rule::PeerRank).lever)) {
    const double own = rank_share_[applicant.firm.at()];
    if (own < rank_least_[member(world, Rule::PeerRank, applicant)]) return Rule::PeerRank;
  }
  return std::nullopt;
}

std::optional<Rule> Ceilings::hindrance(const Step& step, const Applicant& applicant,
                                        Counted counted) {
  const World& world = step.world;
  const Ledger& ledger = world.ledger;
  const SectorId sector = world.firms[applicant.firm.at()].sector;
  const double weight = world.weight();
  if (banned_[applicant.origin.at()]) return Rule::OriginBan;
  if (counted == Counted::Granted || counted == Counted::UnderWay) {
    if (const auto rule = of_newcomers(step, applicant)) return rule;
  }
  if (!is_under_grant(world, applicant, counted)) {
    const auto full = [&](std::int64_t permits, std::int64_t pending, double outside, double cap) {
      if (!std::isfinite(cap)) return false;
      return !fits(heads(permits, pending, counted), weight, cap + outside);
    };
    if (full(ledger.permits(sector), pending_sector_[sector.at()], granted(world, sector),
             sector_cap_[sector.at()])) {
      return Rule::SectorCap;
    }
    if (full(ledger.permits(), pending_, granted(world, {}), total_cap_)) return Rule::TotalCap;
  }
  if (const auto rule = of_firm(world, applicant, counted)) return rule;
  const double residents = static_cast<double>(ledger.residents()) * weight;
  if (!fits(heads(ledger.foreigners(), pending_, counted), weight, residents_cap_ * residents)) {
    return Rule::Residents;
  }
  const std::size_t o = applicant.origin.at();
  if (!fits(heads(ledger.permits(applicant.origin), pending_origin_[o], counted), weight,
            one_origin_cap_[o] * residents)) {
    return Rule::OneOrigin;
  }
  return std::nullopt;
}

std::size_t Ceilings::member(const World& world, Rule rule, const Applicant& applicant) const {
  const Firm& firm = world.firms[applicant.firm.at()];
  const LeverId lever = told_[static_cast<std::size_t>(rule)].lever;
  switch (rule) {
    case Rule::OriginBan:
    case Rule::OneOrigin:
      return applicant.origin.at() - 1;
    case Rule::Occupation:
      return applicant.occupation.at();
    case Rule::Intake:
      return firm.sector.at() * world.base().sizes.regions + firm.region.at();
    case Rule::FirmSize:
    case Rule::SectorCap:
      return firm.sector.at();
    case Rule::FirmShare:
      return firm.sector.at() * policy_->bounds(lever).size() + share_class(firm);
    case Rule::PeerRank:
      return firm.sector.at() * policy_->bounds(lever).size() +
             policy_->class_of(lever, firm.staff());
    case Rule::NationalFloor:
      return static_cast<std::size_t>(firm.project);
    case Rule::Points:
    case Rule::TotalCap:
    case Rule::Residents:
      break;
  }
  return 0;
}

void Ceilings::refuse(Step& step, Rule rule, const Applicant& applicant) {
  step.world.ledger.flow(Flow::PermitRefused, step.world.firms[applicant.firm.at()].sector,
                         applicant.occupation);
  ++told(rule).refused[member(step.world, rule, applicant)];
}

void Ceilings::count_under_way(const World& world, const Applicant& applicant, int sign) {
  pending_ += sign;
  pending_sector_[world.firms[applicant.firm.at()].sector.at()] += sign;
  pending_origin_[applicant.origin.at()] += sign;
  pending_firm_[applicant.firm.at()] += static_cast<std::uint32_t>(sign);
}

double Ceilings::room(const World& world, SectorId sector) const {
  const auto left = [&](std::int64_t permits, std::int64_t pending, double outside, double cap) {
    return (cap + outside) / world.weight() - static_cast<double>(permits + pending);
  };
  return std::min(left(world.ledger.permits(sector), pending_sector_[sector.at()],
                       granted(world, sector), sector_cap_[sector.at()]),
                  left(world.ledger.permits(), pending_, granted(world, {}), total_cap_));
}

void Ceilings::tell(Step& step) {
  const World& world = step.world;
  const Ledger& ledger = world.ledger;
  Policy& policy = step.policy;
  const auto persons = [&](std::int64_t records) {
    return static_cast<double>(records) * world.weight();
  };
  const double residents = persons(ledger.residents());
  const auto tell = [&](Rule rule, std::size_t member, double amount, double limit) {
    const Told& entry = told(rule);
    policy.used(entry.lever, member, amount, limit, entry.refused[member]);
  };
  tell(Rule::TotalCap, 0, persons(ledger.permits()) - granted(world, {}), total_cap_);
  tell(Rule::Residents, 0, share_of(persons(ledger.foreigners()), residents), residents_cap_);
  for (std::size_t s = 0; s < sector_cap_.size(); ++s) {
    const SectorId sector{s};
    tell(Rule::SectorCap, s, persons(ledger.permits(sector)) - granted(world, sector),
         sector_cap_[s]);
  }
  for (std::size_t o = 1; o < banned_.size(); ++o) {
    tell(Rule::OneOrigin, o - 1, share_of(persons(ledger.permits(OriginId{o})), residents),
         one_origin_cap_[o]);
  }
  for (std::size_t m = 0; m < share_used_.size(); ++m) {
    if (share_used_[m] > 0.0) tell(Rule::FirmShare, m, share_used_[m], 1.0);
  }
  // A rule without heads is used to the full by whom it stops, and else not at all.
  for (const Rule rule : {Rule::OriginBan, Rule::Occupation, Rule::Intake, Rule::FirmSize,
                          Rule::Points, Rule::NationalFloor, Rule::PeerRank}) {
    const Told& entry = told(rule);
    if (!policy.is_set(entry.lever)) continue;
    for (std::size_t m = 0; m < entry.refused.size(); ++m) {
      if (entry.refused[m] > 0 || policy.differs(entry.lever, m)) {
        tell(rule, m, entry.refused[m] > 0 ? 1.0 : 0.0, 1.0);
      }
    }
  }
}

}  // namespace steppe::permits
