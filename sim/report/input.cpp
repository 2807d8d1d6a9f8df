#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

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

struct Period {
  Month first;
  int months = 0;  ///< 0: not a period
};

/// `2012`, `2012-Q3`, `2012-11` or a day of that month.
Period parse_period(const std::string& text) {
  const char* const end = text.data() + text.size();
  int year = 0;
  const auto after_year = std::from_chars(text.data(), end, year);
  if (after_year.ec != std::errc{}) return {};
  if (after_year.ptr == end) return {Month(year, 1), 12};
  const char* part_text = after_year.ptr + 1;
  const bool quarter = part_text < end && *part_text == 'Q';
  if (quarter) ++part_text;
  int part = 0;
  if (*after_year.ptr != '-' || std::from_chars(part_text, end, part).ec != std::errc{}) return {};
  if (quarter) return part >= 1 && part <= 4 ? Period{Month(year, part * 3 - 2), 3} : Period{};
  return part >= 1 && part <= 12 ? Period{Month(year, part), 1} : Period{};
}

/// The keys of a record's cell as the summary has them, or nothing when it has no such series. The
/// dimension of `group` is the one for which there is a series.
std::optional<std::vector<DimKey>> simulated_keys(const RecordSeries& record,
                                                  const Dimensions& dimensions,
                                                  const Summary& summary) {
  std::vector<DimKey> keys;
  if (record.sector != "all") keys.emplace_back(Dim::Sector, record.sector);
  if (record.region != "all") keys.emplace_back(Dim::Region, record.region);
  if (record.group == "all") {
    if (summary.find(record.variable, keys) != nullptr) return keys;
    return std::nullopt;
  }
  for (const Dim dim : {Dim::Sex, Dim::Age, Dim::Occupation, Dim::Skill, Dim::Origin,
                        Dim::Destination, Dim::Education, Dim::Status, Dim::Field}) {
    if (dimensions.find(dim, record.group) < 0) continue;
    std::vector<DimKey> with_group = keys;
    with_group.emplace_back(dim, record.group);
    std::stable_sort(with_group.begin(), with_group.end(),
                     [](const DimKey& a, const DimKey& b) { return a.first < b.first; });
    if (summary.find(record.variable, with_group) != nullptr) return with_group;
  }
  return std::nullopt;
}

std::vector<RecordedPoint> recorded_points(const Scenario& scenario, const Summary& summary) {
  std::vector<RecordedPoint> points;
  for (const RecordSeries& record : scenario.record) {
    const Period period = parse_period(record.period);
    if (period.months == 0) continue;
    auto keys = simulated_keys(record, scenario.dimensions, summary);
    if (!keys) continue;
    // A figure in another unit is another definition.
    if (summary.find(record.variable, *keys)->unit != record.unit) continue;
    points.push_back({record.variable, std::move(*keys), record.period, period.first, period.months,
                      record.value, record.source, record.quality, record.definition});
  }
  return points;
}

std::vector<PolicyEvent> policy_events(const Scenario& scenario, const Summary& summary) {
  const Date first = summary.months.empty()
                         ? scenario.time.start
                         : parse_period(summary.months.front()).first.first_day();
  std::vector<PolicyEvent> events;
  for (const LeverTimeline& lever : scenario.policy) {
    double before = lever.before;
    for (const LeverPoint& point : lever.points) {
      // What holds on the first day was there before the results begin.
      if (point.from > first && point.value != before && point.from <= scenario.time.end) {
        PolicyEvent event;
        event.lever = lever.decl->name;
        if (lever.key >= 0) {
          const auto key = static_cast<std::size_t>(lever.key);
          event.key = {lever.decl->by, scenario.dimensions.of(lever.decl->by)[key].key};
        }
        event.summary = lever.decl->summary;
        event.unit = lever.decl->unit;
        event.from = point.from;
        event.before = before;
        event.after = point.value;
        event.ramp_months = point.ramp_months;
        event.when = lever.when;
        // The scenario keeps the source of the last entry that set the lever.
        if (same_file(point.place.file, lever.place.file)) event.source = lever.source;
        event.place = short_place(point.place);
        event.own = same_file(point.place.file, scenario.file);
        events.push_back(std::move(event));
      }
      before = point.value;
    }
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const PolicyEvent& a, const PolicyEvent& b) { return a.from < b.from; });
  return events;
}

/// The run's warnings, without the folders that the scenario's own carry.
std::vector<std::string> warnings_of(const Scenario& scenario, const Manifest& manifest) {
  std::vector<std::string> warnings;
  for (const std::string& warning : manifest.warnings) {
    const auto of_scenario =
        std::find_if(scenario.warnings.begin(), scenario.warnings.end(), [&](const Diagnostic& d) {
          const std::string end = ": " + d.message;
          return warning.size() > end.size() &&
                 warning.compare(warning.size() - end.size(), end.size(), end) == 0;
        });
    warnings.push_back(of_scenario == scenario.warnings.end()
                           ? warning
                           : short_place(of_scenario->place) + ": " + of_scenario->message);
  }
  return warnings;
}

/// True for `permits.sector_cap.mining never binds …`: the first word is a lever of the scenario,
/// alone or with a key.
bool speaks_of_lever(const std::string& sentence, const Scenario& scenario) {
  const std::string word = sentence.substr(0, sentence.find(' '));
  return std::any_of(scenario.policy.begin(), scenario.policy.end(),
                     [&](const LeverTimeline& lever) {
                       const std::string& name = lever.decl->name;
                       return word.compare(0, name.size(), name) == 0 &&
                              (word.size() == name.size() || word[name.size()] == '.');
                     });
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
  std::vector<std::string> words = {"steppe",
                                    "run",
                                    run_name + '/' + manifest.scenario_input,
                                    "--replications",
                                    std::to_string(run.replications),
                                    "--seed",
                                    std::to_string(run.seed)};
  if (run.scale != 1) words.insert(words.end(), {"--scale", std::to_string(run.scale)});
  if (run.language != "en") words.insert(words.end(), {"--lang", run.language});
  for (const auto& [path, value] : run.overrides) {
    words.insert(words.end(), {"--set", path + '=' + value});
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
  input.draws = manifest.run.draws;
  input.scale = manifest.run.scale;
  input.records = manifest.persons;
  input.command = repeat_command(manifest, input.run_name);

  input.variables = manifest.variables;
  input.recorded = recorded_points(scenario, summary);
  input.policy = policy_events(scenario, summary);
  input.breaks = counting_breaks(scenario);
  for (std::string& warning : warnings_of(scenario, manifest)) {
    auto& list = speaks_of_lever(warning, scenario) ? input.lever_notes : input.warnings;
    list.push_back(std::move(warning));
  }
  input.summary = std::move(summary);
  input.sources = report_detail::list_sources(scenario, input.recorded);
  return input;
}

}  // namespace steppe
