#include "sim/results/summary.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/files.hpp"

namespace steppe {
namespace {

/// Splits a row at its commas, minding quotes.
void split_row(std::string_view row, std::vector<std::string>& fields) {
  fields.assign(1, "");
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (c == '"') {
      // A doubled quote inside a quoted field stands for one.
      if (quoted && i + 1 < row.size() && row[i + 1] == '"') {
        fields.back() += row[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
}

/// Columns of summary.csv, found by name.
class Columns {
 public:
  Columns(std::string file, std::vector<std::string> names)
      : file_(std::move(file)), names_(std::move(names)) {}

  [[nodiscard]] std::size_t operator[](std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) {
      throw IoError(
          fmt::format("'{}' has no column '{}'; it is no summary table of steppe", file_, name));
    }
    return static_cast<std::size_t>(found - names_.begin());
  }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::string file_;
  std::vector<std::string> names_;
};

template <class Number>
Number to_number(const std::string& text, Number missing) {
  Number value = missing;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

const SummarySeries* Summary::find(std::string_view variable,
                                   const std::vector<DimKey>& keys) const {
  std::vector<DimKey> ordered = keys;
  std::sort(ordered.begin(), ordered.end());
  for (const SummarySeries& one : series) {
    if (one.variable == variable && one.keys == ordered) return &one;
  }
  return nullptr;
}

Summary read_summary(const std::filesystem::path& file) {
  const std::string text = read_all(file);
  std::string_view rest = text;
  const auto next_row = [&rest] {
    const std::size_t end = rest.find('\n');
    const std::string_view row = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return row;
  };

  std::vector<std::string> fields;
  split_row(next_row(), fields);
  const Columns columns(file.string(), fields);
  const std::size_t variable = columns["variable"], date = columns["date"], unit = columns["unit"],
                    n = columns["n"];
  using Values = std::vector<double> SummarySeries::*;
  const std::pair<std::size_t, Values> numbers[] = {
      {columns["mean"], &SummarySeries::mean}, {columns["se_mc"], &SummarySeries::se_mc},
      {columns["p05"], &SummarySeries::p05},   {columns["p25"], &SummarySeries::p25},
      {columns["p50"], &SummarySeries::p50},   {columns["p75"], &SummarySeries::p75},
      {columns["p95"], &SummarySeries::p95}};
  std::vector<std::pair<Dim, std::size_t>> dims;
  for (const Dim dim : kAllDims) {
    const auto& names = columns.names();
    const auto found = std::find(names.begin(), names.end(), to_string(dim));
    if (found != names.end()) dims.emplace_back(dim, found - names.begin());
  }

  Summary summary;
  std::string previous;
  while (!rest.empty()) {
    split_row(next_row(), fields);
    if (fields.size() != columns.size()) {
      throw IoError(
          fmt::format("'{}' has a row of {} fields where the header has {}; write it anew",
                      file.string(), fields.size(), columns.size()));
    }
    std::vector<DimKey> keys;
    std::string id = fields[variable];
    for (const auto& [dim, column] : dims) {
      if (fields[column] != "all") keys.emplace_back(dim, fields[column]);
      id += ',' + fields[column];
    }
    // The rows of a series follow one another, so the first series gives the months.
    if (summary.series.empty() || id != previous) {
      summary.series.push_back(
          {fields[variable], fields[unit], std::move(keys), {}, {}, {}, {}, {}, {}, {}, {}});
      previous = std::move(id);
    }
    if (summary.series.size() == 1) summary.months.push_back(fields[date]);
    SummarySeries& series = summary.series.back();
    for (const auto& [column, member] : numbers) {
      (series.*member)
          .push_back(to_number(fields[column], std::numeric_limits<double>::quiet_NaN()));
    }
    series.n.push_back(to_number(fields[n], 0));
  }
  return summary;
}

}  // namespace steppe
