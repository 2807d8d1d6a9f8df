#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/analysis/benchmark.hpp"
#include "sim/report/context.hpp"

/// Pieces of the page of a benchmark, as HTML.
namespace steppe::report_detail {

/// A composition as charts show it: told apart by its class, or one of many.
struct DrawnLine {
  const Composition* composition = nullptr;
  std::string style;   ///< CSS classes
  bool named = false;  ///< stands in the key
};

/// The scenario's own composition and the nearest others stand out; these are drawn last.
[[nodiscard]] std::vector<DrawnLine> drawn_lines(const Benchmark& benchmark);
/// What lines and dots mean.
[[nodiscard]] std::string benchmark_key(const Context& context,
                                        const std::vector<DrawnLine>& lines);
/// One chart: recorded figures, the naive forecast and every composition's mean.
[[nodiscard]] std::string benchmark_chart(const Context& context, const Benchmark& benchmark,
                                          std::size_t series, const std::vector<DrawnLine>& lines);

/// The words for a composition: its name, or those for the scenario's own.
[[nodiscard]] std::string composition_name(const Context& context, const Composition& one);
[[nodiscard]] std::string naive_name(const Context& context, Naive rule);
/// `Employed, Mining`.
[[nodiscard]] std::string series_name(const Context& context, const BenchmarkSeries& series);

}  // namespace steppe::report_detail
