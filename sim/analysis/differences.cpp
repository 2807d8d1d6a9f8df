#include "sim/analysis/differences.hpp"

#include <algorithm>
#include <utility>

#include "sim/results/csv_table.hpp"

namespace steppe {
Estimate DifferenceSeries::at(std::size_t row) const {
  Estimate out;
  out.n = static_cast<std::size_t>(n[row]);
  out.base = base[row];
  out.alternative = alternative[row];
  out.difference = difference[row];
  out.se = se[row];
  out.interval = {low[row], high[row]};
  out.all_zero = out.n > 0 && difference[row] == 0.0 && !(se[row] > 0.0);
  return out;
}

const DifferenceSeries* Differences::find(std::string_view variable,
                                          const std::vector<DimKey>& keys) const {
  for (const DifferenceSeries& one : series) {
    if (one.variable == variable && one.keys == keys) return &one;
  }
  return nullptr;
}

std::vector<Differences> read_differences(const std::filesystem::path& file) {
  CsvTable table(file, "table of differences");
  const std::size_t scenario = table.column("scenario"), variable = table.column("variable"),
                    unit = table.column("unit"), date = table.column("date"), n = table.column("n");
  using Values = std::vector<double> DifferenceSeries::*;
  const std::pair<std::size_t, Values> numbers[] = {
      {table.column("base"), &DifferenceSeries::base},
      {table.column("alternative"), &DifferenceSeries::alternative},
      {table.column("difference"), &DifferenceSeries::difference},
      {table.column("se"), &DifferenceSeries::se},
      {table.column("low"), &DifferenceSeries::low},
      {table.column("high"), &DifferenceSeries::high}};
  std::vector<Differences> out;
  while (table.next()) {
    if (out.empty() || out.back().scenario != table.text(scenario)) {
      out.push_back({table.text(scenario), {}, {}});
    }
    Differences& differences = out.back();
    std::vector<DimKey> keys = table.keys();
    // The rows of a series follow one another, so the first series gives the dates.
    if (differences.series.empty() || differences.series.back().variable != table.text(variable) ||
        differences.series.back().keys != keys) {
      DifferenceSeries fresh;
      fresh.variable = table.text(variable);
      fresh.unit = table.text(unit);
      fresh.keys = std::move(keys);
      differences.series.push_back(std::move(fresh));
    }
    if (differences.series.size() == 1) differences.dates.push_back(table.text(date));
    DifferenceSeries& series = differences.series.back();
    for (const auto& [column, member] : numbers) (series.*member).push_back(table.number(column));
    series.n.push_back(table.count(n));
  }
  return out;
}

void read_people(const std::filesystem::path& file, Outcome& outcome) {
  CsvTable table(file, "table of persons");
  const std::size_t scenario = table.column("scenario"), change = table.column("change"),
                    mean = table.column("mean"), se = table.column("se"), low = table.column("low"),
                    high = table.column("high"), n = table.column("n");
  for (AlternativeOutcome& alternative : outcome.alternatives) alternative.people.clear();
  while (table.next()) {
    const auto found = std::find_if(
        outcome.alternatives.begin(), outcome.alternatives.end(),
        [&](const AlternativeOutcome& one) { return one.scenario == table.text(scenario); });
    if (found == outcome.alternatives.end()) continue;
    PeopleFigure figure;
    figure.change = change_named(table.text(change));
    const std::vector<DimKey> keys = table.keys();
    if (!keys.empty()) {
      figure.dim = to_string(keys.front().first);
      figure.key = keys.front().second;
    }
    figure.persons.value = table.number(mean);
    figure.persons.se = table.number(se);
    figure.persons.interval = {table.number(low), table.number(high)};
    figure.persons.n = static_cast<std::size_t>(table.count(n));
    found->people.push_back(std::move(figure));
  }
}

}  // namespace steppe
