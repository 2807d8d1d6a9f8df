#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"

namespace steppe::detail {

/// What stands in a column of a data table.
enum class Cell {
  Text,    ///< anything
  Number,  ///< a number
  Age,     ///< completed years; may be blank
  Period,  ///< `2012`, `2012-11`, `2012-Q3`, `2012-11-30`
  Unit,    ///< a unit
  Key,     ///< a key of `dim`
  Keys,    ///< a key of `dim`, or `all`
  Choice,  ///< one of `choices`
};

struct Column {
  std::string name;
  Cell cell = Cell::Text;
  bool required = true;  ///< the column must be there
  Dim dim = Dim::None;
  std::vector<std::string> choices = {};
};

/// The form of one kind of data table.
struct TableForm {
  std::string name;
  std::string summary;
  std::vector<Column> columns;
  /// With unit 1 or %: the values sum to one over the rows that share these columns.
  bool shares = false;
  std::vector<std::string> shares_within = {};
  [[nodiscard]] const Column* find(std::string_view column) const;
};

/// Tables of the start population, by the name under `population.tables`.
[[nodiscard]] const std::vector<TableForm>& population_tables();
/// The table of series that `drivers` read.
[[nodiscard]] const TableForm& series_table();
/// The occupations of a network, and its edges.
[[nodiscard]] const TableForm& network_nodes_table();
[[nodiscard]] const TableForm& network_edges_table();
/// The table of recorded figures.
[[nodiscard]] const TableForm& record_table();

}  // namespace steppe::detail
