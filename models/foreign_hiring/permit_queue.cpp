#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "models/choice.hpp"
#include "models/foreign_hiring/rules.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/error.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

constexpr Purpose kConsider{"foreign_hiring/permit_queue/consider"};
constexpr Purpose kCompare{"foreign_hiring/permit_queue/compare"};
constexpr Purpose kOrigin{"foreign_hiring/permit_queue/origin"};
constexpr Purpose kIrregular{"foreign_hiring/permit_queue/irregular"};
constexpr Purpose kBorder{"foreign_hiring/permit_queue/border"};
constexpr Purpose kNewcomer{"foreign_hiring/permit_queue/newcomer"};
constexpr Purpose kRenew{"foreign_hiring/permit_queue/renew"};
constexpr Purpose kOverstay{"foreign_hiring/permit_queue/overstay"};
constexpr Purpose kLeave{"foreign_hiring/permit_queue/leave"};
constexpr Purpose kInspect{"foreign_hiring/permit_queue/inspect"};

constexpr int kYoungest = 22;
constexpr int kOldest = 54;

/// `detail` of a PermitEnd event.
enum End : std::uint32_t { kTermEnds = kPlainly, kGoesHome = 1 };

/// The ceilings and bans an application may meet.
enum Rule : std::size_t { kSectorCap, kTotalCap, kFirmShare, kBan, kResidents, kOneOrigin, kRules };
constexpr Rule kFree = kRules;

double share_of(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

/// Somebody under way to a promised vacancy; `detail` of an Arrival event is its number.
struct Application {
  FirmId firm;
  OriginId origin;
  bool with_permit;
};

/// Vacancies that have stood for long enough go abroad where that is cheaper and allowed; permits
/// come after a delay, end, and are renewed; some employers hire without.
class PermitQueue {
 public:
  static VariantDecl declaration() { return permits::declaration(); }
  explicit PermitQueue(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  /// A vacancy whose employer looks abroad in this step.
  struct Candidate {
    VacancyId vacancy;
    std::int32_t opened;
    std::uint32_t key;
    bool legally;  ///< with a permit it is cheaper than waiting
    bool without;  ///< without one it is
  };
  struct Post {
    double wage;          ///< of a national [MNT/month]
    double foreign_wage;  ///< [MNT/month]
    double training;      ///< of a national [wages]
  };

  void read_levers(Step& step);
  void weigh_origins(const Step& step);
  void end_permits(Step& step);
  void decide_arrivals(Step& step);
  void apply(Step& step);
  void look_abroad(const Step& step, VacancyId id, const Draws::Block& words);
  void inspect(Step& step);
  void settle(Step& step);
  void tell_use(Step& step);

  [[nodiscard]] Post post(const Step& step, const Firm& firm, OccupationId occupation) const;
  /// The first rule that stands against one more permit; heads under way count when `pending`.
  /// Who is counted against a ceiling before one more.
  enum class Counted {
    Granted,    ///< those with a permit: a decision
    UnderWay,   ///< those applied for as well: an application
    AllOthers,  ///< those with a permit but the holder himself: a renewal
  };
  /// The rule that stops one more permit, or kFree.
  [[nodiscard]] Rule hindrance(const Step& step, FirmId firm, OriginId origin, Counted counted);
  [[nodiscard]] bool may_renew(const Step& step, const Person& person);
  [[nodiscard]] bool is_wanted(const World& world, const Person& person) const;
  void refuse(Step& step, Rule rule, const Application& application);
  void admit(Step& step, VacancyId vacancy, const Application& application);
  void set_end(Step& step, PersonId id, bool with_permit);
  void send_for(Step& step, VacancyId vacancy, const Application& application);
  void count_pending(const World& world, const Application& application, int sign);

  // Parameters.
  permits::Costs costs_;
  double intensity_ = 0.0, openness_ = 0.0, scale_ = 0.0, wage_growth_ = 0.0;
  double renewal_wait_ = 0.0, home_rate_ = 0.0, willingness_ = 0.0;
  double network_ = 0.0, small_firm_ = 0.0, male_share_ = 0.5, skill_ = 1.0, sent_home_ = 0.0;
  int delay_ = 0;
  std::vector<double> training_;         ///< by skill level
  std::vector<double> origin_constant_;  ///< by origin − 1
  bool anchored_ = true;

  LeverId fee_lever_, sector_lever_, total_lever_, share_lever_, base_lever_, test_lever_;
  LeverId term_lever_, limit_lever_, ban_lever_, residents_lever_, one_origin_lever_;
  LeverId inspection_lever_, fine_lever_, border_lever_;
  DriverId exchange_;

  // In force in this step.
  double fee_ = 0.0, total_cap_ = 0.0, residents_cap_ = 0.0, inspection_ = 0.0, fine_ = 0.0;
  double border_ = 0.0, dearer_ = 1.0;  ///< foreign wages in local money against the start
  bool local_base_ = false;
  int term_ = 12, limit_ = 0;
  std::vector<double> sector_cap_, share_, one_origin_cap_;
  std::vector<bool> banned_;
  std::vector<double> origin_sums_;

  std::vector<double> consider_;  ///< hazard by sector × occupation [1/month]
  std::vector<std::int64_t> pending_sector_, pending_origin_;
  std::vector<std::uint32_t> pending_firm_;
  std::int64_t pending_ = 0;
  std::vector<Application> under_way_;
  std::vector<std::uint32_t> free_;  ///< numbers of under_way_ to use again
  std::vector<VacancyId> old_;       ///< that have stood for the labour-market test
  std::vector<std::uint32_t> keys_;
  std::vector<Draws::Block> words_;
  std::vector<Candidate> candidates_;
  std::vector<PersonId> irregular_;
  std::array<std::vector<std::int64_t>, kRules> refused_;
  std::vector<double> share_used_;  ///< highest use of a firm's share tried, by sector
};

PermitQueue::PermitQueue(Setup& setup)
    : costs_{setup.parameter("vacancy_cost"), setup.parameter("recruitment_cost"),
             setup.parameter("permit_cost"), setup.parameter("foreign_job_duration")},
      intensity_(setup.parameter("foreign_recruitment")),
      openness_(setup.parameter("foreign_openness")),
      scale_(setup.parameter("cost_scale")),
      wage_growth_(setup.parameter("foreign_wage_growth")),
      renewal_wait_(setup.parameter("replacement_wait")),
      home_rate_(setup.parameter("foreign_return_rate")),
      willingness_(setup.parameter("irregular_willingness")),
      network_(setup.parameter("origin_network")),
      small_firm_(setup.parameter("small_firm_nationals")),
      male_share_(setup.parameter("arrival_male_share")),
      skill_(setup.parameter("arrival_skill")),
      sent_home_(setup.parameter("foreign_remittance_share")),
      training_(setup.parameters("training_cost")),
      anchored_(setup.parameter("origin_anchored") >= 0.5),
      fee_lever_(setup.lever("permits.fee")),
      sector_lever_(setup.lever("permits.sector_cap")),
      total_lever_(setup.lever("permits.total_cap")),
      share_lever_(setup.lever("permits.firm_share")),
      base_lever_(setup.lever("permits.firm_share_base")),
      test_lever_(setup.lever("permits.labour_market_test")),
      term_lever_(setup.lever("permits.term")),
      limit_lever_(setup.lever("permits.total_limit")),
      ban_lever_(setup.lever("permits.origin_ban")),
      residents_lever_(setup.lever("permits.resident_share_cap")),
      one_origin_lever_(setup.lever("permits.origin_share_cap")),
      inspection_lever_(setup.lever("enforcement.inspection_rate")),
      fine_lever_(setup.lever("enforcement.fine")),
      border_lever_(setup.lever("permits.border_closed")),
      exchange_(setup.driver("exchange_rate")) {
  const World& world = setup.world;
  const Sizes& sizes = world.base().sizes;
  constexpr std::size_t kOrigins = kRangeCount - static_cast<std::size_t>(Range::Arrivals);
  if (sizes.origins - 1 > kOrigins) {
    throw ConfigError("foreign_hiring/permit_queue tells at most " + std::to_string(kOrigins) +
                      " origins apart: combine some of dimensions.origins");
  }
  delay_ = static_cast<int>(
      std::lround(setup.parameter("permit_delay") / world.clock().months_per_step()));
  const std::vector<double> distance = setup.parameters("origin_distance");
  const std::vector<double> home_wage = setup.parameters("origin_wage");
  const double by_distance = setup.parameter("origin_distance_elasticity");
  const double by_wage = setup.parameter("origin_wage_elasticity");
  for (std::size_t o = 0; o + 1 < sizes.origins; ++o) {
    origin_constant_.push_back(-by_distance * std::log(distance[o]) -
                               by_wage * std::log(home_wage[o]));
  }
  sector_cap_.resize(sizes.sectors);
  share_.resize(sizes.sectors);
  share_used_.resize(sizes.sectors);
  one_origin_cap_.resize(sizes.origins);
  banned_.resize(sizes.origins);
  pending_sector_.resize(sizes.sectors);
  pending_origin_.resize(sizes.origins);
  refused_[kSectorCap].resize(sizes.sectors);
  refused_[kTotalCap].resize(1);
  refused_[kFirmShare].resize(sizes.sectors);
  refused_[kBan].resize(sizes.origins);
  refused_[kResidents].resize(1);
  refused_[kOneOrigin].resize(sizes.origins);
}

void PermitQueue::start(Step& step) {
  const World& world = step.world;
  const Ledger& ledger = world.ledger;
  const Sizes& sizes = world.base().sizes;
  consider_.resize(sizes.sectors * sizes.occupations);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      double foreigners = 0.0;
      for (std::size_t o = 1; o < sizes.origins; ++o) {
        foreigners += static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, OriginId{o}));
      }
      const double staff =
          foreigners + static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, kNational));
      const double share = staff > 0.0 ? foreigners / staff : 0.0;
      consider_[s * sizes.occupations + k] = intensity_ * (openness_ + share);
    }
  }
  if (!anchored_) return;
  // Constants such that with the start's networks origins are chosen as the record has them.
  constexpr double kLeast = 1e-4;
  for (std::size_t o = 1; o < sizes.origins; ++o) {
    const double stock = static_cast<double>(ledger.permits(OriginId{o})) * world.weight();
    origin_constant_[o - 1] =
        std::log(std::max(world.base().origin_share[o], kLeast)) - network_ * std::log1p(stock);
  }
}

void PermitQueue::run(Step& step) {
  read_levers(step);
  end_permits(step);
  if (step.world.base().sizes.origins > 1) {
    weigh_origins(step);
    decide_arrivals(step);
    apply(step);
  }
  inspect(step);
  settle(step);
  tell_use(step);
}

void PermitQueue::read_levers(Step& step) {
  Policy& policy = step.policy;
  fee_ = policy.value(fee_lever_);
  total_cap_ = policy.value(total_lever_);
  residents_cap_ = policy.value(residents_lever_);
  inspection_ = policy.value(inspection_lever_);
  fine_ = policy.value(fine_lever_);
  border_ = policy.value(border_lever_);
  local_base_ = policy.value(base_lever_) >= 0.5;
  term_ = step.world.clock().steps_in(policy.value(term_lever_));
  const double limit = policy.value(limit_lever_);
  limit_ = std::isfinite(limit) ? step.world.clock().steps_in(limit)
                                : std::numeric_limits<int>::max() / 2;
  for (std::size_t s = 0; s < sector_cap_.size(); ++s) {
    sector_cap_[s] = policy.value(sector_lever_, s);
    share_[s] = policy.value(share_lever_, s);
  }
  for (std::size_t o = 1; o < banned_.size(); ++o) {
    banned_[o] = policy.value(ban_lever_, o - 1) >= 0.5;
    one_origin_cap_[o] = policy.value(one_origin_lever_, o - 1);
  }
  // Without an exchange rate foreign wages follow home prices.
  const Month begin = step.world.clock().month(0);
  const double rate = exchange_.is_none() ? step.signals.price_index
                                          : step.drivers.at(exchange_, step.month) /
                                                step.drivers.at(exchange_, begin);
  dearer_ = rate * std::exp(wage_growth_ * (step.month - begin) / 12.0);
  for (auto& counts : refused_) std::fill(counts.begin(), counts.end(), 0);
  std::fill(share_used_.begin(), share_used_.end(), 0.0);
  pending_firm_.resize(step.world.firms.size());
}

void PermitQueue::weigh_origins(const Step& step) {
  origin_sums_.clear();
  for (std::size_t o = 1; o < banned_.size(); ++o) {
    const double stock =
        static_cast<double>(step.world.ledger.permits(OriginId{o})) * step.world.weight();
    origin_sums_.push_back(banned_[o] ? -std::numeric_limits<double>::infinity()
                                      : origin_constant_[o - 1] + network_ * std::log1p(stock));
  }
  logit_sums(origin_sums_);
}

PermitQueue::Post PermitQueue::post(const Step& step, const Firm& firm,
                                    OccupationId occupation) const {
  const Base& base = step.world.base();
  const std::size_t cell = step.world.ledger.wage_cell(firm.sector, occupation, firm.region);
  const double first = base.wage[firm.sector.at() * base.sizes.occupations + occupation.at()];
  return {step.signals.wage_index[cell],
          step.signals.foreign_wage_ratio[occupation.at()] * first * dearer_,
          training_[base.skill_level[occupation.at()]]};
}

Rule PermitQueue::hindrance(const Step& step, FirmId id, OriginId origin, Counted counted) {
  const World& world = step.world;
  const Ledger& ledger = world.ledger;
  const Firm& firm = world.firms[id.at()];
  const std::size_t s = firm.sector.at();
  const double weight = world.weight();
  const auto with = [&](std::int64_t heads, std::int64_t under_way) {
    if (counted == Counted::AllOthers) return heads - 1;
    return heads + (counted == Counted::UnderWay ? under_way : 0);
  };
  if (banned_[origin.at()]) return kBan;
  if (!permits::fits(with(ledger.permits(firm.sector), pending_sector_[s]), weight,
                     sector_cap_[s])) {
    return kSectorCap;
  }
  if (!permits::fits(with(ledger.permits(), pending_), weight, total_cap_)) return kTotalCap;
  const auto allowed = static_cast<double>(
      permits::firm_ceiling(share_[s], local_base_, firm.nationals, firm.foreigners, small_firm_));
  const auto heads = static_cast<double>(with(firm.foreigners, pending_firm_[id.at()]));
  if (std::isfinite(share_[s]) && counted != Counted::AllOthers) {
    share_used_[s] =
        std::max(share_used_[s], std::min(1.0, (heads + 1.0) / std::max(allowed, 1.0)));
  }
  if (heads + 1.0 > allowed) return kFirmShare;
  const double residents = static_cast<double>(ledger.residents()) * weight;
  if (!permits::fits(with(ledger.foreigners(), pending_), weight, residents_cap_ * residents)) {
    return kResidents;
  }
  if (!permits::fits(with(ledger.permits(origin), pending_origin_[origin.at()]), weight,
                     one_origin_cap_[origin.at()] * residents)) {
    return kOneOrigin;
  }
  return kFree;
}

void PermitQueue::refuse(Step& step, Rule rule, const Application& application) {
  const Firm& firm = step.world.firms[application.firm.at()];
  step.world.ledger.flow(Flow::PermitRefused, firm.sector);
  const bool by_sector = rule == kSectorCap || rule == kFirmShare;
  const bool by_origin = rule == kBan || rule == kOneOrigin;
  ++refused_[rule][by_sector ? firm.sector.at() : by_origin ? application.origin.at() : 0];
}

bool PermitQueue::is_wanted(const World& world, const Person& person) const {
  const Firm& firm = world.firms[person.employer.at()];
  for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
    const Cell& cell = world.cells[c];
    if (cell.occupation == person.occupation) return cell.staff() <= cell.target;
  }
  return false;
}

/// Whether the rules let the holder of a permit, who is counted already, go on.
bool PermitQueue::may_renew(const Step& step, const Person& person) {
  return step.index - person.permit_first < limit_ &&
         hindrance(step, person.employer, person.origin, Counted::AllOthers) == kFree;
}

/// Sets the next end of a stay: the term's, or going home before, whichever comes first.
void PermitQueue::set_end(Step& step, PersonId id, bool with_permit) {
  const Person& person = step.world.persons[id];
  const int end = std::min(step.index + term_, person.permit_first + limit_);
  step.world.set_permit(id, with_permit ? Permit::Valid : Permit::Irregular, with_permit ? end : 0);
  const double u = step.draws.uniform(kLeave, id.value());
  // Geometric with the hazard's probability: the first step at which it strikes.
  const double wait = home_rate_ > 0.0 ? std::floor(-std::log1p(-u) / (home_rate_ * step.dt)) + 1.0
                                       : std::numeric_limits<double>::infinity();
  if (with_permit && wait >= end - step.index) {
    step.world.calendar.add(end, Due::PermitEnd, {id.value(), person.stamp, kTermEnds});
  } else if (wait < step.world.clock().steps()) {
    step.world.calendar.add(step.index + static_cast<int>(wait), Due::PermitEnd,
                            {id.value(), person.stamp, kGoesHome});
  }
}

void PermitQueue::end_permits(Step& step) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::PermitEnd)) {
    const PersonId id{event.entity};
    const Person& person = world.persons[id];
    if (person.stamp != event.stamp) continue;
    if (event.detail == kTermEnds && is_wanted(world, person)) {
      const Post at = post(step, world.firms[person.employer.at()], person.occupation);
      const double local = costs_.local(at.wage, renewal_wait_, at.training);
      const double renewed = costs_.renewed(at.wage, at.foreign_wage, fee_);
      const bool allowed = may_renew(step, person);
      const double u = step.draws.uniform(kRenew, id.value());
      if (allowed && u < permits::prefers_foreign(renewed, local, scale_)) {
        world.ledger.flow(Flow::PermitRenewed, person);
        set_end(step, id, true);
        continue;
      }
      // Where the rules or the fee stand against it, some stay without a permit.
      if (costs_.irregular(at.foreign_wage, inspection_, fine_) < local &&
          step.draws.uniform(kOverstay, id.value()) < willingness_) {
        world.ledger.flow(Flow::PermitExpired, person);
        set_end(step, id, false);
        irregular_.push_back(id);
        continue;
      }
    }
    world.separate(id, Status::Gone);
  }
}

void PermitQueue::count_pending(const World& world, const Application& application, int sign) {
  if (!application.with_permit) return;
  pending_ += sign;
  pending_sector_[world.firms[application.firm.at()].sector.at()] += sign;
  pending_origin_[application.origin.at()] += sign;
  pending_firm_[application.firm.at()] += static_cast<std::uint32_t>(sign);
}

void PermitQueue::decide_arrivals(Step& step) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::Arrival)) {
    const Application application = under_way_[event.detail];
    free_.push_back(event.detail);
    count_pending(world, application, -1);
    const VacancyId id{event.entity};
    const Vacancy vacancy = world.vacancy(id);
    // The record may have been closed, or closed and used again, since the application.
    if (!vacancy.open || !vacancy.promised ||
        vacancy.opened != static_cast<std::int32_t>(event.stamp)) {
      continue;
    }
    const Cell& cell = world.cells[vacancy.cell.at()];
    if (cell.staff() >= cell.target) {
      world.withdraw(id);
      continue;
    }
    if (border_ > 0.0 && step.draws.uniform(kBorder, vacancy.place_key) < border_) {
      world.promise(id, false);
      continue;
    }
    // Ceilings may have been cut since the application.
    const Rule rule = application.with_permit
                          ? hindrance(step, application.firm, application.origin, Counted::Granted)
                          : kFree;
    if (rule != kFree) {
      refuse(step, rule, application);
      world.promise(id, false);
      continue;
    }
    admit(step, id, application);
  }
}

void PermitQueue::apply(Step& step) {
  World& world = step.world;
  if (border_ >= 1.0 || origin_sums_.back() <= 0.0) return;
  const int wait = permits::test_steps(step.policy.value(test_lever_), step.dt);
  candidates_.clear();
  old_.clear();
  keys_.clear();
  for (std::size_t v = 0; v < world.vacancies().size(); ++v) {
    const Vacancy& vacancy = world.vacancies()[v];
    if (!vacancy.open || vacancy.promised || step.index - vacancy.opened < wait) continue;
    old_.emplace_back(v);
    keys_.push_back(vacancy.place_key);
  }
  words_.resize(keys_.size());
  step.draws.blocks(kConsider, keys_, words_);
  const Draws::Block* words = words_.data();
  in_stages(
      std::span<const VacancyId>(old_), [&](VacancyId id) { world.fetch_cell_of(id); },
      [&](VacancyId id) { world.fetch_firm_of(id); },
      [&](VacancyId id) { look_abroad(step, id, *words++); });
  // First come, first served: the vacancies that have waited longest have the first claim.
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return a.opened != b.opened ? a.opened < b.opened : a.key < b.key;
  });
  for (const Candidate& candidate : candidates_) {
    const Vacancy& vacancy = world.vacancy(candidate.vacancy);
    const Cell& cell = world.cells[vacancy.cell.at()];
    const double u = step.draws.uniform(kOrigin, candidate.key);
    const OriginId origin{choose_by_sums(origin_sums_, u) + 1};
    Application application{cell.firm, origin, true};
    if (candidate.legally) {
      const Rule rule = hindrance(step, cell.firm, origin, Counted::UnderWay);
      if (rule == kFree) {
        send_for(step, candidate.vacancy, application);
        continue;
      }
      refuse(step, rule, application);
    }
    if (candidate.without && step.draws.uniform(kIrregular, candidate.key) < willingness_) {
      application.with_permit = false;
      send_for(step, candidate.vacancy, application);
    }
  }
}

/// Notes the vacancy if its employer looks abroad in this step and finds it cheaper.
void PermitQueue::look_abroad(const Step& step, VacancyId id, const Draws::Block& words) {
  const World& world = step.world;
  const Vacancy& vacancy = world.vacancy(id);
  const Cell& cell = world.cells[vacancy.cell.at()];
  const Firm& firm = world.firms[cell.firm.at()];
  const double hazard =
      (1.0 - border_) *
      consider_[firm.sector.at() * world.base().sizes.occupations + cell.occupation.at()];
  if (!strikes(Draws::to_uniform(words[0], words[1]), hazard, step.dt)) return;
  const Post at = post(step, firm, cell.occupation);
  // A vacancy that has stood for so long is expected to stand as long again.
  const double local = costs_.local(at.wage, (step.index - vacancy.opened) * step.dt, at.training);
  const double foreign = costs_.foreign(at.wage, at.foreign_wage, fee_);
  const bool legally =
      Draws::to_uniform(words[2], words[3]) < permits::prefers_foreign(foreign, local, scale_);
  const bool without = costs_.irregular(at.foreign_wage, inspection_, fine_) < local;
  if (!legally && !without) return;
  candidates_.push_back({id, vacancy.opened, vacancy.place_key, legally, without});
}

void PermitQueue::send_for(Step& step, VacancyId vacancy, const Application& application) {
  if (delay_ <= 0) {
    admit(step, vacancy, application);
    return;
  }
  World& world = step.world;
  std::uint32_t number = static_cast<std::uint32_t>(under_way_.size());
  if (free_.empty()) {
    under_way_.push_back(application);
  } else {
    number = free_.back();
    free_.pop_back();
    under_way_[number] = application;
  }
  count_pending(world, application, +1);
  world.promise(vacancy, true);
  world.calendar.add(
      step.index + delay_, Due::Arrival,
      {vacancy.value(), static_cast<std::uint32_t>(world.vacancy(vacancy).opened), number});
}

void PermitQueue::admit(Step& step, VacancyId id, const Application& application) {
  World& world = step.world;
  const Vacancy vacancy = world.vacancy(id);
  const OccupationId occupation = world.cells[vacancy.cell.at()].occupation;
  const Firm& firm = world.firms[application.firm.at()];
  const Post at = post(step, firm, occupation);
  const auto words = step.draws.block(kNewcomer, vacancy.place_key);
  Person person;
  person.status = Status::Searching;
  person.origin = application.origin;
  person.region = firm.region;
  person.sector = firm.sector;
  person.occupation = occupation;
  person.skill = to_fixed(skill_, kSkillUnit);
  person.since = step.index;
  person.permit_first = step.index;
  const int months = kYoungest * 12 + static_cast<int>(words[0] % ((kOldest - kYoungest + 1) * 12));
  person.birth_month = static_cast<std::int16_t>(step.month.index() - months);
  person.set_sex(Draws::to_uniform(words[1], words[2]) < male_share_ ? Sex::Male : Sex::Female);
  const int range = static_cast<int>(Range::Arrivals) + application.origin.value() - 1;
  const PersonId newcomer = world.add_person(range, person);
  world.ledger.flow(Flow::Arrival, person);
  // The pay the employer reckoned with, in units of today's index.
  const double ratio = step.signals.foreign_wage_ratio[occupation.at()];
  const double wage_index =
      step.signals.wage_index[world.ledger.wage_cell(firm.sector, occupation, firm.region)];
  const double relative = wage_index > 0.0 ? at.foreign_wage / (ratio * wage_index) : 1.0;
  world.hire(newcomer, id, relative);
  set_end(step, newcomer, application.with_permit);
  world.ledger.pay(Payment::RecruitmentCost, Account::Firms, Account::Abroad,
                   std::llround(costs_.recruitment * at.foreign_wage));
  if (application.with_permit) {
    world.ledger.flow(Flow::PermitIssued, world.persons[newcomer]);
    world.ledger.pay(Payment::RecruitmentCost, Account::Firms, Account::Government,
                     std::llround(costs_.permit * at.wage));
  } else {
    irregular_.push_back(newcomer);
  }
}

/// Irregular workers are few and known to this phase, so each is visited; the numbers are theirs.
void PermitQueue::inspect(Step& step) {
  World& world = step.world;
  const double p = probability(inspection_, step.dt);
  std::size_t kept = 0;
  for (const PersonId id : irregular_) {
    const Person& person = world.persons[id];
    if (person.permit() != Permit::Irregular) continue;
    if (person.since < step.index && step.draws.uniform(kInspect, id.value()) < p) {
      world.ledger.pay(Payment::Fine, Account::Firms, Account::Government, std::llround(fine_));
      world.separate(id, Status::Gone, Flow::Expelled);
      continue;
    }
    irregular_[kept++] = id;
  }
  irregular_.resize(kept);
}

/// The step's fees and what foreigners send home.
void PermitQueue::settle(Step& step) {
  Ledger& ledger = step.world.ledger;
  ledger.pay(Payment::WorkplaceFee, Account::Firms, Account::Government,
             std::llround(fee_ * static_cast<double>(ledger.permits()) * step.dt));
  const Sizes& sizes = ledger.sizes();
  double wages = 0.0;
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      for (std::size_t k = 0; k < sizes.occupations; ++k) {
        const std::int64_t units =
            ledger.wage_units(SectorId{s}, OccupationId{k}, RegionId{r}, true);
        if (units == 0) continue;
        wages +=
            static_cast<double>(units) * step.signals.foreign_wage_ratio[k] *
            step.signals.wage_index[ledger.wage_cell(SectorId{s}, OccupationId{k}, RegionId{r})];
      }
    }
  }
  ledger.pay(Payment::RemittanceOut, Account::Foreigners, Account::Abroad,
             std::llround(sent_home_ * wages * kWageUnit * step.dt));
}

/// How much of every ceiling is in use, so that a report can say whether it binds.
void PermitQueue::tell_use(Step& step) {
  const Ledger& ledger = step.world.ledger;
  const double weight = step.world.weight();
  Policy& policy = step.policy;
  const auto heads = [&](std::int64_t records) { return static_cast<double>(records) * weight; };
  const double residents = heads(ledger.residents());
  policy.used(total_lever_, 0, heads(ledger.permits()), total_cap_, refused_[kTotalCap][0]);
  policy.used(residents_lever_, 0, share_of(heads(ledger.foreigners()), residents), residents_cap_,
              refused_[kResidents][0]);
  for (std::size_t s = 0; s < sector_cap_.size(); ++s) {
    policy.used(sector_lever_, s, heads(ledger.permits(SectorId{s})), sector_cap_[s],
                refused_[kSectorCap][s]);
    if (std::isfinite(share_[s])) {
      policy.used(share_lever_, s, share_used_[s], 1.0, refused_[kFirmShare][s]);
    }
  }
  for (std::size_t o = 1; o < banned_.size(); ++o) {
    policy.used(one_origin_lever_, o - 1, share_of(heads(ledger.permits(OriginId{o})), residents),
                one_origin_cap_[o], refused_[kOneOrigin][o]);
  }
}

}  // namespace

void register_foreign_hiring_permit_queue(Registry& registry) { registry.add<PermitQueue>(); }

}  // namespace steppe
