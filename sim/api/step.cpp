#include "sim/api/step.hpp"

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

LeverId Setup::lever(std::string_view name) {
  for (const LeverDecl& lever : decl_.levers) {
    if (lever.name == name) return policy_.add(lever, scenario);
  }
  throw ModelError("variant " + decl_.name + " reads lever " + std::string(name) +
                   ", which it does not declare");
}

}  // namespace steppe
