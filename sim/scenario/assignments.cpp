#include "sim/scenario/assignments.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace steppe::detail {
namespace {

constexpr std::size_t kLongest = 60;

/// Cut between entries where there are some: half a figure would be another figure.
std::string shortened(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (character_count(text) <= static_cast<int>(kLongest)) return text;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  const std::size_t entry = text.rfind(", ", end);
  return entry == std::string::npos ? text.substr(0, end) + "…" : text.substr(0, entry) + ", …";
}

std::string text_of(const Node& node, std::string_view key) {
  const NodePtr found = node.find(key);
  return found != nullptr && found->is_text() ? found->text : std::string{};
}

/// `2026-07-01: 1822, 2029-07-01: 3644`.
std::string dated_text(const Node& node) {
  std::string out;
  for (const Node::Entry& entry : node.entries) {
    if (!out.empty()) out += ", ";
    out += entry.key + ": " + (entry.value->is_text() ? entry.value->text : "…");
  }
  return out;
}

/// A record that stands for one figure, as parameters, levers and series do.
std::string figure_text(const Node& node) {
  if (!node.is_map()) return node.text;
  std::string out;
  for (const char* key : {"value", "timeline", "points", "file"}) {
    const NodePtr found = node.find(key);
    if (found == nullptr) continue;
    out = found->is_map() ? dated_text(*found) : found->text;
  }
  const std::string unit = text_of(node, "unit");
  if (out.empty()) {
    for (const Node::Entry& entry : node.entries) out += (out.empty() ? "" : ", ") + entry.key;
    return "changes " + out;
  }
  return unit.empty() ? out : out + " " + unit;
}

class Collector {
 public:
  Collector(const Faults& faults, std::vector<Assignment>& out) : faults_(faults), out_(out) {}

  void layer(const Node& root) {
    for (const Node::Entry& entry : root.entries) {
      if (entry.key == "policy") {
        levers(*entry.value);
      } else if (entry.key == "parameters" || entry.key == "drivers" ||
                 entry.key == "observation") {
        for (const Node::Entry& figure : entry.value->entries) {
          add(entry.key + "." + figure.key, figure_text(*figure.value), figure.key_mark);
        }
      } else if (entry.key == "projects") {
        for (const NodePtr& project : entry.value->items) {
          const NodePtr heads = project->find("heads");
          add("projects." + text_of(*project, "key"),
              heads == nullptr ? "changes" : dated_text(*heads), project->mark);
        }
      } else {
        value(entry.key, *entry.value, entry.key_mark);
      }
    }
  }

 private:
  void add(std::string path, std::string text, const Mark& mark) {
    out_.push_back({std::move(path), shortened(std::move(text)), faults_.place(mark)});
  }

  void levers(const Node& list) {
    for (const NodePtr& entry : list.items) {
      const NodePtr lever = entry->find("lever");
      if (lever != nullptr) add("policy." + lever->text, figure_text(*entry), lever->mark);
    }
  }

  void value(const std::string& path, const Node& node, const Mark& mark) {
    if (path == "population.settings") {
      for (const Node::Entry& entry : node.entries) {
        add(path + "." + entry.key, figure_text(*entry.value), entry.key_mark);
      }
    } else if (node.is_map()) {
      for (const Node::Entry& entry : node.entries) {
        value(path + "." + entry.key, *entry.value, entry.key_mark);
      }
    } else if (node.is_list()) {
      add(path, fmt::format("{} entries", node.items.size()), mark);
    } else {
      add(path, node.text, mark);
    }
  }

  const Faults& faults_;
  std::vector<Assignment>& out_;
};

}  // namespace

std::vector<Assignment> assignments_of(const Layers& layers, const Faults& faults) {
  std::vector<Assignment> out;
  Collector collector(faults, out);
  for (const Layer& layer : layers.stack) collector.layer(*layer.root);
  return out;
}

}  // namespace steppe::detail
