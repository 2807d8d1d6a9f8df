#include <boost/random/binomial_distribution.hpp>
#include <cmath>
#include <span>
#include <vector>

#include "models/occupation_gap.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/mean_field.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/random_engine.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

constexpr Purpose kNatural{"separations/demand_gap/natural"};
constexpr Purpose kLayoff{"separations/demand_gap/layoff"};

/// Jobs end at a constant chance, and more of them where an occupation has more posts than wanted.
class DemandGap {
 public:
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : natural_(setup.parameter("natural_separation")),
          response_(setup.parameter("gap_response")) {}
    void run(MeanFieldStep& step) {
      steppe::MeanField& f = step.field;
      const double natural = 1.0 - std::pow(1.0 - natural_, step.dt);
      const double response = occupation_gap::response_in_step(response_, step.dt);
      const Eigen::ArrayXd excess = (f.employed + f.vacancies - f.demand).max(0.0);
      f.separations = natural * f.employed + (1.0 - natural) * (response * excess).min(f.employed);
    }

   private:
    double natural_, response_;
  };

  static VariantDecl declaration();
  explicit DemandGap(Setup& setup)
      : natural_(-std::log1p(-setup.parameter("natural_separation"))),
        response_(setup.parameter("gap_response")) {}
  void run(Step& step) {
    end_matches(step);
    lay_off(step);
  }

 private:
  static Status after_job(const Person& person) {
    return person.is_national() ? Status::Searching : Status::Gone;
  }
  void end_matches(Step& step);
  void lay_off(Step& step) const;

  double natural_ = 0.0;  ///< hazard [1/month]
  double response_ = 0.0;
  std::vector<PersonId> leaving_;
};

void DemandGap::end_matches(Step& step) {
  World& world = step.world;
  for_candidates(step, kNatural, natural_, [&](PersonId id, double u) {
    if (world.persons[id].status != Status::Employed) return;
    if (strikes(u, natural_, step.dt)) leaving_.push_back(id);
  });
  in_stages(
      std::span(leaving_), [&](PersonId id) { world.fetch_person(id); },
      [&](PersonId id) { world.fetch_firm_of(id); }, [&](PersonId id) { world.fetch_cell_of(id); },
      [&](PersonId id) { world.separate(id, after_job(world.persons[id])); });
  leaving_.clear();
}

/// Of the jobs that did not end by themselves each ends with the same chance. Within a cell the
/// latest hired go: who goes changes no stock, since all of a cell are alike to demand.
void DemandGap::lay_off(Step& step) const {
  World& world = step.world;
  const OccupationDemand& demand = step.signals.by_occupation;
  const double response = occupation_gap::response_in_step(response_, step.dt);
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    const Cell& cell = world.cells[c];
    const std::size_t k = cell.occupation.at();
    if (demand.gap[k] <= 0.0 || cell.staff() == 0) continue;
    const double chance = occupation_gap::closing_chance(demand.gap[k], demand.staff[k], response);
    RandomEngine engine(step.draws, kLayoff, world.draw_key(CellId{c}));
    boost::random::binomial_distribution<std::int64_t> number(cell.staff(), chance);
    for (std::int64_t n = number(engine); n > 0; --n) {
      const PersonId id = cell.first_staff;
      world.separate(id, after_job(world.persons[id]), Flow::Layoff);
    }
  }
}

VariantDecl DemandGap::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Separations;
  decl.name = "demand_gap";
  decl.summary = "Jobs end at a constant chance, and faster where an occupation has too many posts";
  decl.reference = "del Rio-Chanona et al. (2021); docs/models/separations/demand_gap.md";
  decl.needs = {"occupation_gap"};
  decl.parameters = {{"natural_separation",
                      "δ_u",
                      "1/month",
                      0.016,
                      0.0,
                      0.999,
                      Dim::None,
                      {},
                      "del Rio-Chanona et al. (2021)",
                      "Chance that a job ends in a month whatever demand is",
                      {}},
                     occupation_gap::response_parameter()};
  return decl;
}

}  // namespace

void register_separations_demand_gap(Registry& registry) { registry.add<DemandGap>(); }

}  // namespace steppe
