#include <algorithm>
#include <cmath>

#include "sim/core/build_info.hpp"
#include "sim/report/benchmark_parts.hpp"
#include "sim/report/benchmark_report.hpp"
#include "sim/report/frame.hpp"
#include "sim/report/html.hpp"
#include "sim/report/kept_scenario.hpp"
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

std::string score_cells(const Context& context, const ScoreSheet& sheet) {
  const Scores& scores = sheet.all;
  const std::string error =
      std::isnan(sheet.error) ? "" : " ± " + context.numbers.number(sheet.error, 0.001);
  return cell(context.numbers.number(sheet.against_naive, 0.001) + error) +
         cell(percent(context, scores.crps)) + cell(percent(context, scores.rmse)) +
         cell(percent(context, scores.mae)) + cell(percent(context, scores.bias, true)) +
         cell(percent(context, scores.coverage));
}

std::string name_of(const Context& context, const ScoredRow& one) {
  return one.composition == nullptr ? naive_name(context, one.naive)
                                    : composition_name(context, *one.composition);
}

std::string overall_table(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::string out =
      wide_table(words("bench.all_heading")) + head(words("bench.composition"), false) +
      head(words("bench.against")) + head(words("bench.crps")) + head(words("bench.rmse")) +
      head(words("bench.mae")) + head(words("bench.bias")) + head(words("bench.coverage")) +
      head(words("bench.seconds")) + head(words("bench.memory")) + "</tr></thead>\n<tbody>\n";
  for (const ScoredRow& one : benchmark.rows()) {
    out += row_head(name_of(context, one)) + score_cells(context, *one.scores);
    if (one.composition == nullptr) {
      out += cell("–") + cell("–") + "</tr>\n";
      continue;
    }
    out += cell(context.numbers.number(one.composition->seconds, 0.1)) +
           cell(context.numbers.number(static_cast<double>(one.composition->bytes) * 1e-6, 1.0)) +
           "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

/// Compositions across, the best first, behind a summary that opens it.
/// @param rows    their heads
/// @param cell_of of a score sheet and a row
template <class CellOf>
std::string details_table(const Context& context, const Benchmark& benchmark,
                          const std::string& title, const std::string& corner,
                          std::vector<std::string> rows, CellOf&& cell_of) {
  std::string heads;
  for (const ScoredRow& one : benchmark.rows()) {
    heads += head(name_of(context, one));
    for (std::size_t r = 0; r < rows.size(); ++r) rows[r] += cell(cell_of(*one.scores, r));
  }
  std::string out = "<details><summary>" + escape(title) + "</summary>" + wide_table(title) +
                    head(corner, false) + heads + "</tr></thead>\n<tbody>\n";
  for (const std::string& row : rows) out += row + "</tr>\n";
  return out + "</tbody></table></div></details>\n";
}

std::string variable_table(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::vector<std::string> rows;
  for (const BenchmarkVariable& variable : variables_of(benchmark.series)) {
    rows.push_back(row_head(
        words("bench.variable_periods", {{"name", context.variable_name(variable.name).text},
                                         {"n", context.numbers.count(variable.periods)}})));
  }
  return details_table(context, benchmark, words("bench.by_variable"), words("bench.variable"),
                       std::move(rows), [&](const ScoreSheet& sheet, std::size_t v) {
                         return context.numbers.number(sheet.by_variable[v], 0.01);
                       });
}

std::string series_table(const Context& context, const Benchmark& benchmark) {
  std::vector<std::string> rows;
  for (const BenchmarkSeries& series : benchmark.series) {
    rows.push_back(row_head(series_name(context, series)));
  }
  return details_table(context, benchmark, context.words("bench.by_series"),
                       context.words("section.series"), std::move(rows),
                       [&](const ScoreSheet& sheet, std::size_t s) {
                         return percent(context, relative(sheet.series[s]).crps);
                       });
}

/// What of the scenario a composition has no use for, and other warnings of its own.
std::string warnings_section(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::string rows;
  for (const Composition* one : benchmark.ranked()) {
    for (const Warning& warning : one->warnings) {
      const Text said = warning_text(context, warning);
      rows +=
          row_head(composition_name(context, *one)) + "<td>" + escape_marked(said) + "</td></tr>\n";
    }
  }
  if (rows.empty()) return {};
  const std::string heading = words("bench.warnings_heading");
  return section_start("warnings", words("section.warnings"), heading) + wide_table(heading) +
         head(words("bench.composition"), false) + head(words("bench.warning"), false) +
         "</tr></thead>\n<tbody>\n" + rows + "</tbody></table></div></section>\n";
}

std::string skipped_section(const Context& context, const Benchmark& benchmark) {
  const Words& words = context.words;
  std::string rows;
  for (const Composition& one : benchmark.compositions) {
    if (one.reason.empty()) continue;
    const std::string why = one.state == Composition::State::Skipped
                                ? one.reason
                                : words("bench.failed", {{"why", one.reason}});
    // Reasons are told in English alone.
    rows += row_head(composition_name(context, one)) +
            (words.lang() == "en" ? "<td>" : "<td lang=\"en\">") + escape(why) + "</td></tr>\n";
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
          (benchmark.scale == 1 ? words("page.scale_full", {{"n", count(benchmark.records)}})
                                : words("page.scale_coarse", {{"k", count(benchmark.scale)},
                                                              {"n", count(benchmark.records)}})) +
          " · " + context.input.run_name) +
      "</p>\n";
  if (!ranked.empty()) {
    const auto nearer = std::count_if(ranked.begin(), ranked.end(), [](const Composition* one) {
      return one->scores.against_naive < 1.0;
    });
    out +=
        "<p class=\"verdict\">" +
        escape(words(nearer > 0 ? "bench.some_nearer" : "bench.none_nearer",
                     {{"k", count(nearer)},
                      {"n", count(ranked.size())},
                      {"name", composition_name(context, *ranked.front())},
                      {"x", context.numbers.number(ranked.front()->scores.against_naive, 0.01)}})) +
        "</p>\n";
  }
  out += "<p class=\"stand\">" +
         escape(words("bench.intro", {{"n", count(benchmark.figures())},
                                      {"s", count(benchmark.series.size())},
                                      {"from", context.numbers.month(benchmark.span.from)}})) +
         "</p>\n";
  if (benchmark.span.to) {
    out += "<p class=\"stand\">" +
           escape(words("bench.until", {{"to", context.numbers.month(*benchmark.span.to)}})) +
           "</p>\n";
  }
  if (benchmark.too_small > 0) {
    out += "<p class=\"stand\">" +
           escape(words("bench.too_small", {{"n", count(benchmark.too_small)}})) + "</p>\n";
  }
  return out + "</header>\n";
}

/// What repeats the benchmark, typed in the folder that holds its folder: the options as given, the
/// scenario from its inputs.
std::vector<std::string> repeat_command(const BenchmarkFolder& folder) {
  std::vector<std::string> words = folder.info.command;
  constexpr std::size_t kFile = 3;  // behind `steppe models benchmark`
  if (words.size() > kFile) words[kFile] = folder.name + '/' + folder.scenario_input;
  return words;
}

/// What Context needs to know of the scenario.
ReportInput input_of(const Benchmark& benchmark, const Scenario& scenario,
                     const std::string& name) {
  ReportInput input;
  input.key = scenario.key;
  input.run_name = name;
  input.source_hash = build_info().source_hash;
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

std::string naive_name(const Context& context, Naive rule) {
  return context.words(rule == Naive::First ? "bench.naive" : "bench.naive_previous");
}

std::string series_name(const Context& context, const BenchmarkSeries& series) {
  std::string out = context.variable_name(series.variable).text;
  for (const DimKey& key : series.keys) out += ", " + context.key_name(key).text;
  return out;
}

}  // namespace report_detail

std::string benchmark_page(const BenchmarkFolder& folder, const Scenario& scenario,
                           const ReportOptions& options) {
  using namespace report_detail;
  const Benchmark& benchmark = folder.benchmark;
  const ReportInput input = input_of(benchmark, scenario, folder.name);
  ReportOptions still = options;
  still.charts = false;  // its charts are drawn here
  const Context context(input, still);
  const Words& words = context.words;
  std::string main = top(context, benchmark);
  main += section_start("scores", words("section.scores"), words("bench.all_heading")) +
          "<p class=\"note\">" + escape(words("bench.all_note")) + "</p>\n" +
          overall_table(context, benchmark) + variable_table(context, benchmark) +
          series_table(context, benchmark) + "<p class=\"note\">" +
          escape(words("bench.method_scores")) + "</p>\n<p class=\"note\">" +
          escape(words("bench.method_naive")) + "</p>\n<p class=\"note\">" +
          escape(words("bench.method_spread")) + "</p>\n</section>\n";
  if (const std::vector<DrawnLine> lines = drawn_lines(benchmark); !lines.empty()) {
    main += section_start("series", words("section.series"), words("bench.series_heading")) +
            benchmark_key(context, lines) + "<p class=\"note\">" +
            escape(words("bench.series_note")) + "</p>\n<p class=\"note\">" +
            escape(words("bench.recorded_note")) + "</p>\n<div class=\"bench-panels\">\n";
    for (std::size_t s = 0; s < benchmark.series.size(); ++s) {
      main += benchmark_chart(context, benchmark, s, lines);
    }
    main += "</div>\n</section>\n";
  }
  main += warnings_section(context, benchmark);
  main += skipped_section(context, benchmark);
  main += section_start("repeat", words("section.repeat"), words("bench.repeat_heading")) +
          commands(context, repeat_command(folder), folder.name) + "</section>\n";
  return framed(context, {}, main, {});
}

std::string rebuild_benchmark_report(const BenchmarkFolder& folder, const Catalogue& catalogue,
                                     std::string_view language) {
  const Scenario scenario = report_detail::read_kept_scenario(
      folder.path, folder.path / folder.scenario_input, folder.info, catalogue, "the scenario");
  const std::string lang{language.empty() ? std::string_view(folder.info.language) : language};
  return benchmark_page(folder, scenario, {lang, true});
}

}  // namespace steppe
