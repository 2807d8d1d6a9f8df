#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/scenario/form.hpp"
#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

using Json = nlohmann::json;

/// Every `$ref` of a schema.
void collect_references(const Json& node, std::set<std::string>& out) {
  if (node.is_object() && node.contains("$ref")) out.insert(node["$ref"].get<std::string>());
  if (node.is_structured()) {
    for (const Json& child : node) collect_references(child, out);
  }
}

}  // namespace

TEST_CASE("scenario/schema: it is JSON whose references all lead somewhere", "[unit]") {
  const Json schema = Json::parse(json_schema(small_catalogue()));
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  std::set<std::string> references;
  collect_references(schema, references);
  CHECK(references.size() >= 8);
  for (const std::string& reference : references) {
    INFO(reference);
    CHECK(schema.contains(Json::json_pointer(reference.substr(1))));
  }
}

TEST_CASE("scenario/schema: every key the reader knows is in it", "[unit]") {
  const Json schema = Json::parse(json_schema(small_catalogue()));
  for (const detail::Form* form : detail::all_forms()) {
    std::string name = form->name;
    std::replace(name.begin(), name.end(), ' ', '_');
    const Json& object = form == &detail::scenario_form() ? schema : schema["$defs"][name];
    INFO(name);
    CHECK(object["additionalProperties"] == false);
    for (const detail::Field& field : form->fields) {
      INFO(field.key);
      CHECK(object["properties"].contains(field.key));
    }
  }
}

TEST_CASE("scenario/schema: variants, parameters and levers come from the declarations", "[unit]") {
  const Json schema = Json::parse(json_schema(small_catalogue()));
  CHECK(schema["$defs"]["model"]["properties"]["matching"]["enum"] == Json{"urn", "none"});
  const Json& parameters = schema["properties"]["parameters"];
  CHECK(parameters["properties"].contains("separation_rate"));
  CHECK(parameters["patternProperties"].contains("^separation_rate\\.[a-z0-9_]+$"));
  CHECK_FALSE(parameters["patternProperties"].contains("^efficiency\\.[a-z0-9_]+$"));
  std::set<std::string> levers;
  for (const Json& lever : schema["$defs"]["policy_entry"]["properties"]["lever"]["anyOf"]) {
    if (lever.contains("const")) levers.insert(lever["const"].get<std::string>());
  }
  CHECK(levers.count("permits.fee") == 1);
  CHECK(schema["properties"]["drivers"]["properties"].contains("copper_price"));
  CHECK(schema["properties"]["population"].contains("$ref"));
}

TEST_CASE("scenario/form: the reference page shows the form as it is", "[unit][golden]") {
  const std::filesystem::path page =
      std::filesystem::path(STEPPE_SOURCE_DIR) / "docs/formats/scenario.md";
  std::ifstream in(page, std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  std::string text = read.str();
  const std::string open = "<!-- generated from sim/scenario/form.cpp: begin -->\n";
  const std::string close = "<!-- generated: end -->";
  const std::size_t from = text.find(open);
  const std::size_t to = text.find(close);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  const std::string tables = "\n" + detail::form_tables();
  const char* const update = std::getenv("STEPPE_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    text.replace(from + open.size(), to - from - open.size(), tables);
    std::ofstream(page, std::ios::binary) << text;
  } else {
    CHECK(text.substr(from + open.size(), to - from - open.size()) == tables);
  }
}
