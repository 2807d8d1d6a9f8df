#include "sim/scenario/condition.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/core/expression.hpp"

namespace steppe::detail {
namespace {

/// A condition on one share that holds nowhere between 0 and 1, or everywhere: per cent, most
/// likely, written as whole numbers.
void warn_of_per_cent(const Context& context, const Section& section, std::string_view key,
                      const std::string& text, const Readable& readable) {
  const auto parsed = Expression::parse(text);
  if (!parsed || parsed->indicators().size() != 1) return;
  const Expression& condition = *parsed;
  const Indicator& only = condition.indicators().front();
  const bool share =
      std::any_of(readable.names.begin(), readable.names.end(),
                  [&](const IndicatorDecl& decl) { return decl.name == only.name && decl.share; });
  if (!share) return;
  constexpr int kParts = 1000;
  int held = 0;
  for (int part = 0; part <= kParts; ++part) {
    held += condition.holds([&](const Indicator&) { return part / double{kParts}; });
  }
  if (held > 0 && held <= kParts) return;
  const std::vector<Fill> fills = {{"name", section.name_of(key)}, {"share", only.name}};
  if (held == 0) {
    context.faults.warning(
        section.mark(key),
        {"condition.never",
         "{name} never holds: {share} is a share between 0 and 1, so 8 % is 0.08", fills});
  } else {
    context.faults.warning(
        section.mark(key),
        {"condition.always",
         "{name} always holds: {share} is a share between 0 and 1, so 8 % is 0.08", fills});
  }
}

/// What is wrong with an indicator's name or key, and what may be meant; empty: nothing.
std::pair<std::string, std::string> indicator_fault(const Context& context, const Indicator& wanted,
                                                    const Readable& readable) {
  std::vector<std::string> names;
  std::vector<std::string> keys;
  bool single = false;
  for (const IndicatorDecl& known : readable.names) {
    if (std::find(names.begin(), names.end(), known.name) == names.end()) {
      names.push_back(known.name);
    }
    if (known.name != wanted.name) continue;
    single = single || known.by == Dim::None || known.by == readable.by;
    for (const Member& member : context.scenario.dimensions.of(known.by)) {
      keys.push_back(member.key);
    }
  }
  if (std::find(names.begin(), names.end(), wanted.name) == names.end()) {
    return {fmt::format("there is no {} '{}'; there are {}", readable.word, wanted.name,
                        list_of(names, 24)),
            did_you_mean(wanted.name, names)};
  }
  if (wanted.keys.empty()) {
    if (single) return {};
    return {fmt::format("{} needs a key, as in {}({})", wanted.name, wanted.name,
                        keys.empty() ? "key" : keys.front()),
            {}};
  }
  if (keys.empty()) return {fmt::format("{} takes no key", wanted.name), {}};
  if (wanted.keys.size() > 1) return {fmt::format("{} takes one key", wanted.name), {}};
  const std::string& key = wanted.keys.front();
  if (std::find(keys.begin(), keys.end(), key) != keys.end()) return {};
  return {fmt::format("{} is not known by '{}'; there are {}", wanted.name, key, list_of(keys, 24)),
          did_you_mean(key, keys)};
}

}  // namespace

Mark mark_inside(const Context& context, const Section& section, std::string_view key, int position,
                 int length) {
  Mark mark = section.mark(key);
  const Node& node = *section.node(key);
  if (context.faults.line(mark.file, mark.line).find(node.text) == std::string::npos) return mark;
  mark.column +=
      character_count(std::string_view(node.text).substr(0, static_cast<std::size_t>(position))) +
      (node.plain ? 0 : 1);
  mark.length = length;
  return mark;
}

std::optional<std::string> read_formula(Context& context, const Section& section,
                                        std::string_view key, const Readable& readable) {
  const auto text = section.text(key);
  if (!text) return std::nullopt;
  const auto expression = Expression::parse(*text);
  if (!expression) {
    const ExpressionError& error = expression.error();
    context.faults.error(mark_inside(context, section, key, error.position, error.length),
                         fmt::format("{}: {}", section.name_of(key), error.message));
    return std::nullopt;
  }
  if (context.partial) return text;
  for (const Indicator& indicator : expression->indicators()) {
    const int length = static_cast<int>(indicator.name.size());
    const auto [message, hint] = indicator_fault(context, indicator, readable);
    if (message.empty()) continue;
    context.faults.error(mark_inside(context, section, key, indicator.position, length),
                         fmt::format("{}: {}", section.name_of(key), message), hint);
  }
  return text;
}

std::optional<std::string> read_condition(Context& context, const Section& section,
                                          std::string_view key, const Readable& readable) {
  auto text = read_formula(context, section, key, readable);
  if (text) {
    const auto expression = Expression::parse(*text);
    if (expression && !expression->is_condition()) {
      context.faults.error(mark_inside(context, section, key, 0, static_cast<int>(text->size())),
                           fmt::format("{}: this is a number and no condition, which would hold "
                                       "wherever it is not 0; compare it, as in {} > 0.1",
                                       section.name_of(key), *text));
      return std::nullopt;
    }
  }
  if (text && !context.partial) warn_of_per_cent(context, section, key, *text, readable);
  return text;
}

std::optional<std::string> read_condition(Context& context, const Section& section,
                                          std::string_view key) {
  return read_condition(context, section, key, {context.catalogue.indicators(), "indicator"});
}

}  // namespace steppe::detail
