#include "sim/core/diagnostics.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>

namespace steppe {
namespace {

/// Lines longer than this are shown from near the mistake on, so that the caret stays in sight.
constexpr int kWidest = 120;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

/// Bytes of the first `characters` characters of UTF-8 text.
std::size_t bytes_of(std::string_view text, int characters) {
  std::size_t at = 0;
  for (; characters > 0 && at < text.size(); --characters) {
    ++at;
    while (at < text.size() && continues_character(text[at])) ++at;
  }
  return at;
}

void append_excerpt(std::string& out, const Diagnostic& d) {
  if (d.source_line.empty() || d.place.column < 1) return;
  std::string_view line = d.source_line;
  int column = d.place.column;
  constexpr int kBefore = kWidest / 2;
  if (column > kWidest) {
    line.remove_prefix(bytes_of(line, column - kBefore));
    column = kBefore;
  }
  line = line.substr(0, bytes_of(line, kWidest));
  std::string shown{line};
  // A tab would move the caret by as much as the terminal likes.
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  const int width = std::clamp(d.length, 1, std::max(1, kWidest - column + 1));
  const std::string number = std::to_string(d.place.line);
  out += fmt::format("{:>4} | {}\n", number, shown);
  out += fmt::format("{:>{}} | {}^{}{}{}\n", "", std::max<std::size_t>(4, number.size()),
                     std::string(static_cast<std::size_t>(column - 1), ' '),
                     std::string(static_cast<std::size_t>(width - 1), '~'),
                     d.suggestion.empty() ? "" : " ", d.suggestion);
}

std::string counted(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

int exit_code(const Diagnostics& diagnostics) {
  int code = 0;
  for (const Diagnostic& d : diagnostics) {
    if (d.severity != Severity::Error) continue;
    if (d.kind == FaultKind::Scenario) return 3;
    code = 4;
  }
  return code;
}

std::string to_text(const Diagnostics& diagnostics) {
  std::map<std::string_view, std::size_t> order;
  for (const Diagnostic& d : diagnostics) order.emplace(d.place.file, order.size());
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& d : diagnostics) sorted.push_back(&d);
  // Errors stand last, where a terminal shows them.
  const auto key = [&](const Diagnostic& d) {
    return std::tuple{d.severity == Severity::Error, order.at(d.place.file), d.place.line,
                      d.place.column};
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Diagnostic* a, const Diagnostic* b) { return key(*a) < key(*b); });

  std::string out;
  std::size_t errors = 0;
  for (const Diagnostic* d : sorted) {
    const bool is_error = d->severity == Severity::Error;
    errors += is_error ? 1 : 0;
    out += d->place.file;
    if (d->place.line > 0)
      out += fmt::format(":{}:{}", d->place.line, std::max(1, d->place.column));
    out += fmt::format(": {}: {}", is_error ? "error" : "warning", d->message.text);
    const bool excerpt = !d->source_line.empty() && d->place.column > 0;
    if (!excerpt && !d->suggestion.empty()) out += "; " + d->suggestion;
    out += '\n';
    append_excerpt(out, *d);
  }
  const std::size_t warnings = sorted.size() - errors;
  if (errors > 0) out += counted(errors, "error");
  if (errors > 0 && warnings > 0) out += ", ";
  if (warnings > 0) out += counted(warnings, "warning");
  if (errors > 0) out += "; nothing was run";
  if (!sorted.empty()) out += '\n';
  return out;
}

}  // namespace steppe
