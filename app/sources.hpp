#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace steppe::app {

/// `quota.yaml:14`, or `default` where no file set the value.
[[nodiscard]] std::string place_text(const SourcePlace& place);

/// A source in one line; `none` for an empty one.
[[nodiscard]] std::string source_text(const Source& source);

}  // namespace steppe::app
