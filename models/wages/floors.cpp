#include "models/wages/floors.hpp"

namespace steppe::wages {

std::vector<LeverDecl> Floors::levers() {
  return {{"minimum_wage", "MNT/month", 0.0, 0.0, 1e9, Dim::None,
           "Labour Law; Cabinet and tripartite decisions", "Lowest monthly wage"},
          {"wages.sector_floor", "MNT/month", 0.0, 0.0, 1e9, Dim::Sector,
           "Labour Law: collective agreements of an industry",
           "Lowest monthly wage agreed in a sector"}};
}

Prices::Prices(Setup& setup) : series_(setup.driver("price_index")) {
  if (!series_.is_none()) start_ = setup.drivers.at(series_, setup.world.clock().month(0));
}

double Prices::update(Step& step) const {
  const double prices = series_.is_none() ? 1.0 : step.drivers.at(series_, step.month) / start_;
  step.signals.price_index = prices;
  return prices;
}

}  // namespace steppe::wages
