#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// The scenario's series, followed as they stand.
class Series {
 public:
  using MeanField = Still;
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Drivers;
    decl.name = "series";
    decl.summary = "Prices, incomes and projects follow the scenario's dated series";
    decl.reference = "docs/models/drivers/series.md";
    decl.gives = {"dated_series"};
    return decl;
  }
  explicit Series(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}  // DriverTable reads the series by itself
};

}  // namespace

void register_drivers_series(Registry& registry) { registry.add<Series>(); }

}  // namespace steppe
