#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/results/manifest.hpp"

/// Pieces that the JSON files of several kinds of folder share.
namespace steppe {

/// An object, in the order of the pairs.
[[nodiscard]] nlohmann::ordered_json pairs_to_json(
    const std::vector<std::pair<std::string, std::string>>& pairs);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs_from_json(
    const nlohmann::ordered_json& object);

[[nodiscard]] nlohmann::ordered_json to_json(const Warning& warning);
/// @throws nlohmann::json::exception when it is none
[[nodiscard]] Warning warning_from_json(const nlohmann::ordered_json& json);

}  // namespace steppe
