#include "sim/results/csv_table.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <limits>

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

template <class Number>
Number to_number(const std::string& text, Number missing) {
  Number value = missing;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

CsvTable::CsvTable(const std::filesystem::path& file, std::string kind)
    : file_(file.string()), kind_(std::move(kind)), content_(read_all(file)), rest_(content_) {
  split_row(next_line(), names_);
  for (const Dim dim : kAllDims) {
    const auto found = std::find(names_.begin(), names_.end(), to_string(dim));
    if (found != names_.end()) dims_.emplace_back(dim, found - names_.begin());
  }
}

std::string_view CsvTable::next_line() {
  const std::size_t end = rest_.find('\n');
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  return line;
}

std::size_t CsvTable::column(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) {
    throw IoError(
        fmt::format("'{}' has no column '{}'; it is no {} of steppe", file_, name, kind_));
  }
  return static_cast<std::size_t>(found - names_.begin());
}

bool CsvTable::next() {
  if (rest_.empty()) return false;
  split_row(next_line(), fields_);
  if (fields_.size() != names_.size()) {
    throw IoError(fmt::format("'{}' has a row of {} fields where the header has {}; write it anew",
                              file_, fields_.size(), names_.size()));
  }
  return true;
}

double CsvTable::number(std::size_t column) const {
  return to_number(fields_[column], std::numeric_limits<double>::quiet_NaN());
}

int CsvTable::count(std::size_t column) const { return to_number(fields_[column], 0); }

std::vector<DimKey> CsvTable::keys() const {
  std::vector<DimKey> keys;
  for (const auto& [dim, column] : dims_) {
    if (fields_[column] != "all") keys.emplace_back(dim, fields_[column]);
  }
  return keys;
}

}  // namespace steppe
