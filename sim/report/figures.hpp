#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/report/context.hpp"

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

  /// The last digit of a figure with this Monte Carlo error.
  [[nodiscard]] double place_of(double error) const { return digit_place(error, finest); }
  /// A recorded value as shown.
  [[nodiscard]] double shown_value(const RecordedPoint& point) const {
    return point.value * display.factor - base;
  }
  /// The recorded figure of a whole span (a year), or null.
  [[nodiscard]] const RecordedPoint* recorded_for(const Span& span, const Context& context) const;
};

/// What became of a panel's level from the run's start to its end.
[[nodiscard]] inline Change change(const Context& context, const Panel& panel) {
  return panel.breaks.empty() ? change(panel.start, panel.end, context.has_intervals())
                              : Change::Broken;
}

enum class FigureKind {
  Fans,       ///< one or two large panels, each on its own scale
  Multiples,  ///< many small panels on one scale
  Dots,       ///< one row a panel: mean and interval of the last year
  Tiles,      ///< one tile a region, coloured by the mean of the last year
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

/// `Quota for foreign workers, Construction`.
[[nodiscard]] Text lever_name(const Context& context, const LeverName& lever);
/// `permits.sector_cap.construction`.
[[nodiscard]] std::string lever_path(const LeverName& lever);
/// `3,644 → 1,822 people`.
[[nodiscard]] std::string lever_change(const Context& context, const PolicyEvent& event);

}  // namespace steppe::report_detail
