#include "sim/results/summary_builder.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/results/dimension_keys.hpp"
#include "sim/results/files.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// Columns that stand in every summary, used or not; further dimensions where a variable has them.
constexpr Dim kColumns[] = {Dim::Region, Dim::Sector, Dim::Occupation, Dim::Skill, Dim::Origin};

/// A mean has finer steps than the figures it is of.
constexpr int kMoreDigits = 2;

/// Type 6 of Hyndman and Fan (1996): a further run lies below it with probability `share`, if there
/// are enough runs (19 for 5 %); with fewer it is the lowest or the highest.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = std::max(0.0, share * static_cast<double>(sorted.size() + 1) - 1.0);
  const double below = std::floor(place);
  const auto index = static_cast<std::size_t>(below);
  if (index + 1 >= sorted.size()) return sorted.back();
  if (sorted[index] == sorted[index + 1]) return sorted[index];
  return sorted[index] + (place - below) * (sorted[index + 1] - sorted[index]);
}

}  // namespace

CellSummary summarise(std::vector<double>& values) {
  values.erase(
      std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }),
      values.end());
  CellSummary result{kMissing, kMissing, kMissing, kMissing, kMissing, kMissing, kMissing, 0};
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  result.n = static_cast<int>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  result.mean = sum / n;
  if (values.size() > 1) {
    double squares = 0.0;
    for (const double value : values) squares += (value - result.mean) * (value - result.mean);
    result.se_mc = std::sqrt(squares / (n - 1.0) / n);
  }
  std::sort(values.begin(), values.end());
  result.p05 = quantile(values, 0.05);
  result.p25 = quantile(values, 0.25);
  result.p50 = quantile(values, 0.50);
  result.p75 = quantile(values, 0.75);
  result.p95 = quantile(values, 0.95);
  return result;
}

void SummaryBuilder::add(const Recording& recording) {
  if (series_.empty()) {
    months_ = recording.months;
    for (const Table& table : recording.tables) {
      if (table.variable.in_tidy) series_.push_back({table.variable, table.cells(), {}});
    }
  }
  std::size_t next = 0;
  for (const Table& table : recording.tables) {
    if (!table.variable.in_tidy) continue;
    std::vector<double>& values = series_[next++].values;
    values.insert(values.end(), table.data.begin(), table.data.end());
  }
}

void SummaryBuilder::write(const std::filesystem::path& file, const std::filesystem::path& shown,
                           const Scenario& scenario) const {
  std::vector<Dim> columns(std::begin(kColumns), std::end(kColumns));
  for (const Dim dim : kAllDims) {
    const bool used = std::any_of(series_.begin(), series_.end(), [&](const Series& series) {
      const std::vector<Dim>& dims = series.variable.dims;
      return std::find(dims.begin(), dims.end(), dim) != dims.end();
    });
    if (used && std::find(columns.begin(), columns.end(), dim) == columns.end()) {
      columns.push_back(dim);
    }
  }

  OutputFile out(file, shown);
  std::string text = "variable,date,unit,scenario";
  for (const Dim dim : columns) text += fmt::format(",{}", to_string(dim));
  out.write(text + ",mean,se_mc,p05,p25,p50,p75,p95,n\n");

  std::vector<double> values;
  for (const Series& series : series_) {
    const std::vector<CellLabels> labels = cell_labels(scenario.dimensions, series.variable);
    const std::size_t stride = months_.size() * series.cells;
    const int digits = series.variable.digits + kMoreDigits;
    const std::string name = csv_field(series.variable.name);
    for (std::size_t cell = 0; cell < series.cells; ++cell) {
      std::string keys =
          fmt::format(",{},{}", csv_field(series.variable.unit), csv_field(scenario.key));
      for (const Dim dim : columns) {
        keys += ',';
        keys += csv_field(labels[cell][static_cast<std::size_t>(dim)]);
      }
      text.clear();
      for (std::size_t month = 0; month < months_.size(); ++month) {
        values.clear();
        for (std::size_t at = month * series.cells + cell; at < series.values.size();
             at += stride) {
          values.push_back(series.values[at]);
        }
        const CellSummary summary = summarise(values);
        text += fmt::format("{},{}{}", name, month_text(months_[month]), keys);
        for (const double value : {summary.mean, summary.se_mc, summary.p05, summary.p25,
                                   summary.p50, summary.p75, summary.p95}) {
          text += ',';
          append_number(text, value, digits);
        }
        text += fmt::format(",{}\n", summary.n);
      }
      out.write(text);
    }
  }
  out.close();
}

}  // namespace steppe
