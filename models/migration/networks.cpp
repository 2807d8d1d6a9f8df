#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "models/choice.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kMover{"migration/networks/mover"};
constexpr Purpose kRegion{"migration/networks/region"};
constexpr Purpose kCountry{"migration/networks/country"};
constexpr Purpose kContract{"migration/networks/contract"};
constexpr Purpose kLottery{"migration/networks/lottery"};
constexpr Purpose kContractEnd{"migration/networks/contract_end"};

/// Ages from which returning nationals no longer look for work.
constexpr int kRetired = 60;
/// From this age on nobody leaves.
constexpr int kOldestLeaving = 64;
/// Returns induced up to this multiple of their rate need no further layer of candidates.
constexpr double kUsualInducement = 2.0;

/// `detail` of a ContractAbroad event: whether the one re-entry has been used.
enum Contract : std::uint32_t { kFirst = 0, kSecond = 1 };

/// Relative readiness to leave the country by age.
double emigration_age_factor(int age) {
  if (age < 15) return 0.0;
  if (age < 20) return 0.5;
  if (age < 35) return 1.0;
  if (age < 45) return 0.5;
  if (age < 55) return 0.2;
  return age < 65 ? 0.05 : 0.0;
}

bool may_leave(const Person& person) {
  return person.status == Status::Employed || person.status == Status::Herding ||
         person.status == Status::Searching || person.status == Status::Discouraged ||
         person.status == Status::Inactive;
}

/// Moves within the country, emigration and return: random utility over regions and countries,
/// with networks, quotas and contracts.
class Networks {
 public:
  static VariantDecl declaration();
  explicit Networks(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  struct Applicant {
    double score;  ///< the higher the better; equal where a ballot decides
    std::uint32_t lot;
    PersonId id;
  };

  void measure_home(const Step& step);
  void weigh_regions(Step& step);
  void weigh_countries(Step& step);
  void anchor(Step& step);
  void end_contracts(Step& step);
  void consider(Step& step);
  void consider_move(Step& step, PersonId id);
  void consider_leaving(Step& step, PersonId id);
  void leave(Step& step, PersonId id, DestinationId to);
  void go_home(Step& step, PersonId id);
  void allot_places(Step& step);
  void send_money(Step& step);
  /// Length of a contract in a destination [steps].
  [[nodiscard]] int tenure(Step& step, std::size_t d) const {
    return step.world.clock().steps_in(step.policy.value(tenure_lever_, d));
  }
  /// What agencies take from who leaves for a destination [MNT].
  [[nodiscard]] double departure_fee(Step& step, std::size_t d) const {
    return std::min(departure_fee_ * home_wage_, step.policy.value(fee_cap_lever_, d));
  }
  [[nodiscard]] double diaspora(const Step& step, std::size_t d) const {
    return static_cast<double>(step.world.ledger.abroad(DestinationId{d})) * step.world.weight();
  }

  // Parameters.
  double move_attention_ = 0.0, income_ = 0.0, employment_ = 0.0, distance_ = 0.0;
  double size_ = 0.0, moving_cost_ = 0.0;
  double attention_ = 0.0, wage_ = 0.0, network_ = 0.0;
  double return_rate_ = 0.0, return_elasticity_ = 0.0, return_response_ = 0.0, gain_ = 0.0;
  double growth_ = 0.0, applicants_per_place_ = 1.0, pass_ = 1.0, reentry_ = 0.0, overstay_ = 0.0;
  double remitted_ = 0.0, home_usd_ = 1.0;
  double departure_fee_ = 0.0, departure_response_ = 0.0;
  bool anchored_ = true;
  std::vector<double> amenity_, education_, abroad_wage_, constant_;
  LeverId quota_lever_, selection_lever_, tenure_lever_, reentry_lever_, fee_cap_lever_;
  LeverId incentive_lever_, friction_lever_;
  DriverId exchange_;

  // Of the step.
  double home_wage_ = 1.0;  ///< mean wage [MNT/month]
  double home_employment_ = 1.0;
  double money_ = 1.0;        ///< MNT of one USD
  double money_start_ = 1.0;  ///< without an exchange rate: at the start's prices
  double incentive_ = 0.0;
  std::vector<double> pull_, heads_;                ///< by region, of the step
  std::vector<double> region_sums_;                 ///< from × (stay, regions)
  std::vector<double> country_sums_;                ///< stay, destinations
  std::vector<std::vector<Applicant>> applicants_;  ///< by destination

  std::vector<double> contract_share_;  ///< of those who choose a destination with a quota
  std::vector<double> places_;          ///< open places, by destination [records]
  std::vector<double> admitted_;        ///< of the calendar year [records]
};

Networks::Networks(Setup& setup)
    : move_attention_(setup.parameter("move_attention")),
      income_(setup.parameter("move_income")),
      employment_(setup.parameter("move_employment")),
      distance_(setup.parameter("move_distance")),
      size_(setup.parameter("move_network")),
      moving_cost_(setup.parameter("move_cost")),
      attention_(setup.parameter("emigration_attention")),
      wage_(setup.parameter("emigration_income")),
      network_(setup.parameter("diaspora_elasticity")),
      return_rate_(setup.parameter("return_rate")),
      return_elasticity_(setup.parameter("return_elasticity")),
      return_response_(setup.parameter("return_response")),
      gain_(setup.parameter("return_skill_gain")),
      growth_(setup.parameter("diaspora_growth")),
      applicants_per_place_(setup.parameter("quota_applicants")),
      pass_(setup.parameter("quota_pass_rate")),
      reentry_(setup.parameter("contract_reentry")),
      overstay_(setup.parameter("contract_overstay")),
      remitted_(setup.parameter("remittance_share")),
      home_usd_(setup.parameter("home_wage_reference")),
      departure_fee_(setup.parameter("departure_fee")),
      departure_response_(setup.parameter("departure_response")),
      anchored_(setup.parameter("destinations_anchored") >= 0.5),
      amenity_(setup.parameters("region_amenity")),
      education_(setup.parameters("emigration_education")),
      abroad_wage_(setup.parameters("destination_wage")),
      constant_(setup.parameters("destination_constant")),
      quota_lever_(setup.lever("migration.quota")),
      selection_lever_(setup.lever("migration.selection")),
      tenure_lever_(setup.lever("migration.tenure")),
      reentry_lever_(setup.lever("migration.reentry")),
      fee_cap_lever_(setup.lever("migration.fee_cap")),
      incentive_lever_(setup.lever("migration.return_incentive")),
      friction_lever_(setup.lever("migration.registration_friction")),
      exchange_(setup.driver("exchange_rate")) {
  const Sizes& sizes = setup.world.base().sizes;
  education_.resize(sizes.education, 1.0);
  applicants_.resize(sizes.destinations);
  contract_share_.assign(sizes.destinations, 1.0);
  places_.resize(sizes.destinations);
  admitted_.resize(sizes.destinations);
}

void Networks::start(Step& step) {
  // The price of foreign money at the start follows from the wage, and what is measured with it.
  measure_home(step);
  money_start_ = home_wage_ / home_usd_;
  measure_home(step);
  if (anchored_) anchor(step);
}

/// Mean wage, chance of work and price of foreign money at home.
void Networks::measure_home(const Step& step) {
  const Ledger& ledger = step.world.ledger;
  const Sizes& sizes = ledger.sizes();
  double paid = 0.0, staff = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      for (std::size_t r = 0; r < sizes.regions; ++r) {
        const SectorId sector{s};
        const OccupationId occupation{k};
        const RegionId region{r};
        paid += step.signals.wage_index[ledger.wage_cell(sector, occupation, region)] *
                static_cast<double>(ledger.wage_units(sector, occupation, region, false));
      }
      staff += static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, kNational));
    }
  }
  if (staff > 0.0) home_wage_ = paid * kWageUnit / staff;
  const auto work =
      static_cast<double>(ledger.nationals(Status::Employed) + ledger.nationals(Status::Herding));
  const auto without = static_cast<double>(ledger.nationals(Status::Searching) +
                                           ledger.nationals(Status::Discouraged));
  home_employment_ = work > 0.0 ? work / (work + without) : 1.0;
  money_ = exchange_.is_none() ? money_start_ * step.signals.price_index
                               : step.drivers.at(exchange_, step.month);
}

void Networks::weigh_regions(Step& step) {
  const Ledger& ledger = step.world.ledger;
  const std::size_t regions = ledger.sizes().regions;
  const std::size_t cells = step.signals.wage_index.size() / regions;
  const std::vector<Member>& places = step.scenario.dimensions.regions;
  pull_.resize(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    const RegionId region{r};
    double index = 0.0;
    for (std::size_t c = 0; c < cells; ++c) index += step.signals.wage_index[r * cells + c];
    const auto work = static_cast<double>(ledger.nationals(Status::Employed, region) +
                                          ledger.nationals(Status::Herding, region));
    const auto without = static_cast<double>(ledger.nationals(Status::Searching, region) +
                                             ledger.nationals(Status::Discouraged, region));
    // One head keeps the logarithms finite in an empty region.
    pull_[r] = income_ * std::log(index / static_cast<double>(cells)) +
               employment_ * std::log((work + 1.0) / (work + without + 1.0)) + amenity_[r];
  }
  heads_.resize(regions);
  double total = 0.0;
  for (std::size_t r = 0; r < regions; ++r) {
    heads_[r] = 1.0;
    for (const Status s : {Status::Child, Status::Inactive, Status::Employed, Status::Herding,
                           Status::Searching, Status::Discouraged, Status::Training}) {
      heads_[r] += static_cast<double>(ledger.nationals(s, RegionId{r}));
    }
    total += heads_[r];
  }
  region_sums_.resize(regions * (regions + 1));
  for (std::size_t from = 0; from < regions; ++from) {
    const std::span<double> row(region_sums_.data() + from * (regions + 1), regions + 1);
    row[0] = 0.0;
    for (std::size_t to = 0; to < regions; ++to) {
      const double apart =
          std::hypot(places[from].row - places[to].row, places[from].column - places[to].column);
      row[to + 1] = to == from ? -std::numeric_limits<double>::infinity()
                               : pull_[to] - pull_[from] + size_ * std::log(heads_[to] / total) -
                                     distance_ * std::log1p(apart) - moving_cost_ -
                                     step.policy.value(friction_lever_, to);
    }
    logit_sums(row);
  }
}

void Networks::weigh_countries(Step& step) {
  country_sums_.assign(constant_.size() + 1, 0.0);
  const double home = home_wage_ * home_employment_;
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    country_sums_[d + 1] =
        constant_[d] + wage_ * std::log(abroad_wage_[d] * money_ / home) +
        network_ * std::log1p(diaspora(step, d)) +
        departure_response_ * (departure_fee_ - departure_fee(step, d) / home_wage_);
  }
  logit_sums(country_sums_);
}

/// Constants with which, at the start's wages and networks, emigration makes up for returns and for
/// the diaspora's growth; places under a quota are sought by the recorded number of applicants.
void Networks::anchor(Step& step) {
  double considering = 0.0;  // a month [persons]
  for (int range = 0; range < kRangeCount; ++range) {
    for (std::uint32_t n = 0; n < step.world.persons.size(range); ++n) {
      const Person& person = step.world.persons[make_person_id(range, n)];
      if (!person.is_national() || !may_leave(person)) continue;
      considering +=
          emigration_age_factor(person.age_years(step.month)) * education_[person.education.at()];
    }
  }
  considering *= attention_ * step.world.weight();
  if (considering <= 0.0) return;
  std::vector<double> wanted(constant_.size());
  double sum = 0.0;
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    const double turnover = (return_rate_ + growth_ / 12.0) * diaspora(step, d);
    const double quota = step.policy.value(quota_lever_, d);
    constexpr double kLeastFree = 0.1;
    double applying = 0.0;
    double freely = turnover;
    if (std::isfinite(quota)) {
      applying = applicants_per_place_ * quota / 12.0;
      freely = std::max(kLeastFree * turnover, turnover - quota / 12.0);
    }
    wanted[d] = applying + freely;
    contract_share_[d] = wanted[d] > 0.0 ? applying / wanted[d] : 1.0;
    if (!std::isfinite(quota)) contract_share_[d] = 1.0;
    sum += wanted[d];
  }
  // At most nine in ten of those who consider it can want to go.
  const double scale = std::min(1.0, 0.9 * considering / std::max(sum, 1e-12)) / considering;
  const double stay = 1.0 - scale * sum;
  const double home = home_wage_ * home_employment_;
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    constexpr double kLeast = 1e-12;
    constant_[d] = std::log(std::max(scale * wanted[d], kLeast) / stay) -
                   wage_ * std::log(abroad_wage_[d] * money_ / home) -
                   network_ * std::log1p(diaspora(step, d));
  }
}

void Networks::run(Step& step) {
  measure_home(step);
  incentive_ = step.policy.value(incentive_lever_);
  end_contracts(step);
  weigh_regions(step);
  weigh_countries(step);
  consider(step);
  allot_places(step);
  send_money(step);
}

void Networks::end_contracts(Step& step) {
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
      go_home(step, id);
    }  // else stays on beyond the permitted time, and returns by chance like anybody
  }
}

void Networks::consider(Step& step) {
  World& world = step.world;
  const auto& ratio = step.signals.finding_ratio;
  double best = 1.0;
  for (const double f : ratio) best = std::max(best, std::pow(f, return_elasticity_));
  const double inducement = 1.0 + return_response_ * incentive_ / (12.0 * home_wage_);
  const double highest =
      education_.empty() ? 1.0 : *std::max_element(education_.begin(), education_.end());
  const int working_age = world.base().working_age;
  const auto bound = [&](const Stretch& who) {
    if (!who.nationals || who.oldest < working_age) return Bound(0.0);
    double ready = 0.0;
    for (int age = who.youngest; age <= std::min(who.oldest, kOldestLeaving); ++age) {
      ready = std::max(ready, emigration_age_factor(age));
    }
    // Everybody but the youngest may be abroad.
    return Bound(
        std::max(move_attention_ + attention_ * highest * ready, kUsualInducement * return_rate_),
        return_rate_ * inducement * best);
  };
  for_candidates(step, kMover, bound, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (!person.is_national() || person.since >= step.index) return;
    if (person.status == Status::Abroad) {
      if (person.contract_end > step.index) return;  // on a contract
      const double pull = std::pow(ratio[person.region.at()], return_elasticity_);
      if (strikes(u, return_rate_ * inducement * pull, step.dt)) go_home(step, id);
      return;
    }
    if (!may_leave(person)) return;
    const int age = person.age_years(step.month);
    const bool tied = person.status == Status::Employed || person.status == Status::Herding;
    const double moving = tied || age < world.base().working_age ? 0.0 : move_attention_;
    const double leaving =
        attention_ * emigration_age_factor(age) * education_[person.education.at()];
    const double total = moving + leaving;
    if (!strikes(u, total, step.dt)) return;
    if (u / probability(total, step.dt) * total < moving) {
      consider_move(step, id);
    } else {
      consider_leaving(step, id);
    }
  });
}

void Networks::consider_move(Step& step, PersonId id) {
  const std::size_t regions = step.world.base().sizes.regions;
  const std::size_t from = step.world.persons[id].region.at();
  const std::span<const double> row(region_sums_.data() + from * (regions + 1), regions + 1);
  const std::size_t chosen = choose_by_sums(row, step.draws.uniform(kRegion, id.value()));
  if (chosen > 0) step.world.relocate(id, RegionId{chosen - 1});
}

void Networks::consider_leaving(Step& step, PersonId id) {
  const std::size_t chosen =
      choose_by_sums(country_sums_, step.draws.uniform(kCountry, id.value()));
  if (chosen == 0) return;
  const std::size_t d = chosen - 1;
  const bool under_quota = std::isfinite(step.policy.value(quota_lever_, d));
  const auto [u, v] = step.draws.uniform_pair(kContract, id.value());
  if (!under_quota || u >= contract_share_[d]) {
    leave(step, id, DestinationId{d});
    return;
  }
  // A place under the quota takes a passed test, and whoever was abroad before has had his turn.
  if (step.world.persons[id].has_returned() || v >= pass_) return;
  const bool by_score = step.policy.value(selection_lever_, d) > 0.5;
  const double score = by_score ? step.world.skill(step.world.persons[id]) : 0.0;
  applicants_[d].push_back({score, step.draws.block(kLottery, id.value())[0], id});
}

void Networks::leave(Step& step, PersonId id, DestinationId to) {
  step.world.emigrate(id, to);
  step.world.ledger.pay(Payment::DepartureFee, Account::Nationals, Account::Firms,
                        std::llround(departure_fee(step, to.at())));
  step.world.persons[id].contract_end = 0;
}

void Networks::go_home(Step& step, PersonId id) {
  World& world = step.world;
  const int age = world.persons[id].age_years(step.month);
  const double skill = world.skill(world.persons[id]) * (1.0 + gain_);
  world.return_home(id, age < world.base().working_age ? Status::Child
                        : age >= kRetired              ? Status::Inactive
                                                       : Status::Searching);
  world.set_occupation(id, world.persons[id].occupation, skill);
  if (incentive_ > 0.0) {
    world.ledger.pay(Payment::ReturnIncentive, Account::Government, Account::Nationals,
                     std::llround(incentive_));
  }
}

/// Gives the places a quota has open to those who passed the test: by lot, or the best first.
void Networks::allot_places(Step& step) {
  for (std::size_t d = 0; d < applicants_.size(); ++d) {
    const double quota = step.policy.value(quota_lever_, d);
    std::vector<Applicant>& queue = applicants_[d];
    if (!std::isfinite(quota)) {
      queue.clear();
      continue;
    }
    // Places not taken stay open to the end of the year.
    if (step.world.clock().begins_year(step.index)) {
      places_[d] -= std::floor(places_[d]);
      admitted_[d] = 0.0;
    }
    places_[d] += quota / 12.0 * step.dt / step.world.weight();
    std::sort(queue.begin(), queue.end(), [](const Applicant& a, const Applicant& b) {
      if (a.score != b.score) return a.score > b.score;
      return a.lot != b.lot ? a.lot < b.lot : a.id < b.id;
    });
    const auto open = static_cast<std::size_t>(places_[d] + 1e-9);
    const std::size_t taken = std::min(open, queue.size());
    for (std::size_t n = 0; n < taken; ++n) {
      const PersonId id = queue[n].id;
      leave(step, id, DestinationId{d});
      Person& person = step.world.persons[id];
      person.contract_end = step.index + tenure(step, d);
      step.world.calendar.add(person.contract_end, Due::ContractAbroad,
                              {id.value(), person.stamp, kFirst});
    }
    places_[d] -= static_cast<double>(taken);
    admitted_[d] += static_cast<double>(taken) * step.world.weight();
    step.policy.used(quota_lever_, d, admitted_[d], quota,
                     static_cast<std::int64_t>(queue.size() - taken));
    queue.clear();
  }
}

void Networks::send_money(Step& step) {
  double wages = 0.0;  // [USD/month]
  for (std::size_t d = 0; d < abroad_wage_.size(); ++d) {
    wages += abroad_wage_[d] * static_cast<double>(step.world.ledger.abroad(DestinationId{d}));
  }
  step.world.ledger.pay(Payment::RemittanceIn, Account::Abroad, Account::Nationals,
                        std::llround(remitted_ * wages * money_ * step.dt));
}

VariantDecl Networks::declaration() {
  const Distribution none{};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey amenity = {{"ulaanbaatar", 0.6}};
  const ByKey education = {
      {"primary_or_none", 0.4}, {"lower_secondary", 0.6}, {"vocational", 1.2}, {"tertiary", 1.5}};
  const ByKey wages = {{"korea", 1800.0},   {"usa", 2500.0},       {"czechia", 1100.0},
                       {"china", 600.0},    {"japan", 2200.0},     {"russia", 650.0},
                       {"germany", 2500.0}, {"kazakhstan", 550.0}, {"europe_other", 1800.0}};
  const char* korea = "Korea's permit system: hudulmur.gov.mn 883 and recruitmentreform.org";
  VariantDecl decl;
  decl.slot = Slot::Migration;
  decl.name = "networks";
  decl.summary = "Random utility over regions and countries, with networks, quotas and return";
  decl.reference = "Beine, Docquier and Ozden (2011); docs/models/migration/networks.md";
  decl.needs = {"job_finding", "wage_index"};
  decl.parameters = {
      {"move_attention", "a_m", "1/month", 0.01, 0.0, 1.0, Dim::None, none, "assumption",
       "Hazard of considering another region, for those without work"},
      {"move_income", "", "1", 1.0, 0.0, 10.0, Dim::None, none, "assumption",
       "Response of the choice of region to the log of its wages"},
      {"move_employment", "", "1", 2.0, 0.0, 20.0, Dim::None, none, "assumption",
       "Response to the log of the share at work among those at work or available"},
      {"move_distance", "", "1", 0.6, 0.0, 10.0, Dim::None, none, "recalled: gravity literature",
       "Response to the log of one plus the distance in tiles"},
      {"move_network", "", "1", 1.0, 0.0, 2.0, Dim::None, none, "assumption",
       "Response to the log of a region's share of residents: whom one knows there"},
      {"move_cost", "", "1", 0.5, -20.0, 20.0, Dim::None, none, "assumption",
       "Log-odds against any move"},
      {"region_amenity", "", "1", 0.0, -10.0, 10.0, Dim::Region, none, "assumption",
       "Pull of a region beyond work and wages, in log-odds", amenity},
      {"emigration_attention", "a", "1/month", 0.002, 0.0, 1.0, Dim::None, none, "assumption",
       "Hazard of considering a country abroad at the ages that go most"},
      {"emigration_education", "", "1", 1.0, 0.0, 10.0, Dim::Education, none, "assumption",
       "Factor on considering to leave", education},
      {"emigration_income", "β_w", "1", 0.7, 0.0, 10.0, Dim::None, none,
       "recalled: Ortega and Peri (2013)", "Response to the log of the wage gap"},
      {"diaspora_elasticity", "g", "1", 0.6, 0.0, 0.95, Dim::None, none,
       "recalled: 0.4-0.75, Beine, Docquier and Ozden (2011)",
       "Response to the log of one plus the compatriots there"},
      {"destination_wage", "w_d", "USD/month", 1200.0, 1.0, 1e6, Dim::Destination, none,
       "recalled: orders of magnitude about 2010", "Monthly wage of migrants", wages},
      {"destinations_anchored", "", "1", 1.0, 0.0, 1.0, Dim::None, none, "assumption",
       "1: constants hold the start's stocks abroad; 0: destination_constant is used"},
      {"destination_constant", "c_d", "1", 0.0, -50.0, 50.0, Dim::Destination, none, "assumption",
       "Utility of a destination beyond wages and network, where not anchored"},
      {"diaspora_growth", "", "1/year", 0.015, -0.5, 0.5, Dim::None, none,
       "censuses of 2010 and 2020: 107140 and 122301 abroad",
       "Growth of the stocks abroad that the constants allow for"},
      {"return_rate", "h", "1/month", 0.007, 0.0, 1.0, Dim::None, none,
       "20-50 % within five years, OECD (2008)", "Hazard of returning home"},
      {"return_elasticity", "", "1", 0.3, 0.0, 5.0, Dim::None, none, "assumption",
       "Response of return to the chance of a job in the home region"},
      {"return_response", "", "1", 0.5, 0.0, 100.0, Dim::None, none, "assumption",
       "Rise of the return hazard per year's home wage of incentive"},
      {"return_skill_gain", "", "1", 0.1, 0.0, 5.0, Dim::None, none, "assumption",
       "Skill gained abroad, as a share"},
      {"remittance_share", "", "1", 0.12, 0.0, 1.0, Dim::None, none,
       "some USD 250 million a year for 107140 persons, World Bank 2010",
       "Share of the destination's wage sent home per person abroad"},
      {"home_wage_reference", "", "USD/month", 210.0, 1.0, 1e6, Dim::None, none,
       "300.5 thousand MNT at 1438 MNT/USD in 2009",
       "Mean wage at home at the start, used without an exchange rate"},
      {"quota_applicants", "", "1", 4.5, 0.0, 1000.0, Dim::None, none,
       "14000 candidates for 3100 places in 2010", "Applicants for a place under a quota"},
      {"quota_pass_rate", "", "1", 0.44, 0.0, 1.0, Dim::None, none,
       "44 % scored above 120 in the test of 2007", "Share of applicants who pass the test"},
      {"contract_reentry", "", "1", 0.3, 0.0, 1.0, Dim::None, none, "assumption",
       "Share of first contracts followed by the one re-entry allowed"},
      {"departure_fee", "", "months", 2.0, 0.0, 60.0, Dim::None, none,
       "assumption: surveys elsewhere find one to seven months' earnings",
       "What agencies take from who leaves, in mean wages at home"},
      {"departure_response", "", "1", 0.1, 0.0, 10.0, Dim::None, none, "assumption",
       "Rise of a destination's log-odds by a month's wage less to pay"},
      {"contract_overstay", "", "1", 0.35, 0.0, 1.0, Dim::None, none,
       "35-38 % of Mongolians in Korea without papers, 2010-19",
       "Share of last contracts after which the worker stays on"},
  };
  decl.levers = {
      {"migration.quota", "person/year", kNoLimit, 0.0, kNoLimit, Dim::Destination, korea,
       "Places a destination offers; no limit: its door is open"},
      {"migration.selection",
       "1",
       0.0,
       0.0,
       1.0,
       Dim::Destination,
       korea,
       "Who of those who passed the test gets a place under the quota",
       Dim::None,
       {"ballot", "score"}},
      {"migration.tenure", "months", 58.0, 1.0, 600.0, Dim::Destination, korea,
       "Length of a stay under a quota"},
      {"migration.reentry",
       "1",
       0.0,
       0.0,
       1.0,
       Dim::Destination,
       korea,
       "Whether a stay under a quota may be followed by a second",
       Dim::None,
       {"allowed", "none"}},
      {"migration.fee_cap", "MNT", kNoLimit, 0.0, kNoLimit, Dim::Destination, "assumption",
       "Most that agencies may take from who leaves for the destination"},
      {"migration.return_incentive", "MNT", 0.0, 0.0, 1e12, Dim::None, "assumption",
       "Paid to every national who returns"},
      {"migration.registration_friction", "1", 0.0, 0.0, 50.0, Dim::Region,
       "Registration in the capital was closed 2017-20", "Log-odds against moving into a region"},
  };
  decl.drivers = {{"exchange_rate", "MNT/USD", "Price of foreign money"}};
  return decl;
}

}  // namespace

void register_migration_networks(Registry& registry) { registry.add<Networks>(); }

}  // namespace steppe
