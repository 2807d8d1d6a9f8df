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
    : values_(scenarios, std::vector<std::vector<double>>(static_cast<std::size_t>(replications))) {
}

void Comparison::add(std::size_t scenario, int realization, const Recording& recording) {
  std::vector<ComparedVariable> layout;
  std::vector<double>& data = values_.at(scenario).at(static_cast<std::size_t>(realization));
  std::vector<std::size_t> starts;
  data.clear();
  for (const Table& table : recording.tables) {
    if (!table.variable.in_tidy) continue;
    starts.push_back(data.size());
    layout.push_back({table.variable, table.cells()});
    data.insert(data.end(), table.data.begin(), table.data.end());
  }
  if (variables_.empty()) {
    months_ = recording.months;
    variables_ = std::move(layout);
    starts_ = std::move(starts);
    return;
  }
  const bool same = months_ == recording.months && starts_ == starts &&
                    std::equal(layout.begin(), layout.end(), variables_.begin(), variables_.end(),
                               [](const ComparedVariable& a, const ComparedVariable& b) {
                                 return a.variable.name == b.variable.name &&
                                        a.variable.dims == b.variable.dims && a.cells == b.cells;
                               });
  if (!same) {
    throw ModelError(fmt::format(
        "realization {} of scenario {} recorded other variables or months than the first",
        realization, scenario));
  }
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
      const std::size_t at = starts_[variable] + m * cells + cell;
      if (std::isnan(base[at]) || std::isnan(other[at])) continue;
      base_sum += base[at];
      other_sum += other[at];
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
