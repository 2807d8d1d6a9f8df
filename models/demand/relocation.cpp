#include <boost/random/binomial_distribution.hpp>
#include <cstdint>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/core/random_engine.hpp"

namespace steppe {
namespace {

constexpr Purpose kLeave{"demand/relocation/leave"};
constexpr Purpose kArrive{"demand/relocation/arrive"};

/// Every post moves to an occupation drawn among those of its firm, at a constant hazard.
class Relocation {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Demand;
    decl.name = "relocation";
    decl.summary = "Every post moves at a hazard to an occupation of its firm drawn at random";
    decl.reference = "Shimer (2007); docs/models/demand/relocation.md";
    decl.gives = {"targets"};
    decl.parameters = {{"post_relocation_rate",
                        "l",
                        "1/month",
                        0.02,
                        0.0,
                        2.0,
                        Dim::None,
                        {},
                        "assumption",
                        "Hazard at which a post, filled or not, moves to another occupation",
                        {}}};
    return decl;
  }
  explicit Relocation(Setup& setup) : rate_(setup.parameter("post_relocation_rate")) {}

  void start(Step& step) {
    World& world = step.world;
    for (std::size_t c = 0; c < world.cells.size(); ++c) world.want(CellId{c}, world.cells[c].full);
  }
  void run(Step& step) {
    const double chance = probability(rate_, step.dt);
    if (chance <= 0.0) return;
    for (std::size_t f = 0; f < step.world.firms.size(); ++f) move_posts(step, FirmId{f}, chance);
  }

 private:
  void move_posts(Step& step, FirmId id, double chance) {
    World& world = step.world;
    const Firm& firm = world.firms[id.at()];
    // All leave before any arrive, so that nobody moves twice.
    posts_.assign(firm.n_cells, 0);
    for (std::uint32_t slot = 0; slot < firm.n_cells; ++slot) {
      const CellId cell{firm.first_cell + slot};
      const std::uint32_t target = world.cells[cell.at()].target;
      posts_[slot] += target;
      if (target == 0) continue;
      const std::uint32_t key = world.draw_key(cell);
      RandomEngine engine(step.draws, kLeave, key);
      boost::random::binomial_distribution<std::int32_t> leaving(static_cast<std::int32_t>(target),
                                                                 chance);
      const auto number = static_cast<std::uint32_t>(leaving(engine));
      posts_[slot] -= number;
      for (std::uint32_t n = 0; n < number; ++n) {
        const std::uint64_t word = step.draws.block(kArrive, key, n)[0];
        ++posts_[word * firm.n_cells >> 32];
      }
    }
    for (std::uint32_t slot = 0; slot < firm.n_cells; ++slot) {
      const CellId cell{firm.first_cell + slot};
      if (posts_[slot] == world.cells[cell.at()].target) continue;
      world.cells[cell.at()].full = posts_[slot];
      world.want(cell, posts_[slot]);
    }
  }

  double rate_ = 0.0;
  std::vector<std::uint32_t> posts_;  ///< of the firm under way, by occupation
};

}  // namespace

void register_demand_relocation(Registry& registry) { registry.add<Relocation>(); }

}  // namespace steppe
