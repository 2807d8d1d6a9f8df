#include "models/foreign_hiring/choice_inflow.hpp"

#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>

#include "models/foreign_hiring/rules.hpp"
#include "sim/core/random_engine.hpp"

namespace steppe::choice_inflow {
namespace {

constexpr Purpose kConsider{"foreign_hiring/choice_inflow/consider"};
constexpr Purpose kChoose{"foreign_hiring/choice_inflow/choose"};
constexpr Purpose kLot{"foreign_hiring/choice_inflow/lot"};

/// Successes among so many trials, from the numbers of one address.
std::int64_t binomial(const Step& step, Purpose purpose, std::size_t entity, std::int64_t trials,
                      double p) {
  if (trials <= 0 || p <= 0.0) return 0;
  if (p >= 1.0) return trials;
  RandomEngine engine(step.draws, purpose, static_cast<std::uint32_t>(entity));
  return boost::random::binomial_distribution<std::int64_t>(trials, p)(engine);
}

}  // namespace

Inflow::Inflow(Setup& setup, std::string_view name, Kind kind)
    : kind_(kind),
      ceilings_(setup),
      traits_{setup.parameter("arrival_male_share"), setup.parameter("arrival_skill")},
      attention_(setup.parameter("foreign_attention")),
      wage_(setup.parameter("origin_wage_elasticity")),
      employment_(setup.parameter("foreign_employment")),
      vacancy_pull_(setup.parameter("vacancy_pull")),
      openness_(setup.parameter("foreign_openness")),
      network_(kind.network ? setup.parameter("origin_network") : 0.0),
      dissimilarity_(kind.nested ? setup.parameter("sector_dissimilarity") : 1.0),
      return_rate_(setup.parameter("foreign_return_rate")),
      recruitment_cost_(setup.parameter("recruitment_cost")),
      sent_home_(setup.parameter("foreign_remittance_share")),
      money_start_(setup.parameter("exchange_reference")),
      anchored_(setup.is("origin_anchored", "yes")),
      pool_(setup.parameters("origin_pool")),
      border_lever_(setup.lever("permits.border_closed")),
      test_lever_(setup.lever("permits.labour_market_test")),
      exchange_(setup.driver("exchange_rate")) {
  const Base& base = setup.world.base();
  const Sizes& sizes = base.sizes;
  arrivals::check_origins(sizes, name);
  test_.resize(sizes.occupations);
  const std::vector<double> distance = setup.parameters("origin_distance");
  const std::vector<double> home_wage = setup.parameters("origin_wage");
  const std::vector<double> visa = setup.parameters("visa_cost");
  const double by_distance = setup.parameter("origin_distance_elasticity");
  for (std::size_t o = 0; o + 1 < sizes.origins; ++o) {
    constant_.push_back(-by_distance * std::log(distance[o]) - visa[o] -
                        wage_ * std::log(home_wage[o]));
  }
  start_share_ = arrivals::foreign_shares(setup.world.ledger);
}

void Inflow::read_levers(Step& step) {
  ceilings_.read(step);
  border_ = step.policy.value(border_lever_);
  for (std::size_t k = 0; k < test_.size(); ++k) {
    test_[k] = permits::test_steps(step.policy.value(test_lever_, k), step.dt);
  }
}

void Inflow::run(Step& step) {
  read_levers(step);
  arrivals::go_home(step, return_rate_);
  stock_ = arrivals::stock_by_origin(step.world.ledger);
  posts_.find(step, test_);
  weigh_options(step);
  if (!options_.empty()) {
    if (anchored_ && !is_anchored_) anchor(step);
    choose(step);
    come(step);
  }
  arrivals::send_home_money(step, sent_home_);
  ceilings_.tell(step);
}

/// What the cells with open posts offer to anybody.
void Inflow::weigh_options(const Step& step) {
  const World& world = step.world;
  const Ledger& ledger = world.ledger;
  const Sizes& sizes = ledger.sizes();
  const double money = exchange_.is_none() ? money_start_ * step.signals.price_index
                                           : step.drivers.at(exchange_, step.month);
  options_.clear();
  nests_.of = {0};
  nests_.dissimilarity.assign(sizes.sectors + 1, dissimilarity_);
  nests_.dissimilarity[0] = 1.0;
  for (std::size_t c = 0; c < posts_.groups(); ++c) {
    const auto posts = posts_.of(c);
    if (posts.empty()) continue;
    const SectorId sector{c / sizes.occupations};
    const OccupationId occupation{c % sizes.occupations};
    // As its size the mean of what an option offers and the log of how often it offers it stand for
    // the single posts, which are alike in all else.
    double index = 0.0;
    for (const VacancyId id : posts) {
      const Firm& firm = world.firms[world.cells[world.vacancy(id).cell.at()].firm.at()];
      index += step.signals.wage_index[ledger.wage_cell(sector, occupation, firm.region)];
    }
    const auto count = static_cast<double>(posts.size());
    const double wage = step.signals.foreign_wage_ratio[occupation.at()] * index / count;
    if (wage <= 0.0) continue;
    const auto work = static_cast<double>(ledger.nationals(Status::Employed, occupation));
    const auto without = static_cast<double>(ledger.nationals(Status::Searching, occupation));
    // One head keeps the logarithm finite in an empty occupation.
    const double employment = (work + 1.0) / (work + without + 1.0);
    double pull = wage_ * std::log(wage / money) + employment_ * std::log(employment) +
                  vacancy_pull_ * std::log(count * world.weight());
    // What else makes posts of a cell suit foreigners is read from where they were at the start.
    if (anchored_) pull += std::log(start_share_[c] + openness_);
    options_.push_back({c, pull});
    nests_.of.push_back(sector.at() + 1);
  }
}

std::vector<double> Inflow::utilities(const Step& step, std::size_t origin) const {
  const double compatriots = static_cast<double>(stock_[origin]) * step.world.weight();
  const double own = constant_[origin - 1] + network_ * std::log1p(compatriots);
  std::vector<double> out = {0.0};
  for (const Option& option : options_) out.push_back(own + option.pull);
  return out;
}

std::int64_t Inflow::pool(const Step& step, std::size_t origin) const {
  const double persons = pool_[origin - 1] / step.world.weight();
  return std::max<std::int64_t>(0, std::llround(persons) - stock_[origin]);
}

/// Constants with which, when posts are first open to them, as many of each origin want to come as
/// go home.
void Inflow::anchor(const Step& step) {
  is_anchored_ = true;
  double all = 0.0;
  for (std::size_t o = 1; o < stock_.size(); ++o) all += static_cast<double>(stock_[o]);
  for (std::size_t o = 1; o < stock_.size(); ++o) {
    // An origin of which nobody is here counts as a small part, and at most nine in ten of those
    // who consider it can want to come.
    constexpr double kLeast = 1e-4;
    constexpr double kMost = 0.9;
    const double stock = std::max(static_cast<double>(stock_[o]), kLeast * all);
    const double considering = attention_ * static_cast<double>(pool(step, o));
    constant_[o - 1] = 0.0;
    const std::vector<double> v = utilities(step, o);
    Nests going = nests_;
    going.of.erase(going.of.begin());
    const double worth = nested_log_sum(std::span(v).subspan(1), going);
    const double share =
        considering > 0.0 ? std::min(kMost, return_rate_ * stock / considering) : 0.0;
    constant_[o - 1] = std::log(share / (1.0 - share)) - worth;
  }
}

/// Draws how many of each origin consider coming and what they choose: one multinomial draw each,
/// which has the law of asking everybody.
void Inflow::choose(const Step& step) {
  const std::size_t cells = posts_.groups();
  attempts_.clear();
  for (std::size_t o = 1; o < stock_.size(); ++o) {
    if (ceilings_.is_banned(OriginId{o})) continue;
    const std::int64_t considering = binomial(step, kConsider, o, pool(step, o),
                                              probability(attention_ * (1.0 - border_), step.dt));
    if (considering == 0) continue;
    const std::vector<double> shares = nested_logit_shares(utilities(step, o), nests_);
    // Each option takes its part of those whom the options before it have left.
    double going = 1.0 - shares[0];
    std::int64_t left = binomial(step, kChoose, o * (cells + 1) + cells, considering, going);
    for (std::size_t n = 0; n < options_.size() && left > 0; ++n) {
      const std::size_t address = o * (cells + 1) + options_[n].cell;
      const bool last = n + 1 == options_.size();
      const double part = last ? 1.0 : std::min(1.0, shares[n + 1] / going);
      const std::int64_t chosen = binomial(step, kChoose, address, left, part);
      for (std::int64_t i = 0; i < chosen; ++i) {
        const auto lot = step.draws.block(kLot, static_cast<std::uint32_t>(address),
                                          static_cast<std::uint32_t>(i))[0];
        attempts_.push_back({lot, OriginId{o}, options_[n].cell, {}});
      }
      left -= chosen;
      going -= shares[n + 1];
    }
  }
}

/// Each tries one post of the cell, as far as there are posts; ceilings are met in an order drawn
/// by lot over all cells.
void Inflow::come(Step& step) {
  World& world = step.world;
  std::sort(attempts_.begin(), attempts_.end(), [](const Attempt& a, const Attempt& b) {
    return std::tuple(a.lot, a.cell, a.origin.value()) <
           std::tuple(b.lot, b.cell, b.origin.value());
  });
  std::vector<std::size_t> taken(posts_.groups(), 0);
  for (Attempt& attempt : attempts_) {
    const auto posts = posts_.of(attempt.cell);
    std::size_t& next = taken[attempt.cell];
    if (next < posts.size()) attempt.vacancy = posts[next++];
  }
  for (const Attempt& attempt : attempts_) {
    if (attempt.vacancy.is_none()) continue;
    const Vacancy& vacancy = world.vacancy(attempt.vacancy);
    const Cell& cell = world.cells[vacancy.cell.at()];
    const permits::Applicant applicant{cell.firm, cell.occupation, attempt.origin,
                                       arrivals::birth_month(step, vacancy.place_key)};
    if (const auto rule = ceilings_.hindrance(step, applicant, permits::Counted::Granted)) {
      ceilings_.refuse(step, *rule, applicant);
      continue;
    }
    arrivals::settle_in(step, attempt.vacancy, attempt.origin, applicant.birth_month, traits_,
                        recruitment_cost_);
  }
}

VariantDecl declaration(std::string_view name, std::string_view summary, std::string_view reference,
                        Kind kind) {
  const Distribution none{};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey pool = {{"china", 1e6}, {"russia", 1e5}, {"vietnam", 2e5}};
  VariantDecl decl;
  decl.slot = Slot::ForeignHiring;
  decl.name = name;
  decl.summary = summary;
  decl.reference = reference;
  decl.needs = {"targets", "wage_index"};
  decl.parameters = {
      {"foreign_attention", "a", "1/month", 0.01, 0.0, 10.0, Dim::None, none, "assumption",
       "Hazard that somebody of an origin's pool considers coming"},
      {"origin_pool", "N_o", "person", 1e5, 0.0, 1e10, Dim::Origin, none, "assumption",
       "People of an origin who might ever come, those who are here included", pool},
      {"foreign_employment", "β_u", "1", 1.0, 0.0, 20.0, Dim::None, none, "assumption",
       "Response to the log of the share at work in the occupation"},
      {"vacancy_pull", "β_v", "1", 1.0, 0.0, 2.0, Dim::None, none,
       "assumption: an option of several like posts is as many options",
       "Response to the log of the open posts of a sector and occupation"},
      {"visa_cost", "", "1", 0.0, -20.0, 20.0, Dim::Origin, none, "assumption",
       "Log-odds that visa and journey set against coming, where not anchored"},
      {"exchange_reference", "X_0", "MNT/USD", 1438.0, 1e-6, 1e9, Dim::None, none,
       "1438 MNT/USD in 2009",
       "Price of foreign money at the start, used without an exchange rate"},
  };
  if (kind.nested) {
    decl.parameters.push_back(
        {"sector_dissimilarity", "λ", "1", 0.5, 0.01, 1.0, Dim::None, none, "assumption",
         "How little the occupations of a sector are alike to who chooses; 1: the plain logit"});
  }
  const auto share = [&](std::initializer_list<std::string_view> names) {
    for (const ParameterDecl& p : permits::parameters(names)) decl.parameters.push_back(p);
  };
  if (kind.network) share({"origin_network"});
  share({"origin_anchored", "origin_distance", "origin_distance_elasticity", "origin_wage",
         "origin_wage_elasticity", "foreign_openness", "foreign_return_rate", "recruitment_cost",
         "arrival_male_share", "arrival_skill", "foreign_remittance_share"});
  decl.levers = permits::levers_of_entry();
  decl.conflicts = permits::conflicts_among(decl.levers);
  decl.drivers = {{"exchange_rate", "MNT/USD", "Price of foreign money"}};
  return decl;
}

}  // namespace steppe::choice_inflow
