#include "sim/analysis/paired.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

Interval around(double middle, double half) { return {middle - half, middle + half}; }

/// Mean and variance of the values that are there.
struct Moments {
  std::size_t n = 0;
  double mean = kMissing;
  double variance = kMissing;  ///< of one value, with n − 1
};

Moments moments_of(const std::vector<double>& values) {
  Moments m;
  double sum = 0.0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++m.n;
  }
  if (m.n == 0) return m;
  const auto n = static_cast<double>(m.n);
  m.mean = sum / n;
  if (m.n < 2) return m;
  double squares = 0.0;
  for (const double value : values) {
    if (!std::isnan(value)) squares += (value - m.mean) * (value - m.mean);
  }
  m.variance = squares / (n - 1.0);
  return m;
}

/// Two samples without pairs: variances add, and the degrees of freedom are Satterthwaite's.
void compare_unpaired(const Moments& a, const Moments& b, double confidence, Estimate& out) {
  out.unpaired_se = kMissing;
  if (a.n < 2 || b.n < 2) return;
  const double va = a.variance / static_cast<double>(a.n);
  const double vb = b.variance / static_cast<double>(b.n);
  out.unpaired_se = std::sqrt(va + vb);
  const double middle = b.mean - a.mean;
  if (va + vb == 0.0) {
    out.unpaired = around(middle, 0.0);
    return;
  }
  const double df =
      (va + vb) * (va + vb) /
      (va * va / static_cast<double>(a.n - 1) + vb * vb / static_cast<double>(b.n - 1));
  out.unpaired = around(middle, student_quantile(confidence, df) * out.unpaired_se);
}

}  // namespace

double student_quantile(double confidence, double df) {
  const boost::math::students_t student(df);
  return boost::math::quantile(boost::math::complement(student, 0.5 * (1.0 - confidence)));
}

Mean mean_of(const std::vector<double>& values, double confidence) {
  const Moments m = moments_of(values);
  Mean out;
  out.n = m.n;
  out.value = m.mean;
  if (m.n < 2) return out;
  const auto n = static_cast<double>(m.n);
  out.se = std::sqrt(m.variance / n);
  out.interval = around(m.mean, student_quantile(confidence, n - 1.0) * out.se);
  return out;
}

Estimate paired(const std::vector<double>& base, const std::vector<double>& alternative,
                double confidence) {
  std::vector<double> differences;
  std::vector<double> bases;
  std::vector<double> alternatives;
  Estimate out;
  out.all_zero = true;
  for (std::size_t r = 0; r < base.size() && r < alternative.size(); ++r) {
    if (std::isnan(base[r]) || std::isnan(alternative[r])) continue;
    bases.push_back(base[r]);
    alternatives.push_back(alternative[r]);
    differences.push_back(alternative[r] - base[r]);
    out.all_zero = out.all_zero && differences.back() == 0.0;
  }
  const Mean mean = mean_of(differences, confidence);
  const Moments a = moments_of(bases);
  const Moments b = moments_of(alternatives);
  out.n = mean.n;
  out.base = a.mean;
  out.alternative = b.mean;
  out.difference = mean.value;
  out.se = mean.se;
  out.interval = mean.interval;
  out.all_zero = out.all_zero && mean.n > 0;
  compare_unpaired(a, b, confidence, out);
  return out;
}

Ratio ratio_of_means(const std::vector<double>& above, const std::vector<double>& below,
                     double confidence) {
  std::vector<double> y;
  std::vector<double> x;
  for (std::size_t r = 0; r < above.size() && r < below.size(); ++r) {
    if (std::isnan(above[r]) || std::isnan(below[r])) continue;
    y.push_back(above[r]);
    x.push_back(below[r]);
  }
  Ratio out;
  out.n = y.size();
  if (y.size() < 2) return out;
  const Moments my = moments_of(y);
  const Moments mx = moments_of(x);
  const auto n = static_cast<double>(y.size());
  double products = 0.0;
  for (std::size_t i = 0; i < y.size(); ++i) products += (y[i] - my.mean) * (x[i] - mx.mean);
  const double t = student_quantile(confidence, n - 1.0);
  const double yy = t * t * my.variance / n;
  const double xx = t * t * mx.variance / n;
  const double xy = t * t * products / (n - 1.0) / n;
  // (ȳ − θ x̄)² ≤ t² Var(ȳ − θ x̄), a quadratic in θ that opens upwards when x̄ is clear of 0.
  const double a = mx.mean * mx.mean - xx;
  if (!(a > 0.0)) return out;
  const double b = my.mean * mx.mean - xy;
  const double c = my.mean * my.mean - yy;
  const double root = std::sqrt(std::max(0.0, b * b - a * c));
  out.value = my.mean / mx.mean;
  out.interval = {(b - root) / a, (b + root) / a};
  return out;
}

}  // namespace steppe
