#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/faults.hpp"

namespace steppe::detail {

class Node;
using NodePtr = std::shared_ptr<const Node>;

/// One node of a scenario file, immutable once made, with the place it was written at. Values stay
/// text: what a text means is decided by the field it stands in, so none of YAML's guesses (octal
/// numbers, `NO` for false) applies.
class Node {
 public:
  enum class Kind { Empty, Text, List, Map };
  struct Entry {
    std::string key;
    Mark key_mark;
    NodePtr value;
  };

  Kind kind = Kind::Empty;
  std::string text;            ///< Text
  bool plain = true;           ///< Text: written without quotes
  std::vector<NodePtr> items;  ///< List
  std::vector<Entry> entries;  ///< Map, in the order written; keys are unique
  Mark mark;

  /// Null when a map has no such key.
  [[nodiscard]] NodePtr find(std::string_view key) const;
  [[nodiscard]] const Entry* entry(std::string_view key) const;
  [[nodiscard]] bool is_text() const { return kind == Kind::Text; }
  [[nodiscard]] bool is_list() const { return kind == Kind::List; }
  [[nodiscard]] bool is_map() const { return kind == Kind::Map; }
};

/// `a text`, `a list`, …: what a node is, for messages.
[[nodiscard]] std::string_view describe(const Node& node);

/// Parses text that stands in file `file` of `faults`. Duplicate keys, merge keys (`<<`), several
/// documents and syntax errors are reported there.
///
/// @returns the root, or null when nothing can be used
[[nodiscard]] NodePtr parse_yaml(const std::string& text, int file, Faults& faults);

/// Reads and parses a file.
///
/// @param name as shown to the user
/// @returns the root, or null; `index` receives the file's number in `faults` either way
[[nodiscard]] NodePtr read_yaml(const std::filesystem::path& path, const std::string& name,
                                Faults& faults, int& index);

}  // namespace steppe::detail
