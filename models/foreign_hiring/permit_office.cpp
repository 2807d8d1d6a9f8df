#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "models/choice.hpp"
#include "models/foreign_hiring/arrivals.hpp"
#include "models/foreign_hiring/ceilings.hpp"
#include "models/foreign_hiring/charges.hpp"
#include "models/foreign_hiring/office.hpp"
#include "models/foreign_hiring/open_posts.hpp"
#include "models/foreign_hiring/rules.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kApply{"foreign_hiring/permit_office/apply"};
constexpr Purpose kOrigin{"foreign_hiring/permit_office/origin"};
constexpr Purpose kWork{"foreign_hiring/permit_office/work"};
constexpr Purpose kStay{"foreign_hiring/permit_office/stay"};

/// How long foreigners stay.
enum class Stay { Exponential, Fixed, Lognormal };

/// Old vacancies go to an office with so many desks; what it grants is capped and ends after a
/// stay drawn from a law.
class PermitOffice {
 public:
  static VariantDecl declaration();
  explicit PermitOffice(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  /// At the office, or about to come to it in this step.
  struct Application {
    double at;  ///< when it comes; once there, when it is decided [steps]
    std::uint32_t key;
    VacancyId vacancy;
    std::int32_t opened;
    permits::Applicant applicant;
    bool operator>(const Application& other) const {
      return std::tie(at, key) > std::tie(other.at, other.key);
    }
  };

  void end_stays(Step& step);
  void apply(Step& step);
  void decide(Step& step);
  void admit(Step& step, const Application& application);
  [[nodiscard]] double hazard(const Step& step, const permits::Applicant& applicant) const;

  permits::Ceilings ceilings_;
  permits::Charges charges_;
  arrivals::OpenPosts posts_{arrivals::OpenPosts::By::SectorAndOccupation};
  permits::Office office_;

  arrivals::Traits traits_;
  double intensity_, openness_, substitution_, work_;
  double stay_mean_, stay_spread_, recruitment_cost_, sent_home_;
  Stay stay_;
  LeverId border_lever_, test_lever_;

  std::vector<double> consider_;  ///< hazard at the start's costs by sector × occupation [1/month]
  std::vector<double> start_ratio_;  ///< foreign ÷ national wage at the start, by occupation
  std::vector<double> origin_sums_;  ///< of the step, by origin − 1
  std::vector<int> test_;            ///< by occupation [steps]
  double border_ = 0.0;              ///< of the step
  std::vector<Application> coming_;
  std::priority_queue<Application, std::vector<Application>, std::greater<>> decided_;
};

PermitOffice::PermitOffice(Setup& setup)
    : ceilings_(setup),
      charges_(setup),
      office_(setup.whole("office_desks")),
      traits_{setup.parameter("arrival_male_share"), setup.parameter("arrival_skill")},
      intensity_(setup.parameter("foreign_recruitment")),
      openness_(setup.parameter("foreign_openness")),
      substitution_(setup.parameter("foreign_substitution")),
      // A record is as much work as the persons it stands for.
      work_(setup.world.weight() / setup.parameter("office_rate") /
            setup.world.clock().months_per_step()),
      stay_mean_(setup.parameter("stay_mean")),
      stay_spread_(setup.parameter("stay_spread")),
      recruitment_cost_(setup.parameter("recruitment_cost")),
      sent_home_(setup.parameter("foreign_remittance_share")),
      stay_(setup.is("stay_law", "fixed")       ? Stay::Fixed
            : setup.is("stay_law", "lognormal") ? Stay::Lognormal
                                                : Stay::Exponential),
      border_lever_(setup.lever("permits.border_closed")),
      test_lever_(setup.lever("permits.labour_market_test")) {
  arrivals::check_origins(setup.world.base().sizes, "permit_office");
  test_.resize(setup.world.base().sizes.occupations);
}

void PermitOffice::start(Step& step) {
  ceilings_.start(step.world);
  start_ratio_ = step.signals.foreign_wage_ratio;
  for (const double share : arrivals::foreign_shares(step.world.ledger)) {
    consider_.push_back(intensity_ * (openness_ + share));
  }
}

void PermitOffice::run(Step& step) {
  ceilings_.read(step);
  charges_.read(step);
  border_ = step.policy.value(border_lever_);
  for (std::size_t k = 0; k < test_.size(); ++k) {
    test_[k] = permits::test_steps(step.policy.value(test_lever_, k), step.dt);
  }
  const std::vector<double>& share = step.world.base().origin_share;
  origin_sums_.assign(1, 0.0);
  for (std::size_t o = 1; o < share.size(); ++o) {
    origin_sums_.push_back(origin_sums_.back() +
                           (ceilings_.is_banned(OriginId{o}) ? 0.0 : share[o]));
  }
  end_stays(step);
  if (origin_sums_.back() > 0.0) apply(step);
  decide(step);
  charges_.settle(step, {});
  arrivals::send_home_money(step, sent_home_);
  ceilings_.tell(step);
}

void PermitOffice::end_stays(Step& step) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::PermitEnd)) {
    const PersonId id{event.entity};
    if (world.persons[id].stamp == event.stamp) world.separate(id, Status::Gone);
  }
}

/// Relative demand for foreigners of constant elasticity: what they cost beside nationals moves
/// applications by −σ in logs.
double PermitOffice::hazard(const Step& step, const permits::Applicant& applicant) const {
  const Firm& firm = step.world.firms[applicant.firm.at()];
  const std::size_t k = applicant.occupation.at();
  const double wage = arrivals::foreign_wage(step, firm.sector, applicant.occupation, firm.region);
  const double fee = charges_.of_one_more(step.world, applicant, 1);
  const double start = start_ratio_[k];
  const double dearer = wage > 0.0 && start > 0.0 ? step.signals.foreign_wage_ratio[k] / start *
                                                        std::max(0.01, 1.0 + fee / wage)
                                                  : 1.0;
  return (1.0 - border_) * consider_[firm.sector.at() * test_.size() + k] *
         std::pow(dearer, -substitution_);
}

void PermitOffice::apply(Step& step) {
  World& world = step.world;
  posts_.find(step, test_);
  coming_.clear();
  for (std::size_t c = 0; c < posts_.groups(); ++c) {
    for (const VacancyId id : posts_.of(c)) {
      const Vacancy& vacancy = world.vacancy(id);
      const Cell& cell = world.cells[vacancy.cell.at()];
      const double u = step.draws.uniform(kOrigin, vacancy.place_key);
      const permits::Applicant applicant{cell.firm, cell.occupation,
                                         OriginId{choose_by_sums(origin_sums_, u)},
                                         arrivals::birth_month(step, vacancy.place_key)};
      const auto [strike, when] = step.draws.uniform_pair(kApply, vacancy.place_key);
      if (!strikes(strike, hazard(step, applicant), step.dt)) continue;
      coming_.push_back({step.index + when, vacancy.place_key, id, vacancy.opened, applicant});
    }
  }
  std::sort(coming_.begin(), coming_.end(),
            [](const Application& a, const Application& b) { return b > a; });
  for (Application& application : coming_) {
    const double u = step.draws.uniform(kWork, application.key);
    application.at = office_.decided(application.at, -std::log1p(-u) * work_);
    world.promise(application.vacancy, true);
    decided_.push(application);
  }
}

void PermitOffice::decide(Step& step) {
  World& world = step.world;
  while (!decided_.empty() && decided_.top().at < step.index + 1.0) {
    const Application application = decided_.top();
    decided_.pop();
    const Vacancy& vacancy = world.vacancy(application.vacancy);
    // The record may have been closed, or closed and used again, since the application.
    if (!vacancy.open || !vacancy.promised || vacancy.opened != application.opened) continue;
    const Cell& cell = world.cells[vacancy.cell.at()];
    if (cell.staff() >= cell.target) {
      world.withdraw(application.vacancy);
      continue;
    }
    const auto rule = ceilings_.hindrance(step, application.applicant, permits::Counted::Granted);
    if (rule) {
      ceilings_.refuse(step, *rule, application.applicant);
      world.promise(application.vacancy, false);
      continue;
    }
    admit(step, application);
  }
}

void PermitOffice::admit(Step& step, const Application& application) {
  World& world = step.world;
  const PersonId id =
      arrivals::settle_in(step, application.vacancy, application.applicant.origin,
                          application.applicant.birth_month, traits_, recruitment_cost_);
  double stay = 1.0;  // mean 1
  if (stay_ == Stay::Exponential) {
    stay = -std::log1p(-step.draws.uniform(kStay, id.value(), 1));
  } else if (stay_ == Stay::Lognormal) {
    stay = std::exp(stay_spread_ * (step.draws.normal(kStay, id.value(), 1) - 0.5 * stay_spread_));
  }
  // Rounded up or down by chance, so that the mean is kept.
  const double steps =
      std::floor(stay * stay_mean_ / step.dt + step.draws.uniform(kStay, id.value()));
  const auto last = static_cast<double>(world.clock().steps());
  const int end = step.index + static_cast<int>(std::clamp(steps, 1.0, last));
  world.set_permit(id, Permit::Valid, end);
  world.calendar.add(end, Due::PermitEnd, {id.value(), world.persons[id].stamp, kPlainly});
}

VariantDecl PermitOffice::declaration() {
  const Distribution none{};
  VariantDecl decl;
  decl.slot = Slot::ForeignHiring;
  decl.name = "permit_office";
  decl.summary = "Applications wait at an office with desks; permits are capped and end by a law";
  decl.reference = "Erlang (1917); docs/models/foreign_hiring/permit_office.md";
  decl.needs = {"targets", "wage_index"};
  decl.parameters = {
      {"office_desks",
       "c",
       "1",
       20.0,
       1.0,
       1e5,
       Dim::None,
       none,
       "assumption",
       "Desks of the office, each with one application at a time",
       {},
       true},
      {"office_rate", "μ", "1/month", 50.0, 1e-3, 1e6, Dim::None, none, "assumption",
       "Applications a desk decides in a month when it has some"},
      {"foreign_substitution", "σ", "1", 1.0, 0.0, 20.0, Dim::None, none, "assumption",
       "Elasticity of applications to what foreigners cost beside nationals, against the start"},
      {"stay_mean", "", "months", 24.0, 0.1, 1200.0, Dim::None, none, "assumption",
       "Mean stay of a foreigner"},
      {"stay_law",
       "",
       "1",
       0.0,
       0.0,
       2.0,
       Dim::None,
       none,
       "assumption",
       "Law of the stay; fixed: all stay the mean",
       {},
       false,
       {"exponential", "fixed", "lognormal"}},
      {"stay_spread", "", "1", 0.5, 0.0, 3.0, Dim::None, none, "assumption",
       "Standard deviation of the log of a lognormal stay"},
  };
  for (const ParameterDecl& shared :
       permits::parameters({"foreign_recruitment", "foreign_openness", "recruitment_cost",
                            "arrival_male_share", "arrival_skill", "foreign_remittance_share"})) {
    decl.parameters.push_back(shared);
  }
  decl.levers = permits::levers_of_entry();
  for (const LeverDecl& lever : permits::levers_of_charges()) decl.levers.push_back(lever);
  decl.conflicts = permits::conflicts_among(decl.levers);
  return decl;
}

}  // namespace

void register_foreign_hiring_permit_office(Registry& registry) { registry.add<PermitOffice>(); }

}  // namespace steppe
