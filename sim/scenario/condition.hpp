#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {

/// The condition under a key, as written. Reports what is wrong with it at its very place: what is
/// no formula, indicators there are not, keys they do not take; and warns of shares that are given
/// as per cent. Nothing when the key is not given or the text is no formula.
[[nodiscard]] std::optional<std::string> read_condition(Context& context, const Section& section,
                                                        std::string_view key);

}  // namespace steppe::detail
