#include "sim/report/book.hpp"
#include "sim/report/compared/parts.hpp"
#include "sim/report/compared/reading.hpp"
#include "sim/results/dimension_keys.hpp"

namespace steppe {
namespace report_detail {
namespace {

std::string name_of(const Chapter& chapter) {
  return chapter.words().label(chapter.context.input.name, chapter.context.input.key).text;
}

std::string verdict_word(const Chapter& chapter, Verdict verdict) {
  return chapter.words()("verdict." + std::string(verdict_key(verdict)) + "_effect");
}

/// Heads of the columns that tell a difference.
std::vector<std::string> effect_heads(const Chapter& chapter) {
  const Words& words = chapter.words();
  return {words("sheet.unit"),           words("term.base"),      words("term.alternative"),
          words("term.difference_head"), chapter.interval_word(), "",
          words("sheet.error"),          words("sheet.n")};
}

/// In the variable's own unit, so that cells can be reckoned with.
void effect_cells(Book& book, const Chapter& chapter, const DifferenceSeries& series) {
  book.text(chapter.context.unit(series.unit));
  for (const auto* const values : {&series.base, &series.alternative, &series.difference,
                                   &series.low, &series.high, &series.se}) {
    book.number(values->front());
  }
  book.number(series.n.front());
}

void overview(Book& book, const std::vector<Chapter>& chapters) {
  const Chapter& first = chapters.front();
  const Words& words = first.words();
  book.sheet("sheet.overview");
  book.widths({44, 44, 16, 16, 16, 14, 14, 14, 14, 10, 26});
  book.text(first.input.name, true);
  book.next();
  book.text(words("compare.base") + ' ' +
            words.label(first.base.input.name, first.base.input.key).text);
  book.next();
  for (const Chapter& chapter : chapters) {
    book.text(name_of(chapter) + ": " + verdict_text(chapter));
    book.next();
    const std::string displacement = displacement_text(chapter);
    if (displacement.empty()) continue;
    book.text(displacement);
    book.next();
  }
  book.next();
  std::vector<std::string> head = {words("term.alternative"), words("sheet.measure")};
  for (std::string& one : effect_heads(first)) head.push_back(std::move(one));
  head.push_back(words("sheet.verdict"));
  book.head(head);
  for (const Chapter& chapter : chapters) {
    for (const JudgedMetric& metric : chapter.alternative.outcome.metrics) {
      const DifferenceSeries* const series = chapter.alternative.window.find(metric.variable);
      const auto effect = chapter.effects.effect(metric.variable);
      if (series == nullptr || !effect) continue;
      book.text(name_of(chapter));
      book.text(chapter.context.variable_name(metric.variable).text);
      effect_cells(book, chapter, *series);
      book.text(verdict_word(chapter, effect->verdict));
      book.next();
    }
  }
}

void changes(Book& book, const std::vector<Chapter>& chapters) {
  const Words& words = chapters.front().words();
  book.sheet("sheet.changes");
  book.widths({40, 44, 44, 30, 22, 22, 60});
  book.head({words("term.alternative"), words("policy.lever"), words("sheet.code"),
             words("sheet.date"), words("term.base"), words("term.alternative"),
             words("policy.source")});
  for (const Chapter& chapter : chapters) {
    const Context& context = chapter.context;
    for (const ChangedAssumption& changed : chapter.alternative.changes) {
      for (const FigureChange& figure : changed.change.figures) {
        book.text(name_of(chapter));
        book.text(name_of_change(context, changed).text);
        book.text(changed.change.path);
        book.text(unmarked(when_text(context, figure)));
        book.text(value_text(context, changed, figure.old.value));
        book.text(value_text(context, changed, figure.fresh.value));
        book.text(figure.fresh.sources.empty()
                      ? std::string{}
                      : source_text(context, figure.fresh.sources.front()));
        book.next();
      }
    }
  }
}

/// Every variable and cell over the window.
void differences(Book& book, const std::vector<Chapter>& chapters) {
  const Chapter& first = chapters.front();
  const Words& words = first.words();
  book.sheet("sheet.differences");
  book.widths({40, 44, 28, 26, 16, 16, 16, 14, 14, 14, 14, 10});
  std::vector<std::string> head = {words("term.alternative"), words("sheet.measure"),
                                   words("sheet.for"), words("sheet.code")};
  for (std::string& one : effect_heads(first)) head.push_back(std::move(one));
  book.head(head);
  for (const Chapter& chapter : chapters) {
    for (const DifferenceSeries& series : chapter.alternative.window.series) {
      book.text(name_of(chapter));
      book.text(chapter.context.variable_name(series.variable).text);
      book.text(members_text(chapter.context, series.keys));
      book.text(series.variable);
      effect_cells(book, chapter, series);
      book.next();
    }
  }
}

void people(Book& book, const std::vector<Chapter>& chapters) {
  const Chapter& first = chapters.front();
  const Words& words = first.words();
  book.sheet("sheet.people");
  book.widths({40, 34, 40, 14, 14, 14, 14, 10});
  book.head({words("term.alternative"), words("term.group"), words("sheet.measure"),
             words("term.mean"), first.interval_word(), "", words("sheet.error"),
             words("sheet.n")});
  for (const Chapter& chapter : chapters) {
    for (const PeopleFigure& figure : chapter.alternative.outcome.people) {
      const std::string word = "people." + std::string(to_string(figure.change));
      if (!words.has(word)) continue;  // denominators are in people.csv
      book.text(name_of(chapter));
      book.text(figure.dim.empty() ? words("people.all")
                : figure.key == kNoJob
                    ? words("people.no_job")
                    : chapter.context.key_name({dimension_named(figure.dim), figure.key}).text);
      book.text(words(word));
      book.number(figure.persons.value);
      book.number(figure.persons.interval.low);
      book.number(figure.persons.interval.high);
      book.number(figure.persons.se);
      book.number(static_cast<double>(figure.persons.n));
      book.next();
    }
  }
}

}  // namespace
}  // namespace report_detail

void write_comparison_workbook(const ComparisonInput& input, const std::filesystem::path& file,
                               const ReportOptions& options) {
  using namespace report_detail;
  const Reading reading(input, options);
  const std::vector<Chapter>& chapters = reading.chapters();
  Book book(file, chapters.front().context, input.name);
  overview(book, chapters);
  changes(book, chapters);
  differences(book, chapters);
  people(book, chapters);
  sources_sheet(book, chapters.front().context);
  std::vector<std::string> withheld;
  for (const Chapter& chapter : chapters) {
    withheld.push_back(withheld_cells(effect_sections(chapter)));
  }
  warnings_sheet(book, comparison_notices(chapters, withheld));
  book.close();
}

}  // namespace steppe
