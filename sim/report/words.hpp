#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace steppe::report_detail {

/// A piece of text and its language where that differs from the page's.
struct Text {
  std::string text;
  std::string lang;  ///< empty: the page's
};

/// `{name}` in a template and what takes its place.
using Fill = std::pair<std::string_view, std::string>;

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
  /// `key.which` where it exists, else `key`.
  [[nodiscard]] std::string variant(std::string_view key, std::string_view which,
                                    std::initializer_list<Fill> fills = {}) const;
  /// A label in the page's language, else in the first one given, else the fallback (English).
  [[nodiscard]] Text label(const Label& label, std::string_view fallback) const;
  /// Languages of words.csv.
  [[nodiscard]] static std::vector<std::string> languages();

 private:
  std::string lang_;
  std::map<std::string, std::string, std::less<>> words_;
};

/// Replaces each `{name}`; a name that is not given stays as it is.
[[nodiscard]] std::string fill(std::string_view pattern, std::initializer_list<Fill> fills);

}  // namespace steppe::report_detail
