#include "sim/scenario/csv.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>

#include "sim/core/suggest.hpp"
#include "sim/core/units.hpp"
#include "sim/scenario/text_file.hpp"
#include "sim/scenario/values.hpp"

namespace steppe::detail {
namespace {

constexpr std::size_t kLargestTable = std::size_t{256} << 20;
/// A table with every cell wrong is wrong in one way; the rest of the list would hide other files.
constexpr std::size_t kMostFaults = 20;
/// Published shares are rounded.
constexpr double kShareTolerance = 0.005;

/// Splits CSV text into records.
class Splitter {
 public:
  Splitter(int file, Faults& faults) : file_(file), faults_(faults), text_(faults.text(file)) {}

  struct Record {
    std::vector<std::string> cells;
    std::vector<int> columns;
    int line = 0;
  };

  /// The next record that is not blank; false at the end or after a mistake.
  bool next(Record& record) {
    while (at_ < text_.size()) {
      record = {{}, {}, line_};
      line_start_ = at_;
      if (!read(record)) return false;
      if (record.cells.size() > 1 || !record.cells.front().empty()) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] int column(std::size_t at) const {
    return character_count(std::string_view(text_).substr(line_start_, at - line_start_)) + 1;
  }
  bool fail(std::size_t at, int line, const char* message) {
    faults_.data_error({file_, line, line == line_ ? column(at) : 1, 1}, message);
    return false;
  }

  bool read(Record& record) {
    for (;;) {
      record.columns.push_back(column(at_));
      record.cells.emplace_back();
      if (at_ < text_.size() && text_[at_] == '"') {
        if (!read_quoted(record.cells.back())) return false;
      } else {
        while (at_ < text_.size() && text_[at_] != ',' && !at_line_end()) {
          if (text_[at_] == '"') {
            return fail(at_, line_,
                        "a quote inside a cell: enclose the whole cell in quotes and "
                        "double the ones in it");
          }
          record.cells.back() += text_[at_++];
        }
      }
      if (at_ >= text_.size()) return true;
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      if (text_[at_] == '\r') ++at_;
      ++at_;
      ++line_;
      return true;
    }
  }

  bool read_quoted(std::string& cell) {
    const std::size_t opening = at_;
    const int opening_line = line_;
    const int opening_column = column(opening);
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += '"';
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        if (at_ >= text_.size() || text_[at_] == ',' || at_line_end()) return true;
        return fail(at_, line_, "a comma or the line's end is expected after the closing quote");
      } else {
        if (text_[at_] == '\n') {
          ++line_;
          line_start_ = at_ + 1;
        }
        cell += text_[at_];
      }
    }
    faults_.data_error({file_, opening_line, opening_column, 1}, "a quoted cell is not closed");
    return false;
  }

  [[nodiscard]] bool at_line_end() const {
    return text_[at_] == '\n' ||
           (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }

  int file_;
  Faults& faults_;
  const std::string& text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
};

std::vector<std::string> member_keys(const Dimensions& dimensions, Dim dim) {
  std::vector<std::string> keys;
  for (const Member& member : dimensions.of(dim)) keys.push_back(member.key);
  return keys;
}

class Checker {
 public:
  Checker(CsvTable& table, const TableForm& form, const Dimensions* dimensions, Faults& faults)
      : csv_(table), form_(form), dimensions_(dimensions), faults_(faults) {}

  bool header(const std::vector<int>& columns) {
    const std::vector<std::string>& names = csv_.table.columns;
    std::vector<std::string> known;
    for (const Column& column : form_.columns) known.push_back(column.name);
    const std::size_t before = faults_.error_count();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Mark mark{csv_.file, header_line, columns[i], std::max(1, character_count(names[i]))};
      if (std::count(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) > 0) {
        faults_.data_error(mark, fmt::format("the column '{}' is there twice", names[i]));
      } else if (form_.find(names[i]) == nullptr) {
        faults_.data_error(mark,
                           fmt::format("unknown column '{}' in a table of {}; there are {}",
                                       names[i], form_.summary, list_of(known, 24)),
                           did_you_mean(names[i], known));
      }
    }
    for (const Column& column : form_.columns) {
      if (!column.required || csv_.table.column(column.name) >= 0) continue;
      faults_.data_error({csv_.file, header_line, 1, 1},
                         fmt::format("the column '{}' is missing; a table of {} has the header {}",
                                     column.name, form_.summary, fmt::join(known, ",")));
    }
    return faults_.error_count() == before;
  }

  void cells() {
    std::vector<const Column*> columns;
    for (const std::string& name : csv_.table.columns) columns.push_back(form_.find(name));
    for (std::size_t row = 0; row < csv_.table.rows.size(); ++row) {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (found_ >= kMostFaults) {
          faults_.data_error({csv_.file, csv_.table.rows[row].line, 1, 1},
                             "more is wrong from here on and is not listed");
          return;
        }
        cell(row, static_cast<int>(c), *columns[c]);
      }
    }
    if (found_ == 0 && form_.shares) sums();
  }

  int header_line = 1;

 private:
  void wrong(std::size_t row, int column, std::string message, std::string hint = {}) {
    ++found_;
    faults_.data_error(csv_.mark(row, column), std::move(message), std::move(hint));
  }

  void cell(std::size_t row, int c, const Column& column) {
    const std::string& text = csv_.cell(row, c);
    switch (column.cell) {
      case Cell::Text:
        return;
      case Cell::Number:
        if (!cell_number(text)) {
          wrong(row, c, fmt::format("'{}' in column '{}' is not a number", text, column.name));
        }
        return;
      case Cell::Age: {
        const auto age = text.empty() ? std::optional<double>{0.0} : cell_number(text);
        if (!age || *age < 0.0 || *age > 150.0 || *age != std::floor(*age)) {
          wrong(row, c,
                fmt::format("'{}' in column '{}' is not an age in whole years (blank: open)", text,
                            column.name));
        }
        return;
      }
      case Cell::Period:
        if (const auto date = parse_date(text); !date) wrong(row, c, date.error());
        return;
      case Cell::Unit:
        if (const auto unit = Unit::parse(text); !unit) {
          wrong(row, c, fmt::format("column '{}': {}", column.name, unit.error()));
        }
        return;
      case Cell::Choice:
        one_of(row, c, column, column.choices);
        return;
      case Cell::Key:
      case Cell::Keys: {
        if (dimensions_ == nullptr) return;
        std::vector<std::string> keys = member_keys(*dimensions_, column.dim);
        if (column.cell == Cell::Keys) keys.emplace_back("all");
        one_of(row, c, column, keys);
        return;
      }
    }
  }

  void one_of(std::size_t row, int c, const Column& column,
              const std::vector<std::string>& choices) {
    const std::string& text = csv_.cell(row, c);
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) return;
    wrong(row, c,
          fmt::format("'{}' in column '{}' is not one of {}", text, column.name, list_of(choices)),
          did_you_mean(text, choices));
  }

  /// Shares sum to one in each group. Tables in heads or mixed units are for the population to
  /// judge.
  void sums() {
    struct Group {
      double sum = 0.0;
      std::size_t first_row = 0;
    };
    const int value = csv_.table.column("value");
    const int unit = csv_.table.column("unit");
    std::map<std::string, Group> groups;
    for (std::size_t row = 0; row < csv_.table.rows.size(); ++row) {
      const auto factor = conversion(csv_.cell(row, unit), "1");
      if (!factor) return;
      std::string key;
      for (const std::string& column : form_.shares_within) {
        key += csv_.cell(row, csv_.table.column(column)) + " ";
      }
      const auto [group, made] = groups.try_emplace(key, Group{0.0, row});
      group->second.sum += *factor * cell_number(csv_.cell(row, value)).value_or(0.0);
    }
    for (const auto& [key, group] : groups) {
      if (std::abs(group.sum - 1.0) <= kShareTolerance) continue;
      const std::string of =
          key.empty() ? "" : fmt::format(" of {}", key.substr(0, key.size() - 1));
      faults_.data_error(csv_.mark(group.first_row, value),
                         fmt::format("the shares{} sum to {}, expected 1", of,
                                     number_text(std::round(group.sum * 1e6) / 1e6)));
    }
  }

  CsvTable& csv_;
  const TableForm& form_;
  const Dimensions* dimensions_;
  Faults& faults_;
  std::size_t found_ = 0;
};

}  // namespace

Mark CsvTable::mark(std::size_t row, int column) const {
  const auto c = static_cast<std::size_t>(column);
  return {file, table.rows[row].line, columns_of[row][c],
          std::max(1, character_count(table.rows[row].cells[c]))};
}

std::optional<double> cell_number(const std::string& cell) {
  double value = 0.0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, failure] = std::from_chars(cell.data(), end, value);
  if (failure != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<CsvTable> read_csv(const std::filesystem::path& path, const TableForm& form,
                                 const Dimensions* dimensions, const Mark& named_at,
                                 Faults& faults) {
  auto bytes = read_bytes(path, kLargestTable);
  if (!bytes) {
    faults.data_error(named_at, fmt::format("{}: {}", path.string(), bytes.error()));
    return std::nullopt;
  }
  CsvTable csv;
  csv.table.name = form.name;
  csv.table.path = path;
  csv.file = faults.add_file(path.string(), std::move(bytes).value());
  const std::string& text = faults.text(csv.file);
  if (const auto fault = check_text(text)) {
    const auto before = std::string_view(text).substr(0, fault->position);
    const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t newline = before.rfind('\n');
    const auto start = newline == std::string_view::npos ? 0 : newline + 1;
    faults.data_error({csv.file, line, character_count(before.substr(start)) + 1, 1},
                      fault->message);
    return std::nullopt;
  }
  const std::size_t before = faults.error_count();
  Splitter splitter(csv.file, faults);
  Splitter::Record record;
  if (!splitter.next(record)) {
    if (faults.error_count() == before) {
      faults.data_error({csv.file, 0, 0, 1}, fmt::format("the file is empty; a table of {} starts "
                                                         "with its header",
                                                         form.summary));
    }
    return std::nullopt;
  }
  csv.table.columns = record.cells;
  Checker checker(csv, form, dimensions, faults);
  checker.header_line = record.line;
  const bool header = checker.header(record.columns);
  std::size_t uneven = 0;
  while (splitter.next(record)) {
    const std::size_t wanted = csv.table.columns.size();
    if (record.cells.size() != wanted) {
      if (++uneven > kMostFaults) break;
      const Mark mark{csv.file, record.line,
                      record.columns[std::min(record.columns.size() - 1, wanted)], 1};
      faults.data_error(mark, fmt::format("{} cells, the header has {}; quote texts that hold a "
                                          "comma",
                                          record.cells.size(), wanted));
      continue;
    }
    csv.table.rows.push_back({std::move(record.cells), record.line});
    csv.columns_of.push_back(std::move(record.columns));
  }
  if (faults.error_count() == before && csv.table.rows.empty()) {
    faults.data_error({csv.file, 0, 0, 1}, "the table has a header and no rows");
  }
  if (!header) return std::nullopt;
  checker.cells();
  return faults.error_count() == before ? std::optional{std::move(csv)} : std::nullopt;
}

}  // namespace steppe::detail
