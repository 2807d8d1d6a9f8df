#pragma once

#include <string>
#include <string_view>

namespace steppe {

enum class DistributionKind { None, Normal, LogNormal, Uniform, Beta, Triangular };

/// What is not known about a figure: its prior, or the uncertainty a scenario states.
/// Parameters in the figure's own unit. Draws outside [min, max] are drawn again (truncation).
struct Distribution {
  DistributionKind kind = DistributionKind::None;
  double a = 0.0;  ///< normal, log-normal, beta: mean; uniform, triangular: low
  double b = 0.0;  ///< normal, log-normal, beta: standard deviation; uniform, triangular: high
  double c = 0.0;  ///< triangular: mode
  bool operator==(const Distribution&) const = default;
};

}  // namespace steppe
