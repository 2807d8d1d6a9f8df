#include <algorithm>
#include <cmath>

#include "models/matching/aggregate.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// UV / (U^l + V^l)^(1/l) [1/month], written so that no power overflows.
struct Function {
  explicit Function(const ParameterReader& reader)
      : curvature(reader.parameter("matching_curvature")) {}
  double operator()(double seekers, double vacancies) const {
    const double few = std::min(seekers, vacancies);
    const double many = std::max(seekers, vacancies);
    return few * std::exp(-std::log1p(std::pow(few / many, curvature)) / curvature);
  }
  double curvature;
};

/// Matches follow the function of den Haan, Ramey and Watson, whose rates are chances; lots say
/// who.
class Ces {
 public:
  static VariantDecl declaration();
  explicit Ces(Setup& setup) : function_(setup), meetings_(setup, matching::segments_of(setup)) {}
  void run(Step& step) { matching::run_aggregate(step, meetings_, function_); }

  class MeanField : public matching::AggregateMap<Function> {
   public:
    explicit MeanField(MeanFieldSetup& setup) : AggregateMap(setup, "ces", Function(setup)) {}
  };

 private:
  Function function_;
  matching::Meetings meetings_;
};

VariantDecl Ces::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "ces";
  decl.summary = "Aggregate matching function that never exceeds the short side; lots say who";
  decl.reference = "den Haan, Ramey and Watson (2000); docs/models/matching/ces.md";
  decl.gives = {"job_finding"};
  decl.parameters = {
      {"matching_curvature",
       "l",
       "1",
       1.27,
       0.05,
       50.0,
       Dim::None,
       {},
       "recalled: den Haan, Ramey and Watson (2000)",
       "How near matches come to the short side of the market; without bound they reach it",
       {}},
  };
  for (ParameterDecl& shared : matching::aggregate_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

}  // namespace

void register_matching_ces(Registry& registry) { registry.add<Ces>(); }

}  // namespace steppe
