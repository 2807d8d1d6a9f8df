#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/analysis/verdict.hpp"
#include "sim/report/context.hpp"
#include "sim/report/lever_names.hpp"

namespace steppe::report_detail {

/// A date of policy marked in the panels of a figure.
struct Mark {
  int number = 1;   ///< beside its line and in the list below the figure
  double at = 0.0;  ///< months since the start of the run
  std::string text;  ///< `5 Apr 2011: Fee for a foreign worker's post, 216,000 → 280,800 MNT/month`
  std::vector<DimKey> keys;  ///< panels of these keys carry it; Dim::None: all
};

/// One series of a figure.
struct Panel {
  std::string id;  ///< variable and keys: `vacancies.mining`
  Text title;
  std::string code;  ///< of the dimension's member, as ISIC's `F`; may be empty
  std::string note;  ///< what is counted
  const SummarySeries* series = nullptr;
  Display display;
  double base = 0.0;           ///< taken off, in shown units
  std::vector<Average> years;  ///< as Context::years
  Average start, end;          ///< as Context::start and end
  double finest = 1.0;         ///< last digit worth printing however small the error
  double place = 1.0;          ///< last digit of the figures of start and end
  bool withheld = false;       ///< rests on fewer than 30 simulated people
  std::vector<const RecordedPoint*> recorded;  ///< by time
  std::vector<Date> breaks;                    ///< inside the run: counted otherwise from here on

  // Of a comparison. The verdict is on the difference in its window, which `end` holds where the
  // panel shows differences.
  std::optional<Verdict> verdict;
  const SummarySeries* base_series = nullptr;  ///< levels of the base beside those of `series`
  const SummarySeries* difference = nullptr;   ///< mean difference, its 50 % and 90 % limits
  std::string group;                           ///< heading over this row and those that follow

  /// The last digit of a figure with this Monte Carlo error.
  [[nodiscard]] double place_of(double error) const { return digit_place(error, finest); }
  /// A recorded value as shown.
  [[nodiscard]] double shown_value(const RecordedPoint& point) const {
    return point.value * display.factor - base;
  }
  /// The recorded figure of a whole span (a year), or null.
  [[nodiscard]] const RecordedPoint* recorded_for(const Span& span, const Context& context) const;
};

[[nodiscard]] inline Change change_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::LikelyHigher:
      return Change::Up;
    case Verdict::LikelyLower:
      return Change::Down;
    case Verdict::NoDetectableChange:
      return Change::None;
    case Verdict::Unclear:
      break;
  }
  return Change::Unclear;
}

/// What became of a panel's level from the run's start to its end.
[[nodiscard]] inline Change change(const Context& context, const Panel& panel) {
  if (panel.verdict) return change_of(*panel.verdict);
  return panel.breaks.empty() ? change(panel.start, panel.end, context.has_intervals())
                              : Change::Broken;
}

enum class FigureKind {
  Fans,       ///< one or two large panels, each on its own scale
  Multiples,  ///< many small panels on one scale
  Dots,       ///< one row a panel: mean and interval of the last year
  Tiles,      ///< one tile a region, coloured by the mean of the last year
  Pairs,      ///< levels of base and alternative, and beside them their difference
};

struct Figure {
  FigureKind kind = FigureKind::Fans;
  std::string id;
  std::string title;
  std::string note;      ///< what is counted, when it is the same for all panels
  std::string column;    ///< what the panels are: heading of the table's first column
  bool changes = false;  ///< panels show differences from the start
  std::vector<Panel> panels;
  std::vector<Mark> marks;
  bool differences = false;                      ///< panels show differences from the base
  std::vector<std::pair<double, double>> spans;  ///< months in which the rules of two runs differ
  bool lists_marks = true;                       ///< false: a figure before it lists the same dates
  std::string below;                             ///< HTML between the chart and its table
  std::string table;  ///< HTML of the table, where it is not that of years or of panels
};

/// A part of the page about one subject.
struct Section {
  std::string id;       ///< `unemployment`: the element is `s-unemployment`
  std::string kick;     ///< the subject
  std::string heading;  ///< the finding
  std::vector<Figure> figures;
};

/// A panel for a series of the summary; empty when the run has none or it has no value.
[[nodiscard]] std::optional<Panel> make_panel(const Context& context, std::string_view variable,
                                              const std::vector<DimKey>& keys = {});

/// All sections with charts that the run has results for, in the order of the page.
/// @param missing gets the names of variables that the page would show and the run lacks
[[nodiscard]] std::vector<Section> make_sections(const Context& context,
                                                 std::vector<std::string>& missing);

/// The figure of regions, sorted by their last value; without panels when there are none.
[[nodiscard]] Figure region_figure(const Context& context);

/// Marks for the changes that bear on the panels, one a date: those of the scenario's own file on
/// every chart; of a scenario without base, those of the levers that act on what is shown, save
/// levers that move every other year, which would hide the chart.
/// @param own_only leave out those of a scenario without base: for small panels
[[nodiscard]] std::vector<Mark> marks_for(const Context& context, const std::vector<Panel>& panels,
                                          bool own_only = false);

/// True when a change of policy for this key concerns the panel.
[[nodiscard]] bool concerns(const DimKey& key, const Panel& panel);

/// Months from the start of the results to a date; a part of one within its month.
[[nodiscard]] double months_until(const Context& context, Date date);

/// `Quota for foreign workers, Construction`.
[[nodiscard]] Text lever_name(const Context& context, const LeverName& lever);
/// `3,644 → 1,822 people`.
[[nodiscard]] std::string lever_change(const Context& context, const PolicyEvent& event);
/// One value of a lever as the page writes it, without its unit: `12%`, `no limit`, `by auction`.
[[nodiscard]] std::string lever_value(const Context& context, const LeverName& lever,
                                      const std::string& unit,
                                      const std::vector<std::string>& choices, double value,
                                      bool in_wages);
/// The unit that follows a lever's number: ` people/month`; empty for shares and switches.
[[nodiscard]] std::string lever_unit(const Context& context, const std::string& unit);

}  // namespace steppe::report_detail
