#pragma once

#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// All dimensions, in the order of columns and of `Dim`.
inline constexpr Dim kAllDims[] = {Dim::Sector,      Dim::Occupation, Dim::Region, Dim::Origin,
                                   Dim::Destination, Dim::Education,  Dim::Field,  Dim::Skill,
                                   Dim::Status,      Dim::Sex,        Dim::Age};

/// The dimension called `name` in files (`sector`), or Dim::None.
[[nodiscard]] Dim dimension_named(std::string_view name);

/// The keys of a dimension in the order of a table's axis.
[[nodiscard]] std::vector<std::string> dimension_keys(const Dimensions& dimensions, Dim dim);

/// The key a cell has in each dimension, indexed by `Dim`; `all` in those its table lacks.
using CellLabels = std::array<std::string, std::size(kAllDims) + 1>;

/// Labels of a variable's cells in the order of its data.
[[nodiscard]] std::vector<CellLabels> cell_labels(const Dimensions& dimensions,
                                                  const Variable& variable);

}  // namespace steppe
