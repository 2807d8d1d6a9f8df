#include "sim/results/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace steppe {

void append_number(std::string& text, double value, int digits) {
  if (std::isnan(value)) return;
  std::array<char, 400> buffer;  // the largest double has 309 digits before the point
  if (digits <= 0 && std::abs(value) < 0x1.0p53) {
    // Most figures are counts, and integers are printed several times faster.
    const auto whole = static_cast<std::int64_t>(std::nearbyint(value));
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), whole).ptr;
    text.append(buffer.data(), end);
    return;
  }
  char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                            std::chars_format::fixed, digits)
                  .ptr;
  if (digits > 0 && std::isfinite(value)) {
    while (end[-1] == '0') --end;
    if (end[-1] == '.') --end;
  }
  const std::string_view number(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  text += number == "-0" ? "0" : number;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string month_text(Month month) {
  return fmt::format("{:04}-{:02}", month.year(), month.month());
}

}  // namespace steppe
