#pragma once

#include <string>
#include <string_view>

#include "sim/core/months.hpp"

namespace steppe {

/// Appends a number with at most `digits` digits after the point, without trailing zeros; nothing
/// for NaN. Independent of the locale.
void append_number(std::string& text, double value, int digits);

/// A field of a CSV row, quoted only where RFC 4180 asks for it.
[[nodiscard]] std::string csv_field(std::string_view text);

/// `2009-01`, as the tables and recorded series name a month.
[[nodiscard]] std::string month_text(Month month);

}  // namespace steppe
