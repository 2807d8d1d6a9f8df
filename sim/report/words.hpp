#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/message.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::report_detail {

/// A piece of text and its language where that differs from the page's.
struct Text {
  std::string text;
  std::string lang = {};  ///< empty: the page's
  bool operator==(const Text&) const = default;
};

/// The words of the page in one language (words.csv), and the choice among a scenario's labels.
class Words {
 public:
  /// @param lang a column of words.csv; another one gives English
  explicit Words(std::string_view lang);

  [[nodiscard]] const std::string& lang() const { return lang_; }
  [[nodiscard]] bool has(std::string_view key) const { return words_.count(key) > 0; }
  /// The words for a key with its `{name}`s filled in; `[key]` when there is none.
  [[nodiscard]] std::string operator()(std::string_view key,
                                       std::initializer_list<Fill> fills = {}) const;
  [[nodiscard]] std::string filled(std::string_view key, std::span<const Fill> fills) const;
  /// `key.which` where it exists, else `key`.
  [[nodiscard]] std::string variant(std::string_view key, std::string_view which,
                                    std::initializer_list<Fill> fills = {}) const;
  /// A label in the page's language, else in the first one given, else the fallback (English).
  [[nodiscard]] Text label(const Label& label, std::string_view fallback) const;
  /// What the program says in English alone: on pages of other languages the code stands for it.
  [[nodiscard]] const std::string& described(const std::string& english,
                                             const std::string& code) const {
    return lang_ == "en" && !english.empty() ? english : code;
  }
  /// Titles and words of a source, left in its own language.
  [[nodiscard]] Text quoted(std::string_view text) const;
  /// Languages of words.csv.
  [[nodiscard]] static std::vector<std::string> languages();

 private:
  std::string lang_;
  std::map<std::string, std::string, std::less<>> words_;
};

/// The text without the marks around what is code: `…`.
[[nodiscard]] std::string unmarked(std::string_view text);

}  // namespace steppe::report_detail
