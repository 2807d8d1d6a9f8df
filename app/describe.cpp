#include "app/describe.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "app/layout.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/suggest.hpp"
#include "sim/core/variant_page.hpp"

namespace steppe::app {
namespace {

using Json = nlohmann::ordered_json;

Json limit(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string number(double value) {
  return std::isinf(value) ? (value > 0 ? "none" : "-inf") : fmt::format("{}", value);
}

std::string range(double min, double max) {
  if (std::isfinite(min) && std::isfinite(max)) return fmt::format("{} to {}", min, max);
  if (std::isfinite(min)) return fmt::format("at least {}", min);
  if (std::isfinite(max)) return fmt::format("at most {}", max);
  return "any";
}

/// In the words of a scenario's `uncertainty`; null when there is none.
Json prior_json(const Distribution& prior) {
  switch (prior.kind) {
    case DistributionKind::Normal:
      return {{"dist", "normal"}, {"mean", prior.a}, {"sd", prior.b}};
    case DistributionKind::LogNormal:
      return {{"dist", "log_normal"}, {"mean", prior.a}, {"sd", prior.b}};
    case DistributionKind::Beta:
      return {{"dist", "beta"}, {"mean", prior.a}, {"sd", prior.b}};
    case DistributionKind::Uniform:
      return {{"dist", "uniform"}, {"low", prior.a}, {"high", prior.b}};
    case DistributionKind::Triangular:
      return {{"dist", "triangular"}, {"low", prior.a}, {"mode", prior.c}, {"high", prior.b}};
    case DistributionKind::None:
      break;
  }
  return nullptr;
}

/// What the page of a variant says, section by section, in the order in which it is told.
struct Told {
  const char* key;    ///< in JSON
  const char* title;  ///< in text
  std::string VariantPage::*text;
};
constexpr Told kTold[] = {{"purpose", "purpose", &VariantPage::purpose},
                          {"equations", "equations", &VariantPage::equations},
                          {"choices", "choices", &VariantPage::choices},
                          {"assumptions", "assumptions", &VariantPage::assumptions},
                          {"limits", "known limits", &VariantPage::limits},
                          {"odd", "as a submodel of an ODD protocol", &VariantPage::odd},
                          {"tests", "tests", &VariantPage::tests},
                          {"references", "references", &VariantPage::references}};

std::string features(const std::vector<std::string>& names) {
  return wrapped(list_of(names, names.size()), "  ", 2);
}

}  // namespace

Json variant_json(const VariantDecl& variant, bool is_default) {
  Json parameters = Json::array();
  for (const ParameterDecl& p : variant.parameters) {
    Json by_key = Json::object();
    for (const auto& [key, value] : p.by_key) by_key[key] = value;
    parameters.push_back({{"name", p.name},
                          {"symbol", p.symbol},
                          {"unit", p.unit},
                          {"default", limit(p.value)},
                          {"by_key", std::move(by_key)},
                          {"min", limit(p.min)},
                          {"max", limit(p.max)},
                          {"by", to_string(p.by)},
                          {"whole", p.whole},
                          {"choices", p.choices},
                          {"prior", prior_json(p.prior)},
                          {"source", p.source},
                          {"summary", p.summary}});
  }
  Json levers = Json::array();
  for (const LeverDecl& l : variant.levers) {
    levers.push_back({{"name", l.name},
                      {"unit", l.unit},
                      {"default", limit(l.value)},
                      {"min", limit(l.min)},
                      {"max", limit(l.max)},
                      {"by", to_string(l.by)},
                      {"then", to_string(l.then)},
                      {"choices", l.choices},
                      {"source", l.source},
                      {"summary", l.summary}});
  }
  Json drivers = Json::array();
  for (const DriverDecl& d : variant.drivers) {
    drivers.push_back(
        {{"name", d.name}, {"unit", d.unit}, {"by", to_string(d.by)}, {"summary", d.summary}});
  }
  Json out{{"slot", to_string(variant.slot)},
           {"name", variant.name},
           {"default", is_default},
           {"mean_field", variant.has_mean_field},
           {"summary", variant.summary},
           {"reference", variant.reference},
           {"parameters", std::move(parameters)},
           {"levers", std::move(levers)},
           {"drivers", std::move(drivers)},
           {"needs", variant.needs},
           {"gives", variant.gives}};
  const std::string_view markdown = variant_page(variant.slot, variant.name);
  const VariantPage page = parse_variant_page(markdown);
  for (const Told& told : kTold) {
    out[told.key] = markdown.empty() ? Json(nullptr) : Json(page.*told.text);
  }
  return out;
}

std::string variant_text(const VariantDecl& variant) {
  std::string out = fmt::format("{}/{}\n", to_string(variant.slot), variant.name);
  out += wrapped(variant.summary, "  ", 2);
  if (!variant.reference.empty()) out += wrapped("after: " + variant.reference, "  ", 4);
  if (variant.has_mean_field) out += "  has a mean field\n";
  const auto head = [&](const char* title, bool empty) {
    if (!empty) out += fmt::format("\n{}\n", title);
  };
  const auto by = [](Dim dim) {
    return dim == Dim::None ? std::string{} : fmt::format(", by {}", to_string(dim));
  };
  const VariantPage page = parse_variant_page(variant_page(variant.slot, variant.name));
  for (const Told& told : kTold) {
    const std::string& text = page.*told.text;
    head(told.title, text.empty());
    if (!text.empty()) out += broken_anew(without_links(text), 2);
  }
  head("parameters", variant.parameters.empty());
  for (const ParameterDecl& p : variant.parameters) {
    const std::string value = p.choices.empty()
                                  ? number(p.value) + (p.unit == "1" ? "" : " " + p.unit)
                                  : value_text(p.choices, p.value);
    const std::string values = p.choices.empty() ? range(p.min, p.max) + (p.whole ? ", whole" : "")
                                                 : list_of(p.choices, p.choices.size());
    out += wrapped(fmt::format("{}{} = {} ({}{})", p.name,
                               p.symbol.empty() ? "" : fmt::format(" [{}]", p.symbol), value,
                               values, by(p.by)),
                   "  ", 6);
    out += wrapped(p.summary, "      ", 6) + wrapped("source: " + p.source, "      ", 8);
    for (const auto& [key, figure] : p.by_key) {
      out += fmt::format("      {}.{} = {}\n", p.name, key, number(figure));
    }
  }
  head("levers", variant.levers.empty());
  for (const LeverDecl& l : variant.levers) {
    const std::string value =
        l.choices.empty() ? number(l.value) + " " + l.unit : l.choices.front();
    const std::string values =
        l.choices.empty() ? range(l.min, l.max) : list_of(l.choices, l.choices.size());
    out += wrapped(fmt::format("{} = {} ({}{}{})", l.name, value, values, by(l.by), by(l.then)),
                   "  ", 6);
    out += wrapped(l.summary, "      ", 6);
  }
  head("drivers", variant.drivers.empty());
  for (const DriverDecl& d : variant.drivers) {
    out += wrapped(fmt::format("{} [{}]  {}{}", d.name, d.unit, d.summary, by(d.by)), "  ", 6);
  }
  head("needs of other slots", variant.needs.empty());
  if (!variant.needs.empty()) out += features(variant.needs);
  head("gives to other slots", variant.gives.empty());
  if (!variant.gives.empty()) out += features(variant.gives);
  return out;
}

}  // namespace steppe::app
