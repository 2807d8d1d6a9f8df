#include "sim/report/book.hpp"

#include <cmath>
#include <utility>

#include "sim/core/error.hpp"

namespace steppe::report_detail {
namespace {

/// Every workbook says it was made on this day, so that equal runs give equal bytes.
constexpr time_t kCreated = 1'000'000'000;

}  // namespace

Book::Book(const std::filesystem::path& file, const Context& context, std::string title)
    : file_(file), context_(context), book_(workbook_new(file.c_str())) {
  if (book_ == nullptr) throw IoError("cannot write '" + file.string() + "': no memory");
  lxw_doc_properties properties{};
  properties.title = title.data();  // the library copies it
  properties.created = kCreated;
  workbook_set_properties(book_, &properties);
  bold_ = workbook_add_format(book_);
  format_set_bold(bold_);
  wrap_ = workbook_add_format(book_);
  format_set_text_wrap(wrap_);
  format_set_align(wrap_, LXW_ALIGN_VERTICAL_TOP);
}

Book::~Book() {
  if (book_ != nullptr) workbook_close(book_);
}

void Book::close() {
  const lxw_error error = workbook_close(std::exchange(book_, nullptr));
  if (error != LXW_NO_ERROR) {
    throw IoError("cannot write '" + file_.string() + "': " + lxw_strerror(error));
  }
}

void Book::sheet(std::string_view word) {
  sheet_ = workbook_add_worksheet(book_, context_.words(word).c_str());
  if (sheet_ == nullptr) throw IoError("cannot write '" + file_.string() + "': no such sheet");
  row_ = 0;
  column_ = 0;
}

void Book::widths(std::initializer_list<double> characters) {
  lxw_col_t column = 0;
  for (const double width : characters) {
    worksheet_set_column(sheet_, column, column, width, nullptr);
    ++column;
  }
}

void Book::head(const std::vector<std::string>& cells) {
  for (const std::string& cell : cells) text(cell, true);
  next();
  worksheet_freeze_panes(sheet_, row_, 0);
}

void Book::text(const std::string& value, bool bold) {
  worksheet_write_string(sheet_, row_, column_++, value.c_str(), bold ? bold_ : wrap_);
}

void Book::number(double value) {
  if (std::isfinite(value)) worksheet_write_number(sheet_, row_, column_, value, nullptr);
  ++column_;
}

void Book::next() {
  ++row_;
  column_ = 0;
}

std::string members_text(const Context& context, const std::vector<DimKey>& keys) {
  std::string out;
  for (const DimKey& key : keys) out += (out.empty() ? "" : ", ") + context.key_name(key).text;
  return out.empty() ? context.words("sheet.all") : out;
}

std::string source_text(const Context& context, const Source& source) {
  std::string out = source.title;
  for (const std::string* const part : {&source.table, &source.note, &source.url}) {
    if (!part->empty()) out += (out.empty() ? "" : "; ") + *part;
  }
  return out.empty() && source.kind.empty() ? context.words("sources.none") : out;
}

void sources_sheet(Book& book, const Context& context) {
  const Words& words = context.words;
  book.sheet("sheet.sources");
  book.widths({40, 36, 16, 60, 16});
  book.head({words("sources.name"), words("sources.value"), words("sheet.unit"),
             words("sources.source"), words("sources.kind")});
  for (const SourcedValue& value : context.input.sources) {
    book.text(value.name);
    book.text(amount_text(context, value));
    book.text(context.unit(value.unit));
    book.text(source_text(context, value.source));
    book.text(context.kind(value.source.kind));
    book.next();
  }
}

void warnings_sheet(Book& book, const std::vector<Notice>& notices) {
  book.sheet("sheet.warnings");
  book.widths({36, 100});
  for (const Notice& notice : notices) {
    book.text(notice.title, true);
    book.text(unmarked(notice.text.text));
    book.next();
  }
}

}  // namespace steppe::report_detail
