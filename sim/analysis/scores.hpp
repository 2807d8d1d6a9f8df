#pragma once

#include <limits>
#include <span>
#include <vector>

namespace steppe {

/// The continuous ranked probability score of an ensemble, in the unit of its values: the expected
/// distance of a member from what was observed, less half that of two members from each other.
///
/// The members are taken for the whole distribution: Σ|x_i − y|/M − Σ_i Σ_j |x_i − x_j| / (2M²).
/// @param ensemble at least one value, none of them NaN
/// @see Gneiting and Raftery (2007), Journal of the American Statistical Association 102, eq. (21)
[[nodiscard]] double plain_crps(std::span<const double> ensemble, double observed);

/// The same where the members are a sample: pairs of different members alone, over 2M(M − 1). Its
/// expectation is that of the distribution they are drawn from, whatever their number, so that
/// ensembles of other sizes compare; it may be negative. One member: its distance.
/// @see Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140, 1917–1923
[[nodiscard]] double fair_crps(std::span<const double> ensemble, double observed);

/// What an ensemble says of one recorded figure.
struct Forecast {
  double observed = 0.0;
  std::vector<double> members;  ///< NaN where a realization has no value
};

/// How near forecasts of one series come to what was recorded.
struct Scores {
  static constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
  int points = 0;              ///< recorded figures with a forecast
  double observed = kMissing;  ///< mean of their absolute values
  double rmse = kMissing;      ///< of the ensemble's mean
  double mae = kMissing;       ///< …
  double bias = kMissing;      ///< mean of (ensemble's mean − recorded)
  double crps = kMissing;      ///< mean of fair_crps
  double coverage = kMissing;  ///< share within the ensemble's 90 % interval; missing of one member
  bool operator==(const Scores&) const = default;
};

/// Scores of a series. Missing members are left out, and so are figures without any member.
[[nodiscard]] Scores score(const std::vector<Forecast>& forecasts);

/// Errors over the mean of the recorded absolute values; coverage as it is. Missing where that
/// mean is 0.
[[nodiscard]] Scores relative(const Scores& scores);

/// Mean of the relative scores of several series, weighted by their points, so that every figure
/// counts once. `points` is their sum, `observed` 1. Series without points are left out.
[[nodiscard]] Scores pooled(const std::vector<Scores>& series);

/// Weighted mean of scores that are relative already; `points` is their sum.
/// @param weights parallel to them
[[nodiscard]] Scores mean_of(const std::vector<Scores>& relative_scores,
                             const std::vector<double>& weights);

}  // namespace steppe
