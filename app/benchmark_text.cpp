#include "app/benchmark_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/layout.hpp"
#include "sim/core/suggest.hpp"
#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

std::string percent(double share, bool sign = false) {
  if (std::isnan(share)) return "–";
  return sign ? fmt::format("{:+.1f}", 100.0 * share) : fmt::format("{:.1f}", 100.0 * share);
}

std::string against_naive(const ScoreSheet& sheet) {
  if (std::isnan(sheet.against_naive)) return "–";
  const std::string out = fmt::format("{:.3f}", sheet.against_naive);
  return std::isnan(sheet.error) ? out : out + fmt::format(" ± {:.3f}", sheet.error);
}

Row row_of(const std::string& name, const ScoreSheet& sheet, const Composition* one) {
  const Scores& scores = sheet.all;
  return {name,
          against_naive(sheet),
          percent(scores.crps),
          percent(scores.rmse),
          percent(scores.mae),
          percent(scores.bias, true),
          percent(scores.coverage),
          one == nullptr ? "–" : fmt::format("{:.1f}", one->seconds),
          one == nullptr ? "–" : fmt::format("{:.0f}", static_cast<double>(one->bytes) * 1e-6)};
}

/// Compositions that are named behind a warning.
constexpr std::size_t kNamed = 3;

const char* name_of(Naive rule) {
  return rule == Naive::First ? "naive: first figure held" : "naive: latest figure held";
}

/// What compositions have no use for: each warning once, with those that give it.
std::string warnings(const Benchmark& benchmark) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_text;
  for (const Composition& one : benchmark.compositions) {
    for (const Warning& warning : one.warnings) {
      const std::string& text = warning.message.text;
      auto known = std::find_if(by_text.begin(), by_text.end(),
                                [&](const auto& other) { return other.first == text; });
      if (known == by_text.end()) known = by_text.insert(known, {text, {}});
      known->second.push_back(one.name);
    }
  }
  std::string out;
  for (const auto& [text, names] : by_text) {
    out += wrapped(fmt::format("{}: {}", list_of(names, kNamed), text));
  }
  return out;
}

/// What did not run, or not whole.
std::string reasons(const Benchmark& benchmark) {
  std::string out;
  for (const Composition& one : benchmark.compositions) {
    if (one.reason.empty()) continue;
    const char* const word = one.state == Composition::State::Skipped  ? "skipped"
                             : one.state == Composition::State::Failed ? "failed"
                                                                       : "in part failed";
    out += wrapped(fmt::format("{} {}: {}", word, one.name, one.reason));
  }
  return out;
}

}  // namespace

std::string benchmark_text(const Benchmark& benchmark) {
  if (benchmark.ranked().empty()) return reasons(benchmark);
  std::vector<Row> rows{{"", "/ naive", "CRPS", "RMSE", "MAE", "bias", "in 90 %", "s", "MB"}};
  std::vector<std::string> names;
  int rank = 0;
  for (const ScoredRow& one : benchmark.rows()) {
    if (one.composition == nullptr) {
      rows.push_back(row_of(name_of(one.naive), *one.scores, nullptr));
      continue;
    }
    names.push_back(fmt::format("{} {}", ++rank, one.composition->name));
    rows.push_back(row_of(names.back(), *one.scores, one.composition));
  }
  const std::string scores = table(rows);
  std::string out = scores;
  // What the table had to cut is told in full below it.
  for (const std::string& name : names) {
    if (scores.find(name + " ") == std::string::npos) out += wrapped(name);
  }
  out += wrapped(fmt::format(
      "/ naive: CRPS over that of the first figure held, geometric mean over variables, ± standard "
      "error. The others are per cent of the mean recorded figure, over {} figures of {} series "
      "from {}{}; CRPS is the fair one. A variable weighs as many periods as it is recorded for.",
      benchmark.figures(), benchmark.series.size(), month_text(benchmark.span.from),
      benchmark.span.to ? " to " + month_text(*benchmark.span.to) : " on"));
  if (benchmark.too_small > 0) {
    out += wrapped(fmt::format("left out: {} series that rest on few records at this scale",
                               benchmark.too_small));
  }
  return out + warnings(benchmark) + reasons(benchmark);
}

}  // namespace steppe::app
