#pragma once

#include <string>
#include <string_view>

#include "sim/report/words.hpp"

namespace steppe::report_detail {

/// Text that is safe between tags and inside quoted attributes. Control characters and bytes that
/// are no UTF-8 become U+FFFD.
[[nodiscard]] std::string escape(std::string_view text);

/// Escaped text, in a <span lang> when its language is not the page's.
[[nodiscard]] std::string escape(const Text& text);

/// Likewise, with what stands between `…` as <code>.
[[nodiscard]] std::string escape_marked(const Text& text);

/// JSON that is safe inside a <script> element: no `<`, so that nothing in it can end the element.
[[nodiscard]] std::string json_for_script(const std::string& json);

/// The link for an address that is a plain web address, else its escaped text.
[[nodiscard]] std::string web_link(std::string_view address, const Text& shown);

/// Bytes in base64 (RFC 4648), from hexadecimal digits.
[[nodiscard]] std::string base64_of_hex(std::string_view hex);

/// A length inside a drawing, to a tenth of its unit.
[[nodiscard]] std::string coordinate(double value);

/// The text with every byte that is no UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace steppe::report_detail
