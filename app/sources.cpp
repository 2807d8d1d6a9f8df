#include "app/sources.hpp"

#include <spdlog/fmt/fmt.h>

namespace steppe::app {

std::string place_text(const SourcePlace& place) {
  return place.file.empty() ? "default" : fmt::format("{}:{}", place.file, place.line);
}

std::string source_text(const Source& source) {
  std::string out = source.title;
  if (!source.table.empty()) out += fmt::format(", {}", source.table);
  if (!source.note.empty()) out += fmt::format("{}{}", out.empty() ? "" : "; ", source.note);
  if (!source.kind.empty()) out += fmt::format("{}({})", out.empty() ? "" : " ", source.kind);
  if (!source.url.empty()) out += " " + source.url;
  return out.empty() ? "none" : out;
}

}  // namespace steppe::app
