#include "sim/analysis/recorded.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace steppe {
namespace {

/// What the labour-force survey counts by heads; registers and rates need no coverage.
constexpr std::array<std::string_view, 4> kSurveyHeads = {"employed", "unemployed", "labour_force",
                                                          "discouraged"};

bool counts_survey_heads(const RecordSeries& record) {
  return record.unit == "person" &&
         std::find(kSurveyHeads.begin(), kSurveyHeads.end(), record.variable) != kSurveyHeads.end();
}

/// The keys of a record's cell as the results have them, or nothing when they have no such series.
/// The dimension of `group` is the one for which there is a series.
std::optional<std::vector<DimKey>> simulated_keys(const RecordSeries& record,
                                                  const Dimensions& dimensions,
                                                  const SimulatedUnit& simulated) {
  std::vector<DimKey> keys;
  if (record.sector != "all") keys.emplace_back(Dim::Sector, record.sector);
  if (record.region != "all") keys.emplace_back(Dim::Region, record.region);
  if (record.group == "all") {
    if (simulated(record.variable, keys)) return keys;
    return std::nullopt;
  }
  for (const Dim dim : {Dim::Sex, Dim::Age, Dim::Occupation, Dim::Skill, Dim::Origin,
                        Dim::Destination, Dim::Education, Dim::Status, Dim::Field}) {
    if (dimensions.find(dim, record.group) < 0) continue;
    std::vector<DimKey> with_group = keys;
    with_group.emplace_back(dim, record.group);
    std::stable_sort(with_group.begin(), with_group.end(),
                     [](const DimKey& a, const DimKey& b) { return a.first < b.first; });
    if (simulated(record.variable, with_group)) return with_group;
  }
  return std::nullopt;
}

/// National total over the sum of sectors in the year the run starts in; 1 without either.
double sector_scale(const Scenario& scenario, const std::string& variable) {
  const std::string year = std::to_string(scenario.time.start.year);
  double total = 0.0;
  double sectors = 0.0;
  for (const RecordSeries& record : scenario.record) {
    if (record.variable != variable || record.period != year || record.region != "all" ||
        record.group != "all") {
      continue;
    }
    (record.sector == "all" ? total : sectors) += record.value;
  }
  return total > 0.0 && sectors > 0.0 ? total / sectors : 1.0;
}

double on_simulated_count(const Scenario& scenario, const RecordSeries& record, Month first) {
  if (!counts_survey_heads(record)) return record.value;
  double value = record.value;
  const auto coverage = scenario.observation.find("coverage");
  if (coverage != scenario.observation.end()) {
    const double share = coverage->second.at(first.first_day());
    if (share > 0.0) value /= share;
  }
  if (record.sector != "all" && record.region == "all" &&
      record.period == std::to_string(scenario.time.start.year)) {
    value *= sector_scale(scenario, record.variable);
  }
  return value;
}

}  // namespace

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

std::vector<RecordedPoint> recorded_points(const Scenario& scenario,
                                           const SimulatedUnit& simulated) {
  std::vector<RecordedPoint> points;
  for (const RecordSeries& record : scenario.record) {
    const Period period = parse_period(record.period);
    if (period.months == 0) continue;
    auto keys = simulated_keys(record, scenario.dimensions, simulated);
    if (!keys) continue;
    // A figure in another unit is another definition.
    if (simulated(record.variable, *keys) != record.unit) continue;
    RecordedPoint point;
    point.variable = record.variable;
    point.keys = std::move(*keys);
    point.period = record.period;
    point.first = record.at_end ? period.first + (period.months - 1) : period.first;
    point.months = record.at_end ? 1 : period.months;
    point.value = on_simulated_count(scenario, record, period.first);
    point.published = record.value;
    point.source = record.source;
    point.quality = record.quality;
    point.definition = record.definition;
    point.basis = record.basis;
    points.push_back(std::move(point));
  }
  return points;
}

std::vector<RecordedPoint> recorded_points(const Scenario& scenario, const Summary& summary) {
  return recorded_points(scenario,
                         [&](std::string_view variable,
                             const std::vector<DimKey>& keys) -> std::optional<std::string> {
                           const SummarySeries* const series = summary.find(variable, keys);
                           if (series == nullptr) return std::nullopt;
                           return series->unit;
                         });
}

}  // namespace steppe
