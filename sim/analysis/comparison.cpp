#include "sim/analysis/comparison.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Comparison::Comparison(std::size_t scenarios, int replications)
    : starts_(scenarios),
      sizes_(scenarios, 0),
      values_(scenarios, std::vector<std::vector<double>>(static_cast<std::size_t>(replications))) {
}

void Comparison::add(std::size_t scenario, int realization, const Recording& recording) {
  std::vector<double>& data = values_.at(scenario).at(static_cast<std::size_t>(realization));
  std::vector<ComparedVariable> layout;
  std::vector<std::size_t> starts;
  data.clear();
  for (const Table& table : recording.tables) {
    if (!table.variable.in_tidy) continue;
    starts.push_back(data.size());
    layout.push_back({table.variable, table.cells()});
    data.insert(data.end(), table.data.begin(), table.data.end());
  }
  if (months_.empty()) months_ = recording.months;
  if (sizes_[scenario] == 0) {
    sizes_[scenario] = data.size();
    keep_common(scenario, layout, starts);
  }
  if (recording.months != months_ || data.size() != sizes_[scenario]) {
    throw ModelError(fmt::format(
        "realization {} of scenario {} recorded other variables or months than the first",
        realization, scenario));
  }
}

void Comparison::keep_common(std::size_t scenario, const std::vector<ComparedVariable>& layout,
                             const std::vector<std::size_t>& starts) {
  const bool is_first = std::all_of(starts_.begin(), starts_.end(),
                                    [](const auto& of_scenario) { return of_scenario.empty(); });
  if (is_first) {
    variables_ = layout;
    starts_[scenario] = starts;
    return;
  }
  std::vector<ComparedVariable> common;
  std::vector<std::vector<std::size_t>> common_starts(starts_.size());
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const auto found =
        std::find_if(layout.begin(), layout.end(), [&](const ComparedVariable& other) {
          return other.variable.name == variables_[v].variable.name &&
                 other.variable.dims == variables_[v].variable.dims &&
                 other.cells == variables_[v].cells;
        });
    if (found == layout.end()) continue;
    common.push_back(variables_[v]);
    for (std::size_t s = 0; s < starts_.size(); ++s) {
      if (!starts_[s].empty()) common_starts[s].push_back(starts_[s][v]);
    }
    common_starts[scenario].push_back(starts[static_cast<std::size_t>(found - layout.begin())]);
  }
  variables_ = std::move(common);
  starts_ = std::move(common_starts);
}

int Comparison::find(std::string_view name, const std::vector<Dim>& dims) const {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    if (variables_[i].variable.name == name && variables_[i].variable.dims == dims) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

MonthSpan Comparison::span(const Window& window) const {
  const auto first = std::lower_bound(months_.begin(), months_.end(), window.first);
  const auto end = std::upper_bound(months_.begin(), months_.end(), window.last);
  if (first >= end) return {};
  return {static_cast<std::size_t>(first - months_.begin()),
          static_cast<std::size_t>(end - months_.begin())};
}

Pairs Comparison::pairs(std::size_t alternative, std::size_t variable, std::size_t cell,
                        MonthSpan span) const {
  Pairs out;
  const std::size_t cells = variables_[variable].cells;
  for (std::size_t r = 0; r < values_[0].size(); ++r) {
    const std::vector<double>& base = values_[0][r];
    const std::vector<double>& other = values_[alternative][r];
    double base_sum = 0.0;
    double other_sum = 0.0;
    double count = 0.0;
    for (std::size_t m = span.first; m < span.end && !base.empty() && !other.empty(); ++m) {
      const double base_value = base[starts_[0][variable] + m * cells + cell];
      const double other_value = other[starts_[alternative][variable] + m * cells + cell];
      if (std::isnan(base_value) || std::isnan(other_value)) continue;
      base_sum += base_value;
      other_sum += other_value;
      ++count;
    }
    out.base.push_back(count > 0.0 ? base_sum / count : kMissing);
    out.alternative.push_back(count > 0.0 ? other_sum / count : kMissing);
  }
  return out;
}

std::vector<double> Pairs::differences() const {
  std::vector<double> out;
  for (std::size_t r = 0; r < base.size(); ++r) out.push_back(alternative[r] - base[r]);
  return out;
}

Ratio displacement(const Comparison& comparison, std::size_t alternative, MonthSpan span,
                   double confidence) {
  const int employed = comparison.find("employed", {});
  const int foreign = comparison.find("foreign_workers", {});
  if (employed < 0 || foreign < 0) return {};
  const auto differences = [&](int variable) {
    return comparison.pairs(alternative, static_cast<std::size_t>(variable), 0, span).differences();
  };
  Ratio ratio = ratio_of_means(differences(employed), differences(foreign), confidence);
  ratio.value *= 100.0;
  ratio.interval = {100.0 * ratio.interval.low, 100.0 * ratio.interval.high};
  return ratio;
}

}  // namespace steppe
