#include <utility>
#include <vector>

#include "models/wages/floors.hpp"
#include "models/wages/foreign_ratio.hpp"
#include "models/wages/job_value.hpp"
#include "models/wages/markets.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Wages split the surplus of a match: they rise with what a post makes and with the tightness of
/// the occupation's market.
class Nash {
 public:
  static VariantDecl declaration();
  explicit Nash(Setup& setup)
      : share_(setup.parameter("worker_share")),
        value_(setup, setup.drivers),
        prices_(setup),
        floors_(setup),
        foreign_ratio_(setup) {
    offer(setup.signals, setup.drivers, setup.world.clock().month(0));
  }
  void run(Step& step) {
    offer(step.signals, step.drivers, step.month);
    const Base& base = step.world.base();
    const double prices = prices_.update(step);
    level_ = wages::tightness(step.world);
    for (double& of_occupation : level_) {
      of_occupation = prices * step.signals.bargained_wage(of_occupation);
    }
    floors_.set_index(step, [&](std::size_t /*region*/, std::size_t cell) {
      return base.wage[cell] * level_[cell % level_.size()];
    });
    foreign_ratio_.update(step);
  }

  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : share_(setup.parameter("worker_share")),
          value_(setup, setup.drivers),
          start_(setup.start.wage) {
      const Date& from = setup.scenario.time.start;
      offer(setup.start, setup.drivers, Month(from.year, from.month));
    }
    void run(MeanFieldStep& step) {
      offer(step.field, step.drivers, step.month);
      step.field.wage =
          start_ * wages::tightness(wages::stocks_after(step)).unaryExpr(step.field.bargained_wage);
    }

   private:
    void offer(steppe::MeanField& field, const DriverTable& drivers, Month month) {
      const double p = value_.productivity(drivers, month);
      field.bargained_wage = [this, p](double tightness) {
        return wages::nash_wage(share_, value_.nonwork_value(), p, value_.vacancy_cost(),
                                tightness);
      };
    }
    double share_ = 0.0;
    wages::JobValue value_;
    Eigen::ArrayXd start_;
  };

 private:
  void offer(Signals& signals, const DriverTable& drivers, Month month) {
    const double p = value_.productivity(drivers, month);
    signals.bargained_wage = [this, p](double tightness) {
      return wages::nash_wage(share_, value_.nonwork_value(), p, value_.vacancy_cost(), tightness);
    };
  }

  double share_ = 0.0;
  wages::JobValue value_;
  wages::Prices prices_;
  wages::Floors floors_;
  wages::ForeignRatio foreign_ratio_;
  std::vector<double> level_;  ///< by occupation: wage over the base wage
};

VariantDecl Nash::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Wages;
  decl.name = "nash";
  decl.summary = "Wages are bargained over: they share what a match makes, and rise with tightness";
  decl.reference = "Pissarides (2000); docs/models/wages/nash.md";
  decl.gives = {"wage_index"};
  decl.parameters = {{"worker_share",
                      "β",
                      "1",
                      0.72,
                      0.0,
                      1.0,
                      Dim::None,
                      {},
                      "Shimer (2005)",
                      "Workers' part of the surplus of a match",
                      {}}};
  for (ParameterDecl& shared : wages::JobValue::parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  for (ParameterDecl& shared : wages::ForeignRatio::parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  decl.levers = wages::Floors::levers();
  decl.drivers = {wages::Prices::driver(), wages::JobValue::driver()};
  return decl;
}

}  // namespace

void register_wages_nash(Registry& registry) { registry.add<Nash>(); }

}  // namespace steppe
