#include "app/benchmark.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/benchmark_text.hpp"
#include "app/command.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/analysis/benchmark_folder.hpp"
#include "sim/core/error.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/report/benchmark_report.hpp"
#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

using State = Composition::State;

/// A composition, and the scenario with it where it fits.
struct Candidate {
  Composition composition;
  std::optional<Scenario> scenario;
};

RunInfo info_of(const BenchmarkRequest& request) {
  std::vector<std::string> command = {"steppe", "models", "benchmark", request.file.string()};
  const auto add = [&](const std::string& option, const std::string& value) {
    command.insert(command.end(), {option, value});
  };
  for (int s = 0; s < kSlotCount; ++s) {
    const std::string& asked = request.wanted.by_slot[static_cast<std::size_t>(s)];
    if (!asked.empty()) add("--" + std::string(to_string(static_cast<Slot>(s))), asked);
  }
  for (const std::string& one : request.wanted.compositions) add("--composition", one);
  if (!request.score_from.empty()) add("--score-from", request.score_from);
  if (!request.score_to.empty()) add("--score-to", request.score_to);
  return info_of(request, std::move(command));
}

/// What keeps a composition from running, in one line.
std::string reason_of(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& one : diagnostics) {
    if (one.severity != Severity::Error) continue;
    out += (out.empty() ? "" : "; ") + one.message.text;
  }
  return out;
}

bool gives(const Scenario& scenario, const Diagnostic& warning) {
  return std::any_of(scenario.warnings.begin(), scenario.warnings.end(),
                     [&](const Diagnostic& other) {
                       return other.message == warning.message && other.place == warning.place;
                     });
}

/// Reads the scenario with a choice of variants.
Candidate read_candidate(const BenchmarkRequest& request, const ModelChoice& choice,
                         const Scenario& scenario) {
  Candidate out;
  out.composition.model = choice;
  out.composition.name = composition_name(choice, scenario.model);
  ReadOptions options;
  options.overrides = request.overrides;
  for (int s = 0; s < kSlotCount; ++s) {
    const auto at = static_cast<std::size_t>(s);
    if (choice[at] == scenario.model[at]) continue;
    options.overrides.emplace_back(fmt::format("model.{}", to_string(static_cast<Slot>(s))),
                                   choice[at]);
  }
  auto read = read_scenario(request.file, known_models().catalogue(), options);
  if (read) {
    out.scenario = std::move(read).value();
    for (const Diagnostic& warning : out.scenario->warnings) {
      if (!gives(scenario, warning)) out.composition.warnings.emplace_back(warning.message);
    }
  } else {
    out.composition.reason = reason_of(read.error());
  }
  return out;
}

/// Runs the compositions one after another, from one start population.
class Runs {
 public:
  Runs(const BenchmarkRequest& request, const RunInfo& info, const Scenario& scenario,
       const ScoredSpan& span, std::vector<Candidate>& candidates, BenchmarkWriter& writer)
      : info_(info),
        scenario_(scenario),
        candidates_(candidates),
        writer_(writer),
        progress_(request.quiet) {
    benchmark_.span = span;
    benchmark_.scenario = scenario.key;
    benchmark_.replications = info.replications;
    benchmark_.seed = info.seed;
    benchmark_.scale = info.scale;
    settle_series();
  }

  /// @returns false when it was interrupted
  bool run_all() {
    // It follows from tables, settings, scale and seed, and these are the same for all.
    SynthesisOptions synthesis;
    synthesis.scale = static_cast<double>(info_.scale);
    synthesis.seed = info_.seed;
    const World start = synthesise(scenario_, synthesis);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      forecasts_.emplace_back();
      if (candidates_[i].scenario && !run(i, start)) return false;
      benchmark_.compositions.push_back(candidates_[i].composition);
    }
    progress_.clear();
    score(benchmark_, std::move(forecasts_));
    return true;
  }

  [[nodiscard]] const Benchmark& benchmark() const { return benchmark_; }

 private:
  bool run(std::size_t i, const World& start) {
    Composition& composition = candidates_[i].composition;
    const Scenario& scenario = *candidates_[i].scenario;
    EnsembleOptions options;
    options.replications = info_.replications;
    options.seed = info_.seed;
    options.threads = info_.threads;
    options.scale = static_cast<double>(info_.scale);
    options.start = &start;
    CompositionForecasts said(benchmark_.series);
    const auto consume = [&](int, Recording&& recording) {
      benchmark_.records = recording.persons;
      composition.bytes = std::max(composition.bytes, recording.bytes);
      said.add(scenario, recording);
    };
    const auto show_progress = [&](const EnsembleProgress& p) {
      const auto total = static_cast<double>(p.steps_total);
      progress_.update(static_cast<double>(i) * total + static_cast<double>(p.steps_done),
                       static_cast<double>(candidates_.size()) * total,
                       fmt::format("{}/{} {}: {}/{} replications", i + 1, candidates_.size(),
                                   composition.name, p.finished, p.replications));
    };
    const EnsembleSummary summary =
        run_ensemble(scenario, known_models(), options, consume, show_progress, &interrupted());
    if (summary.interrupted) {
      progress_.clear();
      return false;
    }
    composition.finished = summary.finished;
    composition.seconds = summary.run_seconds;
    composition.state = summary.finished > 0 ? State::Scored : State::Failed;
    if (!summary.failures.empty()) {
      composition.reason = fmt::format("{} of {} replications failed: {}", summary.failures.size(),
                                       info_.replications, summary.failures.front().second);
      writer_.log("error", composition.name + ": " + composition.reason);
    }
    composition.means = said.means();
    forecasts_.back() = said.forecasts();
    return true;
  }

  /// What is scored follows from what is recorded, the same for all. @throws ConfigError for
  /// nothing
  void settle_series() {
    const Recording layout = recording_layout(scenario_);
    benchmark_.months = layout.months;
    benchmark_.series = benchmark_series(scenario_, layout, benchmark_.span);
    benchmark_.too_small = leave_out_small(benchmark_.series, benchmark_.scale);
    if (!benchmark_.series.empty()) return;
    throw ConfigError(fmt::format(
        "{}: its record has no figures to score by: none from {}{} on a simulated series that has "
        "an earlier one of the same basis and rests on enough records",
        scenario_.file, month_text(benchmark_.span.from),
        benchmark_.span.to ? " to " + month_text(*benchmark_.span.to) : ""));
  }

  const RunInfo& info_;
  const Scenario& scenario_;
  std::vector<Candidate>& candidates_;
  BenchmarkWriter& writer_;
  Benchmark benchmark_;
  std::vector<std::vector<std::vector<Forecast>>> forecasts_;  ///< by candidate
  Progress progress_;
};

/// What counts: as asked, within what the run records.
ScoredSpan span_of(const BenchmarkRequest& request, const Scenario& scenario) {
  ScoredSpan span = default_span(scenario);
  const auto read = [&](const char* option, const std::string& text) {
    const Period period = parse_period(text);
    if (period.months == 0) {
      throw UsageError(
          fmt::format("{} is '{}', expected a period, as 2013 or 2013-07", option, text));
    }
    return period;
  };
  if (!request.score_from.empty()) span.from = read("--score-from", request.score_from).first;
  if (!request.score_to.empty()) {
    const Period last = read("--score-to", request.score_to);
    span.to = last.first + (last.months - 1);
  }
  const Month start(scenario.time.start.year, scenario.time.start.month);
  const Month end(scenario.time.end.year, scenario.time.end.month);
  if (span.from < start || span.from > end || (span.to && *span.to < span.from)) {
    throw UsageError(fmt::format("figures of {} to {} are asked for, and the run is from {} to {}",
                                 month_text(span.from), month_text(span.to.value_or(end)),
                                 month_text(start), month_text(end)));
  }
  return span;
}

/// Warnings that hold whatever variants are chosen: those that every composition gives. A value
/// that some composition reads has an effect.
void tell_warnings(const Scenario& scenario, const std::vector<Candidate>& candidates) {
  Diagnostics shared;
  for (const Diagnostic& warning : scenario.warnings) {
    const bool everywhere = std::all_of(
        candidates.begin(), candidates.end(),
        [&](const Candidate& one) { return !one.scenario || gives(*one.scenario, warning); });
    if (everywhere) shared.push_back(warning);
  }
  tell(shared);
}

void show(const BenchmarkRequest& request, const Benchmark& benchmark, const BenchmarkPlace& place,
          bool kept) {
  if (request.json) {
    nlohmann::ordered_json out{
        {"folder", place.folder.string()}, {"hash", place.hash}, {"kept", kept}};
    out.update(nlohmann::ordered_json::parse(to_json(benchmark)));
    // Lines of charts are long, and stand in the folder.
    for (auto& one : out["compositions"]) one.erase("means");
    print(out.dump(2) + "\n");
    return;
  }
  print(benchmark_text(benchmark));
  print(fmt::format(
      "seed {}, {} of each{}\n", request.seed,
      request.replications == 1 ? "one replication"
                                : fmt::format("{} replications", request.replications),
      request.scale == 1 ? "" : fmt::format(", one record stands for {} persons", request.scale)));
  print(fmt::format("{} {}\n", kept ? "there already, kept:" : "results:", place.folder.string()));
  print(kept ? std::string("make it anew with --force, or its page with steppe report\n")
             : fmt::format("report:  {}\n", (place.folder / "report.html").string()));
}

int code_of(const Benchmark& benchmark) { return benchmark.some_failed() ? kSomeFailed : kSuccess; }

BenchmarkParts parts_of(const Scenario& scenario, const std::vector<Candidate>& candidates,
                        const ScoredSpan& span, const RunInfo& info) {
  BenchmarkParts parts;
  parts.span = span;
  parts.scenario = &scenario;
  parts.info = info;
  for (const Candidate& one : candidates) {
    parts.parts.push_back({one.composition.name, one.scenario ? &*one.scenario : nullptr});
  }
  return parts;
}

}  // namespace

int benchmark(const BenchmarkRequest& request) {
  const ReadOutcome read = read_or_tell(request.file, request.overrides, true);
  if (!read.scenario) return read.exit_code;
  const Scenario& scenario = *read.scenario;
  if (scenario.record.empty()) {
    throw ConfigError(fmt::format("{}: it has no record to score by", scenario.file));
  }
  const Catalogue& catalogue = known_models().catalogue();
  std::vector<Candidate> candidates;
  for (const ModelChoice& choice : plan_compositions(request.wanted, scenario.model, catalogue)) {
    candidates.push_back(read_candidate(request, choice, scenario));
  }
  if (!request.quiet) tell_warnings(scenario, candidates);
  if (std::none_of(candidates.begin(), candidates.end(),
                   [](const Candidate& one) { return one.scenario.has_value(); })) {
    Benchmark none;
    for (const Candidate& one : candidates) none.compositions.push_back(one.composition);
    print(benchmark_text(none));
    complain("no composition fits the scenario; nothing was run");
    return kInvalidScenario;
  }
  const ScoredSpan span = span_of(request, scenario);
  const RunInfo info = info_of(request);
  const BenchmarkParts parts = parts_of(scenario, candidates, span, info);
  const BenchmarkPlace place = find_benchmark(parts, request.output);
  if (place.whole && !request.force) {
    const BenchmarkFolder kept = BenchmarkFolder::open(place.folder);
    show(request, kept.benchmark, place, true);
    return code_of(kept.benchmark);
  }
  if (!request.quiet) {
    tell(fmt::format(
        "{}: {} to {}, {} compositions, {} replications of each on {} threads, "
        "seed {}\n",
        request.file.string(), to_string(scenario.time.start), to_string(scenario.time.end),
        candidates.size(), info.replications, info.threads, info.seed));
  }
  watch_for_interrupts();
  BenchmarkWriter writer(parts, request.output, request.force);
  Runs runs(request, info, scenario, span, candidates, writer);
  if (!runs.run_all()) {
    complain("interrupted; nothing was written, start the same command again to run it");
    return kInterrupted;
  }
  if (runs.benchmark().ranked().empty()) {
    print(benchmark_text(runs.benchmark()));
    complain("no composition ran, so there is nothing to score");
    return kSomeFailed;
  }
  ReportOptions page;
  page.language = request.language;
  static_cast<void>(writer.finish(runs.benchmark(), [&](const BenchmarkFolder& folder) {
    return benchmark_page(folder, scenario, page);
  }));
  show(request, runs.benchmark(), place, false);
  return code_of(runs.benchmark());
}

}  // namespace steppe::app
