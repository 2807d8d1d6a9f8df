#include "sim/core/message.hpp"

#include <algorithm>

namespace steppe {

std::string fill(std::string_view pattern, std::span<const Fill> fills) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) {
      out += pattern.substr(open);
      break;
    }
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto found =
        std::find_if(fills.begin(), fills.end(), [&](const Fill& f) { return f.first == name; });
    if (found == fills.end()) {
      out += pattern.substr(open, close - open + 1);
    } else {
      out += found->second;
    }
    pattern.remove_prefix(close + 1);
  }
  return out;
}

Message::Message(std::string which, std::string_view pattern, const std::vector<Fill>& fills)
    : text(fill(pattern, fills)), code(std::move(which)) {
  for (const auto& [name, value] : fills) values.emplace_back(name, value);
}

void Message::set(std::string_view name, std::string value) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const auto& known) { return known.first == name; });
  if (found != values.end()) found->second = std::move(value);
}

}  // namespace steppe
