#pragma once

#include <string>
#include <vector>

#include "sim/report/compared/chapter.hpp"
#include "sim/report/parts.hpp"

/// Pieces of the page of a comparison, as HTML.
namespace steppe::report_detail {

/// Variables of the tiles: those of the usual headline that were judged, filled up with others.
[[nodiscard]] std::vector<std::string> headline_variables(const ComparedAlternative& alternative);
/// The sentence at the top: what is likely, what is unclear, what does not change.
[[nodiscard]] std::string verdict_text(const Chapter& chapter);
/// Nationals at work per 100 foreign workers, as a sentence; empty when that is not clear.
[[nodiscard]] std::string displacement_text(const Chapter& chapter);
[[nodiscard]] std::string effect_tiles(const Chapter& chapter);
/// Metrics down, alternatives across.
[[nodiscard]] std::string options_table(const std::vector<Chapter>& chapters);

/// `Likely`, `unclear` or `no detectable change`, after its sign.
[[nodiscard]] std::string verdict_mark(const Context& context, Verdict verdict);
/// `−1,003`, with its unit's word where asked.
[[nodiscard]] std::string effect_number(const Context& context, const ShownEffect& effect,
                                        bool unit = false);
[[nodiscard]] std::string effect_interval(const Context& context, const ShownEffect& effect);
/// Interval, mean and zero on a line.
[[nodiscard]] std::string effect_bar(const ShownEffect& effect);

/// One figure of a changed value: `1 Jul 2026 to 30 Jun 2029`, and `3,644 people → 1,822 people`.
[[nodiscard]] std::string when_text(const Context& context, const FigureChange& figure);
[[nodiscard]] std::string value_text(const Context& context, const ChangedAssumption& changed,
                                     const std::string& value);
/// The name of a changed value: a lever's words, else what a parameter means where the page's
/// language has it.
[[nodiscard]] Text name_of_change(const Context& context, const ChangedAssumption& changed);

/// Dates on which the rules of the two runs part and meet again, and the spans between.
void mark_changes(Chapter& chapter);
[[nodiscard]] std::string changes_section(const Chapter& chapter);

/// What becomes of the posts that foreigners hold in one run alone; empty when that is not clear.
[[nodiscard]] std::string posts_section(const Chapter& chapter);

/// Sections with charts.
[[nodiscard]] std::vector<Section> effect_sections(const Chapter& chapter);
[[nodiscard]] std::string effect_section(const Chapter& chapter, const Section& section);

/// Who gained and who lost, person by person.
[[nodiscard]] Figure people_figure(const Chapter& chapter);
[[nodiscard]] std::string people_section(const Chapter& chapter, const Figure& figure);

/// Occupations that are short, by each method, in both runs.
[[nodiscard]] std::string shortage_section(const Chapter& chapter);

/// Tables under figures of a comparison.
[[nodiscard]] std::string pair_table(const Chapter& chapter, const Figure& figure);
[[nodiscard]] std::string difference_table(const Chapter& chapter, const Figure& figure);

/// How the numbers were made, what they rest on, and how to repeat them.
[[nodiscard]] std::string comparison_sources(const Chapter& chapter);

/// What to read before quoting a number of a comparison.
/// @param withheld withheld_cells() of each chapter
[[nodiscard]] std::vector<Notice> comparison_notices(const std::vector<Chapter>& chapters,
                                                     const std::vector<std::string>& withheld);
/// Names of cells of the charts that have no number, in one line; empty when all have.
[[nodiscard]] std::string withheld_cells(const std::vector<Section>& sections);

}  // namespace steppe::report_detail
