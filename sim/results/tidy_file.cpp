#include "sim/results/tidy_file.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/results/dimension_keys.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

constexpr Dim kColumns[] = {Dim::Region, Dim::Sector, Dim::Occupation, Dim::Skill, Dim::Origin};

bool is_column(Dim dim) {
  return std::find(std::begin(kColumns), std::end(kColumns), dim) != std::end(kColumns);
}

const std::string& label(const CellLabels& labels, Dim dim) {
  return labels[static_cast<std::size_t>(dim)];
}

}  // namespace

TidyFile::TidyFile(const std::filesystem::path& file, const std::filesystem::path& shown,
                   const Scenario& scenario, const RunInfo& info)
    : file_(file, shown),
      start_(fmt::format("{},{},", csv_field(info.model), csv_field(scenario.key))),
      dimensions_(scenario.dimensions) {
  for (const Dim dim : kAllDims) {
    const std::vector<std::string>& by = scenario.outputs.by;
    const bool asked = std::find(by.begin(), by.end(), to_string(dim)) != by.end();
    if (asked && !is_column(dim)) more_dims_.push_back(dim);
  }
  std::string header =
      "model,scenario,region,variable,unit,date,draw,realization,sector,occupation,skill,origin";
  for (const Dim dim : more_dims_) header += fmt::format(",{}", to_string(dim));
  file_.write(header + ",value\n");
}

bool TidyFile::holds(const Variable& variable) const {
  if (!variable.in_tidy) return false;
  return std::all_of(variable.dims.begin(), variable.dims.end(), [&](Dim dim) {
    return is_column(dim) ||
           std::find(more_dims_.begin(), more_dims_.end(), dim) != more_dims_.end();
  });
}

void TidyFile::write(int realization, const Recording& recording) {
  std::vector<std::string> months;
  for (const Month month : recording.months) months.push_back(month_text(month));
  for (const Table& table : recording.tables) {
    if (holds(table.variable)) write_table(realization, table, months);
  }
}

void TidyFile::write_table(int realization, const Table& table,
                           const std::vector<std::string>& months) {
  const Variable& variable = table.variable;
  const std::size_t cells = table.cells();
  const std::vector<CellLabels> labels = cell_labels(dimensions_, variable);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const CellLabels& keys = labels[cell];
    const std::string before =
        fmt::format("{}{},{},{},", start_, csv_field(label(keys, Dim::Region)),
                    csv_field(variable.name), csv_field(variable.unit));
    // Parameter draws are not sampled by this writer: draw 0 is the values in force.
    std::string after =
        fmt::format(",0,{},{},{},{},{},", realization, csv_field(label(keys, Dim::Sector)),
                    csv_field(label(keys, Dim::Occupation)), csv_field(label(keys, Dim::Skill)),
                    csv_field(label(keys, Dim::Origin)));
    for (const Dim dim : more_dims_) after += csv_field(label(keys, dim)) + ',';
    rows_.clear();
    for (std::size_t month = 0; month < months.size(); ++month) {
      rows_ += before;
      rows_ += months[month];
      rows_ += after;
      append_number(rows_, table.data[month * cells + cell], variable.digits);
      rows_ += '\n';
    }
    file_.write(rows_);
  }
}

}  // namespace steppe
