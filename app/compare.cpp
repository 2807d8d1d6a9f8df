#include "app/compare.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/compare_question.hpp"
#include "app/compare_text.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/analysis/comparison_folder.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/scenario/difference.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;

RunInfo info_of(const CompareRequest& request) {
  std::vector<std::string> command = {"steppe", "compare"};
  command.insert(command.end(), request.files.begin(), request.files.end());
  const auto add = [&](const char* option, const std::string& value) {
    command.insert(command.end(), {option, value});
  };
  if (request.confidence != 90) add("--ci", std::to_string(request.confidence));
  for (const std::string& metric : request.metrics) add("--metric", metric);
  for (const std::string& dim : request.by) add("--by", dim);
  if (!request.at.empty()) add("--at", request.at);
  if (!request.fail_if.empty()) add("--fail-if", request.fail_if);
  return info_of(request, std::move(command));
}

/// All scenarios, or the exit code after the mistakes of every file were told.
int read_all(const CompareRequest& request, std::vector<Scenario>& scenarios) {
  int code = kSuccess;
  for (const std::string& file : request.files) {
    ReadOutcome read = read_or_tell(file, request.overrides, request.quiet);
    // A mistake in a scenario weighs more than one in a table, as within one file.
    if (!read.scenario && code != kInvalidScenario) code = read.exit_code;
    if (read.scenario) scenarios.push_back(std::move(*read.scenario));
  }
  return code;
}

/// What an alternative assumes otherwise than the base, of what moves the world.
std::vector<AssumptionChange> changes_of(const ComparisonParts& parts, std::size_t part) {
  const Catalogue& catalogue = known_models().catalogue();
  auto changes = differences(explain(*parts.scenarios.front(), catalogue),
                             explain(*parts.scenarios[part], catalogue));
  std::erase_if(changes, [](const AssumptionChange& change) { return !change.moves_world(); });
  return changes;
}

/// The last month before the first difference of any alternative from the base, in which all worlds
/// are still one; none when something differs from the start on.
std::optional<Month> last_common_month(const ComparisonParts& parts, const Window& window) {
  const Scenario& base = *parts.scenarios.front();
  std::optional<Month> last;
  for (std::size_t i = 1; i < parts.scenarios.size(); ++i) {
    const auto changes = changes_of(parts, i);
    if (changes.empty()) continue;
    const auto from = first_difference(changes);
    if (!from || *from <= base.time.start) return std::nullopt;
    const Month before = Month(from->year, from->month) - 1;
    last = std::min(last.value_or(before), before);
  }
  if (!last) return std::nullopt;
  if (*last < Month(base.time.start.year, base.time.start.month)) return std::nullopt;
  return std::min(*last, window.last);
}

/// Says where nothing can differ: "no detectable change" would read as a finding.
std::vector<std::string> notes_of(const std::vector<AssumptionChange>& changes,
                                  const std::string& base, const Window& window) {
  if (changes.empty()) {
    return {fmt::format("Nothing can differ: it assumes the same as {}.", base)};
  }
  const auto from = first_difference(changes);
  if (!from || Month(from->year, from->month) <= window.last) return {};
  return {
      fmt::format("Nothing can differ yet: it assumes the same as {} until {}; ask for a later "
                  "span with --at.",
                  base, to_string(*from))};
}

/// Where a part starts from other data than the first, a sentence each.
std::vector<std::string> other_data_of(const std::vector<Scenario>& scenarios) {
  std::vector<std::string> out;
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    std::string what = other_data(scenarios.front(), scenarios[i]);
    if (!what.empty()) out.push_back(std::move(what));
  }
  return out;
}

/// Runs the parts of a comparison one after another.
class Runs {
 public:
  Runs(const CompareRequest& request, const ComparisonParts& parts,
       const ComparisonQuestion& question, ComparisonWriter& writer)
      : request_(request),
        parts_(parts),
        writer_(writer),
        comparison_(parts.scenarios.size(), parts.info.replications),
        people_(parts.scenarios.front()->dimensions, question.window.last,
                last_common_month(parts, question.window), parts.info.replications,
                parts.scenarios.size() - 1),
        progress_(request.quiet) {}

  /// @returns false when it was interrupted
  bool run_all() {
    for (std::size_t part = 0; part < parts_.scenarios.size(); ++part) {
      if (!run(part)) return false;
    }
    progress_.clear();
    return true;
  }

  [[nodiscard]] const Comparison& comparison() const { return comparison_; }
  [[nodiscard]] const People& people() const { return people_; }
  [[nodiscard]] int failed() const { return failed_; }
  [[nodiscard]] bool is_empty() const { return empty_; }

 private:
  bool run(std::size_t part) {
    const Scenario& scenario = *parts_.scenarios[part];
    EnsembleOptions options;
    options.replications = parts_.info.replications;
    options.seed = parts_.info.seed;
    options.threads = parts_.info.threads;
    options.scale = static_cast<double>(parts_.info.scale);
    options.check = request_.check;
    options.observe = [&](int realization, const World& start) {
      return part == 0 ? people_.base_observer(realization, start)
                       : people_.observer(part - 1, realization, start);
    };
    int next = 0;
    const auto note_missing = [&](int until) {
      for (; next < until; ++next) writer_.fail(part, next, "see the errors in log.jsonl");
    };
    const auto consume = [&](int realization, Recording&& recording) {
      note_missing(realization);
      writer_.add(part, realization, recording);
      comparison_.add(part, realization, recording);
      next = realization + 1;
    };
    const auto show_progress = [&](const EnsembleProgress& p) {
      const auto parts = static_cast<double>(parts_.scenarios.size());
      const auto total = static_cast<double>(p.steps_total);
      progress_.update(
          static_cast<double>(part) * total + static_cast<double>(p.steps_done), parts * total,
          fmt::format("{}: {}/{} replications", parts_.names[part], p.finished, p.replications));
    };
    const EnsembleSummary summary =
        run_ensemble(scenario, known_models(), options, consume, show_progress, &interrupted());
    if (summary.interrupted) {
      progress_.clear();
      return false;
    }
    for (const auto& [realization, why] : summary.failures) {
      progress_.clear();
      complain(fmt::format("{}: replication {} failed: {}", parts_.names[part], realization, why));
      writer_.log("error",
                  fmt::format("{}: realization {}: {}", parts_.names[part], realization, why));
      ++failed_;
    }
    empty_ = empty_ || summary.finished == 0;
    note_missing(parts_.info.replications);
    return true;
  }

  const CompareRequest& request_;
  const ComparisonParts& parts_;
  ComparisonWriter& writer_;
  Comparison comparison_;
  People people_;
  Progress progress_;
  int failed_ = 0;
  bool empty_ = false;  ///< no replication of some part finished
};

Outcome outcome_of(const ComparisonParts& parts, const ComparisonQuestion& question,
                   const Runs& runs, const ComparisonWriter& writer) {
  Outcome outcome;
  outcome.base = parts.names.front();
  outcome.window = question.window;
  outcome.confidence = question.confidence;
  outcome.replications = parts.info.replications;
  outcome.seed = parts.info.seed;
  outcome.scale = parts.info.scale;
  if (question.fail_if) outcome.condition = question.fail_if->text();
  for (std::size_t part = 1; part < parts.scenarios.size(); ++part) {
    const Scenario& scenario = *parts.scenarios[part];
    AlternativeOutcome one =
        judge_alternative(runs.comparison(), runs.people(), scenario.dimensions, part, question);
    one.scenario = parts.names[part];
    const auto changes = changes_of(parts, part);
    one.notes = notes_of(changes, outcome.base, question.window);
    ReportInput input = make_report_input(scenario, writer.manifest(part), Summary{});
    mark_changed_levers(input, changes);
    one.levers = lever_sentences(input, true);
    outcome.alternatives.push_back(std::move(one));
  }
  return outcome;
}

void show(const CompareRequest& request, const Outcome& outcome, const ComparisonPlace& place,
          bool kept, int failed) {
  if (request.json) {
    nlohmann::ordered_json out{{"folder", place.folder.string()},
                               {"hash", place.hash},
                               {"kept", kept},
                               {"failed", failed}};
    out.update(nlohmann::ordered_json::parse(to_json(outcome)));
    print(out.dump(2) + "\n");
    return;
  }
  print(outcome_text(outcome));
  print(fmt::format(
      "seed {}, {} of each{}\n", request.seed,
      request.replications == 1 ? "one replication"
                                : fmt::format("{} replications", request.replications),
      request.scale == 1 ? "" : fmt::format(", one record stands for {} persons", request.scale)));
  print(fmt::format("{} {}\n", kept ? "there already, kept:" : "results:", place.folder.string()));
  if (kept) {
    print("make it anew with --force\n");
  } else {
    print(fmt::format("report:  {}\n", (place.folder / "report.html").string()));
    print(fmt::format("next:    steppe diff {} {}\n", request.files[0], request.files[1]));
  }
}

/// What levers did that the alternatives move.
void tell_levers(const Outcome& outcome) {
  for (const AlternativeOutcome& alternative : outcome.alternatives) {
    for (const std::string& sentence : alternative.levers) {
      tell(fmt::format("{}: {}\n", alternative.scenario, sentence));
    }
  }
}

/// Tells for whom `--fail-if` holds. @returns the exit code
int judge_condition(const Outcome& outcome) {
  int code = kSuccess;
  for (const AlternativeOutcome& alternative : outcome.alternatives) {
    if (alternative.condition_value && std::isnan(*alternative.condition_value)) {
      complain(fmt::format("--fail-if '{}' cannot be decided for '{}': a value is missing",
                           outcome.condition, alternative.scenario));
    }
    if (!alternative.condition_holds) continue;
    complain(fmt::format("--fail-if '{}' holds for '{}'", outcome.condition, alternative.scenario));
    code = kConditionFailed;
  }
  return code;
}

int conclude(const CompareRequest& request, const Outcome& outcome, const ComparisonPlace& place,
             bool kept, int failed) {
  if (!request.quiet) tell_levers(outcome);
  show(request, outcome, place, kept, failed);
  const int condition = judge_condition(outcome);
  return failed > 0 ? kSomeFailed : condition;
}

}  // namespace

int compare(const CompareRequest& request) {
  std::vector<Scenario> scenarios;
  if (const int code = read_all(request, scenarios); code != kSuccess) return code;
  ComparisonParts parts;
  for (const Scenario& scenario : scenarios) parts.scenarios.push_back(&scenario);
  require_comparable(parts.scenarios);
  const std::vector<std::string> warnings = other_data_of(scenarios);
  if (!request.quiet) {
    for (const std::string& warning : warnings) tell(fmt::format("warning: {}\n", warning));
  }
  parts.names = part_names(parts.scenarios);
  parts.info = info_of(request);
  const auto asked = ask(request, scenarios);
  if (!asked) {
    tell(asked.error());
    return kUsage;
  }
  const ComparisonQuestion& question = *asked;

  const ComparisonPlace place = find_comparison(parts, question, request.output);
  if (place.whole && !request.force) {
    return conclude(request, read_outcome(place.folder), place, true, 0);
  }
  if (!request.quiet) {
    tell(fmt::format("{} scenarios, {} to {}, {} replications of each on {} threads, seed {}\n",
                     scenarios.size(), to_string(scenarios.front().time.start),
                     to_string(scenarios.front().time.end), parts.info.replications,
                     parts.info.threads, parts.info.seed));
  }
  watch_for_interrupts();
  ComparisonWriter writer(parts, question, request.output, request.force);
  for (const std::string& warning : warnings) writer.log("warning", warning);
  Runs runs(request, parts, question, writer);
  if (!runs.run_all()) {
    complain("interrupted; nothing was written, start the same command again to run it");
    return kInterrupted;
  }
  if (runs.is_empty()) {
    complain("of one scenario no replication finished, so there is nothing to compare");
    return kSomeFailed;
  }
  const Outcome outcome = outcome_of(parts, question, runs, writer);
  static_cast<void>(writer.finish(runs.comparison(), outcome, [](const ComparisonFolder& folder) {
    add_comparison_report(folder, known_models().catalogue());
  }));
  return conclude(request, outcome, place, false, runs.failed());
}

}  // namespace steppe::app
