#include "sim/results/json_parts.hpp"

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json pairs_to_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json object = Json::object();
  for (const auto& [key, value] : pairs) object[key] = value;
  return object;
}

std::vector<std::pair<std::string, std::string>> pairs_from_json(const Json& object) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [key, value] : object.items()) pairs.emplace_back(key, value);
  return pairs;
}

Json to_json(const Warning& warning) {
  Json json{{"text", warning.message.text}};
  if (!warning.message.code.empty()) {
    json["code"] = warning.message.code;
    json["values"] = pairs_to_json(warning.message.values);
  }
  if (!warning.place.file.empty()) {
    json["file"] = warning.place.file;
    json["line"] = warning.place.line;
  }
  return json;
}

Warning warning_from_json(const Json& json) {
  // Runs of before have sentences alone.
  if (json.is_string()) return Warning(Message(json.get<std::string>()));
  Warning warning(Message(json.at("text").get<std::string>()));
  if (json.contains("code")) {
    warning.message.code = json.at("code");
    warning.message.values = pairs_from_json(json.at("values"));
  }
  if (json.contains("file")) {
    warning.place.file = json.at("file");
    warning.place.line = json.at("line");
  }
  return warning;
}

}  // namespace steppe
