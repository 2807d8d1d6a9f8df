#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace steppe {

/// What a table's values are, and so which units they may carry.
enum class Quantity {
  Heads,         ///< `person`, `thousand_persons` → persons
  Share,         ///< `1`, `%` → 1
  Money,         ///< `MNT/month`, `thousand_MNT/month` → MNT/month
  YearlyRate,    ///< `1/year`, `1/month` → 1/year
  HeadsPerYear,  ///< `person/year` → persons/year
};

/// One table of the scenario, read cell by cell; what is wrong is reported with file and line.
class TableView {
 public:
  /// None when the scenario gives no table of that name.
  static std::optional<TableView> open(const Scenario& scenario, std::string_view name);
  /// @throws DataError when the scenario gives no table of that name
  static TableView require(const Scenario& scenario, std::string_view name);

  [[nodiscard]] std::size_t rows() const { return table_->rows.size(); }
  /// Position of the row's key in its dimension. @throws DataError when the dimension lacks it.
  [[nodiscard]] std::size_t member(std::size_t row, std::string_view column, Dim dim) const;
  [[nodiscard]] const std::string& text(std::size_t row, std::string_view column) const;
  /// A whole number, or `blank` when the cell is empty.
  [[nodiscard]] int whole(std::size_t row, std::string_view column, int blank) const;
  /// The row's `value` in the quantity's own unit. @throws DataError unless a number >= 0.
  [[nodiscard]] double value(std::size_t row, Quantity quantity) const;
  [[nodiscard]] bool has_unit(std::size_t row, Quantity quantity) const;
  [[nodiscard]] bool has_column(std::string_view name) const { return table_->column(name) >= 0; }
  /// `female` or `male` as 0 or 1.
  [[nodiscard]] std::size_t sex(std::size_t row) const;
  [[noreturn]] void fail(std::size_t row, const std::string& what) const;
  [[noreturn]] void fail(const std::string& what) const;

 private:
  TableView(const Scenario& scenario, const DataTable& table)
      : scenario_(&scenario), table_(&table) {}
  const Scenario* scenario_;
  const DataTable* table_;
};

}  // namespace steppe
