#pragma once

#include "sim/report/comparison_report.hpp"

namespace steppe::test {

struct ComparisonSampleOptions {
  int replications = 20;
  int alternatives = 1;
};

/// An invented comparison: the sample run, and alternatives in which a quota of one industry is
/// lower from a date on. Every variable differs by a small share of its level from then on, more so
/// the later the alternative.
[[nodiscard]] ComparisonInput sample_comparison(const ComparisonSampleOptions& options = {});

}  // namespace steppe::test
