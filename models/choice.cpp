#include "models/choice.hpp"

namespace steppe {
namespace {

constexpr double kClosed = -std::numeric_limits<double>::infinity();

/// The choice within each nest.
struct Inside {
  Inside(std::span<const double> utilities, const Nests& nests)
      : highest(nests.dissimilarity.size(), kClosed),
        sum(nests.dissimilarity.size(), 0.0),
        worth(nests.dissimilarity.size(), kClosed) {
    for (std::size_t j = 0; j < utilities.size(); ++j) {
      double& h = highest[nests.of[j]];
      h = std::max(h, utilities[j]);
    }
    for (std::size_t j = 0; j < utilities.size(); ++j) {
      sum[nests.of[j]] += weight(j, utilities[j], nests);
    }
    for (std::size_t n = 0; n < worth.size(); ++n) {
      if (sum[n] > 0.0) worth[n] = highest[n] + nests.dissimilarity[n] * std::log(sum[n]);
    }
  }
  /// exp(V/λ) less the nest's highest, so that nothing overflows however small λ is.
  [[nodiscard]] double weight(std::size_t j, double utility, const Nests& nests) const {
    const std::size_t n = nests.of[j];
    return utility == kClosed ? 0.0 : std::exp((utility - highest[n]) / nests.dissimilarity[n]);
  }
  std::vector<double> highest, sum;
  std::vector<double> worth;  ///< λ ln Σ exp(V/λ): the nest's utility as one option
};

}  // namespace

std::vector<double> logit_shares(std::span<const double> utilities) {
  // Not from running sums, whose differences lose the digits of small shares.
  const double total = log_sum(utilities);
  std::vector<double> out(utilities.begin(), utilities.end());
  for (double& v : out) v = v == kClosed ? 0.0 : std::exp(v - total);
  return out;
}

double log_sum(std::span<const double> utilities) {
  const double highest = *std::max_element(utilities.begin(), utilities.end());
  if (highest == kClosed) return kClosed;
  double sum = 0.0;
  for (const double v : utilities) sum += std::exp(v - highest);
  return highest + std::log(sum);
}

double nested_log_sum(std::span<const double> utilities, const Nests& nests) {
  return log_sum(Inside(utilities, nests).worth);
}

std::vector<double> nested_logit_shares(std::span<const double> utilities, const Nests& nests) {
  const Inside inside(utilities, nests);
  const std::vector<double> of_nest = logit_shares(inside.worth);
  std::vector<double> out;
  for (std::size_t j = 0; j < utilities.size(); ++j) {
    const std::size_t n = nests.of[j];
    const double within = inside.sum[n] > 0.0 ? inside.weight(j, utilities[j], nests) : 0.0;
    out.push_back(within > 0.0 ? of_nest[n] * within / inside.sum[n] : 0.0);
  }
  return out;
}

}  // namespace steppe
