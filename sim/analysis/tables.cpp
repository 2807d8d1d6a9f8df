#include "sim/analysis/tables.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/results/dimension_keys.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

/// Columns that stand in every table, used or not, as in summary.csv; further ones where used.
constexpr Dim kColumns[] = {Dim::Region, Dim::Sector, Dim::Occupation, Dim::Skill, Dim::Origin};

/// A mean has finer steps than the figures it is of, and a mean of differences finer ones still.
constexpr int kMoreDigits = 3;

std::vector<Dim> columns_of(const Comparison& comparison) {
  std::vector<Dim> columns(std::begin(kColumns), std::end(kColumns));
  for (const Dim dim : kAllDims) {
    const bool used = std::any_of(comparison.variables().begin(), comparison.variables().end(),
                                  [&](const ComparedVariable& compared) {
                                    const std::vector<Dim>& dims = compared.variable.dims;
                                    return std::find(dims.begin(), dims.end(), dim) != dims.end();
                                  });
    if (used && std::find(columns.begin(), columns.end(), dim) == columns.end()) {
      columns.push_back(dim);
    }
  }
  return columns;
}

void append(std::string& row, std::initializer_list<double> values, int digits) {
  for (const double value : values) {
    row += ',';
    append_number(row, value, digits);
  }
}

/// One row an alternative, variable, cell and span of months.
void write_spans(OutputFile& out, const Comparison& comparison, const Dimensions& dimensions,
                 const std::vector<std::string>& names, double confidence,
                 const std::vector<std::pair<std::string, MonthSpan>>& spans) {
  const std::vector<Dim> columns = columns_of(comparison);
  std::string rows = "scenario,variable,unit,date";
  for (const Dim dim : columns) rows += fmt::format(",{}", to_string(dim));
  out.write(rows + ",base,alternative,difference,se,low,high,n,unpaired_se\n");

  for (std::size_t alternative = 1; alternative < names.size(); ++alternative) {
    for (std::size_t v = 0; v < comparison.variables().size(); ++v) {
      const auto& [variable, cells] = comparison.variables()[v];
      const std::vector<CellLabels> labels = cell_labels(dimensions, variable);
      const std::string start = fmt::format("{},{},{},", csv_field(names[alternative]),
                                            csv_field(variable.name), csv_field(variable.unit));
      const int digits = variable.digits + kMoreDigits;
      for (std::size_t cell = 0; cell < cells; ++cell) {
        std::string keys;
        for (const Dim dim : columns) {
          keys += ',' + csv_field(labels[cell][static_cast<std::size_t>(dim)]);
        }
        rows.clear();
        for (const auto& [date, span] : spans) {
          const Estimate e = comparison.pairs(alternative, v, cell, span).estimate(confidence);
          rows += start + date + keys;
          append(rows, {e.base, e.alternative, e.difference, e.se, e.interval.low, e.interval.high},
                 digits);
          rows += fmt::format(",{}", e.n);
          append(rows, {e.unpaired_se}, digits);
          rows += '\n';
        }
        out.write(rows);
      }
    }
  }
}

}  // namespace

void write_differences(OutputFile& out, const Comparison& comparison, const Dimensions& dimensions,
                       const std::vector<std::string>& names, double confidence) {
  std::vector<std::pair<std::string, MonthSpan>> spans;
  for (std::size_t m = 0; m < comparison.months().size(); ++m) {
    spans.emplace_back(month_text(comparison.months()[m]), MonthSpan{m, m + 1});
  }
  write_spans(out, comparison, dimensions, names, confidence, spans);
}

void write_window(OutputFile& out, const Comparison& comparison, const Dimensions& dimensions,
                  const std::vector<std::string>& names, double confidence, const Window& window) {
  write_spans(out, comparison, dimensions, names, confidence,
              {{fmt::format("{}..{}", month_text(window.first), month_text(window.last)),
                comparison.span(window)}});
}

void write_people(OutputFile& out, const Outcome& outcome) {
  std::string rows = "scenario,change,unit,date";
  for (const Dim dim : kPeopleDims) rows += fmt::format(",{}", to_string(dim));
  rows += ",mean,se,low,high,n\n";
  for (const AlternativeOutcome& alternative : outcome.alternatives) {
    for (const PeopleFigure& figure : alternative.people) {
      rows += fmt::format("{},{},person,{}", csv_field(alternative.scenario),
                          to_string(figure.change), month_text(outcome.window.last));
      for (const Dim dim : kPeopleDims) {
        rows += ',' + (figure.dim == to_string(dim) ? csv_field(figure.key) : std::string("all"));
      }
      const Mean& m = figure.persons;
      append(rows, {m.value, m.se, m.interval.low, m.interval.high}, kMoreDigits);
      rows += fmt::format(",{}\n", m.n);
    }
  }
  out.write(rows);
}

}  // namespace steppe
