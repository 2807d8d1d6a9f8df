#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "models/choice.hpp"
#include "models/foreign_hiring/allocation.hpp"
#include "models/foreign_hiring/arrivals.hpp"
#include "models/foreign_hiring/ceilings.hpp"
#include "models/foreign_hiring/charges.hpp"
#include "models/foreign_hiring/enforcement.hpp"
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
constexpr Purpose kRenew{"foreign_hiring/permit_queue/renew"};
constexpr Purpose kOverstay{"foreign_hiring/permit_queue/overstay"};
constexpr Purpose kLeave{"foreign_hiring/permit_queue/leave"};
constexpr Purpose kMove{"foreign_hiring/permit_queue/move"};
constexpr Purpose kBarred{"foreign_hiring/permit_queue/barred"};

using permits::Applicant;
using permits::Candidate;
using permits::Ceilings;
using permits::Counted;
using permits::Rule;

/// `detail` of a PermitEnd event.
enum End : std::uint32_t { kTermEnds = kPlainly, kGoesHome = 1, kLooksAround = 2 };

/// The words of permits.mobility.
enum class Mobility { Tied, Notice, Free };

/// Somebody under way to a promised vacancy; `detail` of an Arrival event is its number.
struct Application {
  Applicant applicant;
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
  void weigh(const Step& step, Candidate& candidate) const;
  bool take_mover(Step& step, const Candidate& candidate);

  [[nodiscard]] Post post(const Step& step, const Firm& firm, OccupationId occupation) const;
  [[nodiscard]] double without_permit(const Firm& firm, const Post& at) const;
  [[nodiscard]] bool may_renew(const Step& step, const Person& person);
  [[nodiscard]] bool is_wanted(const World& world, const Person& person) const;
  /// Whether an application is granted; counts the refusal otherwise.
  [[nodiscard]] bool is_granted(Step& step, const Applicant& applicant, Counted counted,
                                std::uint32_t key);
  void admit(Step& step, VacancyId vacancy, const Application& application);
  void set_end(Step& step, PersonId id, bool with_permit);
  void look_around_later(Step& step, PersonId id);
  [[nodiscard]] static double steps_until(const Step& step, Purpose purpose, PersonId id,
                                          double rate);
  void send_for(Step& step, VacancyId vacancy, const Application& application);

  Ceilings ceilings_;
  permits::Charges charges_;
  permits::Allocation allocation_;
  permits::Enforcement enforcement_;

  // Parameters.
  permits::Costs costs_;
  double intensity_ = 0.0, openness_ = 0.0, scale_ = 0.0, wage_growth_ = 0.0;
  double renewal_wait_ = 0.0, home_rate_ = 0.0, willingness_ = 0.0;
  double network_ = 0.0, male_share_ = 0.5, skill_ = 1.0, sent_home_ = 0.0;
  double move_rate_ = 0.0, free_premium_ = 0.0;
  int delay_ = 0;
  std::vector<double> training_;         ///< by skill level
  std::vector<double> origin_constant_;  ///< by origin − 1
  bool anchored_ = true;

  LeverId test_lever_, term_lever_, limit_lever_, renewal_lever_, border_lever_, floor_lever_;
  LeverId mobility_lever_, notice_lever_;
  DriverId exchange_;

  // In force in this step.
  double border_ = 0.0, wage_floor_ = 0.0;
  double dearer_ = 1.0;  ///< foreign wages in local money against the start
  bool renewable_ = true;
  Mobility mobility_ = Mobility::Tied;
  int term_ = 12, notice_ = 0;
  std::vector<int> limit_, test_;  ///< by occupation [steps]
  std::vector<double> origin_sums_;

  std::vector<double> consider_;  ///< hazard by sector × occupation [1/month]
  std::vector<Application> under_way_;
  std::vector<std::uint32_t> free_;  ///< numbers of under_way_ to use again
  std::vector<VacancyId> old_;       ///< that have stood for the labour-market test
  std::vector<std::uint32_t> keys_;
  std::vector<Draws::Block> words_;
  std::vector<Candidate> candidates_;
  std::vector<std::vector<PersonId>> movers_;  ///< by occupation: who would change the employer
};

PermitQueue::PermitQueue(Setup& setup)
    : ceilings_(setup),
      charges_(setup),
      allocation_(setup),
      enforcement_(setup),
      costs_{setup.parameter("vacancy_cost"), setup.parameter("recruitment_cost"),
             setup.parameter("permit_cost"), setup.parameter("foreign_job_duration")},
      intensity_(setup.parameter("foreign_recruitment")),
      openness_(setup.parameter("foreign_openness")),
      scale_(setup.parameter("cost_scale")),
      wage_growth_(setup.parameter("foreign_wage_growth")),
      renewal_wait_(setup.parameter("replacement_wait")),
      home_rate_(setup.parameter("foreign_return_rate")),
      willingness_(setup.parameter("irregular_willingness")),
      network_(setup.parameter("origin_network")),
      male_share_(setup.parameter("arrival_male_share")),
      skill_(setup.parameter("arrival_skill")),
      sent_home_(setup.parameter("foreign_remittance_share")),
      move_rate_(setup.parameter("foreign_mobility")),
      free_premium_(setup.parameter("free_worker_premium")),
      training_(setup.parameters("training_cost")),
      anchored_(setup.is("origin_anchored", "yes")),
      test_lever_(setup.lever("permits.labour_market_test")),
      term_lever_(setup.lever("permits.term")),
      limit_lever_(setup.lever("permits.total_limit")),
      renewal_lever_(setup.lever("permits.renewal")),
      border_lever_(setup.lever("permits.border_closed")),
      floor_lever_(setup.lever("permits.wage_floor")),
      mobility_lever_(setup.lever("permits.mobility")),
      notice_lever_(setup.lever("permits.notice")),
      exchange_(setup.driver("exchange_rate")) {
  const World& world = setup.world;
  const Sizes& sizes = world.base().sizes;
  arrivals::check_origins(sizes, "permit_queue");
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
  limit_.resize(sizes.occupations);
  test_.resize(sizes.occupations);
  movers_.resize(sizes.occupations);
}

void PermitQueue::start(Step& step) {
  const World& world = step.world;
  ceilings_.start(world);
  const Ledger& ledger = world.ledger;
  const Sizes& sizes = world.base().sizes;
  for (const double share : arrivals::foreign_shares(ledger)) {
    consider_.push_back(intensity_ * (openness_ + share));
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
  enforcement_.inspect(step);
  charges_.settle(step, enforcement_.irregular());
  arrivals::send_home_money(step, sent_home_);
  ceilings_.tell(step);
  enforcement_.tell(step);
}

void PermitQueue::read_levers(Step& step) {
  ceilings_.read(step);
  charges_.read(step);
  enforcement_.read(step);
  Policy& policy = step.policy;
  const Clock& clock = step.world.clock();
  border_ = policy.value(border_lever_);
  wage_floor_ = policy.value(floor_lever_);
  renewable_ = policy.value(renewal_lever_) < 0.5;
  mobility_ = static_cast<Mobility>(policy.value(mobility_lever_));
  notice_ = mobility_ == Mobility::Notice ? clock.steps_in(policy.value(notice_lever_)) : 0;
  term_ = clock.steps_in(policy.value(term_lever_));
  for (std::size_t k = 0; k < limit_.size(); ++k) {
    const double limit = policy.value(limit_lever_, k);
    limit_[k] = std::isfinite(limit) ? clock.steps_in(limit) : std::numeric_limits<int>::max() / 2;
    test_[k] = permits::test_steps(policy.value(test_lever_, k), step.dt);
  }
  // Without an exchange rate foreign wages follow home prices.
  const Month begin = clock.month(0);
  const double rate = exchange_.is_none() ? step.signals.price_index
                                          : step.drivers.at(exchange_, step.month) /
                                                step.drivers.at(exchange_, begin);
  dearer_ = rate * std::exp(wage_growth_ * (step.month - begin) / 12.0);
}

void PermitQueue::weigh_origins(const Step& step) {
  origin_sums_.clear();
  for (std::size_t o = 1; o < step.world.base().sizes.origins; ++o) {
    const double stock =
        static_cast<double>(step.world.ledger.permits(OriginId{o})) * step.world.weight();
    const bool banned = ceilings_.is_banned(OriginId{o});
    origin_sums_.push_back(banned ? -std::numeric_limits<double>::infinity()
                                  : origin_constant_[o - 1] + network_ * std::log1p(stock));
  }
  logit_sums(origin_sums_);
}

PermitQueue::Post PermitQueue::post(const Step& step, const Firm& firm,
                                    OccupationId occupation) const {
  const Base& base = step.world.base();
  const std::size_t cell = step.world.ledger.wage_cell(firm.sector, occupation, firm.region);
  const double first = base.wage[firm.sector.at() * base.sizes.occupations + occupation.at()];
  // Who may leave his employer is paid more by him; the ratios of the record are of tied workers.
  const double bargain = mobility_ == Mobility::Tied     ? 1.0
                         : mobility_ == Mobility::Notice ? 1.0 + 0.5 * free_premium_
                                                         : 1.0 + free_premium_;
  const double wage = step.signals.foreign_wage_ratio[occupation.at()] * first * dearer_ * bargain;
  return {step.signals.wage_index[cell], std::max(wage, wage_floor_),
          training_[base.skill_level[occupation.at()]]};
}

double PermitQueue::without_permit(const Firm& firm, const Post& at) const {
  const double replacement = costs_.recruitment * at.foreign_wage;
  return costs_.irregular(at.foreign_wage, enforcement_.expected_loss(firm.sector, replacement));
}

bool PermitQueue::is_granted(Step& step, const Applicant& applicant, Counted counted,
                             std::uint32_t key) {
  if (enforcement_.is_debarred(applicant.firm, step.index)) {
    enforcement_.refuse(step, applicant.firm, applicant.occupation, true);
    return false;
  }
  const double barred =
      counted == Counted::UnderWay ? enforcement_.barred_share(step.world, applicant.origin) : 0.0;
  if (barred > 0.0 && step.draws.uniform(kBarred, key) < barred) {
    enforcement_.refuse(step, applicant.firm, applicant.occupation, false);
    return false;
  }
  const auto rule = ceilings_.hindrance(step, applicant, counted);
  if (rule) ceilings_.refuse(step, *rule, applicant);
  return !rule;
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
  const Applicant holder{person.employer, person.occupation, person.origin, person.birth_month};
  return renewable_ && step.index - person.permit_first < limit_[person.occupation.at()] &&
         !enforcement_.is_debarred(person.employer, step.index) &&
         !ceilings_.hindrance(step, holder, Counted::AllOthers);
}

/// Steps until a hazard [1/month] strikes: geometric with its probability a step, one at least.
double PermitQueue::steps_until(const Step& step, Purpose purpose, PersonId id, double rate) {
  if (rate <= 0.0) return std::numeric_limits<double>::infinity();
  const double u = step.draws.uniform(purpose, id.value());
  return std::floor(-std::log1p(-u) / (rate * step.dt)) + 1.0;
}

/// Who may leave his employer sees after another one now and then, and is free when notice has run.
void PermitQueue::look_around_later(Step& step, PersonId id) {
  if (mobility_ == Mobility::Tied) return;
  const double wait = steps_until(step, kMove, id, move_rate_) + notice_;
  if (wait < step.world.clock().steps()) {
    step.world.calendar.add(step.index + static_cast<int>(wait), Due::PermitEnd,
                            {id.value(), step.world.persons[id].stamp, kLooksAround});
  }
}

/// Sets the next end of a stay: the term's, or going home before, whichever comes first.
void PermitQueue::set_end(Step& step, PersonId id, bool with_permit) {
  const Person& person = step.world.persons[id];
  const int limit = limit_[person.occupation.at()];
  const int end = std::min(step.index + term_, person.permit_first + limit);
  step.world.set_permit(id, with_permit ? Permit::Valid : Permit::Irregular, with_permit ? end : 0);
  if (with_permit) look_around_later(step, id);
  const double wait = steps_until(step, kLeave, id, home_rate_);
  if (with_permit && wait >= end - step.index) {
    step.world.calendar.add(end, Due::PermitEnd, {id.value(), person.stamp, kTermEnds});
  } else if (wait < step.world.clock().steps()) {
    step.world.calendar.add(step.index + static_cast<int>(wait), Due::PermitEnd,
                            {id.value(), person.stamp, kGoesHome});
  }
}

void PermitQueue::end_permits(Step& step) {
  World& world = step.world;
  for (auto& movers : movers_) movers.clear();
  for (const DatedEvent& event : world.calendar.take(step.index, Due::PermitEnd)) {
    const PersonId id{event.entity};
    const Person& person = world.persons[id];
    if (person.stamp != event.stamp) continue;
    if (event.detail == kLooksAround) {
      if (mobility_ != Mobility::Tied) movers_[person.occupation.at()].push_back(id);
      look_around_later(step, id);
      continue;
    }
    if (event.detail == kTermEnds && is_wanted(world, person)) {
      const Firm& firm = world.firms[person.employer.at()];
      const Applicant holder{person.employer, person.occupation, person.origin, 0};
      const Post at = post(step, firm, person.occupation);
      const double local = costs_.local(at.wage, renewal_wait_, at.training);
      const double renewed =
          costs_.renewed(at.wage, at.foreign_wage, charges_.of_one_more(world, holder, 0));
      const double irregular = without_permit(firm, at);
      const bool prefers =
          step.draws.uniform(kRenew, id.value()) < permits::prefers_foreign(renewed, local, scale_);
      const bool renews = prefers && may_renew(step, person);
      // Where the rules or the fee stand against it, some stay without a permit.
      if (irregular < local && (!renews || irregular < renewed) &&
          step.draws.uniform(kOverstay, id.value()) < willingness_) {
        world.ledger.flow(Flow::PermitExpired, person);
        set_end(step, id, false);
        enforcement_.add(id);
        continue;
      }
      if (renews) {
        world.ledger.flow(Flow::PermitRenewed, person);
        set_end(step, id, true);
        continue;
      }
    }
    world.separate(id, Status::Gone);
  }
}

void PermitQueue::decide_arrivals(Step& step) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::Arrival)) {
    const Application application = under_way_[event.detail];
    free_.push_back(event.detail);
    if (application.with_permit) ceilings_.count_under_way(world, application.applicant, -1);
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
    if (application.with_permit &&
        !is_granted(step, application.applicant, Counted::Granted, vacancy.place_key)) {
      world.promise(id, false);
      continue;
    }
    admit(step, id, application);
  }
}

void PermitQueue::apply(Step& step) {
  World& world = step.world;
  if (border_ >= 1.0 || origin_sums_.back() <= 0.0) return;
  const int wait = *std::min_element(test_.begin(), test_.end());
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
  allocation_.order(step, ceilings_, candidates_);
  for (Candidate& candidate : candidates_) {
    const Applicant& applicant = candidate.applicant;
    const SectorId sector = world.firms[applicant.firm.at()].sector;
    // The employer's other applications of this step may have made one more dearer.
    if (candidate.legally) weigh(step, candidate);
    const bool willing = candidate.irregular < candidate.local &&
                         step.draws.uniform(kIrregular, candidate.key) < willingness_;
    const double with_permit = candidate.foreign + candidate.fees;
    if (candidate.legally && !(willing && candidate.irregular < with_permit)) {
      if (take_mover(step, candidate)) continue;
      if (is_granted(step, applicant, Counted::UnderWay, candidate.key)) {
        allocation_.won(sector);
        send_for(step, candidate.vacancy, {applicant, true});
        continue;
      }
      // Who is refused for another reason has not been outbid.
      if (ceilings_.room(world, sector) < 1.0) allocation_.lost(sector, candidate.bid());
    }
    if (willing) send_for(step, candidate.vacancy, {applicant, false});
  }
  allocation_.settle(step, term_ * step.dt);
}

/// Fills the vacancy with a foreigner of its sector and occupation who would leave another
/// employer; the first who may.
bool PermitQueue::take_mover(Step& step, const Candidate& candidate) {
  World& world = step.world;
  auto& movers = movers_[candidate.applicant.occupation.at()];
  for (std::size_t n = 0; n < movers.size(); ++n) {
    const PersonId id = movers[n];
    const Person& person = world.persons[id];
    // He may have gone since.
    if (person.status != Status::Employed || person.permit() != Permit::Valid) continue;
    const FirmId to = candidate.applicant.firm;
    if (person.employer == to || person.sector != world.firms[to.at()].sector) continue;
    const Applicant mover{to, person.occupation, person.origin, person.birth_month};
    if (ceilings_.hindrance(step, mover, Counted::Mover)) continue;
    movers.erase(movers.begin() + static_cast<std::ptrdiff_t>(n));
    const double wage = person.relative_wage * kWageUnit * (1.0 + free_premium_);
    world.separate(id, Status::Searching);
    world.hire(id, candidate.vacancy, wage);
    set_end(step, id, true);
    world.ledger.flow(Flow::PermitIssued, world.persons[id]);
    return true;
  }
  return false;
}

/// Compares waiting with a permit as things stand.
void PermitQueue::weigh(const Step& step, Candidate& candidate) const {
  candidate.fees = charges_.of_one_more(step.world, candidate.applicant,
                                        ceilings_.under_way(candidate.applicant.firm) + 1);
  candidate.legally =
      candidate.chance <
      permits::prefers_foreign(candidate.foreign + candidate.fees, candidate.local, scale_);
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
  if (step.index - vacancy.opened < test_[cell.occupation.at()]) return;
  if (!strikes(Draws::to_uniform(words[0], words[1]), hazard, step.dt)) return;
  const OriginId origin{
      choose_by_sums(origin_sums_, step.draws.uniform(kOrigin, vacancy.place_key)) + 1};
  const Applicant applicant{cell.firm, cell.occupation, origin,
                            arrivals::birth_month(step, vacancy.place_key)};
  const Post at = post(step, firm, cell.occupation);
  // A vacancy that has stood for so long is expected to stand as long again.
  const double local = costs_.local(at.wage, (step.index - vacancy.opened) * step.dt, at.training);
  Candidate candidate{};
  candidate.vacancy = id;
  candidate.opened = vacancy.opened;
  candidate.key = vacancy.place_key;
  candidate.applicant = applicant;
  candidate.local = local;
  candidate.foreign = costs_.foreign(at.wage, at.foreign_wage, 0.0);
  candidate.irregular = without_permit(firm, at);
  candidate.chance = Draws::to_uniform(words[2], words[3]);
  weigh(step, candidate);
  if (candidate.legally || candidate.irregular < local) candidates_.push_back(candidate);
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
  if (application.with_permit) ceilings_.count_under_way(world, application.applicant, +1);
  world.promise(vacancy, true);
  world.calendar.add(
      step.index + delay_, Due::Arrival,
      {vacancy.value(), static_cast<std::uint32_t>(world.vacancy(vacancy).opened), number});
}

void PermitQueue::admit(Step& step, VacancyId id, const Application& application) {
  World& world = step.world;
  const Vacancy vacancy = world.vacancy(id);
  const OccupationId occupation = world.cells[vacancy.cell.at()].occupation;
  const Applicant& applicant = application.applicant;
  const Firm& firm = world.firms[applicant.firm.at()];
  const Post at = post(step, firm, occupation);
  // The pay the employer reckoned with, in units of today's index.
  const double ratio = step.signals.foreign_wage_ratio[occupation.at()];
  const double wage_index =
      step.signals.wage_index[world.ledger.wage_cell(firm.sector, occupation, firm.region)];
  const double relative = wage_index > 0.0 ? at.foreign_wage / (ratio * wage_index) : 1.0;
  const PersonId newcomer = arrivals::bring_in(step, id, applicant.origin, applicant.birth_month,
                                               {male_share_, skill_}, relative);
  set_end(step, newcomer, application.with_permit);
  world.ledger.pay(Payment::RecruitmentCost, Account::Firms, Account::Abroad,
                   std::llround(costs_.recruitment * at.foreign_wage));
  if (application.with_permit) {
    world.ledger.flow(Flow::PermitIssued, world.persons[newcomer]);
    world.ledger.pay(Payment::RecruitmentCost, Account::Firms, Account::Government,
                     std::llround(costs_.permit * at.wage));
  } else {
    enforcement_.add(newcomer);
  }
}

}  // namespace

void register_foreign_hiring_permit_queue(Registry& registry) { registry.add<PermitQueue>(); }

}  // namespace steppe
