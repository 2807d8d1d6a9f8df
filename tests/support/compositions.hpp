#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/core/declaration.hpp"

namespace steppe::test {

/// Overrides that put a variant into a model, and beside it whatever gives what it needs.
///
/// @param rest the model around it: `model.<slot>` overrides that stand where nothing else is
/// needed
/// @throws std::runtime_error when no choice of the other slots gives what the variant needs
[[nodiscard]] std::vector<std::pair<std::string, std::string>> composition_with(
    const Catalogue& catalogue, const VariantDecl& variant,
    const std::vector<std::pair<Slot, std::string>>& rest = {});

}  // namespace steppe::test
