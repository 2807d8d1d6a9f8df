#include <algorithm>
#include <filesystem>

#include "sim/report/lever_names.hpp"
#include "sim/report/report.hpp"
#include "sim/report/source_list.hpp"

namespace steppe {
namespace {

/// `quota.yaml:14`: folders would differ between the run and its copy of the inputs.
std::string short_place(const SourcePlace& place) {
  if (place.file.empty()) return {};
  const std::string name = std::filesystem::path(place.file).filename().string();
  return place.line > 0 ? name + ':' + std::to_string(place.line) : name;
}

bool same_file(const std::string& a, const std::string& b) {
  return std::filesystem::path(a).lexically_normal() == std::filesystem::path(b).lexically_normal();
}

/// What a lever changes after the first reported day. With a trigger, first what it changes while
/// that holds, then what holds otherwise.
class Events {
 public:
  Events(const Scenario& scenario, Date first) : scenario_(scenario), first_(first) {}

  void add(const LeverTimeline& lever) {
    if (!lever.when.empty()) walk(lever, lever.points, lever.when);
    walk(lever, lever.when.empty() ? lever.points : lever.otherwise, {});
  }

  [[nodiscard]] std::vector<PolicyEvent> take() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const PolicyEvent& a, const PolicyEvent& b) { return a.from < b.from; });
    return std::move(events_);
  }

 private:
  void walk(const LeverTimeline& lever, const std::vector<LeverPoint>& points,
            const std::string& when) {
    double before = lever.before;
    bool in_wages = false;
    for (const LeverPoint& point : points) {
      const bool is_both = !when.empty() && stands_in(lever.otherwise, point);
      // What holds on the first day was there before the results begin.
      const bool moves = point.value != before || point.in_minimum_wages != in_wages;
      if (!is_both && point.from > first_ && moves && point.from <= scenario_.time.end) {
        PolicyEvent event;
        static_cast<LeverName&>(event) = report_detail::name_of(lever, scenario_.dimensions);
        event.choices = lever.decl->choices;
        event.before_in_wages = in_wages;
        event.after_in_wages = point.in_minimum_wages;
        event.unit = lever.decl->unit;
        event.from = point.from;
        event.before = before;
        event.after = point.value;
        event.ramp_months = point.ramp_months;
        event.when = when;
        event.source = point.source;
        event.place = short_place(point.place);
        event.own = same_file(point.place.file, scenario_.file);
        events_.push_back(std::move(event));
      }
      before = point.value;
      in_wages = point.in_minimum_wages;
    }
  }

  static bool stands_in(const std::vector<LeverPoint>& points, const LeverPoint& point) {
    return std::any_of(points.begin(), points.end(), [&](const LeverPoint& other) {
      return other.from == point.from && other.value == point.value &&
             other.place.file == point.place.file && other.place.line == point.place.line;
    });
  }

  const Scenario& scenario_;
  Date first_;
  std::vector<PolicyEvent> events_;
};

std::vector<PolicyEvent> policy_events(const Scenario& scenario, const Manifest& manifest) {
  Events events(scenario, manifest.first_month.empty()
                              ? scenario.time.start
                              : parse_period(manifest.first_month).first.first_day());
  for (const LeverTimeline& lever : scenario.policy) events.add(lever);
  return events.take();
}

/// The run's warnings, without the folders that the scenario's own carry.
std::vector<Warning> warnings_of(const Scenario& scenario, const Manifest& manifest) {
  std::vector<Warning> warnings = manifest.warnings;
  for (Warning& warning : warnings) {
    // A run of before told the place and the sentence in one text.
    const auto same =
        std::find_if(scenario.warnings.begin(), scenario.warnings.end(), [&](const Diagnostic& d) {
          return warning.message.code.empty() &&
                 warning.message.text.ends_with(": " + d.message.text);
        });
    if (same != scenario.warnings.end()) warning = Warning(*same);
    warning.place.file = std::filesystem::path(warning.place.file).filename().string();
  }
  return warnings;
}

/// A year of a series: the mean over the months that are in the results, as the run reads them.
DriverOutlook::Year year_of(const DriverSeries& series, Month first, Month last) {
  DriverOutlook::Year out;
  out.year = first.year();
  for (Month month = first; !(last < month); month = month + 1) {
    out.mean += (series.at({month.year(), month.month(), 15}) - out.mean) / (month - first + 1);
  }
  // A step stands until the next one, and a single figure for all time.
  if (series.points.size() > 1 && series.between != DriverSeries::Between::Step) {
    const Date end{last.year(), last.month(), 28};
    out.held = end < series.points.front().first || series.points.back().first < first.first_day();
  }
  return out;
}

std::vector<DriverOutlook> driver_outlooks(const Scenario& scenario, const Manifest& manifest) {
  std::vector<DriverOutlook> outlooks;
  if (manifest.first_month.empty()) return outlooks;
  const Month first = parse_period(manifest.first_month).first;
  const Month last = parse_period(manifest.last_month).first;
  for (const auto& [name, series] : scenario.drivers) {
    DriverOutlook outlook;
    outlook.name = name;
    if (!series.key.empty()) outlook.key = DimKey{series.by, series.key};
    outlook.unit = series.unit;
    outlook.kind = series.source.kind.empty() ? series.quality : series.source.kind;
    for (int year = first.year(); year <= last.year(); ++year) {
      outlook.years.push_back(
          year_of(series, std::max(first, Month(year, 1)), std::min(last, Month(year, 12))));
    }
    outlooks.push_back(std::move(outlook));
  }
  return outlooks;
}

/// What the run's levers did, those first that the scenario's own file moves.
std::vector<LeverOutcome> lever_outcomes(const Scenario& scenario, const Manifest& manifest,
                                         const std::vector<PolicyEvent>& policy) {
  const bool moves_some =
      std::any_of(policy.begin(), policy.end(), [](const PolicyEvent& e) { return !e.own; });
  std::vector<LeverOutcome> outcomes;
  for (const LeverEffect& effect : manifest.levers) {
    LeverOutcome outcome;
    outcome.lever = effect.lever;
    outcome.effect = effect;
    const auto timeline =
        std::find_if(scenario.policy.begin(), scenario.policy.end(),
                     [&](const LeverTimeline& t) { return t.decl->name == effect.lever; });
    if (timeline != scenario.policy.end()) {
      outcome.summary = timeline->decl->summary;
      report_detail::set_keys(outcome, *timeline->decl, effect.key.empty() ? "" : '.' + effect.key);
    }
    outcome.own =
        moves_some && std::any_of(policy.begin(), policy.end(), [&](const PolicyEvent& e) {
          const auto fits = [](const DimKey& moved, const DimKey& told) {
            return moved.first == Dim::None || told.first == Dim::None || moved == told;
          };
          return e.own && e.lever == effect.lever && fits(e.key, outcome.key) &&
                 fits(e.also, outcome.also);
        });
    outcomes.push_back(std::move(outcome));
  }
  std::stable_partition(outcomes.begin(), outcomes.end(),
                        [](const LeverOutcome& outcome) { return outcome.own; });
  return outcomes;
}

/// Dates at which the weight of those who do not search changes in the national count.
std::vector<CountingBreak> counting_breaks(const Scenario& scenario) {
  std::vector<CountingBreak> breaks;
  const auto weight = scenario.observation.find("national_rate_weight");
  if (weight == scenario.observation.end()) return breaks;
  const auto& points = weight->second.points;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].second != points[i - 1].second) {
      breaks.push_back({"unemployment_rate_national", points[i].first});
    }
  }
  return breaks;
}

/// What repeats the run, typed in the folder that holds the run folder.
std::vector<std::string> repeat_command(const Manifest& manifest, const std::string& run_name) {
  const RunInfo& run = manifest.run;
  std::vector<std::string> words = {"steppe", "run", run_name + '/' + manifest.scenario_input};
  const auto add = [&](std::initializer_list<std::string> more) {
    words.insert(words.end(), more);
  };
  if (run.model == kMeanFieldModel) {
    add({"--engine", kMeanFieldModel});
  } else {
    add({"--replications", std::to_string(run.replications), "--seed", std::to_string(run.seed)});
    if (run.scale != 1) add({"--scale", std::to_string(run.scale)});
  }
  if (run.language != "en") add({"--lang", run.language});
  for (const auto& [path, value] : run.overrides) {
    add({"--set", path + '=' + value});
  }
  return words;
}

}  // namespace

ReportInput make_report_input(const Scenario& scenario, const Manifest& manifest, Summary summary) {
  ReportInput input;
  input.key = manifest.scenario_key;
  input.run_name = manifest.scenario_key + '-' + manifest.hash.substr(0, 8);
  input.hash = manifest.hash;
  input.name = scenario.name;
  input.question = scenario.question;
  input.description = scenario.description;
  input.country = scenario.country;
  input.start = scenario.time.start;
  input.dimensions = scenario.dimensions;
  input.model = manifest.model;

  input.version = manifest.version;
  input.source_hash = manifest.source_hash;
  input.seed = manifest.run.seed;
  input.replications = manifest.run.replications;
  input.finished = manifest.run.replications - static_cast<int>(manifest.failed.size());
  input.mean_field = manifest.run.model == kMeanFieldModel;
  input.draws = manifest.run.draws;
  input.scale = manifest.run.scale;
  input.records = manifest.persons;
  input.command = repeat_command(manifest, input.run_name);

  input.variables = manifest.variables;
  input.recorded = recorded_points(scenario, summary);
  input.policy = policy_events(scenario, manifest);
  input.breaks = counting_breaks(scenario);
  input.levers = lever_outcomes(scenario, manifest, input.policy);
  input.drivers = driver_outlooks(scenario, manifest);
  input.warnings = warnings_of(scenario, manifest);
  input.summary = std::move(summary);
  input.sources = report_detail::list_sources(scenario, input.recorded);
  return input;
}

}  // namespace steppe
