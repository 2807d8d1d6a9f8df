#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "models/choice.hpp"
#include "models/migration/abroad.hpp"
#include "models/migration/contracts.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kMover{"migration/networks/mover"};
constexpr Purpose kRegion{"migration/networks/region"};
constexpr Purpose kCountry{"migration/networks/country"};
constexpr Purpose kContract{"migration/networks/contract"};

/// Moves within the country, emigration and return: random utility over regions and countries,
/// with networks, quotas and contracts.
class Networks {
 public:
  static VariantDecl declaration() { return abroad::networks_declaration(); }
  explicit Networks(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  void weigh_regions(Step& step);
  void weigh_countries(Step& step);
  void anchor(Step& step);
  void consider(Step& step);
  void consider_move(Step& step, PersonId id);
  void consider_leaving(Step& step, PersonId id);
  void leave(Step& step, PersonId id, DestinationId to);
  void go_home(Step& step, PersonId id);
  /// What agencies take from who leaves for a destination [MNT].
  [[nodiscard]] double departure_fee(Step& step, std::size_t d) const {
    return std::min(departure_fee_ * home_.wage(), step.policy.value(fee_cap_lever_, d));
  }

  abroad::Home home_;
  abroad::Contracts contracts_;

  // Parameters.
  double move_attention_ = 0.0, income_ = 0.0, employment_ = 0.0, distance_ = 0.0;
  double size_ = 0.0, moving_cost_ = 0.0;
  double attention_ = 0.0, wage_ = 0.0, network_ = 0.0;
  double return_rate_ = 0.0, return_elasticity_ = 0.0, return_response_ = 0.0, gain_ = 0.0;
  double growth_ = 0.0, applicants_per_place_ = 1.0, pass_ = 1.0;
  double remitted_ = 0.0, departure_fee_ = 0.0, departure_response_ = 0.0;
  bool anchored_ = true;
  std::vector<double> amenity_, education_, abroad_wage_, constant_;
  LeverId fee_cap_lever_, incentive_lever_, friction_lever_;

  // Of the step.
  double incentive_ = 0.0;
  std::vector<double> pull_, heads_;  ///< by region, of the step
  std::vector<double> region_sums_;   ///< from × (stay, regions)
  std::vector<double> country_sums_;  ///< stay, destinations

  std::vector<double> contract_share_;  ///< of those who choose a destination with a quota
};

Networks::Networks(Setup& setup)
    : home_(setup),
      contracts_(setup, abroad::Contracts::Opening::Evenly, true),
      move_attention_(setup.parameter("move_attention")),
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
      remitted_(setup.parameter("remittance_share")),
      departure_fee_(setup.parameter("departure_fee")),
      departure_response_(setup.parameter("departure_response")),
      anchored_(setup.is("destinations_anchored", "yes")),
      amenity_(setup.parameters("region_amenity")),
      education_(setup.parameters("emigration_education")),
      abroad_wage_(setup.parameters("destination_wage")),
      constant_(setup.parameters("destination_constant")),
      fee_cap_lever_(setup.lever("migration.fee_cap")),
      incentive_lever_(setup.lever("migration.return_incentive")),
      friction_lever_(setup.lever("migration.registration_friction")) {
  const Sizes& sizes = setup.world.base().sizes;
  education_.resize(sizes.education, 1.0);
  contract_share_.assign(sizes.destinations, 1.0);
}

void Networks::start(Step& step) {
  home_.start(step);
  if (anchored_) anchor(step);
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
  const double home = home_.wage() * home_.employment();
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    country_sums_[d + 1] =
        constant_[d] + wage_ * std::log(abroad_wage_[d] * home_.money() / home) +
        network_ * std::log1p(abroad::diaspora(step.world, d)) +
        departure_response_ * (departure_fee_ - departure_fee(step, d) / home_.wage());
  }
  logit_sums(country_sums_);
}

/// Constants with which, at the start's wages and networks, emigration makes up for returns and for
/// the diaspora's growth; places under a quota are sought by the recorded number of applicants.
void Networks::anchor(Step& step) {
  // A month [persons].
  const double considering =
      abroad::readiness(step, education_) * (attention_ * step.world.weight());
  if (considering <= 0.0) return;
  std::vector<double> wanted(constant_.size());
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    const double turnover = (return_rate_ + growth_ / 12.0) * abroad::diaspora(step.world, d);
    const double quota = contracts_.quota(step, d);
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
  }
  const double home = home_.wage() * home_.employment();
  const std::vector<double> odds = abroad::odds_of(considering, wanted);
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    constant_[d] = odds[d] - wage_ * std::log(abroad_wage_[d] * home_.money() / home) -
                   network_ * std::log1p(abroad::diaspora(step.world, d));
  }
}

void Networks::run(Step& step) {
  home_.measure(step);
  incentive_ = step.policy.value(incentive_lever_);
  contracts_.end(step, [&](PersonId id) { go_home(step, id); });
  weigh_regions(step);
  weigh_countries(step);
  consider(step);
  contracts_.allot(step, [&](PersonId id, DestinationId to) { leave(step, id, to); });
  abroad::send_money(step, remitted_, abroad_wage_, home_.money());
}

void Networks::consider(Step& step) {
  const double inducement = 1.0 + return_response_ * incentive_ / (12.0 * home_.wage());
  abroad::consider(
      step, kMover,
      {move_attention_, attention_, return_rate_, inducement, return_elasticity_, education_},
      [&](PersonId id) { consider_move(step, id); },
      [&](PersonId id) { consider_leaving(step, id); }, [&](PersonId id) { go_home(step, id); });
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
  const bool under_quota = contracts_.is_limited(step, d);
  const auto [u, v] = step.draws.uniform_pair(kContract, id.value());
  if (!under_quota || u >= contract_share_[d]) {
    leave(step, id, DestinationId{d});
    return;
  }
  // A place under the quota takes a passed test, and whoever was abroad before has had his turn.
  if (step.world.persons[id].has_returned() || v >= pass_) return;
  contracts_.apply(step, id, d);
}

void Networks::leave(Step& step, PersonId id, DestinationId to) {
  step.world.emigrate(id, to);
  step.world.ledger.pay(Payment::DepartureFee, Account::Nationals, Account::Firms,
                        std::llround(departure_fee(step, to.at())));
  step.world.persons[id].contract_end = 0;
}

void Networks::go_home(Step& step, PersonId id) {
  abroad::go_home(step, id, gain_);
  if (incentive_ > 0.0) {
    step.world.ledger.pay(Payment::ReturnIncentive, Account::Government, Account::Nationals,
                          std::llround(incentive_));
  }
}

}  // namespace

void register_migration_networks(Registry& registry) { registry.add<Networks>(); }

}  // namespace steppe
