#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/core/expected.hpp"

namespace steppe::detail {

/// What makes bytes unfit to be read as text, and where.
struct TextFault {
  std::string message;
  std::size_t position = 0;  ///< in bytes
};

/// The bytes of a file without a byte order mark, or a sentence that says why there are none.
[[nodiscard]] Expected<std::string, std::string> read_bytes(const std::filesystem::path& file,
                                                            std::size_t largest);

/// Looks for bytes that are no UTF-8 and for control characters.
[[nodiscard]] std::optional<TextFault> check_text(std::string_view text);

/// Looks for nesting deeper than `deepest` in YAML text before a recursive parser sees it, and for
/// tabs in the indentation.
///
/// A scan that knows quotes, comments and block texts, nothing else of YAML; linear in the text.
[[nodiscard]] std::optional<TextFault> check_layout(std::string_view yaml, int deepest);

}  // namespace steppe::detail
