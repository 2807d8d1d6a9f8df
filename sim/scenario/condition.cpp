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
                      const Expression& condition) {
  if (condition.indicators().size() != 1) return;
  const Indicator& only = condition.indicators().front();
  const auto& known = context.catalogue.indicators();
  const bool share = std::any_of(known.begin(), known.end(), [&](const IndicatorDecl& decl) {
    return decl.name == only.name && decl.share;
  });
  if (!share) return;
  constexpr int kParts = 1000;
  int held = 0;
  for (int part = 0; part <= kParts; ++part) {
    held += condition.holds([&](const Indicator&) { return part / double{kParts}; });
  }
  if (held > 0 && held <= kParts) return;
  context.faults.warning(
      section.mark(key),
      fmt::format("{} {} holds: {} is a share between 0 and 1, so 8 % is 0.08",
                  section.name_of(key), held == 0 ? "never" : "always", only.name));
}

/// What is wrong with an indicator's name or key, and what may be meant; empty: nothing.
std::pair<std::string, std::string> indicator_fault(const Context& context,
                                                    const Indicator& wanted) {
  std::vector<std::string> names;
  std::vector<std::string> keys;
  bool single = false;
  for (const IndicatorDecl& known : context.catalogue.indicators()) {
    if (std::find(names.begin(), names.end(), known.name) == names.end()) {
      names.push_back(known.name);
    }
    if (known.name != wanted.name) continue;
    single = single || known.by == Dim::None;
    for (const Member& member : context.scenario.dimensions.of(known.by)) {
      keys.push_back(member.key);
    }
  }
  if (std::find(names.begin(), names.end(), wanted.name) == names.end()) {
    return {
        fmt::format("there is no indicator '{}'; there are {}", wanted.name, list_of(names, 24)),
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

std::optional<std::string> read_condition(Context& context, const Section& section,
                                          std::string_view key) {
  const auto text = section.text(key);
  if (!text) return std::nullopt;
  const Mark mark = section.mark(key);
  // Inside a text that stands in one line as it is, the very place can be shown.
  const std::string line = context.faults.line(mark.file, mark.line);
  const bool in_line = line.find(*text) != std::string::npos;
  const auto at = [&](int position, int length) {
    if (!in_line) return mark;
    Mark inner = mark;
    inner.column +=
        character_count(std::string_view(*text).substr(0, static_cast<std::size_t>(position))) +
        (section.node(key)->plain ? 0 : 1);
    inner.length = length;
    return inner;
  };
  const auto expression = Expression::parse(*text);
  if (!expression) {
    const ExpressionError& error = expression.error();
    context.faults.error(at(error.position, error.length),
                         fmt::format("{}: {}", section.name_of(key), error.message));
    return std::nullopt;
  }
  if (context.partial) return text;
  for (const Indicator& indicator : expression->indicators()) {
    const int length = static_cast<int>(indicator.name.size());
    const auto [message, hint] = indicator_fault(context, indicator);
    if (message.empty()) continue;
    context.faults.error(at(indicator.position, length),
                         fmt::format("{}: {}", section.name_of(key), message), hint);
  }
  warn_of_per_cent(context, section, key, *expression);
  return text;
}

}  // namespace steppe::detail
