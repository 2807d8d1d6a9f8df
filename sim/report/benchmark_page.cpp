
#include "sim/core/build_info.hpp"
#include "sim/report/benchmark_parts.hpp"
#include "sim/report/benchmark_report.hpp"
#include "sim/report/frame.hpp"
#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace report_detail {
namespace {

std::string head(const std::string& text, bool number = true) {
  return "<th scope=\"col\"" + std::string(number ? " class=\"n\"" : "") + '>' + escape(text) +
         "</th>";
}

std::string cell(const std::string& text) { return "<td class=\"n\">" + escape(text) + "</td>"; }

std::string row_head(const std::string& text) {
  return "<tr><th scope=\"row\">" + escape(text) + "</th>";
}

/// Begins a table that scrolls where it is too wide, by keyboard as well.
std::string wide_table(const std::string& label) {
  return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + escape(label) +
         "\"><table class=\"bench-scores\"><thead><tr>";
}

/// A share as per cent, to a tenth.
std::string percent(const Context& context, double share, bool sign = false) {
  return context.numbers.number(100.0 * share, 0.1, sign);
}

std::string score_cells(const Context& context, const Scores& scores) {
  return cell(percent(context, scores.crps)) + cell(percent(context, scores.rmse)) +
         cell(percent(context, scores.mae)) + cell(percent(context, scores.bias, true)) +
         cell(percent(context, scores.coverage));
}

/// The naive forecast stands where its score puts it.
template <class AddComposition, class AddNaive>
void by_rank(const Benchmark& benchmark, AddComposition&& add, AddNaive&& add_naive) {
  bool naive = false;
  for (const Composition* one : benchmark.ranked()) {
    if (!naive && !(one->all.crps <= benchmark.naive.crps)) {
      add_naive();
      naive = true;
    }
    add(*one);
  }
  if (!naive) add_naive();
}

std::string overall_table(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::string out =
      wide_table(words("bench.all_heading")) + head(words("bench.composition"), false) +
      head(words("bench.crps")) + head(words("bench.rmse")) + head(words("bench.mae")) +
      head(words("bench.bias")) + head(words("bench.coverage")) + head(words("bench.seconds")) +
      head(words("bench.memory")) + "</tr></thead>\n<tbody>\n";
  by_rank(
      benchmark,
      [&](const Composition& one) {
        out += row_head(composition_name(context, one)) + score_cells(context, one.all) +
               cell(context.numbers.number(one.seconds, 0.1)) +
               cell(context.numbers.number(static_cast<double>(one.bytes) * 1e-6, 1.0)) + "</tr>\n";
      },
      [&] {
        out += row_head(words("bench.naive")) + score_cells(context, benchmark.naive) + cell("–") +
               cell("–") + "</tr>\n";
      });
  return out + "</tbody></table></div>\n";
}

/// Series down, compositions across: the best are read first.
std::string series_table(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::string heads;
  std::vector<std::string> rows;
  for (const BenchmarkSeries& series : benchmark.series) {
    rows.push_back(row_head(series_name(context, series)));
  }
  const auto add = [&](const std::string& name, auto&& scores_of) {
    heads += head(name);
    for (std::size_t s = 0; s < rows.size(); ++s) {
      rows[s] += cell(percent(context, relative(scores_of(s)).crps));
    }
  };
  by_rank(
      benchmark,
      [&](const Composition& one) {
        add(composition_name(context, one), [&](std::size_t s) { return one.series[s]; });
      },
      [&] {
        add(words("bench.naive"), [&](std::size_t s) { return benchmark.series[s].naive_scores; });
      });
  std::string out = "<details><summary>" + escape(words("bench.by_series")) + "</summary>" +
                    wide_table(words("bench.by_series")) + head(words("section.series"), false) +
                    heads + "</tr></thead>\n<tbody>\n";
  for (const std::string& row : rows) out += row + "</tr>\n";
  return out + "</tbody></table></div></details>\n";
}

std::string skipped_section(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::string rows;
  for (const Composition& one : benchmark.compositions) {
    if (one.reason.empty()) continue;
    const std::string why = one.state == Composition::State::Skipped
                                ? one.reason
                                : words("bench.failed", {{"why", one.reason}});
    rows += row_head(composition_name(context, one)) + "<td>" + escape(why) + "</td></tr>\n";
  }
  if (rows.empty()) return {};
  return section_start("skipped", words("section.skipped"), words("bench.skipped_heading")) +
         wide_table(words("bench.skipped_heading")) + head(words("bench.composition"), false) +
         head(words("bench.reason"), false) + "</tr></thead>\n<tbody>\n" + rows +
         "</tbody></table></div></section>\n";
}

std::string kick(const Context& context) {
  const Words& words = context.words;
  const std::string& code = context.input.country;
  const std::string place = words.has("country." + code) ? words("country." + code) : code;
  const std::string years =
      context.years().size() > 1
          ? words("page.years", {{"a", context.start().label}, {"b", context.end().label}})
          : context.start().label;
  return place.empty() ? words("bench.kick_no_place", {{"years", years}})
                       : words("bench.kick", {{"place", place}, {"years", years}});
}

std::string top(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  const auto count = [&](auto n) { return context.numbers.count(static_cast<double>(n)); };
  const std::vector<const Composition*> ranked = benchmark.ranked();
  const Text name = words.label(context.input.name, context.input.key);
  std::string out =
      "<header class=\"top\">\n<p class=\"kick\">" + escape(kick(context)) + "</p>\n<h1>" +
      escape(words("bench.title", {{"name", name.text}})) + "</h1>\n<p class=\"sub\">" +
      escape(
          words("bench.runs", {{"n", count(ranked.size())}, {"r", count(benchmark.replications)}}) +
          " · " + words("page.seed", {{"n", std::to_string(benchmark.seed)}}) + " · " +
          context.input.run_name) +
      "</p>\n";
  if (!ranked.empty()) {
    out += "<p class=\"verdict\">" +
           escape(words("bench.best", {{"name", composition_name(context, *ranked.front())},
                                       {"x", percent(context, ranked.front()->all.crps)},
                                       {"y", percent(context, benchmark.naive.crps)}})) +
           "</p>\n";
  }
  out += "<p class=\"stand\">" +
         escape(words("bench.intro", {{"n", count(benchmark.naive.points)},
                                      {"s", count(benchmark.series.size())},
                                      {"from", context.numbers.month(benchmark.first_scored)}})) +
         "</p>\n";
  return out + "</header>\n";
}

/// What Context needs to know of the scenario.
ReportInput input_of(const Benchmark& benchmark, const Scenario& scenario,
                     const std::string& name) {
  ReportInput input;
  input.key = scenario.key;
  input.run_name = name;
  input.name = scenario.name;
  input.country = scenario.country;
  input.start = scenario.time.start;
  input.dimensions = scenario.dimensions;
  input.version = build_info().version;
  input.seed = benchmark.seed;
  input.scale = benchmark.scale;
  input.replications = benchmark.replications;
  input.finished = benchmark.replications;
  for (const Month month : benchmark.months) input.summary.months.push_back(month_text(month));
  for (const BenchmarkSeries& series : benchmark.series) {
    Variable variable;
    variable.name = series.variable;
    variable.unit = series.unit;
    variable.long_name = series.label;
    input.variables.push_back(std::move(variable));
  }
  return input;
}

}  // namespace

std::string composition_name(const Context& context, const Composition& one) {
  return one.name == kScenarioComposition ? context.words("bench.own") : one.name;
}

std::string series_name(const Context& context, const BenchmarkSeries& series) {
  std::string out = context.variable_name(series.variable).text;
  for (const DimKey& key : series.keys) out += ", " + context.key_name(key).text;
  return out;
}

}  // namespace report_detail

std::string benchmark_page(const Benchmark& benchmark, const Scenario& scenario,
                           const std::string& name, const ReportOptions& options) {
  using namespace report_detail;
  const ReportInput input = input_of(benchmark, scenario, name);
  ReportOptions still = options;
  still.charts = false;  // its charts are drawn here
  const Context context(input, still);
  const Words& words = context.words;
  std::string main = top(context, benchmark);
  main += section_start("scores", words("section.scores"), words("bench.all_heading")) +
          "<p class=\"note\">" + escape(words("bench.all_note")) + "</p>\n" +
          overall_table(context, benchmark) + series_table(context, benchmark) +
          "<p class=\"note\">" + escape(words("bench.method_scores")) + "</p>\n<p class=\"note\">" +
          escape(words("bench.method_spread")) + "</p>\n</section>\n";
  if (const std::vector<DrawnLine> lines = drawn_lines(benchmark); !lines.empty()) {
    main += section_start("series", words("section.series"), words("bench.series_heading")) +
            benchmark_key(context, lines) + "<p class=\"note\">" +
            escape(words("bench.series_note")) + "</p>\n<div class=\"bench-panels\">\n";
    for (std::size_t s = 0; s < benchmark.series.size(); ++s) {
      main += benchmark_chart(context, benchmark, s, lines);
    }
    main += "</div>\n</section>\n";
  }
  main += skipped_section(context, benchmark);
  return framed(context, {}, main, {});
}

}  // namespace steppe
