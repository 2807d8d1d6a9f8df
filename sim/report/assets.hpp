#pragma once

#include <string_view>

/// Files that the build turns into C++ (see EmbedText.cmake).
namespace steppe::report_detail {

/// The bundled script; empty when the program was built without Node.
[[nodiscard]] std::string_view report_script();
/// The style sheet.
[[nodiscard]] std::string_view report_style();
/// words.csv.
[[nodiscard]] std::string_view report_words();

}  // namespace steppe::report_detail
