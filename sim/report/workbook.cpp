#include <cmath>
#include <string>
#include <vector>

#include "sim/report/book.hpp"
#include "sim/report/findings.hpp"
#include "sim/report/parts.hpp"

namespace steppe {
namespace report_detail {
namespace {

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
             input.mean_field ? std::string{} : words("term.interval90"), "", words("sheet.unit")});
  for (const Panel& panel : panels) {
    const SummarySeries& series = *panel.series;
    const Average from = average(series, context.start());
    const Average to = average(series, context.end());
    book.text(context.variable_name(series.variable).text);
    book.number(from.mean);
    book.number(to.mean);
    book.number(context.has_intervals() ? to.p05 : std::nan(""));
    book.number(context.has_intervals() ? to.p95 : std::nan(""));
    book.text(context.unit(series.unit));
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
    book.text(members_text(context, series.keys));
    book.text(series.variable);
    book.text(context.unit(series.unit));
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
      book.text(context.unit(series.unit));
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
    book.text(unmarked(change));
    book.text(source_text(context, event.source));
    book.text(context.kind(event.source.kind));
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
    book.text(unmarked(lever_text(context, lever.effect)));
    book.next();
  }
}

/// Yearly means, and which of them are held beyond the data.
void drivers(Book& book, const Context& context) {
  const Words& words = context.words;
  const auto& drivers = context.input.drivers;
  if (drivers.empty()) return;
  book.sheet("sheet.drivers");
  book.widths({36, 20, 16, 16});
  std::vector<std::string> head = {words("drivers.name"), words("sheet.code"), words("sheet.unit"),
                                   words("sources.kind"), words("drivers.held_from")};
  for (const DriverOutlook::Year& year : drivers.front().years) {
    head.push_back(std::to_string(year.year));
  }
  book.head(head);
  for (const DriverOutlook& driver : drivers) {
    book.text(driver_name(context, driver));
    book.text(driver.name);
    book.text(context.unit(driver.unit));
    book.text(context.kind(driver.kind));
    book.text(held_years(context, driver));
    for (const DriverOutlook::Year& year : driver.years) book.number(year.mean);
    book.next();
  }
}

std::vector<Notice> notices_of(const Context& context) {
  std::vector<std::string> missing;
  static_cast<void>(make_sections(context, missing));
  return notices(context, region_figure(context), missing);
}

}  // namespace
}  // namespace report_detail

void write_workbook(const ReportInput& input, const std::filesystem::path& file,
                    const ReportOptions& options) {
  using namespace report_detail;
  const Context context(input, options);
  Book book(file, context, context.words.label(input.name, input.key).text);
  overview(book, context);
  years(book, context);
  months(book, context);
  policy(book, context);
  levers(book, context);
  drivers(book, context);
  sources_sheet(book, context);
  warnings_sheet(book, notices_of(context));
  book.close();
}

}  // namespace steppe
