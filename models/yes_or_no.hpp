#pragma once

#include <string>
#include <utility>

#include "sim/core/declaration.hpp"

namespace steppe {

/// A parameter that is yes or no, an assumption. @param yes what it is without a word of the
/// scenario
[[nodiscard]] inline ParameterDecl yes_or_no(std::string name, bool yes, std::string summary) {
  ParameterDecl decl;
  decl.name = std::move(name);
  decl.unit = "1";
  decl.value = yes ? 1.0 : 0.0;
  decl.min = 0.0;
  decl.max = 1.0;
  decl.source = "assumption";
  decl.summary = std::move(summary);
  decl.choices = {"no", "yes"};
  return decl;
}

}  // namespace steppe
