#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sim/core/declaration.hpp"

namespace steppe::app {

/// All that a variant declares and its page says; keys of the page are null without one.
[[nodiscard]] nlohmann::ordered_json variant_json(const VariantDecl& variant, bool is_default);

/// The same for readers.
[[nodiscard]] std::string variant_text(const VariantDecl& variant);

}  // namespace steppe::app
