#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/results/summary.hpp"

namespace steppe {

/// A table of results in CSV, read row by row: columns are found by name, those of dimensions
/// besides.
class CsvTable {
 public:
  /// @param kind what it should be, for messages: `summary table`
  /// @throws IoError when the file cannot be read
  CsvTable(const std::filesystem::path& file, std::string kind);

  /// Position of a column. @throws IoError when there is none
  [[nodiscard]] std::size_t column(std::string_view name) const;

  /// Goes to the next row. @returns false at the end. @throws IoError for a row of another length
  bool next();

  [[nodiscard]] const std::string& text(std::size_t column) const { return fields_[column]; }
  /// NaN for an empty field.
  [[nodiscard]] double number(std::size_t column) const;
  [[nodiscard]] int count(std::size_t column) const;
  /// Keys of the row in the dimensions that do not read `all`, in the order of `Dim`.
  [[nodiscard]] std::vector<DimKey> keys() const;

 private:
  std::string_view next_line();

  std::string file_, kind_, content_;
  std::string_view rest_;
  std::vector<std::string> names_, fields_;
  std::vector<std::pair<Dim, std::size_t>> dims_;
};

}  // namespace steppe
