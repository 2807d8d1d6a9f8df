#include "app/compositions.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "app/options.hpp"
#include "sim/analysis/benchmark.hpp"
#include "sim/core/suggest.hpp"

namespace steppe::app {
namespace {

constexpr Slot kUsual[] = {Slot::Matching, Slot::Wages, Slot::ForeignHiring};

std::size_t at(Slot slot) { return static_cast<std::size_t>(slot); }

std::string hint(const std::string& word, const std::vector<std::string>& known) {
  const std::string meant = did_you_mean(word, known);
  return meant.empty() ? "" : "; " + meant;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) {
    if (!word.empty()) out.push_back(word);
  }
  return out;
}

/// A variant of a slot by its name. @throws UsageError
const std::string& known(const Catalogue& catalogue, Slot slot, const std::string& name) {
  if (const VariantDecl* const found = catalogue.find(slot, name)) return found->name;
  const std::vector<std::string> names = catalogue.names(slot);
  throw UsageError(fmt::format("{} has no variant '{}'; there are {}{}", to_string(slot), name,
                               list_of(names, names.size()), hint(name, names)));
}

Slot slot_named(const std::string& name) {
  std::vector<std::string> names;
  for (int s = 0; s < kSlotCount; ++s) {
    names.emplace_back(to_string(static_cast<Slot>(s)));
    if (names.back() == name) return static_cast<Slot>(s);
  }
  throw UsageError(fmt::format("--composition names the slot '{}', expected one of {}{}", name,
                               list_of(names), hint(name, names)));
}

ModelChoice named_composition(const std::string& text, const ModelChoice& scenario,
                              const Catalogue& catalogue) {
  ModelChoice choice = scenario;
  if (text == kScenarioComposition) return choice;
  std::array<bool, kSlotCount> named{};
  for (const std::string& word : split(text)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) {
      throw UsageError(
          fmt::format("--composition is '{}', expected slot=variant,slot=variant, or {}", text,
                      kScenarioComposition));
    }
    const Slot slot = slot_named(word.substr(0, equals));
    if (std::exchange(named[at(slot)], true)) {
      throw UsageError(
          fmt::format("--composition is '{}', which names {} twice: one composition "
                      "has one variant in each slot; give several --composition",
                      text, to_string(slot)));
    }
    choice[at(slot)] = known(catalogue, slot, word.substr(equals + 1));
  }
  return choice;
}

}  // namespace

std::vector<ModelChoice> plan_compositions(const CompositionsWanted& wanted,
                                           const ModelChoice& scenario,
                                           const Catalogue& catalogue) {
  std::vector<ModelChoice> out;
  const auto add = [&](const ModelChoice& choice) {
    if (std::find(out.begin(), out.end(), choice) == out.end()) out.push_back(choice);
  };
  std::vector<ModelChoice> product;
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    const std::string& asked = wanted.by_slot[at(slot)];
    if (asked.empty()) continue;
    if (product.empty()) product.push_back(scenario);
    std::vector<ModelChoice> wider;
    for (const ModelChoice& choice : product) {
      for (const std::string& name : asked == "all" ? catalogue.names(slot) : split(asked)) {
        wider.push_back(choice);
        wider.back()[at(slot)] = known(catalogue, slot, name);
      }
    }
    product = std::move(wider);
  }
  for (const ModelChoice& choice : product) add(choice);
  for (const std::string& text : wanted.compositions) {
    add(named_composition(text, scenario, catalogue));
  }
  if (!out.empty()) return out;
  add(scenario);
  for (const Slot slot : kUsual) {
    for (const std::string& name : catalogue.names(slot)) {
      ModelChoice choice = scenario;
      choice[at(slot)] = name;
      add(choice);
    }
  }
  return out;
}

std::string composition_name(const ModelChoice& choice, const ModelChoice& scenario) {
  std::string out;
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    if (choice[at(slot)] == scenario[at(slot)]) continue;
    out += fmt::format("{}{}={}", out.empty() ? "" : ",", to_string(slot), choice[at(slot)]);
  }
  return out.empty() ? kScenarioComposition : out;
}

}  // namespace steppe::app
