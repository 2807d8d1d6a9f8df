#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "models/occupation_gap.hpp"
#include "sim/api/mean_field.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/random_engine.hpp"

namespace steppe {
namespace {

constexpr Purpose kNumber{"vacancies/demand_gap/number"};
constexpr Purpose kWhere{"vacancies/demand_gap/where"};

/// Posts open at a constant chance per filled post, and more of them where an occupation has fewer
/// than are wanted. None is withdrawn.
class DemandGap {
 public:
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : natural_(setup.parameter("natural_opening")),
          response_(setup.parameter("gap_response")) {}
    void run(MeanFieldStep& step) {
      steppe::MeanField& f = step.field;
      const double natural = 1.0 - std::pow(1.0 - natural_, step.dt);
      const double response = occupation_gap::response_in_step(response_, step.dt);
      const Eigen::ArrayXd missing = (f.demand - f.employed - f.vacancies).max(0.0);
      f.openings = natural * f.employed + (1.0 - natural) * (response * missing).min(f.employed);
    }

   private:
    double natural_, response_;
  };

  static VariantDecl declaration();
  explicit DemandGap(Setup& setup);
  void run(Step& step);

 private:
  [[nodiscard]] CellId cell_for(const Step& step, std::size_t occupation, std::uint32_t number);

  double natural_ = 0.0;
  double response_ = 0.0;
  std::vector<std::vector<CellId>> cells_;  ///< by occupation
  std::vector<double> sums_;                ///< running sums of staff of the occupation under way
};

DemandGap::DemandGap(Setup& setup)
    : natural_(setup.parameter("natural_opening")),
      response_(setup.parameter("gap_response")),
      cells_(setup.world.base().sizes.occupations) {
  for (std::size_t c = 0; c < setup.world.cells.size(); ++c) {
    cells_[setup.world.cells[c].occupation.at()].push_back(CellId{c});
  }
}

void DemandGap::run(Step& step) {
  const OccupationDemand& demand = step.signals.by_occupation;
  const double natural = 1.0 - std::pow(1.0 - natural_, step.dt);
  const double response = occupation_gap::response_in_step(response_, step.dt);
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const auto entity = static_cast<std::uint32_t>(k);
    if (cells_[k].empty()) continue;
    std::int64_t opened = 0;
    if (demand.staff[k] > 0.0) {
      const double chance =
          occupation_gap::closing_chance(-demand.gap[k], demand.staff[k], response);
      RandomEngine engine(step.draws, kNumber, entity);
      boost::random::binomial_distribution<std::int64_t> number(
          static_cast<std::int64_t>(demand.staff[k]), natural + (1.0 - natural) * chance);
      opened = number(engine);
    } else if (demand.gap[k] < 0.0) {
      opened = 1;  // an occupation that has died out begins again
    }
    if (opened == 0) continue;
    sums_.clear();
    double sum = 0.0;
    // One more a cell, so that a firm without staff can come back.
    for (const CellId c : cells_[k]) sums_.push_back(sum += step.world.cells[c.at()].staff() + 1.0);
    for (std::int64_t n = 0; n < opened; ++n) {
      step.world.open_vacancy(cell_for(step, k, static_cast<std::uint32_t>(n)));
    }
  }
}

/// The cell in which an opening of the occupation falls, in proportion to staff.
CellId DemandGap::cell_for(const Step& step, std::size_t occupation, std::uint32_t number) {
  if (sums_.size() == 1) return cells_[occupation].front();
  const double sought =
      step.draws.uniform(kWhere, static_cast<std::uint32_t>(occupation), number) * sums_.back();
  const auto at = std::upper_bound(sums_.begin(), sums_.end() - 1, sought) - sums_.begin();
  return cells_[occupation][static_cast<std::size_t>(at)];
}

VariantDecl DemandGap::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Vacancies;
  decl.name = "demand_gap";
  decl.summary = "Posts open at a constant chance, and faster where an occupation has too few";
  decl.reference = "del Rio-Chanona et al. (2021); docs/models/vacancies/demand_gap.md";
  decl.needs = {"occupation_gap"};
  decl.parameters = {{"natural_opening",
                      "δ_v",
                      "1/month",
                      0.012,
                      0.0,
                      0.999,
                      Dim::None,
                      {},
                      "del Rio-Chanona et al. (2021)",
                      "Vacancies opened a month and filled post, whatever demand is",
                      {}},
                     occupation_gap::response_parameter()};
  return decl;
}

}  // namespace

void register_vacancies_demand_gap(Registry& registry) { registry.add<DemandGap>(); }

}  // namespace steppe
