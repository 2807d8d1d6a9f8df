#pragma once

#include "sim/report/report.hpp"

namespace steppe::test {

struct SampleOptions {
  int months = 192;
  int replications = 20;
  std::int64_t scale = 1;
  bool question = false;  ///< a scenario that changes another one
};

/// An invented run of a country with 21 industries and 22 regions from 2009 on: everything that the
/// page can show, with numbers in the right order of size.
[[nodiscard]] ReportInput sample_report(const SampleOptions& options = {});

}  // namespace steppe::test
