#pragma once

#include <cmath>
#include <vector>

namespace steppe::test {

/// Lost share of arrivals at `places` places offered `load` (recursion of Jagerman 1974).
inline double erlang_b(int places, double load) {
  double b = 1.0;
  for (int n = 1; n <= places; ++n) b = load * b / (n + load * b);
  return b;
}

/// Share of arrivals that wait at `places` places offered `load` < places.
inline double erlang_c(int places, double load) {
  const double b = erlang_b(places, load);
  return b / (1.0 - load / places * (1.0 - b));
}

/// A mean and its standard error from the means of batches, which hardly depend on one another.
class BatchMeans {
 public:
  explicit BatchMeans(int size) : size_(size) {}
  void add(double x) {
    if (count_++ % size_ == 0) means_.push_back(0.0);
    means_.back() += x / size_;
  }
  /// @pre batches are full
  [[nodiscard]] double mean() const {
    double sum = 0.0;
    for (const double m : means_) sum += m;
    return sum / static_cast<double>(means_.size());
  }
  [[nodiscard]] double error() const {
    const auto n = static_cast<double>(means_.size());
    double square = 0.0;
    for (const double m : means_) square += (m - mean()) * (m - mean());
    return std::sqrt(square / (n - 1.0) / n);
  }

 private:
  int size_;
  int count_ = 0;
  std::vector<double> means_;
};

}  // namespace steppe::test
