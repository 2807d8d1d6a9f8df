#pragma once

#include <string>

#include "sim/analysis/benchmark.hpp"

namespace steppe::app {

/// The scores over all series, the nearest first, and what did not run: for a terminal.
[[nodiscard]] std::string benchmark_text(const Benchmark& benchmark);

}  // namespace steppe::app
