#include "app/twin.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/command.hpp"
#include "app/layout.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/analysis/twin.hpp"
#include "sim/analysis/verdict.hpp"
#include "sim/core/error.hpp"
#include "sim/meanfield/mean_field_recording.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

/// What a reader asks of a market first; --json has every variable that both know.
constexpr std::array<std::string_view, 12> kShown = {
    "unemployment_rate", "unemployed",     "employed",         "vacancies",        "hires",
    "separations",       "job_to_job",     "vacancies_opened", "job_finding_rate", "tightness",
    "vacancy_rate",      "long_term_share"};

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json as_json(const std::vector<TwinRow>& rows, const TwinRequest& request,
                               int failed, Month end) {
  nlohmann::ordered_json out{{"scenario", request.file.string()},
                             {"replications", request.replications},
                             {"failed", failed},
                             {"seed", request.seed},
                             {"scale", request.scale},
                             {"month", month_text(end)},
                             {"rows", nlohmann::ordered_json::array()}};
  for (const TwinRow& row : rows) {
    out["rows"].push_back({{"variable", row.variable},
                           {"unit", row.unit},
                           {"n", row.n},
                           {"agents", number(row.agents)},
                           {"p05", number(row.low)},
                           {"p95", number(row.high)},
                           {"mean_field", number(row.mean_field)},
                           {"difference", number(row.difference())},
                           {"rmse", number(row.rmse)}});
  }
  return out;
}

std::string as_text(const std::vector<TwinRow>& rows, Month end) {
  std::vector<Row> lines{
      {month_text(end), "agents", "90 % of runs", "mean field", "difference", "RMSE"}};
  for (const TwinRow& row : rows) {
    if (std::find(kShown.begin(), kShown.end(), row.variable) == kShown.end()) continue;
    const Shown shown = shown_as(row.variable, row.unit, row.agents);
    // The names of the results: their titles are too long beside so many figures.
    const std::string name = row.variable + (shown.unit == "%" ? " %" : "");
    lines.push_back(
        {name, shown.text(row.agents),
         row.n > 1 ? fmt::format("{}–{}", shown.text(row.low), shown.text(row.high)) : "one run",
         shown.text(row.mean_field), shown.signed_text(row.difference()), shown.text(row.rmse)});
  }
  return table(lines) +
         wrapped(
             "Difference: the mean field less the agents' mean, at the end. RMSE: of the agents' "
             "mean against the mean field, over all months; chance alone makes some.");
}

}  // namespace

int twin(const TwinRequest& request) {
  const ReadOutcome read = read_or_tell(request.file, request.overrides, request.quiet);
  if (!read.scenario) return read.exit_code;
  const Scenario& scenario = *read.scenario;
  watch_for_interrupts();
  // First, since it tells at once when a variant has no map.
  std::optional<Recording> mean_field;
  try {
    mean_field = record_mean_field(scenario, known_models(), {}, &interrupted());
  } catch (const ModelError& failure) {
    complain(fmt::format("the mean field failed: {}", failure.what()));
    return kSomeFailed;
  }
  const EnsembleOptions options = options_of(request);
  Progress progress(request.quiet);
  Twin both;
  const auto consume = [&](int, Recording&& recording) { both.add(recording); };
  const auto show_progress = [&](const EnsembleProgress& p) {
    progress.update(static_cast<double>(p.steps_done), static_cast<double>(p.steps_total),
                    fmt::format("{}/{} replications", p.finished, p.replications));
  };
  const EnsembleSummary summary =
      run_ensemble(scenario, known_models(), options, consume, show_progress, &interrupted());
  progress.clear();
  if (!mean_field || summary.interrupted) {
    complain("interrupted");
    return kInterrupted;
  }
  for (const auto& [realization, why] : summary.failures) {
    complain(fmt::format("replication {} failed: {}", realization, why));
  }
  if (summary.finished == 0) {
    complain("no replication finished, so there is nothing to compare");
    return kSomeFailed;
  }
  const std::vector<TwinRow> rows = both.rows(*mean_field);
  const Month end = mean_field->months.back();
  const int failed = static_cast<int>(summary.failures.size());
  if (request.json) {
    print(as_json(rows, request, failed, end).dump(2) + "\n");
  } else {
    print(as_text(rows, end));
    print(fmt::format("seed {}, {} replications{}\n", request.seed, request.replications,
                      request.scale == 1
                          ? ""
                          : fmt::format(", one record stands for {} persons", request.scale)));
  }
  return failed > 0 ? kSomeFailed : kSuccess;
}

}  // namespace steppe::app
