#include "support/ensemble.hpp"

#include <stdexcept>

#include "sim/api/registry.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::test {

Scenario read(const std::string& path_in_checkout,
              const std::vector<std::pair<std::string, std::string>>& overrides) {
  ReadOptions options;
  options.overrides = overrides;
  auto scenario = read_scenario(std::filesystem::path(STEPPE_SOURCE_DIR) / path_in_checkout,
                                builtin_models().catalogue(), options);
  if (!scenario) throw std::runtime_error(to_text(scenario.error()));
  return std::move(scenario).value();
}

std::vector<Recording> run_all(const Scenario& scenario, const EnsembleOptions& options) {
  std::vector<Recording> out;
  const EnsembleSummary summary =
      run_ensemble(scenario, builtin_models(), options,
                   [&](int, Recording&& recording) { out.push_back(std::move(recording)); });
  if (!summary.failures.empty()) throw std::runtime_error(summary.failures.front().second);
  return out;
}

const Table& table(const Recording& recording, std::string_view variable,
                   const std::vector<Dim>& dims) {
  for (const Table& t : recording.tables) {
    if (t.variable.name == variable && t.variable.dims == dims) return t;
  }
  throw std::runtime_error("no table of " + std::string(variable));
}

double annual_mean(const std::vector<Recording>& recordings, std::string_view variable, int year,
                   const std::vector<Dim>& dims, std::size_t cell) {
  double sum = 0.0;
  double count = 0.0;
  for (const Recording& recording : recordings) {
    const Table& t = table(recording, variable, dims);
    for (std::size_t m = 0; m < recording.months.size(); ++m) {
      if (recording.months[m].year() != year) continue;
      sum += t.data[m * t.cells() + cell];
      ++count;
    }
  }
  if (count == 0.0) throw std::runtime_error("no month of the year was recorded");
  return sum / count;
}

double in_month(const std::vector<Recording>& recordings, std::string_view variable, Month month,
                const std::vector<Dim>& dims, std::size_t cell) {
  double sum = 0.0;
  for (const Recording& recording : recordings) {
    const Table& t = table(recording, variable, dims);
    for (std::size_t m = 0; m < recording.months.size(); ++m) {
      if (recording.months[m] == month) sum += t.data[m * t.cells() + cell];
    }
  }
  return sum / static_cast<double>(recordings.size());
}

}  // namespace steppe::test
