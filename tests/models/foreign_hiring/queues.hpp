#pragma once

#include <cmath>
#include <cstddef>
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
/// Of a hundred batches or more it is off by more than four standard errors once in 8,000 times.
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
    const double centre = mean();
    double square = 0.0;
    for (const double m : means_) square += (m - centre) * (m - centre);
    return std::sqrt(square / (n - 1.0) / n);
  }
  [[nodiscard]] const std::vector<double>& means() const { return means_; }

 private:
  int size_;
  int count_ = 0;
  std::vector<double> means_;
};

/// The lost share of arrivals, from batches likewise. Chance in the number of arrivals makes little
/// of the error, since the losses of a batch are set against its own arrivals.
class LostShare {
 public:
  explicit LostShare(int size) : lost_(size), came_(size) {}
  void add(double lost, double taken) {
    lost_.add(lost);
    came_.add(lost + taken);
  }
  [[nodiscard]] double mean() const { return lost_.mean() / came_.mean(); }
  [[nodiscard]] double error() const {
    BatchMeans rest(1);
    for (std::size_t n = 0; n < lost_.means().size(); ++n) {
      rest.add(lost_.means()[n] - mean() * came_.means()[n]);
    }
    return rest.error() / came_.mean();
  }

 private:
  BatchMeans lost_, came_;
};

}  // namespace steppe::test
