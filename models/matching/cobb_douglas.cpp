#include <cmath>

#include "models/matching/aggregate.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// μ U^η V^(1−η) [1/month].
struct Function {
  explicit Function(const ParameterReader& reader)
      : efficiency(reader.parameter("matching_efficiency")),
        elasticity(reader.parameter("matching_elasticity")) {}
  double operator()(double seekers, double vacancies) const {
    return efficiency * std::pow(seekers, elasticity) * std::pow(vacancies, 1.0 - elasticity);
  }
  double efficiency, elasticity;
};

/// Matches follow a Cobb–Douglas function of seekers and vacancies; lots say who.
class CobbDouglas {
 public:
  static VariantDecl declaration();
  explicit CobbDouglas(Setup& setup)
      : function_(setup), meetings_(setup, matching::segments_of(setup)) {}
  void run(Step& step) { matching::run_aggregate(step, meetings_, function_); }

  class MeanField : public matching::AggregateMap<Function> {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : AggregateMap(setup, "cobb_douglas", Function(setup)) {}
  };

 private:
  Function function_;
  matching::Meetings meetings_;
};

VariantDecl CobbDouglas::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "cobb_douglas";
  decl.summary = "Aggregate matching function of constant elasticities; lots say who is hired";
  decl.reference = "Pissarides (2000); docs/models/matching/cobb_douglas.md";
  decl.gives = {"job_finding"};
  decl.parameters = {
      {"matching_efficiency",
       "μ",
       "1/month",
       0.5,
       0.0,
       20.0,
       Dim::None,
       {},
       "assumption",
       "Matches a month for every seeker where there are as many vacancies",
       {}},
      {"matching_elasticity",
       "η",
       "1",
       0.5,
       0.0,
       1.0,
       Dim::None,
       {},
       "recalled: Petrongolo and Pissarides (2001), 0.5 to 0.7",
       "Elasticity of matches to seekers; to vacancies it is the rest to 1",
       {}},
  };
  for (ParameterDecl& shared : matching::aggregate_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

}  // namespace

void register_matching_cobb_douglas(Registry& registry) { registry.add<CobbDouglas>(); }

}  // namespace steppe
