#include <algorithm>
#include <vector>

#include "models/separations/rate.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/error.hpp"

namespace steppe {
namespace {

constexpr Purpose kEnd{"separations/constant/end"};
constexpr Purpose kAfter{"separations/constant/after"};

/// All jobs of a sector end at one hazard.
class Constant {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Separations;
    decl.name = "constant";
    decl.summary = "Jobs end at one hazard by sector, whoever holds them";
    decl.reference = "docs/models/separations/constant.md";
    decl.parameters = {separations::rate_parameter(),
                       {"staying_share",
                        "",
                        "1",
                        1.0,
                        0.0,
                        1.0,
                        Dim::None,
                        {},
                        "assumption",
                        "Share of those who lose a job that searches; the rest becomes inactive",
                        {}}};
    return decl;
  }
  explicit Constant(Setup& setup)
      : rate_(setup.parameters("separation_rate")),
        highest_(rate_.empty() ? 0.0 : *std::max_element(rate_.begin(), rate_.end())),
        staying_(setup.parameter("staying_share")) {}

  void run(Step& step) {
    World& world = step.world;
    const auto bound = [&](const Stretch& who) {
      return who.oldest >= world.base().working_age ? highest_ : 0.0;
    };
    for_candidates(step, kEnd, bound, [&](PersonId id, double u) {
      const Person& person = world.persons[id];
      if (person.status != Status::Employed) return;
      if (!strikes(u, rate_[person.sector.at()], step.dt)) return;
      if (!person.is_national()) {
        world.separate(id, Status::Gone);
      } else if (step.draws.uniform(kAfter, id.value()) < staying_) {
        world.separate(id, Status::Searching);
      } else {
        world.separate(id, Status::Inactive, Flow::Exit);
      }
    });
  }

  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup) : rate_(setup.parameters("separation_rate").front()) {
      if (setup.parameter("staying_share") < 1.0) {
        throw ConfigError(setup.scenario.file +
                          ": the mean field knows nobody inactive: staying_share must be 1, or "
                          "run it with --engine agents");
      }
    }
    void run(MeanFieldStep& step) {
      step.field.separations = probability(rate_, step.dt) * step.field.employed;
    }

   private:
    double rate_ = 0.0;
  };

 private:
  std::vector<double> rate_;  ///< by sector [1/month]
  double highest_ = 0.0;
  double staying_ = 1.0;
};

}  // namespace

void register_separations_constant(Registry& registry) { registry.add<Constant>(); }

}  // namespace steppe
