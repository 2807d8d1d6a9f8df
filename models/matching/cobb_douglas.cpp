#include "models/matching/aggregate.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

using matching::MatchingFunction;

MatchingFunction function_of(const ParameterReader& reader) {
  return {MatchingFunction::Form::CobbDouglas, reader.parameter("matching_efficiency"),
          reader.parameter("matching_elasticity")};
}

/// Matches follow a Cobb–Douglas function of seekers and vacancies; lots say who.
class CobbDouglas {
 public:
  static VariantDecl declaration();
  explicit CobbDouglas(Setup& setup) : aggregate_(setup, function_of(setup)) {}
  void run(Step& step) { aggregate_.run(step); }

  class MeanField : public matching::AggregateMap {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : AggregateMap(setup, "cobb_douglas", function_of(setup)) {}
  };

 private:
  matching::Aggregate aggregate_;
};

VariantDecl CobbDouglas::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "cobb_douglas";
  decl.summary = "Aggregate matching function of constant elasticities; lots say who is hired";
  decl.reference = "Pissarides (2000); docs/models/matching/cobb_douglas.md";
  decl.gives = {"job_finding", "matching_function"};
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
