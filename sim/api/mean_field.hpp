#pragma once

#include <Eigen/Core>
#include <concepts>
#include <functional>

#include "sim/api/drivers.hpp"
#include "sim/api/step.hpp"
#include "sim/core/months.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// A market of many, by occupation: expected stocks, and the flows of the step under way. All
/// arrays have one entry an occupation. Each field has one writer, named here.
struct MeanField {
  // Stocks at the end of the last step; moved on by the engine alone.
  Eigen::ArrayXd employed;   ///< [person]
  Eigen::ArrayXd searching;  ///< by last occupation [person]
  Eigen::ArrayXd vacancies;  ///< [post]

  Eigen::ArrayXd demand;  ///< posts wanted; the start's posts without a writer [post]. Demand.

  // Flows of this step, zero when it begins.
  Eigen::ArrayXd separations;  ///< from work to search [person]. Separations.
  Eigen::ArrayXd openings;     ///< [post]. Vacancies.
  Eigen::ArrayXd withdrawals;  ///< [post]. Vacancies.
  Eigen::ArrayXd hires;        ///< seekers hired, by the post's occupation [person]. Matching.
  Eigen::ArrayXd found;        ///< the same seekers, by their last occupation [person]. Matching.
  Eigen::ArrayXd moves_in;     ///< from job to job, by the new occupation [person]. Matching.
  Eigen::ArrayXd moves_out;    ///< the same, by the occupation left [person]. Matching.

  Eigen::ArrayXd wage;  ///< of a national with relative wage 1 [MNT/month]. Wages.
  std::function<double(double)> bargained_wage;  ///< as Signals::bargained_wage. Wages.
  std::function<double(double)> filling_rate;    ///< as Signals::filling_rate. Matching.

  /// Who searches in the step under way: those of the last step's end, and with search in the same
  /// step those who lost their jobs in it [person].
  [[nodiscard]] Eigen::ArrayXd seekers(bool same_step_search) const {
    if (same_step_search) return searching + separations;
    return searching;
  }
  /// The vacancies they see [post].
  [[nodiscard]] Eigen::ArrayXd visible(bool same_step_search) const {
    if (same_step_search) return vacancies - withdrawals + openings;
    return vacancies - withdrawals;
  }
  /// The vacancies of this step's end, by its flows so far. Those are possible but for rounding,
  /// which must not leave less than none [post].
  [[nodiscard]] Eigen::ArrayXd vacancies_after() const {
    return (vacancies + openings - withdrawals - hires - moves_in).max(0.0);
  }
};

/// What a mean-field map is made from.
class MeanFieldSetup : public ParameterReader {
 public:
  MeanFieldSetup(const Scenario& scenario, const DriverTable& drivers, MeanField& start,
                 const VariantDecl& decl)
      : ParameterReader(scenario, decl), drivers(drivers), start(start) {}
  const DriverTable& drivers;
  MeanField& start;  ///< before the first step
};

/// What a mean-field map sees when its slot's turn comes: slots run in the order of the agents'.
struct MeanFieldStep {
  int index = 0;    ///< number of the step
  Month month;      ///< calendar month in which it ends
  double dt = 1.0;  ///< its length [months]
  bool same_step_search = false;
  const DriverTable& drivers;
  MeanField& field;

  /// Who searches in this step, and the vacancies they see.
  [[nodiscard]] Eigen::ArrayXd seekers() const { return field.seekers(same_step_search); }
  [[nodiscard]] Eigen::ArrayXd visible() const { return field.visible(same_step_search); }
};

/// The mean-field map of a variant: what its agents do on average where markets are large.
///
/// A variant has one when it has a type `MeanField` that is made from a MeanFieldSetup and run once
/// a step. The map fills the flows of its slot and keeps them possible: no more separations than
/// employed, no more hires than seekers or visible vacancies.
template <class M>
concept MeanFieldMap = requires(M map, MeanFieldSetup& setup, MeanFieldStep& step) {
  M(setup);
  { map.run(step) } -> std::same_as<void>;
};

/// The map of a variant that moves nothing by occupation.
class Still {
 public:
  explicit Still(MeanFieldSetup& /*setup*/) {}
  void run(MeanFieldStep& /*step*/) {}
};

}  // namespace steppe
