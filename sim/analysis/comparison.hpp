#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sim/analysis/paired.hpp"
#include "sim/observe/recording.hpp"

namespace steppe {

/// Months over which a value is taken: the mean of what is recorded in them.
struct Window {
  Month first, last;
  bool operator==(const Window&) const = default;
};

/// Positions of months in a recording, [first, end).
struct MonthSpan {
  std::size_t first = 0, end = 0;
};

/// Values of a base and an alternative by realization.
struct Pairs {
  std::vector<double> base, alternative;
  [[nodiscard]] Estimate estimate(double confidence) const {
    return paired(base, alternative, confidence);
  }
  /// alternative − base
  [[nodiscard]] std::vector<double> differences() const;
};

/// A variable that is compared, and its cells.
struct ComparedVariable {
  Variable variable;
  std::size_t cells = 0;
};

/// Recordings of a base and its alternatives by realization, and the paired differences between
/// them, for every variable, cell and month.
///
/// Holds 8 bytes a value of the summarised variables (those that summary.csv has too), realization
/// and scenario. One thread at a time for `add`; the rest only reads.
class Comparison {
 public:
  /// @param scenarios    base and alternatives, at least two
  /// @param replications realizations asked for
  Comparison(std::size_t scenarios, int replications);

  /// Takes one realization of one scenario; those that are never added are missing.
  /// @param scenario 0: the base
  /// Variables that only some scenarios record, as indicators of their own, are left out.
  /// @throws ModelError when it has other variables than the first of its scenario, or other sizes
  ///         or months than the base
  void add(std::size_t scenario, int realization, const Recording& recording);

  [[nodiscard]] const std::vector<Month>& months() const { return months_; }
  [[nodiscard]] const std::vector<ComparedVariable>& variables() const { return variables_; }
  /// Position of a variable by exactly these dimensions, or -1.
  [[nodiscard]] int find(std::string_view name, const std::vector<Dim>& dims) const;
  [[nodiscard]] std::size_t scenarios() const { return values_.size(); }

  /// Positions in months() of those that a window holds; an empty span when it holds none.
  [[nodiscard]] MonthSpan span(const Window& window) const;

  /// Both sides by realization. Of several months the mean over those in which neither side is
  /// missing; NaN where there is none.
  [[nodiscard]] Pairs pairs(std::size_t alternative, std::size_t variable, std::size_t cell,
                            MonthSpan span) const;

 private:
  /// Leaves only the variables that this scenario has too.
  void keep_common(std::size_t scenario, const std::vector<ComparedVariable>& layout,
                   const std::vector<std::size_t>& starts);

  std::vector<Month> months_;
  std::vector<ComparedVariable> variables_;
  /// [scenario]: of each of the variables its place in a realization's values; empty until the
  /// scenario's first one.
  std::vector<std::vector<std::size_t>> starts_;
  std::vector<std::size_t> sizes_;  ///< [scenario]: values of a realization
  /// [scenario][realization]: all values; empty where the realization is missing.
  std::vector<std::vector<std::vector<double>>> values_;
};

/// Persons at work per 100 extra foreign workers: the mean difference of nationals at work over
/// that of foreign workers. Below 0 foreigners displace nationals, above 0 they complement them.
/// Missing when the difference of foreign workers is not clear of 0.
[[nodiscard]] Ratio displacement(const Comparison& comparison, std::size_t alternative,
                                 MonthSpan span, double confidence);

}  // namespace steppe
