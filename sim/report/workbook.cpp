#include <xlsxwriter.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/report/findings.hpp"
#include "sim/report/parts.hpp"

namespace steppe {
namespace report_detail {
namespace {

/// Every workbook says it was made on this day, so that equal runs give equal bytes.
constexpr time_t kCreated = 1'000'000'000;

/// The file while it is filled; closed, for better or worse, in the end.
class Book {
 public:
  Book(const std::filesystem::path& file, const Context& context)
      : file_(file), context_(context), book_(workbook_new(file.c_str())) {
    if (book_ == nullptr) throw IoError("cannot write '" + file.string() + "': no memory");
    std::string title = context.words.label(context.input.name, context.input.key).text;
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
  ~Book() {
    if (book_ != nullptr) workbook_close(book_);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  void close() {
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) {
      throw IoError("cannot write '" + file_.string() + "': " + lxw_strerror(error));
    }
  }

  /// Begins a sheet; the cells that follow stand on it.
  void sheet(std::string_view word) {
    sheet_ = workbook_add_worksheet(book_, context_.words(word).c_str());
    if (sheet_ == nullptr) throw IoError("cannot write '" + file_.string() + "': no such sheet");
    row_ = 0;
    column_ = 0;
  }
  void widths(std::initializer_list<double> characters) {
    lxw_col_t column = 0;
    for (const double width : characters) {
      worksheet_set_column(sheet_, column, column, width, nullptr);
      ++column;
    }
  }
  void head(const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) text(cell, true);
    next();
    worksheet_freeze_panes(sheet_, row_, 0);
  }
  void text(const std::string& value, bool bold = false) {
    worksheet_write_string(sheet_, row_, column_++, value.c_str(), bold ? bold_ : wrap_);
  }
  /// A missing value stays an empty cell.
  void number(double value) {
    if (std::isfinite(value)) worksheet_write_number(sheet_, row_, column_, value, nullptr);
    ++column_;
  }
  void next() {
    ++row_;
    column_ = 0;
  }

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

/// `Construction, Women`, or the word for all.
std::string members_of(const Context& context, const SummarySeries& series) {
  std::string out;
  for (const DimKey& key : series.keys) {
    out += (out.empty() ? "" : ", ") + context.key_name(key).text;
  }
  return out.empty() ? context.words("sheet.all") : out;
}

void overview(Book& book, const Context& context) {
  const Words& words = context.words;
  const ReportInput& input = context.input;
  const std::vector<Panel> panels = headline_panels(context);
  book.sheet("sheet.overview");
  book.widths({44, 18, 18, 14, 14, 18});
  book.text(words.label(input.name, input.key).text, true);
  book.next();
  book.text(words("page.run_name", {{"id", input.run_name}}));
  book.next();
  if (!input.question.texts.empty()) {
    book.text(words.label(input.question, {}).text);
    book.next();
  }
  if (!panels.empty()) {
    book.text(capitalised(headline(context, panels)));
    book.next();
  }
  book.next();
  book.head({words("sheet.measure"), context.start().label, context.end().label,
             words("term.interval90"), "", words("sheet.unit")});
  for (const Panel& panel : panels) {
    const SummarySeries& series = *panel.series;
    const Average from = average(series, context.start());
    const Average to = average(series, context.end());
    book.text(context.variable_name(series.variable).text);
    book.number(from.mean);
    book.number(to.mean);
    book.number(context.has_intervals() ? to.p05 : std::nan(""));
    book.number(context.has_intervals() ? to.p95 : std::nan(""));
    book.text(series.unit);
    book.next();
  }
}

/// Means of every series by calendar year.
void years(Book& book, const Context& context) {
  const Words& words = context.words;
  book.sheet("sheet.years");
  book.widths({44, 28, 26, 16});
  std::vector<std::string> head = {words("sheet.measure"), words("sheet.for"), words("sheet.code"),
                                   words("sheet.unit")};
  for (const Span& year : context.years()) head.push_back(year.label);
  book.head(head);
  for (const SummarySeries& series : context.input.summary.series) {
    book.text(context.variable_name(series.variable).text);
    book.text(members_of(context, series));
    book.text(series.variable);
    book.text(series.unit);
    for (const Span& year : context.years()) book.number(average(series, year).mean);
    book.next();
  }
}

/// National series month by month, with what is known of chance.
void months(Book& book, const Context& context) {
  const Words& words = context.words;
  book.sheet("sheet.months");
  book.widths({44, 26, 16, 10});
  book.head({words("sheet.measure"), words("sheet.code"), words("sheet.unit"), words("term.month"),
             words("term.mean"), words("sheet.error"), "p05", "p25", "p50", "p75", "p95",
             words("sheet.n")});
  const Summary& summary = context.input.summary;
  for (const SummarySeries& series : summary.series) {
    if (!series.keys.empty()) continue;
    for (std::size_t m = 0; m < summary.months.size(); ++m) {
      book.text(context.variable_name(series.variable).text);
      book.text(series.variable);
      book.text(series.unit);
      book.text(summary.months[m]);
      for (const auto* const values : {&series.mean, &series.se_mc, &series.p05, &series.p25,
                                       &series.p50, &series.p75, &series.p95}) {
        book.number((*values)[m]);
      }
      book.number(series.n[m]);
      book.next();
    }
  }
}

std::string source_text(const Context& context, const Source& source) {
  std::string out = source.title;
  for (const std::string* const part : {&source.table, &source.note, &source.url}) {
    if (!part->empty()) out += (out.empty() ? "" : "; ") + *part;
  }
  return out.empty() && source.kind.empty() ? context.words("sources.none") : out;
}

std::string kind_text(const Context& context, const Source& source) {
  const std::string key = "kind." + source.kind;
  return context.words.has(key) ? context.words(key) : source.kind;
}

void policy(Book& book, const Context& context) {
  const Words& words = context.words;
  book.sheet("sheet.policy");
  book.widths({44, 36, 14, 40, 50, 16});
  book.head({words("policy.lever"), words("sheet.code"), words("sheet.date"),
             words("policy.change"), words("policy.source"), words("sources.kind")});
  for (const PolicyEvent& event : context.input.policy) {
    std::string change = lever_change(context, event);
    if (!event.when.empty()) change += "; " + words("policy.when", {{"c", event.when}});
    book.text(lever_name(context, event).text);
    book.text(lever_path(event));
    book.text(context.numbers.date(event.from));
    book.text(change);
    book.text(source_text(context, event.source));
    book.text(kind_text(context, event.source));
    book.next();
  }
}

void levers(Book& book, const Context& context) {
  const Words& words = context.words;
  book.sheet("sheet.levers");
  book.widths({44, 36, 70});
  book.head({words("policy.lever"), words("sheet.code"), words("levers.what")});
  for (const LeverOutcome& lever : context.input.levers) {
    book.text(lever_name(context, lever).text);
    book.text(lever_path(lever));
    book.text(lever_text(context, lever.effect));
    book.next();
  }
}

void sources(Book& book, const Context& context) {
  const Words& words = context.words;
  book.sheet("sheet.sources");
  book.widths({40, 36, 16, 60, 16});
  book.head({words("sources.name"), words("sources.value"), words("sheet.unit"),
             words("sources.source"), words("sources.kind")});
  for (const SourcedValue& value : context.input.sources) {
    book.text(value.name);
    book.text(value.value);
    book.text(value.unit);
    book.text(source_text(context, value.source));
    book.text(kind_text(context, value.source));
    book.next();
  }
}

void warnings(Book& book, const Context& context) {
  std::vector<std::string> missing;
  static_cast<void>(make_sections(context, missing));
  book.sheet("sheet.warnings");
  book.widths({36, 100});
  for (const Notice& notice : notices(context, region_figure(context), missing)) {
    book.text(notice.title, true);
    book.text(notice.text);
    book.next();
  }
}

}  // namespace
}  // namespace report_detail

void write_workbook(const ReportInput& input, const std::filesystem::path& file,
                    const ReportOptions& options) {
  using namespace report_detail;
  const Context context(input, options);
  Book book(file, context);
  overview(book, context);
  years(book, context);
  months(book, context);
  policy(book, context);
  levers(book, context);
  sources(book, context);
  warnings(book, context);
  book.close();
}

}  // namespace steppe
