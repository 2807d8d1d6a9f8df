#include "app/simulate.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "app/command.hpp"
#include "app/headline.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/core/error.hpp"
#include "sim/meanfield/mean_field_recording.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/report/report.hpp"
#include "sim/results/checks.hpp"
#include "sim/results/writer.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;

RunInfo info_of(const RunRequest& request) {
  const bool draws = request.engine != kMeanFieldModel;
  std::vector<std::string> command = {"steppe", "run", request.file.string()};
  if (!draws) command.insert(command.end(), {"--engine", kMeanFieldModel});
  RunInfo info = info_of(request, std::move(command), draws);
  if (!draws) info.model = kMeanFieldModel;
  return info;
}

void show(const RunRequest& request, const RunFolder& folder, bool kept, int failed) {
  const std::vector<HeadlineFigure> figures = headline(folder);
  if (request.json) {
    nlohmann::ordered_json out{{"folder", folder.path().string()},
                               {"hash", folder.manifest().hash},
                               {"engine", request.engine},
                               {"seed", request.seed},
                               {"replications", request.replications},
                               {"failed", failed},
                               {"kept", kept},
                               {"reality_failed", failed_reality_checks(folder)},
                               {"headline", nlohmann::ordered_json::array()}};
    for (const HeadlineFigure& f : figures) {
      out["headline"].push_back({{"variable", f.variable},
                                 {"unit", f.unit},
                                 {"month", f.month},
                                 {"mean", f.mean},
                                 {"p05", f.p05},
                                 {"p95", f.p95},
                                 {"n", f.n}});
    }
    print(out.dump(2) + "\n");
    return;
  }
  const bool mean_field = request.engine == kMeanFieldModel;
  print(headline_text(figures, !mean_field));
  if (mean_field) {
    print("the mean field: a deterministic solution, without chance and intervals\n");
  } else {
    print(fmt::format("seed {}, {} replications{}\n", request.seed, request.replications,
                      request.scale == 1
                          ? ""
                          : fmt::format(", one record stands for {} persons", request.scale)));
  }
  print(fmt::format("{} {}\n", kept ? "there already, kept:" : "results:", folder.path().string()));
  print(fmt::format("report:  {}\n", (folder.path() / "report.html").string()));
  if (kept) {
    print("make it anew with --force\n");
  } else {
    print(fmt::format("next:    steppe explain {} --unsourced\n", folder.path().string()));
  }
}

void show_profile(const Manifest& manifest) {
  PhaseTime all{"all"};
  for (const PhaseTime& phase : manifest.phases) {
    all.seconds += phase.seconds;
    all.events += phase.events;
    all.draws += phase.draws;
  }
  tell("time by phase, summed over replications; a draw is four random words\n");
  const auto line = [&](const PhaseTime& phase) {
    tell(fmt::format("  {:<16} {:>9.3f} s  {:>5.1f} %  {:>12} events  {:>12} draws\n", phase.phase,
                     phase.seconds, all.seconds > 0.0 ? 100.0 * phase.seconds / all.seconds : 0.0,
                     phase.events, phase.draws));
  };
  for (const PhaseTime& phase : manifest.phases) line(phase);
  line(all);
  const auto persons = static_cast<double>(std::max<std::uint64_t>(1, manifest.persons));
  tell(fmt::format("  {} persons at the end, {:.0f} MB in one replication: {:.0f} bytes a person\n",
                   manifest.persons, static_cast<double>(manifest.bytes) / 1e6,
                   static_cast<double>(manifest.bytes) / persons));
}

/// What the run's own levers did, a line each; all levers and warnings on demand.
void tell_notes(const Scenario& scenario, const RunFolder& folder, bool all) {
  // What is told here does not take the results, whose file is large.
  const ReportInput input = make_report_input(scenario, folder.manifest(), Summary{});
  for (const std::string& sentence : lever_sentences(input, !all)) tell(sentence + "\n");
  if (all) {
    for (const Warning& warning : input.warnings) {
      tell(fmt::format("note: {}\n", warning.sentence()));
    }
  }
}

/// Tells which reality checks do not hold. @returns the exit code they call for
int tell_reality(const RunFolder& folder) {
  const std::vector<std::string> failed = failed_reality_checks(folder);
  for (const std::string& sentence : failed) complain(sentence);
  return failed.empty() ? kSuccess : kConditionFailed;
}

/// The request with what the engine makes of it. @throws UsageError for what it has no use for
RunRequest settled(RunRequest request) {
  if (request.engine != kMeanFieldModel) {
    if (request.replications == 0) request.replications = 20;
    return request;
  }
  constexpr std::string_view kOfAgents[] = {"replications", "seed", "threads", "scale", "check"};
  for (const std::string& option : request.given) {
    if (std::find(std::begin(kOfAgents), std::end(kOfAgents), option) == std::end(kOfAgents)) {
      continue;
    }
    throw UsageError(fmt::format(
        "--{} has no effect on the mean field, which is solved once, without chance and persons; "
        "leave it out, or run --engine agents",
        option));
  }
  request.replications = 1;
  return request;
}

using Consume = std::function<void(int realization, Recording&& recording)>;

EnsembleSummary run_agents(const RunRequest& request, const Scenario& scenario, const RunInfo& info,
                           Progress& progress, const Consume& consume) {
  EnsembleOptions options;
  options.replications = info.replications;
  options.seed = info.seed;
  options.threads = info.threads;
  options.scale = static_cast<double>(info.scale);
  options.check = request.check;
  const auto show_progress = [&](const EnsembleProgress& p) {
    progress.update(static_cast<double>(p.steps_done), static_cast<double>(p.steps_total),
                    fmt::format("{}/{} replications", p.finished, p.replications));
  };
  return run_ensemble(scenario, known_models(), options, consume, show_progress, &interrupted());
}

EnsembleSummary run_mean_field(const Scenario& scenario, Progress& progress,
                               const Consume& consume) {
  EnsembleSummary summary;
  const double steps = scenario.clock().steps();
  const auto show_progress = [&](int done) { progress.update(done, steps, "mean field"); };
  std::optional<Recording> recording;
  try {
    recording = record_mean_field(scenario, known_models(), show_progress, &interrupted());
  } catch (const ModelError& failure) {
    summary.failures.emplace_back(0, failure.what());
    return summary;
  }
  summary.interrupted = !recording;
  if (!recording) return summary;
  summary.run_seconds = recording->seconds;
  consume(0, std::move(*recording));
  summary.finished = 1;
  return summary;
}

}  // namespace

int simulate(const RunRequest& asked) {
  const RunRequest request = settled(asked);
  const ReadOutcome read = read_or_tell(request.file, request.overrides, request.quiet);
  if (!read.scenario) return read.exit_code;
  const Scenario& scenario = *read.scenario;
  const RunInfo info = info_of(request);

  const RunPlace place = find_run(scenario, info, request.output);
  if (place.whole && !request.force) {
    const RunFolder kept = RunFolder::open(place.folder);
    show(request, kept, true, 0);
    return tell_reality(kept);
  }
  if (!request.quiet) {
    const std::string how = request.engine == kMeanFieldModel
                                ? "the mean field"
                                : fmt::format("{} replications on {} threads, seed {}",
                                              info.replications, info.threads, info.seed);
    tell(fmt::format("{}: {} to {}, {}\n", request.file.string(), to_string(scenario.time.start),
                     to_string(scenario.time.end), how));
  }
  watch_for_interrupts();
  RunWriter writer(scenario, info, request.output, request.force);
  Progress progress(request.quiet);
  int next = 0;
  const auto note_missing = [&](int until) {
    for (; next < until; ++next) writer.fail(next, "see the errors in log.jsonl");
  };
  const auto consume = [&](int realization, Recording&& recording) {
    note_missing(realization);
    writer.add(realization, recording);
    next = realization + 1;
  };
  const EnsembleSummary summary = request.engine == kMeanFieldModel
                                      ? run_mean_field(scenario, progress, consume)
                                      : run_agents(request, scenario, info, progress, consume);
  progress.clear();
  if (summary.interrupted) {
    complain("interrupted; nothing was written, start the same command again to run it");
    return kInterrupted;
  }
  for (const auto& [realization, why] : summary.failures) {
    complain(fmt::format("replication {} failed: {}", realization, why));
    writer.log("error", fmt::format("realization {}: {}", realization, why));
  }
  if (summary.finished == 0) {
    complain("no replication finished, so there are no results");
    return kSomeFailed;
  }
  note_missing(info.replications);
  if (request.verbose) {
    tell(fmt::format("{} persons made in {:.1f} s, replications run in {:.1f} s\n", summary.persons,
                     summary.synthesis_seconds, summary.run_seconds));
  }
  const RunFolder folder =
      writer.finish([&](const RunFolder& unsealed) { add_report(scenario, unsealed); });
  if (!request.quiet) tell_notes(scenario, folder, request.verbose);
  if (request.profile) show_profile(folder.manifest());
  show(request, folder, false, static_cast<int>(summary.failures.size()));
  const int reality = tell_reality(folder);
  return summary.failures.empty() ? reality : kSomeFailed;
}

}  // namespace steppe::app
