#include "sim/results/dimension_keys.hpp"

#include <utility>

namespace steppe {

std::vector<std::string> dimension_keys(const Dimensions& dimensions, Dim dim) {
  std::vector<std::string> keys;
  for (const Member& member : dimensions.of(dim)) keys.push_back(member.key);
  return keys;
}

Dim dimension_named(std::string_view name) {
  for (const Dim dim : kAllDims) {
    if (to_string(dim) == name) return dim;
  }
  return Dim::None;
}

std::vector<CellLabels> cell_labels(const Dimensions& dimensions, const Variable& variable) {
  CellLabels total;
  total.fill("all");
  std::vector<CellLabels> labels{total};
  for (const Dim dim : variable.dims) {
    std::vector<CellLabels> finer;
    for (const CellLabels& label : labels) {
      for (const Member& member : dimensions.of(dim)) {
        finer.push_back(label);
        finer.back()[static_cast<std::size_t>(dim)] = member.key;
      }
    }
    labels = std::move(finer);
  }
  return labels;
}

}  // namespace steppe
