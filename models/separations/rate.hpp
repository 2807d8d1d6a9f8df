#pragma once

#include "sim/core/declaration.hpp"

namespace steppe::separations {

/// `separation_rate`, which several slots read.
[[nodiscard]] inline ParameterDecl rate_parameter() {
  return {"separation_rate",
          "h_s",
          "1/month",
          0.006,
          0.0,
          2.0,
          Dim::Sector,
          {DistributionKind::Uniform, 0.004, 0.012},
          "recalled: Elsby, Hobijn and Sahin (2013), range for continental Europe",
          "Hazard of a match ending, layoffs apart",
          {}};
}

}  // namespace steppe::separations
