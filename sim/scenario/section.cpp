#include "sim/scenario/section.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <stdexcept>

#include "sim/core/suggest.hpp"

namespace steppe::detail {
namespace {

/// Words that YAML 1.1 readers turn into something else.
bool is_trap(std::string_view text) {
  static const std::vector<std::string> kTraps = {"yes",  "no",    "on",  "off",
                                                  "true", "false", "null"};
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kTraps.begin(), kTraps.end(), lower) != kTraps.end();
}

bool is_language(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::string_view first = text.substr(0, dash);
  return (first.size() == 2 || first.size() == 3) &&
         std::all_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Section::Section(const Form& form, NodePtr node, std::string path, const Mark& at, Faults& faults,
                 bool partial)
    : form_(form),
      node_(std::move(node)),
      path_(std::move(path)),
      at_(at),
      faults_(faults),
      partial_(partial) {
  const std::string inside = path_.empty() ? std::string{} : fmt::format(" in {}", path_);
  if (node_ == nullptr || !node_->is_map()) {
    faults_.error(
        node_ == nullptr ? at_ : node_->mark,
        fmt::format("{}: keys with values are expected, not {}", path_.empty() ? "the file" : path_,
                    node_ == nullptr ? "nothing" : describe(*node_)));
    node_ = std::make_shared<Node>();
    return;
  }
  for (const Node::Entry& entry : node_->entries) {
    if (form_.find(entry.key) == nullptr) {
      const std::string hint = did_you_mean(entry.key, form_.keys());
      faults_.error(entry.key_mark,
                    hint.empty() ? fmt::format("unknown key '{}'{}; there are {}", entry.key,
                                               inside, list_of(form_.keys(), 24))
                                 : fmt::format("unknown key '{}'{}", entry.key, inside),
                    hint);
    } else if (entry.value->kind == Node::Kind::Empty) {
      faults_.error(entry.key_mark, fmt::format("{} has no value", name_of(entry.key)));
    }
  }
  if (partial_) return;
  for (const Field& declared : form_.fields) {
    if (declared.required && node_->entry(declared.key) == nullptr) {
      faults_.error(at_,
                    fmt::format("'{}' is missing{}: {}", declared.key, inside, declared.summary));
    }
  }
}

const Field& Section::field(std::string_view key) const {
  const Field* found = form_.find(key);
  if (found == nullptr) throw std::logic_error(fmt::format("no key '{}' is declared", key));
  return *found;
}

NodePtr Section::node(std::string_view key) const {
  static_cast<void>(field(key));
  NodePtr found = node_->find(key);
  return found != nullptr && found->kind == Node::Kind::Empty ? nullptr : found;
}

Mark Section::mark(std::string_view key) const {
  const NodePtr found = node(key);
  return found == nullptr ? at_ : found->mark;
}

std::string Section::name_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
}

std::optional<std::string> Section::text(std::string_view key) const {
  const NodePtr value = node(key);
  if (value == nullptr) return std::nullopt;
  return read_text(*value, name_of(key), faults_);
}

Label Section::label(std::string_view key) const {
  Label label;
  const NodePtr value = node(key);
  if (value == nullptr) return label;
  if (!value->is_map()) {
    if (auto text = read_text(*value, name_of(key), faults_)) {
      label.texts.emplace_back("en", std::move(*text));
    }
    return label;
  }
  for (const Node::Entry& entry : value->entries) {
    if (!is_language(entry.key)) {
      faults_.error(entry.key_mark, fmt::format("{}: '{}' is not a language code such as en or mn",
                                                name_of(key), entry.key));
      continue;
    }
    if (auto text =
            read_text(*entry.value, fmt::format("{}.{}", name_of(key), entry.key), faults_)) {
      label.texts.emplace_back(entry.key, std::move(*text));
    }
  }
  return label;
}

std::optional<std::string> Section::key(std::string_view key) const {
  auto value = text(key);
  if (value && !is_key(*value)) {
    faults_.error(mark(key), fmt::format("{} is '{}': small letters, digits and _ are expected, a "
                                         "letter first",
                                         name_of(key), *value));
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> Section::choice(std::string_view key) const {
  auto value = text(key);
  const std::vector<std::string>& choices = field(key).choices;
  if (value && std::find(choices.begin(), choices.end(), *value) == choices.end()) {
    faults_.error(mark(key),
                  fmt::format("{} is '{}', expected {}{}", name_of(key), *value,
                              choices.size() > 1 ? "one of " : "", list_of(choices)),
                  did_you_mean(*value, choices));
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> Section::count(std::string_view key) const {
  const auto value = number(key);
  if (!value) return std::nullopt;
  if (*value != std::floor(*value)) {
    faults_.error(mark(key), fmt::format("{} is {}, expected a whole number", name_of(key),
                                         number_text(*value)));
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*value);
}

std::optional<Date> Section::date(std::string_view key) const {
  const NodePtr value = node(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_text()) {
    faults_.error(value->mark,
                  fmt::format("{}: a date is expected, not {}", name_of(key), describe(*value)));
    return std::nullopt;
  }
  const auto date = parse_date(value->text);
  if (!date) {
    faults_.error(value->mark, fmt::format("{}: {}", name_of(key), date.error()));
    return std::nullopt;
  }
  return field(key).shape == Shape::LastDay ? date->last_day() : date->first_day();
}

std::optional<bool> Section::flag(std::string_view key) const {
  const NodePtr value = node(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_text() && value->text == "true") return true;
  if (value->is_text() && value->text == "false") return false;
  faults_.error(value->mark, fmt::format("{} is {}, expected true or false", name_of(key),
                                         value->is_text() ? "'" + value->text + "'"
                                                          : std::string{describe(*value)}));
  return std::nullopt;
}

std::vector<std::string> Section::texts(std::string_view key) const {
  std::vector<std::string> out;
  const NodePtr value = node(key);
  if (value == nullptr) return out;
  if (!value->is_list()) {
    if (auto text = read_text(*value, name_of(key), faults_)) out.push_back(std::move(*text));
    return out;
  }
  for (const NodePtr& item : value->items) {
    if (auto text = read_text(*item, name_of(key), faults_)) out.push_back(std::move(*text));
  }
  return out;
}

std::vector<std::string> Section::words(std::string_view key) const {
  const std::vector<std::string>& choices = field(key).choices;
  std::vector<std::string> out = texts(key);
  const NodePtr value = node(key);
  std::size_t i = 0;
  std::erase_if(out, [&](const std::string& word) {
    const Mark where =
        value->is_list() && i < value->items.size() ? value->items[i]->mark : value->mark;
    ++i;
    if (std::find(choices.begin(), choices.end(), word) != choices.end()) return false;
    faults_.error(
        where,
        fmt::format("{} names '{}', expected some of {}", name_of(key), word, list_of(choices)),
        did_you_mean(word, choices));
    return true;
  });
  return out;
}

std::optional<double> Section::number(std::string_view key, const std::string& unit,
                                      std::string given_unit, double min, double max) const {
  const NodePtr value = node(key);
  if (value == nullptr) return std::nullopt;
  const Field& declared = field(key);
  NumberRule rule{name_of(key), unit.empty() ? declared.unit : unit, std::move(given_unit),
                  std::max(min, declared.min), std::min(max, declared.max)};
  // Heads and firms are counted: `persons: 1000` says all there is to say.
  if (rule.given_unit.empty() && (declared.unit == "person" || declared.unit == "firm")) {
    rule.given_unit = declared.unit;
  }
  return read_number(*value, rule, faults_);
}

Section Section::record(std::string_view key) const {
  const Field& declared = field(key);
  NodePtr value = node(key);
  if (value == nullptr) {
    auto empty = std::make_shared<Node>();
    empty->kind = Node::Kind::Map;
    empty->mark = at_;
    return Section(*declared.form, empty, name_of(key), at_, faults_, true);
  }
  const Node::Entry* entry = node_->entry(key);
  return Section(*declared.form, value, name_of(key), entry->key_mark, faults_, partial_);
}

std::vector<NodePtr> Section::records(std::string_view key) const {
  std::vector<NodePtr> out;
  const NodePtr value = node(key);
  if (value == nullptr) return out;
  if (!value->is_list()) {
    faults_.error(value->mark,
                  fmt::format("{}: a list is expected ('- ' before each entry), not {}",
                              name_of(key), describe(*value)));
    return out;
  }
  return value->items;
}

Source Section::source() const {
  Source source;
  if (!has("source")) return source;
  const Section s = record("source");
  source.title = s.text("title").value_or("");
  source.kind = s.choice("kind").value_or("");
  source.note = s.text("note").value_or("");
  source.url = s.text("url").value_or("");
  source.table = s.text("table").value_or("");
  if (const auto accessed = s.date("accessed")) source.accessed = to_string(*accessed);
  if (node("source")->is_map() && !s.has("title") && !s.has("kind") && !s.has("note")) {
    faults_.error(mark("source"), fmt::format("{} says nothing: give a title, or kind: assumption",
                                              name_of("source")));
  }
  return source;
}

std::optional<std::string> read_text(const Node& node, std::string_view what, Faults& faults) {
  if (!node.is_text()) {
    faults.error(node.mark, fmt::format("{}: a text is expected, not {}", what, describe(node)));
    return std::nullopt;
  }
  if (node.plain && is_trap(node.text)) {
    faults.error(node.mark,
                 fmt::format("{}: YAML readers take {} without quotes for true, false or "
                             "nothing; write \"{}\"",
                             what, node.text, node.text));
    return std::nullopt;
  }
  if (node.text.empty()) {
    faults.error(node.mark, fmt::format("{} is an empty text", what));
    return std::nullopt;
  }
  return node.text;
}

std::vector<Point> read_points(const Node& node, const NumberRule& rule, PeriodRule period,
                               Faults& faults) {
  std::vector<Point> points;
  if (!node.is_map() || node.entries.empty()) {
    faults.error(node.mark,
                 fmt::format("{}: figures by date are expected, as in {{2026-07-01: 5}}, not {}",
                             rule.what, node.is_map() ? "nothing" : describe(node)));
    return points;
  }
  for (const Node::Entry& entry : node.entries) {
    const auto date = parse_date(entry.key);
    if (!date) faults.error(entry.key_mark, fmt::format("{}: {}", rule.what, date.error()));
    NumberRule one = rule;
    one.what = fmt::format("{} at {}", rule.what, entry.key);
    const auto value = read_number(*entry.value, one, faults);
    if (!date || !value) continue;
    points.push_back(
        {period == PeriodRule::Start ? date->first_day() : date->middle(), *value, entry.key_mark});
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const Point& a, const Point& b) { return a.date < b.date; });
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].date == points[i - 1].date) {
      faults.error(points[i].mark, fmt::format("{}: {} is given twice (also in line {})", rule.what,
                                               to_string(points[i].date), points[i - 1].mark.line));
    }
  }
  return points;
}

}  // namespace steppe::detail
