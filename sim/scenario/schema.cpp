#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/scenario/form.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/values.hpp"

namespace steppe {
namespace {

using detail::Field;
using detail::Form;
using detail::Shape;
using Json = nlohmann::ordered_json;

constexpr const char* kKey = "^[a-z][a-z0-9_]*$";
constexpr const char* kDate = "^[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?|-Q[1-4])?$";

/// A number with its unit, or without where the unit is 1.
Json quantity(const std::string& unit) {
  Json out{{"type", {"number", "string"}}};
  if (!unit.empty()) {
    const std::string example = unit == "1" ? "0.3" : "12 " + unit;
    out["examples"] = unit == "1" ? Json{0.3, "30 %"} : Json{example};
  }
  return out;
}

/// A parameter's or setting's figure by itself.
Json figure_of(const ParameterDecl& decl) {
  if (!decl.choices.empty()) return {{"enum", decl.choices}};
  if (decl.whole) return {{"type", {"integer", "string"}}};
  return quantity(decl.unit);
}

Json by_date(const std::string& unit) {
  return {{"type", "object"},
          {"minProperties", 1},
          {"patternProperties", {{kDate, quantity(unit)}}},
          {"additionalProperties", false}};
}

std::string definition_name(const Form& form) {
  std::string name = form.name;
  for (char& c : name) c = c == ' ' ? '_' : c;
  return name;
}

Json reference(const Form& form) { return {{"$ref", "#/$defs/" + definition_name(form)}}; }

std::string described(const std::string& summary, const std::string& unit, double min, double max) {
  std::string out = summary;
  if (!unit.empty() && unit != "1") out += fmt::format(" [{}]", unit);
  if (std::isfinite(min) || std::isfinite(max)) {
    out += fmt::format("; {}", detail::range_text(min, max));
  }
  return out;
}

std::string described(const ParameterDecl& decl) {
  const bool words = !decl.choices.empty();
  return described(decl.summary, words ? "1" : decl.unit, words ? -kNoLimit : decl.min,
                   words ? kNoLimit : decl.max);
}

class SchemaWriter {
 public:
  explicit SchemaWriter(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string text() {
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"$id", "urn:steppe:scenario:1"},
              {"title", "steppe scenario"}};
    // `time` and `population` may stand in a file that this one extends, so that only `schema` can
    // be asked of every file.
    root.update(object(detail::scenario_form()));
    root["required"] = {"schema"};
    Json definitions = Json::object();
    for (const Form* form : detail::all_forms()) {
      if (form != &detail::scenario_form()) definitions[definition_name(*form)] = object(*form);
    }
    root["$defs"] = std::move(definitions);
    return root.dump(2) + "\n";
  }

 private:
  Json object(const Form& form) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Field& field : form.fields) {
      Json value = shape(form, field);
      value["description"] = described(field.summary, field.unit, field.min, field.max);
      properties[field.key] = std::move(value);
      // A later file's record may hold the changed keys alone.
      if (field.required && form.name != "scenario" && form.name != "time") {
        required.push_back(field.key);
      }
    }
    Json out{{"type", "object"},
             {"description", form.summary},
             {"properties", std::move(properties)},
             {"additionalProperties", false}};
    const bool changed_alone = form.name == "project" || form.name == "indicator";
    if (!required.empty() && !changed_alone) out["required"] = std::move(required);
    return out;
  }

  Json shape(const Form& form, const Field& field) {
    switch (field.shape) {
      case Shape::Text:
        return field.key == "lever" ? levers() : Json{{"type", "string"}};
      case Shape::Label:
        return {{"anyOf",
                 {{{"type", "string"}},
                  {{"type", "object"},
                   {"patternProperties", {{"^[a-z]{2,3}(-.+)?$", {{"type", "string"}}}}},
                   {"additionalProperties", false}}}}};
      case Shape::Key:
        return form.name == "model" ? variants(field.key)
                                    : Json{{"type", "string"}, {"pattern", kKey}};
      case Shape::Choice:
        return {{"enum", field.choices}};
      case Shape::Number:
        return quantity(field.unit);
      case Shape::Count:
        return {{"type", {"integer", "string"}}};
      case Shape::Day:
      case Shape::LastDay:
        return {{"type", {"string", "integer"}}, {"pattern", kDate}};
      case Shape::Flag:
        return {{"type", "boolean"}};
      case Shape::File:
      case Shape::Formula:
        return {{"type", "string"}};
      case Shape::Texts:
        return {{"anyOf",
                 {{{"type", "string"}},
                  {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 1}}}}};
      case Shape::Words:
        return {{"type", "array"}, {"items", {{"enum", field.choices}}}};
      case Shape::Place:
        return {
            {"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}};
      case Shape::Points:
        return by_date(field.unit);
      case Shape::Shares:
        return {{"type", "object"}, {"additionalProperties", quantity("1")}};
      case Shape::Overrides:
        return {{"type", "object"}, {"minProperties", 1}};
      case Shape::Record:
        return reference(*field.form);
      case Shape::Records:
        return {{"type", "array"}, {"items", reference(*field.form)}};
      case Shape::Named:
        return field.key == "drivers"
                   ? drivers(*field.form)
                   : Json{{"type", "object"}, {"additionalProperties", reference(*field.form)}};
      case Shape::Quantities:
        return field.key == "settings" ? settings(*field.form) : parameters(*field.form);
    }
    return Json::object();
  }

  Json variants(const std::string& slot) {
    for (int i = 0; i < kSlotCount; ++i) {
      if (to_string(static_cast<Slot>(i)) == slot) {
        return {{"enum", catalogue_.names(static_cast<Slot>(i))}};
      }
    }
    return {{"type", "string"}};
  }

  /// `name` and, where it has a dimension, `name.key`.
  static void add_named(Json& out, const std::string& name, Dim by, const Json& value) {
    out["properties"][name] = value;
    if (by == Dim::None) return;
    std::string pattern;
    for (const char c : name) pattern += c == '.' ? std::string{"\\."} : std::string(1, c);
    out["patternProperties"]["^" + pattern + "\\.[a-z0-9_]+$"] = value;
  }

  Json parameters(const Form& form) {
    Json out{{"type", "object"},
             {"properties", Json::object()},
             {"patternProperties", Json::object()},
             {"additionalProperties", false}};
    for (const VariantDecl& variant : catalogue_.variants()) {
      for (const ParameterDecl& p : variant.parameters) {
        Json value{{"description", fmt::format("{} ({}/{}; {}{} without it)", described(p),
                                               to_string(variant.slot), variant.name,
                                               value_text(p.choices, p.value),
                                               p.choices.empty() ? " " + p.unit : "")},
                   {"anyOf", {figure_of(p), reference(form)}}};
        add_named(out, p.name, p.by, value);
      }
    }
    return out;
  }

  Json settings(const Form& form) {
    Json out{{"type", "object"},
             {"properties", Json::object()},
             {"patternProperties", Json::object()},
             {"additionalProperties", false}};
    for (const ParameterDecl& p : catalogue_.settings()) {
      const Json value{{"description", described(p)}, {"anyOf", {figure_of(p), reference(form)}}};
      add_named(out, p.name, p.by, value);
    }
    return out;
  }

  Json drivers(const Form& form) {
    Json out{{"type", "object"},
             {"properties", Json::object()},
             {"patternProperties", Json::object()},
             {"additionalProperties", false}};
    for (const VariantDecl& variant : catalogue_.variants()) {
      for (const DriverDecl& d : variant.drivers) {
        Json value = reference(form);
        value["description"] = fmt::format("{} [{}]", d.summary, d.unit);
        add_named(out, d.name, d.by, value);
      }
    }
    return out;
  }

  Json levers() {
    Json any = Json::array();
    for (const VariantDecl& variant : catalogue_.variants()) {
      for (const LeverDecl& lever : variant.levers) {
        const std::string description = described(lever.summary, lever.unit, lever.min, lever.max);
        any.push_back({{"const", lever.name}, {"description", description}});
        if (lever.by == Dim::None) continue;
        std::string pattern = "^";
        for (const char c : lever.name) {
          pattern += c == '.' ? std::string{"\\."} : std::string(1, c);
        }
        const std::string one = "\\.([a-z0-9_]+|\\*)";
        const std::string two = lever.then == Dim::None ? "" : '(' + one + ")?";
        const std::string also =
            lever.then == Dim::None ? "" : fmt::format(" and {}", to_string(lever.then));
        any.push_back({{"type", "string"},
                       {"pattern", pattern + one + two + "$"},
                       {"description",
                        fmt::format("{}, for one {}{}", description, to_string(lever.by), also)}});
      }
    }
    return any.empty() ? Json{{"type", "string"}} : Json{{"anyOf", std::move(any)}};
  }

  const Catalogue& catalogue_;
};

}  // namespace

std::string json_schema(const Catalogue& catalogue) { return SchemaWriter(catalogue).text(); }

}  // namespace steppe
