#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace steppe::permits {

/// Desks that take applications in the order in which they come, one at a time each.
class Office {
 public:
  explicit Office(int desks) : free_(static_cast<std::size_t>(desks), 0.0) {}

  /// When an application is decided that comes at a time, no earlier than the last one did.
  /// @param work time a desk needs for it
  double decided(double comes, double work) {
    // The desk that is free first, a heap's top, takes it.
    std::pop_heap(free_.begin(), free_.end(), std::greater<>{});
    free_.back() = std::max(free_.back(), comes) + work;
    const double out = free_.back();
    std::push_heap(free_.begin(), free_.end(), std::greater<>{});
    return out;
  }

 private:
  std::vector<double> free_;  ///< when each desk is through with what it was given
};

}  // namespace steppe::permits
