#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "models/vacancies/withdraw.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/stages.hpp"

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
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup) : rate_(setup.parameter("opening_rate")) {}
    void run(MeanFieldStep& step) {
      steppe::MeanField& f = step.field;
      const Eigen::ArrayXd gap = f.demand - (f.employed - f.separations) - f.vacancies;
      const Eigen::ArrayXd wanted = gap.max(0.0);
      const Eigen::ArrayXd replaced = wanted.min(f.separations);
      f.openings = replaced + (wanted - replaced) * std::min(1.0, rate_ * step.dt);
      f.withdrawals = (-gap).max(0.0).min(f.vacancies);
    }

   private:
    double rate_ = 0.0;
  };
  explicit DesiredStaff(Setup& setup) : rate_(setup.parameter("opening_rate")) {}

  void run(Step& step) {
    World& world = step.world;
    const double share = std::min(1.0, rate_ * step.dt);
    cells_.clear();
    keys_.clear();
    world.unsettled().for_each([&](std::size_t c) {
      cells_.push_back(CellId{c});
      keys_.push_back(world.draw_key(CellId{c}));
    });
    words_.resize(cells_.size());
    step.draws.blocks(kOpening, keys_, words_);
    const Draws::Block* words = words_.data();
    in_stages(
        std::span<const CellId>(cells_), [&](CellId id) { world.fetch_cell(id); },
        [&](CellId id) {
          const Draws::Block& own = *words++;
          adjust(world, id, share, Draws::to_uniform(own[0], own[1]));
        });
  }

 private:
  /// Brings a cell's vacancies nearer to what it wants.
  /// @param u uniform on [0, 1): rounds the part of the gap that is opened
  static void adjust(World& world, CellId id, double share, double u) {
    const Cell& cell = world.cells[id.at()];
    const std::int64_t gap = std::int64_t{cell.target} - cell.staff() - cell.vacancies;
    if (gap > 0) {
      const std::int64_t replaced = std::min<std::int64_t>(gap, cell.lost);
      // Posts that were left are posted at once; a rounded share of any further gap.
      std::int64_t opened = replaced;
      if (gap > replaced) {
        opened += static_cast<std::int64_t>(static_cast<double>(gap - replaced) * share + u);
      }
      for (std::int64_t n = 0; n < opened; ++n) world.open_vacancy(id);
    } else if (gap < 0) {
      vacancies::withdraw(world, cell, -gap);
    }
    if (cell.lost > 0) world.forget_lost(id);
  }

  double rate_ = 0.0;
  std::vector<CellId> cells_;        ///< those to attend to …
  std::vector<std::uint32_t> keys_;  ///< … and their random numbers
  std::vector<Draws::Block> words_;
};

}  // namespace

void register_vacancies_desired_staff(Registry& registry) { registry.add<DesiredStaff>(); }

}  // namespace steppe
