#pragma once

#include <string>

#include "sim/analysis/benchmark.hpp"
#include "sim/report/report.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// The page of a benchmark: one HTML document without scripts that needs no other file. It holds no
/// clock time but the compositions' run times.
///
/// @param name of the folder: `benchmark-history-1a2b3c4d`
[[nodiscard]] std::string benchmark_page(const Benchmark& benchmark, const Scenario& scenario,
                                         const std::string& name,
                                         const ReportOptions& options = {});

}  // namespace steppe
