#include "sim/scenario/layers.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <system_error>

#include "sim/scenario/form.hpp"
#include "sim/scenario/values.hpp"

namespace steppe::detail {
namespace {

namespace fs = std::filesystem;

constexpr const char* kByMeaning[] = {"parameters", "policy", "drivers", "observation"};

bool is_by_meaning(std::string_view key) {
  return std::find(std::begin(kByMeaning), std::end(kByMeaning), key) != std::end(kByMeaning);
}

/// Keys of a file that say something about the file alone.
bool is_of_file(std::string_view key) {
  return key == "schema" || key == "extends" || key == "overlay";
}

class Loader {
 public:
  Loader(Layers& layers, Faults& faults) : layers_(layers), faults_(faults) {}

  /// @param from where the file is named; an index below 0 for the main file
  void load(const fs::path& file, const Mark& from) {
    std::error_code failure;
    const fs::path real = fs::weakly_canonical(file, failure);
    if (const auto cycle = std::find(open_.begin(), open_.end(), real); cycle != open_.end()) {
      std::string chain;
      for (auto it = cycle; it != open_.end(); ++it) chain += it->filename().string() + " → ";
      faults_.error(from, fmt::format("the files extend one another in a circle: {}{}", chain,
                                      real.filename().string()));
      return;
    }
    // A base that two layers share is laid down once; twice, it would undo the first of them.
    if (std::find(done_.begin(), done_.end(), real) != done_.end()) return;
    if (from.file >= 0 && !fs::exists(file, failure)) {
      faults_.error(from, fmt::format("there is no file {}", file.string()));
      layers_.incomplete = true;
      return;
    }
    int index = -1;
    NodePtr root = read_yaml(file, file.string(), faults_, index);
    if (from.file < 0) layers_.main_file = index;
    done_.push_back(real);
    if (root != nullptr && !root->is_map()) {
      faults_.error(root->mark,
                    fmt::format("a scenario holds keys with values, not {}", describe(*root)));
      root = nullptr;
    }
    if (root == nullptr) {
      layers_.incomplete = true;
      return;
    }
    if (from.file >= 0) check_schema(*root, index);
    open_.push_back(real);
    if (const NodePtr bases = root->find("extends")) extend(*bases, file);
    open_.pop_back();
    layers_.stack.push_back({index, file, root, false});
  }

 private:
  void extend(const Node& bases, const fs::path& file) {
    const auto one = [&](const Node& base) {
      if (!base.is_text() || base.text.empty()) {
        faults_.error(base.mark, fmt::format("extends: the path of a file is expected, not {}",
                                             describe(base)));
        return;
      }
      load((file.parent_path() / base.text).lexically_normal(), base.mark);
    };
    if (!bases.is_list()) {
      one(bases);
      return;
    }
    for (const NodePtr& base : bases.items) one(*base);
  }

  /// Of a base; the main file's is read with the rest of its keys.
  void check_schema(const Node& root, int file) {
    const std::string& expected = scenario_form().find("schema")->choices.front();
    const NodePtr schema = root.find("schema");
    if (schema != nullptr && schema->is_text() && schema->text == expected) return;
    faults_.error(
        schema == nullptr ? Mark{file, 1, 1, 1} : schema->mark,
        fmt::format("'schema: {}' is expected in the first line of a scenario file", expected));
  }

  Layers& layers_;
  Faults& faults_;
  std::vector<fs::path> open_;  ///< the chain of files being read
  std::vector<fs::path> done_;
};

NodePtr make_map(std::vector<Node::Entry> entries, const Mark& mark) {
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::Map;
  node->entries = std::move(entries);
  node->mark = mark;
  return node;
}

/// Which values a later layer replaces as a whole: half of an old source with half of a new one, or
/// an old label in one language beside a new one in another, would say what nobody wrote.
bool is_whole(std::string_view key) {
  static constexpr std::string_view kWhole[] = {"name",   "question", "description",     "label",
                                                "source", "heads",    "occupation_share"};
  return std::find(std::begin(kWhole), std::end(kWhole), key) != std::end(kWhole);
}

NodePtr merge(const NodePtr& base, const NodePtr& over, std::string_view key);

NodePtr merge_maps(const Node& base, const Node& over, std::string_view name) {
  std::vector<Node::Entry> entries = base.entries;
  // A start population comes either from tables or from a few numbers: the later choice stands.
  if (name == "population") {
    std::erase_if(entries, [&](const Node::Entry& e) {
      return (e.key == "tables" && over.entry("textbook") != nullptr) ||
             (e.key == "textbook" && over.entry("tables") != nullptr);
    });
  }
  // A description answers to its question; another's would tell of what this one changes.
  if (over.entry("question") != nullptr) {
    std::erase_if(entries, [](const Node::Entry& e) { return e.key == "description"; });
  }
  for (const Node::Entry& entry : over.entries) {
    const auto same = std::find_if(entries.begin(), entries.end(),
                                   [&](const Node::Entry& e) { return e.key == entry.key; });
    if (same == entries.end()) {
      entries.push_back(entry);
    } else {
      *same = {entry.key, entry.key_mark, merge(same->value, entry.value, entry.key)};
    }
  }
  return make_map(std::move(entries), over.mark);
}

std::string key_of(const Node& project) {
  const NodePtr key = project.find("key");
  return key != nullptr && key->is_text() ? key->text : std::string{};
}

/// Projects with the same key are the same project.
NodePtr merge_projects(const Node& base, const Node& over) {
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::List;
  node->mark = over.mark;
  node->items = base.items;
  for (const NodePtr& item : over.items) {
    const std::string key = key_of(*item);
    const auto same = std::find_if(node->items.begin(), node->items.end(), [&](const NodePtr& p) {
      return !key.empty() && key_of(*p) == key;
    });
    if (same == node->items.end() || !item->is_map() || !(*same)->is_map()) {
      node->items.push_back(item);
    } else {
      *same = merge_maps(**same, *item, "project");
    }
  }
  return node;
}

NodePtr merge(const NodePtr& base, const NodePtr& over, std::string_view key) {
  if (key == "projects" && base->is_list() && over->is_list()) return merge_projects(*base, *over);
  if (!base->is_map() || !over->is_map() || is_whole(key)) return over;
  return merge_maps(*base, *over, key);
}

/// The text behind a `--set` and where it stands among the overrides' lines.
struct OverrideText {
  int file;
  int line;
  const std::string& path;
  const std::string& value;
  [[nodiscard]] Mark path_mark() const { return {file, line, 1, character_count(path)}; }
  [[nodiscard]] Mark value_mark() const {
    return {file, line, character_count(path) + 2, std::max(1, character_count(value))};
  }
};

NodePtr override_value(const OverrideText& text, Faults& faults) {
  const std::string_view value = text.value;
  if (!value.empty() && std::string_view("{[\"'").find(value.front()) != std::string_view::npos) {
    // Blank lines and columns before it give the parser the places of the joined text.
    return parse_yaml(std::string(static_cast<std::size_t>(text.line - 1), '\n') +
                          std::string(text.path.size() + 1, ' ') + text.value,
                      text.file, faults);
  }
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::Text;
  node->text = text.value;
  node->mark = text.value_mark();
  return node;
}

NodePtr wrap(const std::string& key, const NodePtr& value, const OverrideText& text) {
  return make_map({{key, text.path_mark(), value}}, text.path_mark());
}

/// `policy.permits.fee=0` as the entry it stands for.
NodePtr override_lever(const std::string& lever, const NodePtr& value, const OverrideText& text) {
  auto name = std::make_shared<Node>();
  name->kind = Node::Kind::Text;
  name->text = lever;
  name->mark = text.path_mark();
  const bool dated = value->is_map() && !value->entries.empty() &&
                     parse_date(value->entries.front().key).has_value();
  std::vector<Node::Entry> entries;
  if (value->is_map() && !dated) entries = value->entries;
  if (!value->is_map() || dated) {
    entries.push_back({dated ? "timeline" : "value", text.path_mark(), value});
  }
  entries.push_back({"lever", text.path_mark(), name});
  auto list = std::make_shared<Node>();
  list->kind = Node::Kind::List;
  list->mark = text.path_mark();
  list->items.push_back(make_map(std::move(entries), text.path_mark()));
  return list;
}

NodePtr override_series(const NodePtr& value, const OverrideText& text) {
  if (!value->is_map()) return wrap("value", value, text);
  const bool dated = !value->entries.empty() && parse_date(value->entries.front().key).has_value();
  return dated ? wrap("points", value, text) : value;
}

/// The tree that one override stands for; null when it is refused.
NodePtr override_root(const OverrideText& text, Faults& faults) {
  const std::size_t dot = text.path.find('.');
  const std::string first = text.path.substr(0, dot);
  const std::string rest = dot == std::string::npos ? "" : text.path.substr(dot + 1);
  if (is_of_file(first)) {
    faults.error(text.path_mark(), fmt::format("'{}' belongs to a file and cannot be set", first));
    return nullptr;
  }
  NodePtr value = override_value(text, faults);
  if (value == nullptr) return nullptr;
  if (rest.empty()) return wrap(first, value, text);
  if (first == "policy") return wrap(first, override_lever(rest, value, text), text);
  if (first == "parameters") return wrap(first, wrap(rest, value, text), text);
  if (first == "drivers" || first == "observation") {
    return wrap(first, wrap(rest, override_series(value, text), text), text);
  }
  // The settings' own names may hold a dot, as `fly_in_min_posts.mining`.
  const std::string settings = "population.settings.";
  if (text.path.rfind(settings, 0) == 0) {
    return wrap("population",
                wrap("settings", wrap(text.path.substr(settings.size()), value, text), text), text);
  }
  std::string path = text.path;
  while (true) {
    const std::size_t last = path.rfind('.');
    if (last == std::string::npos) return wrap(path, value, text);
    value = wrap(path.substr(last + 1), value, text);
    path.resize(last);
  }
}

}  // namespace

fs::path Layers::folder_of(int file) const {
  for (const Layer& layer : stack) {
    if (layer.file == file) return layer.path.parent_path();
  }
  return {};
}

Layers read_layers(const fs::path& file,
                   const std::vector<std::pair<std::string, std::string>>& overrides,
                   Faults& faults) {
  Layers layers;
  Loader(layers, faults).load(file, Mark{});
  if (!overrides.empty()) {
    std::string joined;
    for (const auto& [path, value] : overrides) joined += path + "=" + value + "\n";
    const int index = faults.add_file("--set", joined);
    int line = 0;
    for (const auto& [path, value] : overrides) {
      const OverrideText text{index, ++line, path, value};
      if (NodePtr root = override_root(text, faults)) {
        layers.stack.push_back({index, {}, root, true});
      }
    }
  }
  std::vector<Node::Entry> none;
  layers.merged = make_map(none, {layers.main_file, 1, 1, 1});
  for (const Layer& layer : layers.stack) {
    std::vector<Node::Entry> entries;
    for (const Node::Entry& entry : layer.root->entries) {
      const bool main = layer.file == layers.main_file;
      if (!is_by_meaning(entry.key) && (main || !is_of_file(entry.key))) entries.push_back(entry);
    }
    layers.merged = merge_maps(*layers.merged, *make_map(std::move(entries), layer.root->mark), "");
  }
  return layers;
}

}  // namespace steppe::detail
