#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "sim/api/drivers.hpp"
#include "sim/api/policy.hpp"
#include "sim/core/draws.hpp"
#include "sim/core/months.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"

namespace steppe {

/// Demand by occupation and what meets it, on the stocks of the end of the last step. All arrays
/// are by occupation, and empty where demand is by sector [records].
struct OccupationDemand {
  std::vector<double> posts;  ///< D_k(t): wanted
  std::vector<double> staff;  ///< e_k: filled
  std::vector<double> gap;    ///< e_k + v_k − D_k(t): positive where there are too many
};

/// What the slots tell one another. Each field has one writer, named here; others only read.
struct Signals {
  /// f_r / f̄ by region: chances of a job against their reference, within [1/4, 4]. Matching.
  std::vector<double> finding_ratio;
  /// Hires of nationals over weighted seekers, last three months, whole country [1/month].
  /// Matching.
  double finding_rate = 0.0;
  /// Hazard of leaving work for inactivity, by age in years (0–110) × 2 + sex; empty when nobody
  /// does [1/month]. Separations.
  std::vector<double> exit_hazard;
  /// Monthly wage of a national with relative wage 1, by Ledger::wage_cell [MNT/month]. Wages.
  std::vector<double> wage_index;
  /// Foreign ÷ national wage by occupation. Wages.
  std::vector<double> foreign_wage_ratio;
  /// Consumer prices, 1 at the start. Wages.
  double price_index = 1.0;
  /// N_s(t): posts wanted by sector, projects included [records]. Demand.
  std::vector<double> posts_wanted;
  /// Posts wanted by occupation, where demand is by occupation. Demand.
  OccupationDemand by_occupation;
  /// Quantile function of the wages that firms offer, relative to the index of the cell; empty
  /// where a hire keeps the wage of the last job. Wages.
  std::function<double(double)> offered_wage;
  /// Wage at a tightness, over the base wage and in real terms, where wages answer tightness at
  /// once; empty otherwise. Wages.
  std::function<double(double)> bargained_wage;
  /// Rate at which a vacancy is filled, at a tightness [1/month]; empty without a matching
  /// function. Matching.
  std::function<double(double)> filling_rate;
  /// q_s: share of full output that present staff can make, by sector. Demand.
  std::vector<double> quality;
  /// What employers' fees bring for training in this step [MNT]. Foreign hiring.
  double training_fund = 0.0;
  /// Output of the country, 1 at full staff in the first year's mean. Demand.
  double output = 1.0;
};

/// Reads the parameters that a variant has declared.
class ParameterReader {
 public:
  ParameterReader(const Scenario& scenario, const VariantDecl& decl)
      : scenario(scenario), decl_(decl) {}
  const Scenario& scenario;

  /// A parameter of this variant, in its declared unit. @throws ModelError for an undeclared name.
  [[nodiscard]] double parameter(std::string_view name) const;
  /// One value a member of the parameter's dimension.
  [[nodiscard]] std::vector<double> parameters(std::string_view name) const;
  /// A parameter declared as whole, or the position of a choice among its words.
  /// @throws ModelError for one declared otherwise, or a value with a fraction
  [[nodiscard]] int whole(std::string_view name) const;
  /// True when the word of that name is chosen. @throws ModelError when the parameter has no such
  /// word
  [[nodiscard]] bool is(std::string_view name, std::string_view word) const;

 protected:
  const VariantDecl& decl_;

 private:
  [[nodiscard]] const ParameterDecl& declared(std::string_view name) const;
};

/// What a variant is given when it is made: read parameters, find levers and series.
class Setup : public ParameterReader {
 public:
  Setup(const Scenario& scenario, const World& world, Policy& policy, DriverTable& drivers,
        Signals& signals, const VariantDecl& decl)
      : ParameterReader(scenario, decl),
        world(world),
        drivers(drivers),
        signals(signals),
        policy_(policy) {}

  const World& world;  ///< at step 0, as synthesised
  DriverTable& drivers;
  Signals& signals;  ///< to be sized and initialised by the field's writer

  /// A lever of this variant. @throws ModelError for an undeclared name.
  [[nodiscard]] LeverId lever(std::string_view name);
  /// How many members, or pairs of members, a lever has.
  [[nodiscard]] std::size_t members(LeverId lever) const { return policy_.members(lever); }
  /// A series by name; none when the scenario gives none.
  [[nodiscard]] DriverId driver(std::string_view name) const { return drivers.find(name); }

 private:
  Policy& policy_;
};

/// What a variant sees when its phase runs. World's operations keep the accounts; nothing else of
/// the world is changed by hand.
struct Step {
  int index = 0;    ///< number of the step
  Month month;      ///< calendar month in which it ends
  Date date;        ///< its first day
  double dt = 1.0;  ///< its length [months]
  bool same_step_search = false;
  /// Candidates are everybody, each with a number of its own: the same model in distribution at the
  /// cost of the population. Tests and benchmarks compare with it.
  bool sweep = false;
  const Scenario& scenario;
  World& world;
  const Draws& draws;
  Policy& policy;
  const DriverTable& drivers;
  Signals& signals;
};

/// Probability that an event of hazard `rate` [1/month] happens within `dt` months.
[[nodiscard]] inline double probability(double rate, double dt) { return -std::expm1(-rate * dt); }

/// Whether u lies below that probability. Most numbers are decided without the exponential, since
/// x − x²/2 ≤ 1 − exp(−x) ≤ x.
[[nodiscard]] inline bool strikes(double u, double rate, double dt) {
  const double x = rate * dt;
  if (u >= x) return false;
  return u < x - 0.5 * x * x || u < probability(rate, dt);
}

}  // namespace steppe
