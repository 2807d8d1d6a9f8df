#include "support/textbook.hpp"

#include "sim/core/error.hpp"

namespace steppe::test {
namespace {

std::vector<Member> members(const std::string& stem, int count) {
  std::vector<Member> out;
  for (int i = 0; i < count; ++i) {
    Member member;
    member.key = stem + "_" + std::to_string(i);
    member.group = "medium";
    out.push_back(std::move(member));
  }
  return out;
}

}  // namespace

Scenario make_scenario(const Textbook& textbook, const Registry& registry) {
  Scenario scenario;
  scenario.file = "textbook.yaml";
  scenario.key = "textbook";
  scenario.time.start = {2000, 1, 1};
  const Month last = Month(2000, 1) + (textbook.months - 1);
  scenario.time.end = {last.year(), last.month(), 28};
  scenario.time.step = textbook.step;
  scenario.time.same_step_search = textbook.same_step_search;
  scenario.dimensions.regions = members("region", textbook.regions);
  scenario.dimensions.sectors = members("sector", textbook.sectors);
  scenario.dimensions.occupations = members("occupation", textbook.occupations);
  scenario.dimensions.origins = members("origin", textbook.origins);
  scenario.dimensions.destinations = members("destination", textbook.destinations);
  scenario.dimensions.fields = members("field", textbook.fields);
  scenario.dimensions.education = members("education", 1);
  scenario.model = {"none", "fixed", "none", "fixed", "none",
                    "none", "fixed", "none", "fixed", "none"};
  for (const auto& [slot, name] : textbook.model) {
    scenario.model[static_cast<std::size_t>(slot)] = name;
  }
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    const VariantDecl* decl =
        registry.catalogue().find(slot, scenario.model[static_cast<std::size_t>(s)]);
    if (decl == nullptr) throw ConfigError("the test's registry lacks a variant");
    for (const ParameterDecl& parameter : decl->parameters) {
      const std::size_t n =
          parameter.by == Dim::None ? 1 : scenario.dimensions.of(parameter.by).size();
      ParameterValue value;
      value.decl = &parameter;
      value.values.assign(n, parameter.value);
      scenario.parameters.emplace(parameter.name, std::move(value));
    }
  }
  for (const auto& [name, value] : textbook.parameters) {
    auto found = scenario.parameters.find(name);
    if (found == scenario.parameters.end()) throw ConfigError("no parameter " + name);
    for (double& v : found->second.values) v = value;
  }
  for (const auto& [name, value] : textbook.settings) scenario.population.settings[name] = value;
  PopulationSpec::Textbook spec;
  spec.persons = textbook.persons;
  spec.firms = textbook.firms;
  spec.staff = textbook.staff;
  spec.unemployed = textbook.unemployed;
  scenario.population.textbook = spec;
  return scenario;
}

}  // namespace steppe::test
