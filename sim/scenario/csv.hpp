#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/faults.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/table_form.hpp"

namespace steppe::detail {

/// A data table with the place of every cell.
struct CsvTable {
  DataTable table;
  int file = -1;
  std::vector<std::vector<int>> columns_of;  ///< by row and cell: character of the cell's start
  [[nodiscard]] const std::string& cell(std::size_t row, int column) const {
    return table.rows[row].cells[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] Mark mark(std::size_t row, int column) const;
};

/// Reads a CSV file after RFC 4180 (UTF-8, comma, double quotes) and checks header and cells by the
/// form: numbers, periods, units, keys of the dimensions, and shares that must sum to one.
/// Everything wrong is reported in the table, a missing file where it is named.
///
/// @param path       to open
/// @param named_at   place in the scenario file
/// @param dimensions null: keys cannot be checked yet
[[nodiscard]] std::optional<CsvTable> read_csv(const std::filesystem::path& path,
                                               const TableForm& form, const Dimensions* dimensions,
                                               const Mark& named_at, Faults& faults);

/// A cell as a number, nothing when it is none.
[[nodiscard]] std::optional<double> cell_number(const std::string& cell);

}  // namespace steppe::detail
