#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace steppe {

/// Lowest and highest value; NaN when there is no interval.
struct Interval {
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  /// Lies wholly on one side of 0.
  [[nodiscard]] bool is_clear() const { return low > 0.0 || high < 0.0; }
  bool operator==(const Interval&) const = default;
};

/// The t such that Student's t with `df` degrees of freedom lies within ± t with probability
/// `confidence`.
///
/// @param confidence in (0, 1) @param df > 0, need not be whole
[[nodiscard]] double student_quantile(double confidence, double df);

/// A mean over realizations. Values that are missing (NaN) are left out.
struct Mean {
  std::size_t n = 0;
  double value = std::numeric_limits<double>::quiet_NaN();
  double se = std::numeric_limits<double>::quiet_NaN();  ///< s/√n; missing below two values
  Interval interval;  ///< Student's t, n − 1 degrees of freedom
};
[[nodiscard]] Mean mean_of(const std::vector<double>& values, double confidence);

/// How far an alternative is from its base.
///
/// Realization r of both meets the same random numbers, so that the difference is taken within each
/// pair before the mean: what moves both alike drops out. The unpaired figures are those of two
/// independent samples (Welch, 1947), and show what the pairing gains.
struct Estimate {
  std::size_t n = 0;         ///< pairs of which neither value is missing
  double base = 0.0;         ///< means over those pairs; NaN without any
  double alternative = 0.0;  ///< …
  double difference = 0.0;   ///< alternative − base
  double se = 0.0;           ///< of the mean difference; missing below two pairs
  Interval interval;         ///< Student's t, n − 1 degrees of freedom
  double unpaired_se = 0.0;
  Interval unpaired;
  bool all_zero = false;  ///< every pair differs by exactly 0, and there is one
};

/// @param base,alternative value by realization, of equal length; NaN where missing
[[nodiscard]] Estimate paired(const std::vector<double>& base,
                              const std::vector<double>& alternative, double confidence);

/// A ratio of two means with its interval; all NaN when the divisor's mean is not clear of 0.
struct Ratio {
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval interval;
  std::size_t n = 0;
};

/// Mean of `above` over mean of `below`, with the interval of Fieller (1954, Journal of the Royal
/// Statistical Society B 16, 175–185): the values θ for which `above` − θ `below` does not differ
/// from 0. It is bounded exactly when the mean of `below` is clear of 0 at the same confidence.
[[nodiscard]] Ratio ratio_of_means(const std::vector<double>& above,
                                   const std::vector<double>& below, double confidence);

}  // namespace steppe
