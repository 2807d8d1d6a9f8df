#pragma once

#include <string>
#include <string_view>

#include "sim/analysis/benchmark_folder.hpp"
#include "sim/core/declaration.hpp"
#include "sim/report/report.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// The page of a benchmark: one HTML document without scripts that needs no other file. It holds no
/// clock time but the compositions' run times.
[[nodiscard]] std::string benchmark_page(const BenchmarkFolder& folder, const Scenario& scenario,
                                         const ReportOptions& options = {});

/// The same of a folder on disk, with the scenario kept in it.
/// @param language of the page; empty: the one it was asked for in
/// @throws ConfigError when the scenario no longer reads
[[nodiscard]] std::string rebuild_benchmark_report(const BenchmarkFolder& folder,
                                                   const Catalogue& catalogue,
                                                   std::string_view language);

}  // namespace steppe
