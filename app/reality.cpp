#include "app/reality.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>

#include "app/program.hpp"
#include "app/terminal.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/results/checks.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::app {
namespace {

/// Each set of values once, with the checks that are given it.
std::map<std::vector<std::pair<std::string, std::string>>, std::vector<std::size_t>> by_given(
    const Scenario& scenario) {
  std::map<std::vector<std::pair<std::string, std::string>>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < scenario.reality_checks.size(); ++i) {
    groups[scenario.reality_checks[i].given].push_back(i);
  }
  return groups;
}

Expected<Scenario, Diagnostics> read_given(
    const RealityRequest& request, const std::vector<std::pair<std::string, std::string>>& given) {
  ReadOptions options;
  options.overrides = request.overrides;
  options.overrides.insert(options.overrides.end(), given.begin(), given.end());
  return read_scenario(request.file, known_models().catalogue(), options);
}

/// A mistake in a value that a check gives stands, for its reader, where the check gives it.
Diagnostic moved(const Diagnostic& found, const RealityRequest& request,
                 const RealityCheck& check) {
  Diagnostic out = found;
  const std::size_t line = static_cast<std::size_t>(std::max(1, found.place.line)) - 1;
  const std::size_t own = request.overrides.size();
  if (found.place.file != "--set" || line < own || line - own >= check.given_places.size()) {
    return out;
  }
  out.place = check.given_places[line - own];
  out.source_line.clear();
  out.length = 1;
  return out;
}

}  // namespace

Diagnostics check_given(const RealityRequest& request, const Scenario& scenario) {
  Diagnostics errors;
  for (const auto& [given, checks] : by_given(scenario)) {
    if (given.empty()) continue;
    const auto read = read_given(request, given);
    if (read) continue;
    for (const Diagnostic& found : read.error()) {
      if (found.severity != Severity::Error) continue;
      errors.push_back(moved(found, request, scenario.reality_checks[checks.front()]));
    }
  }
  return errors;
}

RealityReport judge(const RealityRequest& request, const Scenario& scenario) {
  RealityReport report;
  watch_for_interrupts();
  const EnsembleOptions options = options_of(request);
  Progress progress(request.quiet);
  for (const auto& [given, checks] : by_given(scenario)) {
    const auto changed = read_given(request, given);
    if (!changed) continue;  // told by check_given()
    std::vector<RealityTally> tallies;
    for (const std::size_t i : checks) tallies.emplace_back(changed->reality_checks[i]);
    const auto consume = [&tallies, &checks = checks](int realization, Recording&& recording) {
      for (std::size_t n = 0; n < checks.size(); ++n) {
        tallies[n].add(realization, recording.reality[checks[n]]);
      }
    };
    const auto show = [&](const EnsembleProgress& p) {
      progress.update(static_cast<double>(p.steps_done), static_cast<double>(p.steps_total),
                      fmt::format("{}/{} replications", p.finished, p.replications));
    };
    const EnsembleSummary summary =
        run_ensemble(*changed, known_models(), options, consume, show, &interrupted());
    progress.clear();
    report.interrupted = summary.interrupted;
    if (report.interrupted) break;
    for (const auto& [realization, why] : summary.failures) {
      report.failures.push_back(fmt::format("replication {} failed: {}", realization, why));
    }
    for (const RealityTally& tally : tallies) {
      if (tally.held()) {
        report.held.push_back(tally.message().text);
        continue;
      }
      Diagnostic failed;
      failed.severity = Severity::Error;
      failed.place = tally.check().place;
      failed.message = tally.message();
      report.failed.push_back(std::move(failed));
    }
  }
  return report;
}

}  // namespace steppe::app
