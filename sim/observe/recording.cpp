#include "sim/observe/recording.hpp"

#include <algorithm>
#include <array>

namespace steppe {

bool is_share(std::string_view variable, std::string_view unit) {
  if (unit != "1") return false;
  constexpr std::array<std::string_view, 6> kParts = {
      "rate", "share", "quota_use", "mismatch", "migrant_pay_gap", "underutilisation"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return variable.find(part) != std::string_view::npos;
  });
}

}  // namespace steppe
