#pragma once

#include <cmath>

namespace steppe::test {

/// Share of workers who earn no more than a wage that a share F of offers does not exceed, where
/// offers come to the employed κ times in the life of a job and the better one is taken.
[[nodiscard]] inline double earning_share(double offers, double kappa) {
  return offers / (1.0 + kappa * (1.0 - offers));
}

/// Moves from job to job per job that ends, (1 + κ) ln(1 + κ)/κ − 1: the same for all offers.
[[nodiscard]] inline double moves_per_separation(double kappa) {
  return kappa > 0.0 ? (1.0 + kappa) * std::log1p(kappa) / kappa - 1.0 : 0.0;
}

}  // namespace steppe::test
