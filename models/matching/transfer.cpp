#include "models/matching/transfer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace steppe::matching {

std::vector<ParameterDecl> acceptance_parameters() {
  return {{"skill_tolerance",
           "",
           "1",
           0.6,
           0.0,
           1.0,
           Dim::None,
           {},
           "assumption: chosen after seeing the record",
           "How far below the norm a fresh vacancy accepts",
           {}},
          {"tolerance_growth",
           "",
           "1/month",
           0.05,
           0.0,
           1.0,
           Dim::None,
           {},
           "assumption",
           "By how much the tolerance widens with the vacancy's age",
           {}},
          {"skill_transfer",
           "",
           "1",
           0.9,
           0.0,
           1.0,
           Dim::None,
           {},
           "assumption: chosen after seeing the record",
           "Share of skill that counts in another occupation of the same level; its square one "
           "level away, its cube two",
           {}}};
}

std::vector<double> transferred_skill(const Setup& setup) {
  const std::vector<std::uint8_t>& level = setup.world.base().skill_level;
  const double transfer = setup.parameter("skill_transfer");
  std::vector<double> counted;
  for (std::size_t from = 0; from < level.size(); ++from) {
    for (std::size_t to = 0; to < level.size(); ++to) {
      const int up = std::max(0, static_cast<int>(level[to]) - static_cast<int>(level[from]));
      counted.push_back(from == to ? 1.0 : std::pow(transfer, 1 + up));
    }
  }
  return counted;
}

}  // namespace steppe::matching
