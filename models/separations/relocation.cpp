#include <cstdint>
#include <vector>

#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kMove{"separations/relocation/move"};
constexpr Purpose kWhere{"separations/relocation/where"};

/// Every worker moves to an occupation drawn at random, at a constant hazard, and leaves a job for
/// it; whoever a cell has too many loses the job at once.
class Relocation {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Separations;
    decl.name = "relocation";
    decl.summary = "Workers move at a hazard to an occupation drawn at random; excess staff goes";
    decl.reference = "Shimer (2007); docs/models/separations/relocation.md";
    decl.needs = {"targets"};
    decl.parameters = {{"worker_relocation_rate",
                        "q",
                        "1/month",
                        0.02,
                        0.0,
                        2.0,
                        Dim::None,
                        {},
                        "assumption",
                        "Hazard at which a worker, at work or searching, changes occupation",
                        {}}};
    return decl;
  }
  explicit Relocation(Setup& setup) : rate_(setup.parameter("worker_relocation_rate")) {}

  void run(Step& step) {
    move_workers(step);
    lay_off(step);
  }

 private:
  void move_workers(Step& step) {
    World& world = step.world;
    const std::uint64_t occupations = world.base().sizes.occupations;
    const auto bound = [&](const Stretch& who) {
      return who.nationals && who.oldest >= world.base().working_age ? rate_ : 0.0;
    };
    for_candidates(step, kMove, bound, [&](PersonId id, double u) {
      const Person& person = world.persons[id];
      const bool works = person.status == Status::Employed;
      if (!person.is_national() || !(works || person.status == Status::Searching)) return;
      if (!strikes(u, rate_, step.dt)) return;
      if (works) world.separate(id, Status::Searching);
      const std::uint64_t word = step.draws.block(kWhere, id.value())[0];
      const OccupationId to{static_cast<std::size_t>(word * occupations >> 32)};
      world.set_occupation(id, to, person.skill * kSkillUnit);
    });
  }

  /// The latest hired go first.
  static void lay_off(Step& step) {
    World& world = step.world;
    world.overstaffed().for_each([&](std::size_t c) {
      const Cell& cell = world.cells[c];
      while (cell.staff() > cell.target) {
        const bool national = world.persons[cell.first_staff].is_national();
        world.separate(cell.first_staff, national ? Status::Searching : Status::Gone, Flow::Layoff);
      }
    });
  }

  double rate_ = 0.0;
};

}  // namespace

void register_separations_relocation(Registry& registry) { registry.add<Relocation>(); }

}  // namespace steppe
