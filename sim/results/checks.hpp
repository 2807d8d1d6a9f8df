#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/observe/recording.hpp"

namespace steppe {

/// What can be said of a run's results without judging them, for checks.json: which realizations
/// are there, whether values are possible. Holds nothing that differs between two runs of the same
/// hash.
class ChecksBuilder {
 public:
  void add(int realization, const Recording& recording);
  void fail(int realization);
  [[nodiscard]] std::string to_json() const;

 private:
  struct Realization {
    int number;
    std::uint64_t persons, events;
  };
  /// Where a value is impossible: infinite, or below zero in a stock or flow.
  struct Impossible {
    std::string variable;
    int realization;
    std::string month;
    std::string value;
  };
  std::vector<Realization> done_;
  std::vector<int> failed_;
  std::vector<Impossible> impossible_;
  std::uint64_t impossible_count_ = 0;
  std::uint64_t values_ = 0, missing_ = 0;
};

}  // namespace steppe
