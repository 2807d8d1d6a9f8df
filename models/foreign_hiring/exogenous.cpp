#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/choice.hpp"
#include "models/foreign_hiring/arrivals.hpp"
#include "models/foreign_hiring/open_posts.hpp"
#include "models/foreign_hiring/rules.hpp"
#include "models/yes_or_no.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kOrigin{"foreign_hiring/exogenous/origin"};
constexpr Purpose kPhase{"foreign_hiring/exogenous/phase"};

/// So many foreigners a month as the scenario says, as far as there are posts for them.
class Exogenous {
 public:
  static VariantDecl declaration();
  explicit Exogenous(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  [[nodiscard]] static double staff(const Ledger& ledger, std::size_t sector, bool foreign_alone);

  double return_rate_, recruitment_cost_, sent_home_;
  arrivals::Traits traits_;
  bool anchored_;
  std::vector<double> number_, rate_;  ///< by sector [record/month], [1/month]
  std::vector<double> owed_;           ///< by sector: arrivals due and not yet made [records]
  std::vector<double> origin_sums_;    ///< by origin − 1
  std::vector<int> test_;              ///< by occupation: nationals have searched once
  arrivals::OpenPosts posts_{arrivals::OpenPosts::By::Sector};
};

Exogenous::Exogenous(Setup& setup)
    : return_rate_(setup.parameter("foreign_return_rate")),
      recruitment_cost_(setup.parameter("recruitment_cost")),
      sent_home_(setup.parameter("foreign_remittance_share")),
      traits_{setup.parameter("arrival_male_share"), setup.parameter("arrival_skill")},
      anchored_(setup.is("arrivals_anchored", "yes")),
      number_(setup.parameters("arrival_number")),
      rate_(setup.parameters("arrival_rate")),
      test_(setup.world.base().sizes.occupations, 1) {
  const Base& base = setup.world.base();
  arrivals::check_origins(base.sizes, "exogenous");
  for (double& number : number_) number /= setup.world.weight();
  owed_.resize(base.sizes.sectors);
  if (base.sizes.origins > 1) {
    origin_sums_.resize(base.sizes.origins - 1);
    std::partial_sum(base.origin_share.begin() + 1, base.origin_share.end(), origin_sums_.begin());
  }
}

double Exogenous::staff(const Ledger& ledger, std::size_t sector, bool foreign_alone) {
  double out = 0.0;
  for (std::size_t k = 0; k < ledger.sizes().occupations; ++k) {
    for (std::size_t o = foreign_alone ? 1 : 0; o < ledger.sizes().origins; ++o) {
      out += static_cast<double>(ledger.staff(SectorId{sector}, OccupationId{k}, OriginId{o}));
    }
  }
  return out;
}

void Exogenous::start(Step& step) {
  for (std::size_t s = 0; s < owed_.size(); ++s) {
    // A whole number is made of the fractions of many months; where it begins is by chance, so
    // that every month's mean over replications is the number given.
    owed_[s] = step.draws.uniform(kPhase, static_cast<std::uint32_t>(s));
    if (anchored_) number_[s] += return_rate_ * staff(step.world.ledger, s, true);
  }
}

void Exogenous::run(Step& step) {
  arrivals::go_home(step, return_rate_);
  if (!origin_sums_.empty() && origin_sums_.back() > 0.0) {
    posts_.find(step, test_);
    for (std::size_t s = 0; s < owed_.size(); ++s) {
      owed_[s] += (number_[s] + rate_[s] * staff(step.world.ledger, s, false)) * step.dt;
      const double due = std::floor(owed_[s]);
      owed_[s] -= due;
      const auto posts = posts_.of(s);
      const auto coming = std::min(static_cast<std::size_t>(due), posts.size());
      for (const VacancyId id : posts.first(coming)) {
        const std::uint32_t key = step.world.vacancy(id).place_key;
        const OriginId origin{choose_by_sums(origin_sums_, step.draws.uniform(kOrigin, key)) + 1};
        arrivals::settle_in(step, id, origin, arrivals::birth_month(step, key), traits_,
                            recruitment_cost_);
      }
    }
  }
  arrivals::send_home_money(step, sent_home_);
}

VariantDecl Exogenous::declaration() {
  const Distribution none{};
  VariantDecl decl;
  decl.slot = Slot::ForeignHiring;
  decl.name = "exogenous";
  decl.summary = "A given number of foreigners a month takes posts left open; they leave by chance";
  decl.reference = "docs/models/foreign_hiring/exogenous.md";
  decl.needs = {"targets", "wage_index"};
  decl.parameters = {
      {"arrival_number", "A_s", "person/month", 0.0, 0.0, 1e9, Dim::Sector, none, "assumption",
       "Foreigners who come into a sector"},
      {"arrival_rate", "r_s", "1/month", 0.0, 0.0, 1.0, Dim::Sector, none, "assumption",
       "Foreigners who come into a sector, per head of its staff"},
      yes_or_no("arrivals_anchored", true,
                "Whether as many more come as would leave if each sector kept the foreigners of "
                "the start"),
  };
  for (const ParameterDecl& shared :
       permits::parameters({"foreign_return_rate", "recruitment_cost", "arrival_male_share",
                            "arrival_skill", "foreign_remittance_share"})) {
    decl.parameters.push_back(shared);
  }
  return decl;
}

}  // namespace

void register_foreign_hiring_exogenous(Registry& registry) { registry.add<Exogenous>(); }

}  // namespace steppe
