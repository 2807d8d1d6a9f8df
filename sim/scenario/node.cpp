#include "sim/scenario/node.hpp"

#include <spdlog/fmt/fmt.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "sim/scenario/text_file.hpp"

namespace steppe::detail {
namespace {

constexpr std::size_t kLargestFile = std::size_t{4} << 20;
constexpr int kDeepest = 64;
/// Nodes after aliases are followed. A real scenario has some thousands.
constexpr std::size_t kMostNodes = 1'000'000;

/// Thrown out of the parser's callbacks, which have no other way to stop.
struct Stop {};

/// Builds the tree from the parser's events. yaml-cpp's own tree loses duplicate keys and the place
/// of missing ones.
class Builder : public YAML::EventHandler {
 public:
  Builder(int file, Faults& faults) : file_(file), faults_(faults) {}

  NodePtr root() { return root_; }
  [[nodiscard]] Mark mark_at(const YAML::Mark& mark, int length = 1) const {
    if (mark.line < 0) return {file_, 1, 1, 1};
    const std::string line = faults_.line(file_, mark.line + 1);
    const std::size_t bytes = std::min(static_cast<std::size_t>(mark.column), line.size());
    const int column = character_count(std::string_view(line).substr(0, bytes)) + 1;
    return {file_, mark.line + 1, column, length};
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto node = make(Node::Kind::Empty, mark);
    // The parser's place for "nothing" is whatever follows; the key is where to look.
    if (!open_.empty() && open_.back().has_key) node->mark = open_.back().key_mark;
    finish(node, anchor, 1);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      faults_.error(mark_at(mark), "an alias stands inside what it names");
      throw Stop{};
    }
    place(known->second.node, known->second.weight, mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    auto node = make(Node::Kind::Text, mark);
    node->text = value;
    node->plain = tag == "?";
    refuse_tag(mark, tag);
    if (!node->plain) require_closed(mark);
    node->mark.length = length_at(mark, value, node->plain);
    const bool empty = node->plain && (value == "~" || value == "null");
    if (empty) node->kind = Node::Kind::Empty;
    finish(node, anchor, 1);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open_.push_back({make(Node::Kind::List, mark), anchor});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open_.push_back({make(Node::Kind::Map, mark), anchor});
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    std::shared_ptr<Node> node;
    YAML::anchor_t anchor = 0;
    std::size_t weight = 1;
    bool has_key = false;
    std::string key = {};
    Mark key_mark = {};
  };
  struct Anchored {
    NodePtr node;
    std::size_t weight;
  };

  std::shared_ptr<Node> make(Node::Kind kind, const YAML::Mark& mark) const {
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->mark = mark_at(mark);
    return node;
  }

  /// Characters to underline: the text as it stands in the line, or its first line.
  [[nodiscard]] int length_at(const YAML::Mark& mark, const std::string& value, bool plain) const {
    const std::string line = faults_.line(file_, mark.line + 1);
    const std::size_t from = std::min(static_cast<std::size_t>(mark.column), line.size());
    const std::string_view rest = std::string_view(line).substr(from);
    const int left = std::max(1, character_count(rest));
    return std::min(left, std::max(1, character_count(value)) + (plain ? 0 : 2));
  }

  /// yaml-cpp takes the rest of the file for a text whose closing quote is missing.
  void require_closed(const YAML::Mark& mark) {
    const std::string& text = faults_.text(file_);
    std::size_t at =
        faults_.line_start(file_, mark.line + 1) + static_cast<std::size_t>(mark.column);
    while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
      at = text.find_first_not_of(" \n\r", text.find_first_of(" \n\r", at));
    }
    if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return;
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
      if (quote == '"' && text[at] == '\\') {
        ++at;
      } else if (text[at] == quote) {
        if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return;
        ++at;
      }
    }
    faults_.error(mark_at(mark), "a quoted text is not closed");
    throw Stop{};
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    faults_.error(mark_at(mark),
                  fmt::format("the tag '{}' has no meaning here; leave it out", tag));
  }

  void finish(const NodePtr& node, YAML::anchor_t anchor, std::size_t weight) {
    if (anchor != 0) anchors_[anchor] = {node, weight};
    place(node, weight, {});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    finish(done.node, done.anchor, done.weight);
  }

  void place(const NodePtr& node, std::size_t weight, const YAML::Mark& alias) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Open& parent = open_.back();
    parent.weight += weight;
    if (parent.weight > kMostNodes) {
      faults_.error(alias.line >= 0 && !alias.is_null() ? mark_at(alias) : node->mark,
                    fmt::format("aliases expand to more than {} nodes", kMostNodes));
      throw Stop{};
    }
    if (parent.node->kind == Node::Kind::List) {
      parent.node->items.push_back(node);
    } else if (!parent.has_key) {
      take_key(parent, *node);
    } else {
      parent.has_key = false;
      if (parent.key == "<<") return;  // refused when it was met
      if (const Node::Entry* first = parent.node->entry(parent.key)) {
        faults_.error(parent.key_mark, fmt::format("duplicate key '{}', first given in line {}",
                                                   parent.key, first->key_mark.line));
        return;
      }
      parent.node->entries.push_back({parent.key, parent.key_mark, node});
    }
  }

  void take_key(Open& parent, const Node& node) {
    parent.has_key = true;
    parent.key_mark = node.mark;
    parent.key = node.text;
    if (node.kind == Node::Kind::Text || (node.kind == Node::Kind::Empty && !node.text.empty())) {
      if (node.text == "<<" && node.plain) {
        faults_.error(node.mark,
                      "merge keys (<<) are not read; use 'extends' or write the keys out");
      }
      return;
    }
    faults_.error(node.mark, fmt::format("a key must be a text, not {}", describe(node)));
    throw Stop{};
  }

  int file_;
  Faults& faults_;
  NodePtr root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
};

Mark mark_of_byte(const std::string& text, int file, std::size_t position) {
  const std::size_t end = std::min(position, text.size());
  const auto line = static_cast<int>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  const std::size_t newline = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  const std::size_t from = newline == std::string::npos ? 0 : newline + 1;
  return {file, line + 1, character_count(std::string_view(text).substr(from, end - from)) + 1, 1};
}

/// yaml-cpp's messages in the words of this program.
std::string syntax_message(const std::string& message) {
  static const std::pair<std::string_view, std::string_view> kWords[] = {
      {"end of sequence flow not found", "a list opened with [ is not closed with ]"},
      {"end of map flow not found", "a map opened with { is not closed with }"},
      {"illegal map value", "a ':' stands where no key can be; quote texts that hold ': '"},
      {"illegal block entry", "a '- ' stands where no list can be; check the indentation"},
      {"illegal EOF in scalar", "a quoted text is not closed"},
      {"end of map not found", "a key is expected here; check the indentation"},
      {"end of sequence not found", "a '- ' is expected here; check the indentation"},
      {"illegal flow end", "a closing bracket without an opening one"},
      {"illegal tab when looking for indentation", "a tab in the indentation; use blanks"},
      {"illegal map key", "a key cannot stand here; check the indentation"},
      {"illegal document indicator in scalar", "'---' or '...' inside a quoted text"},
      {"unknown token", "a text cannot start with this character; quote it"},
      {"bad file", "the file cannot be read"},
  };
  for (const auto& [theirs, ours] : kWords) {
    if (message.find(theirs) != std::string::npos) return std::string{ours};
  }
  return message;
}

}  // namespace

NodePtr Node::find(std::string_view key) const {
  const Entry* found = entry(key);
  return found == nullptr ? nullptr : found->value;
}

const Node::Entry* Node::entry(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string_view describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Empty:
      return "nothing";
    case Node::Kind::Text:
      return "a single value";
    case Node::Kind::List:
      return "a list";
    case Node::Kind::Map:
      return "keys with values";
  }
  return "nothing";
}

NodePtr parse_yaml(const std::string& text, int file, Faults& faults) {
  if (const auto fault = check_text(text)) {
    faults.error(mark_of_byte(text, file, fault->position), fault->message);
    return nullptr;
  }
  if (const auto fault = check_layout(text, kDeepest)) {
    faults.error(mark_of_byte(text, file, fault->position), fault->message);
    return nullptr;
  }
  std::istringstream in(text);
  Builder builder(file, faults);
  try {
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) {
      faults.error({file, 0, 0, 1}, "the file is empty; a scenario starts with 'schema: steppe/1'");
      return nullptr;
    }
    NodePtr root = builder.root();
    Builder rest(file, faults);
    if (parser.HandleNextDocument(rest) && rest.root() != nullptr) {
      faults.error(rest.root()->mark, "a second document (---): a file holds one scenario");
    }
    return root;
  } catch (const YAML::Exception& error) {
    Mark mark = builder.mark_at(error.mark);
    // At the very end there is no line to show; the last one is where the reader should look.
    const auto last = mark_of_byte(text, file, text.find_last_not_of(" \n\r\t") + 1);
    if (mark.line > last.line) mark = last;
    faults.error(mark, syntax_message(error.msg));
  } catch (const Stop&) {
  }
  return nullptr;
}

NodePtr read_yaml(const std::filesystem::path& path, const std::string& name, Faults& faults,
                  int& index) {
  auto bytes = read_bytes(path, kLargestFile);
  if (!bytes) {
    index = faults.add_file(name, "");
    faults.error({index, 0, 0, 1}, bytes.error());
    return nullptr;
  }
  index = faults.add_file(name, std::move(bytes).value());
  return parse_yaml(faults.text(index), index, faults);
}

}  // namespace steppe::detail
