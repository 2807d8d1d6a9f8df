#include <algorithm>
#include <cstdint>

#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kOpening{"vacancies/desired_staff/opening"};

/// Firms post the posts that were left and are still wanted at once, and a share of any further
/// gap; vacancies no longer wanted are withdrawn.
class DesiredStaff {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Vacancies;
    decl.name = "desired_staff";
    decl.summary =
        "Firms replace leavers at once and open a share of the gap to their desired staff";
    decl.reference = "docs/models/vacancies/desired_staff.md";
    decl.needs = {"targets"};
    decl.parameters = {{"opening_rate",
                        "λ⁺",
                        "1/month",
                        0.10,
                        0.0,
                        1.0,
                        Dim::None,
                        {},
                        "assumption",
                        "Share of the gap to desired staff that is posted in a month",
                        {}}};
    return decl;
  }
  explicit DesiredStaff(Setup& setup) : rate_(setup.parameter("opening_rate")) {}

  void run(Step& step) {
    World& world = step.world;
    const double share = std::min(1.0, rate_ * step.dt);
    world.unsettled().for_each([&](std::size_t c) {
      const Cell& cell = world.cells[c];
      const std::int64_t gap = std::int64_t{cell.target} - cell.staff() - cell.vacancies;
      if (gap > 0) {
        const std::int64_t replaced = std::min<std::int64_t>(gap, cell.lost);
        std::int64_t opened = replaced;
        if (gap > replaced) {
          opened += static_cast<std::int64_t>(
              static_cast<double>(gap - replaced) * share +
              step.draws.uniform(kOpening, static_cast<std::uint32_t>(c)));
        }
        for (std::int64_t n = 0; n < opened; ++n) world.open_vacancy(CellId{c});
      } else if (gap < 0) {
        withdraw(world, cell, -gap);
      }
      world.forget_lost(CellId{c});
    });
  }

 private:
  /// The latest opened go first; what is promised to a permit applicant stays.
  static void withdraw(World& world, const Cell& cell, std::int64_t number) {
    VacancyId id = cell.first_vacancy;
    while (number > 0 && !id.is_none()) {
      const VacancyId next = world.vacancy(id).next_in_cell;
      if (!world.vacancy(id).promised) {
        world.withdraw(id);
        --number;
      }
      id = next;
    }
  }

  double rate_ = 0.0;
};

}  // namespace

void register_vacancies_desired_staff(Registry& registry) { registry.add<DesiredStaff>(); }

}  // namespace steppe
