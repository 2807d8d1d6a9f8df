#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kEnter{"demography/participation/enter"};
constexpr Purpose kLeave{"demography/participation/leave"};

/// The population at the start for ever, of which the inactive begin to search, and searchers give
/// up, at constant hazards.
class Participation {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Demography;
    decl.name = "participation";
    decl.summary = "Nobody is born or dies; people begin and give up searching at constant hazards";
    decl.reference = "docs/models/demography/participation.md";
    decl.parameters = {
        {"search_entry_rate",
         "e",
         "1/month",
         0.01,
         0.0,
         2.0,
         Dim::None,
         {},
         "assumption",
         "Hazard at which the inactive and the available begin to search",
         {}},
        {"searching_exit_rate",
         "x_U",
         "1/month",
         0.02,
         0.0,
         2.0,
         Dim::None,
         {},
         "assumption",
         "Hazard at which the searching leave the labour force, at reference chances",
         {}}};
    return decl;
  }
  explicit Participation(Setup& setup)
      : entry_(setup.parameter("search_entry_rate")),
        exit_(setup.parameter("searching_exit_rate")) {}

  void run(Step& step) {
    leave(step);
    enter(step);
  }

 private:
  /// A hazard of nationals of working age.
  static auto of_adults(const Step& step, double hazard) {
    return [&world = step.world, hazard](const Stretch& who) {
      return who.nationals && who.oldest >= world.base().working_age ? hazard : 0.0;
    };
  }
  void leave(Step& step) const {
    World& world = step.world;
    for_candidates(step, kLeave, of_adults(step, exit_), [&](PersonId id, double u) {
      const Person& person = world.persons[id];
      if (!person.is_national() || person.status != Status::Searching) return;
      if (strikes(u, exit_, step.dt)) world.set_status(id, Status::Inactive);
    });
  }
  void enter(Step& step) const {
    World& world = step.world;
    for_candidates(step, kEnter, of_adults(step, entry_), [&](PersonId id, double u) {
      const Person& person = world.persons[id];
      const bool outside =
          person.status == Status::Inactive || person.status == Status::Discouraged;
      // Whoever has stopped in this step does not begin again in it.
      if (!person.is_national() || !outside || person.since == step.index) return;
      if (strikes(u, entry_, step.dt)) world.set_status(id, Status::Searching);
    });
  }

  double entry_ = 0.0;
  double exit_ = 0.0;
};

}  // namespace

void register_demography_participation(Registry& registry) { registry.add<Participation>(); }

}  // namespace steppe
