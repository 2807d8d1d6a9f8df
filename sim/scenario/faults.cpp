#include "sim/scenario/faults.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace steppe::detail {

int character_count(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

int Faults::add_file(std::string name, std::string text) {
  File file{std::move(name), std::move(text), {0}};
  for (std::size_t i = 0; i < file.text.size(); ++i) {
    if (file.text[i] == '\n') file.line_starts.push_back(i + 1);
  }
  files_.push_back(std::move(file));
  return static_cast<int>(files_.size()) - 1;
}

std::size_t Faults::line_start(int file, int number) const {
  const File& f = files_[at(file)];
  const std::size_t index = at(number) - 1;
  return index < f.line_starts.size() ? f.line_starts[index] : f.text.size();
}

std::string Faults::line(int file, int number) const {
  if (file < 0 || number < 1) return {};
  const File& f = files_[at(file)];
  if (static_cast<std::size_t>(number) > f.line_starts.size()) return {};
  const std::size_t from = f.line_starts[at(number) - 1];
  std::size_t end = f.text.find('\n', from);
  if (end == std::string::npos) end = f.text.size();
  if (end > from && f.text[end - 1] == '\r') --end;
  return f.text.substr(from, end - from);
}

SourcePlace Faults::place(const Mark& mark) const {
  if (mark.file < 0) return {};
  return {name(mark.file), mark.line, mark.column};
}

Mark Faults::mark(const SourcePlace& place) const {
  const auto found = std::find_if(files_.begin(), files_.end(),
                                  [&](const File& file) { return file.name == place.file; });
  if (found == files_.end()) return {};
  Mark mark{static_cast<int>(found - files_.begin()), place.line, place.column, 1};
  const std::string text = line(mark.file, place.line);
  int column = 0;
  int length = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) ++column;
    if (column < place.column) continue;
    if (c == ' ' || c == ',' || c == '}') break;
    if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) ++length;
  }
  mark.length = std::max(1, length);
  return mark;
}

void Faults::add(Severity severity, FaultKind kind, const Mark& mark, Message message,
                 std::string suggestion) {
  Diagnostic d;
  d.severity = severity;
  d.kind = kind;
  d.place = place(mark);
  d.message = std::move(message);
  d.suggestion = std::move(suggestion);
  d.source_line = line(mark.file, mark.line);
  d.length = mark.length;
  found_.push_back(std::move(d));
  found_in_.push_back(mark.file);
}

void Faults::error(const Mark& mark, std::string message, std::string suggestion) {
  add(Severity::Error, FaultKind::Scenario, mark, Message(std::move(message)),
      std::move(suggestion));
}

void Faults::warning(const Mark& mark, Message message) {
  add(Severity::Warning, FaultKind::Scenario, mark, std::move(message), {});
}

void Faults::data_error(const Mark& mark, std::string message, std::string suggestion) {
  add(Severity::Error, FaultKind::Data, mark, Message(std::move(message)), std::move(suggestion));
}

std::size_t Faults::error_count() const {
  return static_cast<std::size_t>(std::count_if(
      found_.begin(), found_.end(), [](const auto& d) { return d.severity == Severity::Error; }));
}

Diagnostics Faults::sorted() const {
  std::vector<std::size_t> order(found_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple{found_in_[a], found_[a].place.line, found_[a].place.column} <
           std::tuple{found_in_[b], found_[b].place.line, found_[b].place.column};
  });
  Diagnostics out;
  for (const std::size_t i : order) {
    const auto same = [&](const Diagnostic& d) {
      return d.message == found_[i].message && d.place.file == found_[i].place.file &&
             d.place.line == found_[i].place.line && d.place.column == found_[i].place.column;
    };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(found_[i]);
  }
  return out;
}

}  // namespace steppe::detail
