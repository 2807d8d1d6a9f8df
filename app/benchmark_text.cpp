#include "app/benchmark_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <vector>

#include "app/layout.hpp"
#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

std::string percent(double share, bool sign = false) {
  if (std::isnan(share)) return "–";
  return sign ? fmt::format("{:+.1f}", 100.0 * share) : fmt::format("{:.1f}", 100.0 * share);
}

Row row_of(const std::string& name, const Scores& scores, const std::string& seconds) {
  return {name,
          percent(scores.crps),
          percent(scores.rmse),
          percent(scores.mae),
          percent(scores.bias, true),
          percent(scores.coverage),
          seconds};
}

}  // namespace

std::string benchmark_text(const Benchmark& benchmark) {
  std::vector<Row> rows{{"", "CRPS", "RMSE", "MAE", "bias", "in 90 %", "s"}};
  std::vector<std::string> names;
  bool naive = false;
  const auto add_naive = [&] {
    rows.push_back(row_of("naive: the first figure held", benchmark.naive, "–"));
    naive = true;
  };
  int rank = 0;
  for (const Composition* one : benchmark.ranked()) {
    if (!naive && !(one->all.crps <= benchmark.naive.crps)) add_naive();
    names.push_back(fmt::format("{} {}", ++rank, one->name));
    rows.push_back(row_of(names.back(), one->all, fmt::format("{:.1f}", one->seconds)));
  }
  if (!naive) add_naive();
  const std::string scores = table(rows);
  std::string out = scores;
  // What the table had to cut is told in full below it.
  for (const std::string& name : names) {
    if (scores.find(name + " ") == std::string::npos) out += wrapped(name);
  }
  out += wrapped(fmt::format(
      "Per cent of the mean recorded figure, over {} figures of {} series from {} on, every series "
      "once; CRPS is the fair one.",
      benchmark.naive.points, benchmark.series.size(), month_text(benchmark.first_scored)));
  for (const Composition& one : benchmark.compositions) {
    if (one.reason.empty()) continue;
    const char* const word = one.state == Composition::State::Skipped  ? "skipped"
                             : one.state == Composition::State::Failed ? "failed"
                                                                       : "in part failed";
    out += wrapped(fmt::format("{} {}: {}", word, one.name, one.reason));
  }
  return out;
}

}  // namespace steppe::app
