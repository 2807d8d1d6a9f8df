#pragma once

#include <xlsxwriter.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/context.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {

/// A workbook while it is filled, cell after cell; closed, for better or worse, in the end.
class Book {
 public:
  /// @throws IoError
  Book(const std::filesystem::path& file, const Context& context, std::string title);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  /// @throws IoError when the file cannot be written
  void close();

  /// Begins a sheet, named by a word of the page; the cells that follow stand on it.
  void sheet(std::string_view word);
  void widths(std::initializer_list<double> characters);
  /// A row of headings, which stays in view.
  void head(const std::vector<std::string>& cells);
  void text(const std::string& value, bool bold = false);
  /// A missing value stays an empty cell.
  void number(double value);
  /// Goes to the next row.
  void next();

 private:
  std::filesystem::path file_;
  const Context& context_;
  lxw_workbook* book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_format* wrap_ = nullptr;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

/// Sheets that every workbook has.
void sources_sheet(Book& book, const Context& context);
void warnings_sheet(Book& book, const std::vector<Notice>& notices);

/// `Construction, Women`, or the word for all.
[[nodiscard]] std::string members_text(const Context& context, const std::vector<DimKey>& keys);
/// Title, table, note and address of a source.
[[nodiscard]] std::string source_text(const Context& context, const Source& source);

}  // namespace steppe::report_detail
