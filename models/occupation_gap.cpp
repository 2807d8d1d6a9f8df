#include "models/occupation_gap.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::occupation_gap {

ParameterDecl response_parameter() {
  return {
      "gap_response",
      "γ",
      "1/month",
      0.16,
      0.0,
      1.0,
      Dim::None,
      {},
      "del Rio-Chanona et al. (2021)",
      "Share of the gap between an occupation's posts and those wanted that is closed in a month",
      {}};
}

double response_in_step(double per_month, double dt) { return 1.0 - std::pow(1.0 - per_month, dt); }

double closing_chance(double gap, double staff, double response) {
  return staff > 0.0 ? std::min(staff, response * std::max(0.0, gap)) / staff : 0.0;
}

}  // namespace steppe::occupation_gap
