#include <algorithm>

#include "models/matching/meetings.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// The short side of every occupation of a region clears at once: what is left over is mismatch.
class Islands {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Matching;
    decl.name = "islands";
    decl.summary = "Mismatch: the short side of every occupation of a region clears at once";
    decl.reference = "Shimer (2007); docs/models/matching/islands.md";
    decl.gives = {"job_finding"};
    decl.parameters = matching::search_parameters();
    return decl;
  }
  explicit Islands(Setup& setup) : meetings_(setup, matching::Segments::OccupationByRegion) {}
  void run(Step& step) {
    meetings_.run_by_lot(step, [](MarketId /*market*/, std::int64_t seekers, std::int64_t posts) {
      return std::min(seekers, posts);
    });
  }

 private:
  matching::Meetings meetings_;
};

}  // namespace

void register_matching_islands(Registry& registry) { registry.add<Islands>(); }

}  // namespace steppe
