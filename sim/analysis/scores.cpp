#include "sim/analysis/scores.hpp"

#include <algorithm>
#include <cmath>

#include "sim/results/summary_builder.hpp"

namespace steppe {
namespace {

/// Σ_i Σ_j |x_i − x_j| over all ordered pairs.
double sum_of_distances(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  double sum = 0.0;
  // The value of rank i is the larger of a pair i times and the smaller M − 1 − i times.
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    sum += (2.0 * static_cast<double>(i) - count + 1.0) * sorted[i];
  }
  return 2.0 * sum;
}

double mean_distance(std::span<const double> values, double observed) {
  double sum = 0.0;
  for (const double value : values) sum += std::abs(value - observed);
  return sum / static_cast<double>(values.size());
}

}  // namespace

double plain_crps(std::span<const double> ensemble, double observed) {
  const auto count = static_cast<double>(ensemble.size());
  return mean_distance(ensemble, observed) - sum_of_distances(ensemble) / (2.0 * count * count);
}

double fair_crps(std::span<const double> ensemble, double observed) {
  const double distance = mean_distance(ensemble, observed);
  if (ensemble.size() < 2) return distance;
  const auto count = static_cast<double>(ensemble.size());
  return distance - sum_of_distances(ensemble) / (2.0 * count * (count - 1.0));
}

Scores score(const std::vector<Forecast>& forecasts) {
  Scores out;
  double size = 0.0, squares = 0.0, distances = 0.0, errors = 0.0, crps = 0.0;
  int intervals = 0, inside = 0;
  for (const Forecast& forecast : forecasts) {
    std::vector<double> members = forecast.members;
    const CellSummary ensemble = summarise(members);
    if (ensemble.n == 0) continue;
    const double error = ensemble.mean - forecast.observed;
    ++out.points;
    size += std::abs(forecast.observed);
    squares += error * error;
    distances += std::abs(error);
    errors += error;
    crps += fair_crps(members, forecast.observed);
    if (ensemble.n < 2) continue;
    ++intervals;
    if (forecast.observed >= ensemble.p05 && forecast.observed <= ensemble.p95) ++inside;
  }
  if (out.points == 0) return out;
  out.observed = size / out.points;
  out.rmse = std::sqrt(squares / out.points);
  out.mae = distances / out.points;
  out.bias = errors / out.points;
  out.crps = crps / out.points;
  if (intervals > 0) out.coverage = static_cast<double>(inside) / intervals;
  return out;
}

Scores relative(const Scores& scores) {
  Scores out = scores;
  const double unit = scores.observed > 0.0 ? scores.observed : Scores::kMissing;
  out.observed = 1.0;
  for (double* error : {&out.rmse, &out.mae, &out.bias, &out.crps}) *error /= unit;
  return out;
}

namespace {

constexpr double Scores::*kErrors[] = {&Scores::rmse, &Scores::mae, &Scores::bias, &Scores::crps,
                                       &Scores::coverage};

}  // namespace

// Scores that are missing do not count.
Scores mean_of(const std::vector<Scores>& all, const std::vector<double>& weights) {
  Scores out;
  for (const Scores& one : all) out.points += one.points;
  if (out.points == 0) return out;
  out.observed = 1.0;
  for (double Scores::*what : kErrors) {
    double sum = 0.0, weight = 0.0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].points == 0 || std::isnan(all[i].*what)) continue;
      sum += weights[i] * all[i].*what;
      weight += weights[i];
    }
    if (weight > 0.0) out.*what = sum / weight;
  }
  return out;
}

Scores pooled(const std::vector<Scores>& series) {
  std::vector<Scores> all;
  std::vector<double> weights;
  for (const Scores& one : series) {
    all.push_back(relative(one));
    weights.push_back(one.points);
  }
  return mean_of(all, weights);
}

}  // namespace steppe
