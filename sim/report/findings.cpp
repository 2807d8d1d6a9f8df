#include "sim/report/findings.hpp"

#include <cmath>

namespace steppe::report_detail {
namespace {

std::string_view verb(Change change) {
  switch (change) {
    case Change::Up:
      return "find.rises";
    case Change::Down:
      return "find.falls";
    case Change::Unclear:
      return "find.flat";
    case Change::Broken:
      return "find.broken";
    case Change::None:
    case Change::Single:
      break;
  }
  return "find.single";
}

std::string_view short_verb(Change change) {
  switch (change) {
    case Change::Up:
      return "find.up";
    case Change::Down:
      return "find.down";
    case Change::Unclear:
      return "find.unclear";
    case Change::Broken:
      return "find.broken";
    case Change::None:
    case Change::Single:
      break;
  }
  return "find.single";
}

std::string what(const Context& context, const Panel& panel) {
  const std::string key = "what." + panel.series->variable;
  if (!context.words.has(key)) return panel.title.text;
  return context.words(key, {{"citizens", context.citizens}});
}

std::string moved(const Context& context, std::string_view key, const std::string& name,
                  const Panel& panel) {
  const auto shown = [&](const Average& level, bool unit) {
    return context.shown(level.mean, panel.place_of(level.se), panel.display, unit);
  };
  // People and posts are named by the variable itself; money is not.
  const bool money = panel.series->unit.starts_with("MNT");
  const std::string text = context.words(
      key, {{"what", name}, {"x", shown(panel.start, false)}, {"y", shown(panel.end, money)}});
  if (panel.breaks.empty()) return text;
  return context.words("find.break",
                       {{"text", text}, {"y", std::to_string(panel.breaks.back().year)}});
}

}  // namespace

std::string headline(const Context& context, const std::vector<Panel>& panels) {
  std::string out =
      context.words("find.from_to", {{"a", context.start().label}, {"b", context.end().label}});
  bool first = true;
  for (const Panel& panel : panels) {
    if (!first) out += "; ";
    first = false;
    const Change direction = change(context, panel);
    out += moved(context, verb(direction), what(context, panel), panel);
  }
  return out + '.';
}

std::string level_finding(const Context& context, const Panel& panel) {
  const Change direction = change(context, panel);
  return capitalised(moved(context, verb(direction), what(context, panel), panel));
}

std::string pair_finding(const Context& context, std::string_view topic, const Figure& figure) {
  std::string text;
  for (const Panel& panel : figure.panels) {
    if (!text.empty()) text += "; ";
    const Change direction = change(context, panel);
    text += moved(context, short_verb(direction), panel.title.text, panel);
  }
  return context.words("find.topic", {{"topic", context.words(topic)}, {"text", text}});
}

std::string sector_finding(const Context& context, const Figure& figure) {
  const Panel* up = nullptr;
  const Panel* down = nullptr;
  for (const Panel& panel : figure.panels) {
    const Change direction = change(context, panel);
    if (direction == Change::Up && (up == nullptr || panel.end.mean > up->end.mean)) up = &panel;
    if (direction == Change::Down && (down == nullptr || panel.end.mean < down->end.mean)) {
      down = &panel;
    }
  }
  const std::string gains = up == nullptr ? "" : up->title.text;
  const std::string loses = down == nullptr ? "" : down->title.text;
  if (up != nullptr && down != nullptr) {
    return context.words("find.top_sectors", {{"up", gains}, {"down", loses}});
  }
  if (up != nullptr) return context.words("find.top_up", {{"up", gains}});
  if (down != nullptr) return context.words("find.top_down", {{"down", loses}});
  return context.words(context.has_intervals() ? "find.top_none" : "figure.sectors");
}

std::string slowest_finding(const Context& context, const Figure& figure) {
  const Panel* slowest = nullptr;
  for (const Panel& panel : figure.panels) {
    if (std::isnan(panel.end.mean)) continue;
    if (slowest == nullptr || panel.end.mean > slowest->end.mean) slowest = &panel;
  }
  if (figure.panels.size() < 2 || slowest == nullptr || !context.has_intervals()) {
    return context.words("section.fill");
  }
  for (const Panel& panel : figure.panels) {
    if (&panel != slowest && panel.end.p95 >= slowest->end.p05) {
      return context.words("find.slowest_unclear");
    }
  }
  return context.words("find.slowest", {{"slow", slowest->title.text}});
}

std::string capitalised(std::string text) {
  if (text.empty()) return text;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  } else if (text.size() > 1 && byte(0) == 0xD0 && byte(1) >= 0xB0) {  // а to п
    text[1] = static_cast<char>(byte(1) - 0x20);
  } else if (text.size() > 1 && byte(0) == 0xD1 && byte(1) < 0x90) {  // р to я
    text[0] = static_cast<char>(0xD0);
    text[1] = static_cast<char>(byte(1) + 0x20);
  } else if (text.size() > 1 && ((byte(0) == 0xD3 && byte(1) == 0xA9) ||   // ө
                                 (byte(0) == 0xD2 && byte(1) == 0xAF))) {  // ү
    text[1] = static_cast<char>(byte(1) - 1);
  }
  return text;
}

}  // namespace steppe::report_detail
