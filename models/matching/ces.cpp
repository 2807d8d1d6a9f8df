#include "models/matching/aggregate.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

using matching::MatchingFunction;

MatchingFunction function_of(const ParameterReader& reader) {
  return {MatchingFunction::Form::Ces, 1.0, reader.parameter("matching_curvature")};
}

/// Matches follow the function of den Haan, Ramey and Watson, whose rates are chances; lots say
/// who.
class Ces {
 public:
  static VariantDecl declaration();
  explicit Ces(Setup& setup) : aggregate_(setup, function_of(setup)) {}
  void run(Step& step) { aggregate_.run(step); }

  class MeanField : public matching::AggregateMap {
   public:
    explicit MeanField(MeanFieldSetup& setup) : AggregateMap(setup, "ces", function_of(setup)) {}
  };

 private:
  matching::Aggregate aggregate_;
};

VariantDecl Ces::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "ces";
  decl.summary = "Aggregate matching function that never exceeds the short side; lots say who";
  decl.reference = "den Haan, Ramey and Watson (2000); docs/models/matching/ces.md";
  decl.gives = {"job_finding", "matching_function"};
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
