#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steppe {

/// `{name}` in a pattern and what takes its place.
using Fill = std::pair<std::string_view, std::string>;

/// Replaces each `{name}`; a name that is not given stays as it is.
[[nodiscard]] std::string fill(std::string_view pattern, std::span<const Fill> fills);

/// An English sentence that can be said in another language: which sentence it is, and what it
/// names. The words of other languages stand in sim/report/words.csv, at `message.` and the code.
struct Message {
  std::string text;  ///< in English
  std::string code;  ///< `driver.held_to_end`; empty: known by its text alone
  /// By name; dates as `2025-07-01`, what is a sentence itself as the code of its message.
  std::vector<std::pair<std::string, std::string>> values;

  Message() = default;
  explicit Message(std::string english) : text(std::move(english)) {}
  /// @param pattern the English sentence, with `{name}` for each of the values
  Message(std::string which, std::string_view pattern, const std::vector<Fill>& fills);

  /// Gives a value another form than the English text has.
  void set(std::string_view name, std::string value);

  bool operator==(const Message&) const = default;
};

}  // namespace steppe
