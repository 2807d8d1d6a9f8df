#pragma once

#include "sim/core/declaration.hpp"

namespace steppe::test {

/// Declarations made up for the reader's tests, so that no message changes with the real variants:
/// every kind of dimension, limit and unit is there once.
[[nodiscard]] const Catalogue& small_catalogue();

}  // namespace steppe::test
