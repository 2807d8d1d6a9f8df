#include "sim/api/step.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"

namespace steppe {

const ParameterDecl& ParameterReader::declared(std::string_view name) const {
  for (const ParameterDecl& parameter : decl_.parameters) {
    if (parameter.name == name) return parameter;
  }
  throw ModelError("variant " + decl_.name + " reads parameter " + std::string(name) +
                   ", which it does not declare");
}

double ParameterReader::parameter(std::string_view name) const {
  return scenario.parameter(declared(name).name);
}

std::vector<double> ParameterReader::parameters(std::string_view name) const {
  const ParameterDecl& decl = declared(name);
  const std::size_t n = decl.by == Dim::None ? 1 : scenario.dimensions.of(decl.by).size();
  std::vector<double> out(n);
  for (std::size_t k = 0; k < n; ++k) out[k] = scenario.parameter(name, static_cast<int>(k));
  return out;
}

int ParameterReader::whole(std::string_view name) const {
  const ParameterDecl& decl = declared(name);
  const double value = parameter(name);
  if ((decl.whole || !decl.choices.empty()) && value == std::floor(value)) {
    return static_cast<int>(value);
  }
  throw ModelError(fmt::format("variant {} reads parameter {} as a whole number, and it is {}{}",
                               decl_.name, name, value,
                               decl.whole ? "" : " and not declared as whole"));
}

bool ParameterReader::is(std::string_view name, std::string_view word) const {
  const std::vector<std::string>& words = declared(name).choices;
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) {
    throw ModelError(
        fmt::format("variant {} asks whether parameter {} is '{}', which is not among "
                    "its words",
                    decl_.name, name, word));
  }
  return whole(name) == found - words.begin();
}

LeverId Setup::lever(std::string_view name) {
  for (const LeverDecl& lever : decl_.levers) {
    if (lever.name == name) return policy_.add(lever, scenario);
  }
  throw ModelError("variant " + decl_.name + " reads lever " + std::string(name) +
                   ", which it does not declare");
}

}  // namespace steppe
