#include <utility>
#include <vector>

#include "models/wages/floors.hpp"
#include "models/wages/foreign_ratio.hpp"
#include "models/wages/job_value.hpp"
#include "models/wages/offers.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/error.hpp"

namespace steppe {
namespace {

/// What firms post, relative to the index of the cell.
enum class Offers { One, Equilibrium, Uniform };

/// The parameters of posting, and the offers that follow from them.
class Posting {
 public:
  static VariantDecl declaration();
  explicit Posting(Setup& setup)
      : rule_(setup, setup.drivers), prices_(setup), floors_(setup), foreign_ratio_(setup) {
    post(setup.signals, rule_.productivity(setup.drivers, setup.world.clock().month(0)));
  }
  void run(Step& step) {
    const Base& base = step.world.base();
    const double p = rule_.productivity(step.drivers, step.month);
    if (p != posted_at_) post(step.signals, p);
    const double level = prices_.update(step) * rule_.level(p);
    floors_.set_index(
        step, [&](std::size_t /*region*/, std::size_t cell) { return base.wage[cell] * level; });
    foreign_ratio_.update(step);
  }

 private:
  struct Rule {
    Rule(const ParameterReader& reader, const DriverTable& drivers)
        : value(reader, drivers),
          offers(reader.is("offer_distribution", "monopsony")     ? Offers::One
                 : reader.is("offer_distribution", "equilibrium") ? Offers::Equilibrium
                                                                  : Offers::Uniform),
          elasticity(reader.parameter("supply_elasticity")),
          kappa(reader.parameter("ladder_ratio")),
          kappa_unemployed(reader.parameter("ladder_ratio_unemployed")),
          low(reader.parameter("lowest_offer")),
          high(std::max(low, reader.parameter("highest_offer"))) {}
    [[nodiscard]] double productivity(const DriverTable& drivers, Month month) const {
      return value.productivity(drivers, month);
    }
    /// Index over the base wage, in real terms.
    [[nodiscard]] double level(double p) const {
      return offers == Offers::One ? wages::monopsony_wage(p, elasticity) : 1.0;
    }
    [[nodiscard]] wages::PostedOffers posted(double p) const {
      const double least =
          wages::posting_reservation(value.nonwork_value(), p, kappa_unemployed, kappa);
      return {p, least, kappa};
    }
    [[nodiscard]] std::function<double(double)> quantile(double p) const {
      if (offers == Offers::One) return [](double) { return 1.0; };
      if (offers == Offers::Equilibrium) {
        return [of = posted(p)](double x) { return of.quantile(x); };
      }
      return [from = low, to = high](double x) { return from + (to - from) * x; };
    }
    wages::JobValue value;
    Offers offers = Offers::One;
    double elasticity = 1.0, kappa = 1.0, kappa_unemployed = 1.0, low = 0.0, high = 1.0;
  };

 public:
  /// One wage for all. Offers that differ need a ladder of jobs, of which there is no map.
  class MeanField {
   public:
    /// @throws ConfigError for offers that differ
    explicit MeanField(MeanFieldSetup& setup)
        : rule_(setup, setup.drivers), start_(setup.start.wage) {
      if (rule_.offers == Offers::One) return;
      throw ConfigError(setup.scenario.file +
                        ": the mean field of wages/posting knows one wage for all: set "
                        "offer_distribution to monopsony, or use --engine agents");
    }
    void run(MeanFieldStep& step) {
      step.field.wage = start_ * rule_.level(rule_.productivity(step.drivers, step.month));
    }

   private:
    Rule rule_;
    Eigen::ArrayXd start_;
  };

 private:
  void post(Signals& signals, double p) {
    signals.offered_wage = rule_.quantile(p);
    posted_at_ = p;
  }

  Rule rule_;
  wages::Prices prices_;
  wages::Floors floors_;
  wages::ForeignRatio foreign_ratio_;
  double posted_at_ = 0.0;  ///< productivity of the offers that stand
};

VariantDecl Posting::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Wages;
  decl.name = "posting";
  decl.summary = "Firms post wages: a monopsonist's, or a distribution of offers";
  decl.reference = "Burdett and Mortensen (1998); Manning (2003); docs/models/wages/posting.md";
  decl.gives = {"wage_index", "offered_wages"};
  decl.parameters = {
      {"offer_distribution",
       "",
       "1",
       1.0,
       0.0,
       2.0,
       Dim::None,
       {},
       "assumption",
       "What firms post: all the monopsony wage, offers of the posting equilibrium, or uniform "
       "ones",
       {},
       false,
       {"monopsony", "equilibrium", "uniform"}},
      {"supply_elasticity",
       "ε",
       "1",
       4.0,
       0.01,
       1e6,
       Dim::None,
       {},
       "recalled: Manning (2003), estimates of 2 to 6",
       "Elasticity of the labour supply to a single firm, for the monopsony wage",
       {}},
      {"ladder_ratio",
       "κ",
       "1",
       5.0,
       0.001,
       1000.0,
       Dim::None,
       {},
       "assumption",
       "Offers that reach somebody at work in the mean life of a job, as firms reckon it",
       {}},
      {"ladder_ratio_unemployed",
       "κ0",
       "1",
       33.0,
       0.001,
       1000.0,
       Dim::None,
       {},
       "assumption",
       "Offers that reach somebody without work in that time, as firms reckon it",
       {}},
      {"lowest_offer",
       "",
       "1",
       0.5,
       0.0,
       15.0,
       Dim::None,
       {},
       "assumption",
       "Lowest of uniform offers, over the index of the cell",
       {}},
      {"highest_offer",
       "",
       "1",
       1.5,
       0.0,
       15.0,
       Dim::None,
       {},
       "assumption",
       "Highest of uniform offers, over the index of the cell",
       {}},
  };
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

void register_wages_posting(Registry& registry) { registry.add<Posting>(); }

}  // namespace steppe
