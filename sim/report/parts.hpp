#pragma once

#include <string>
#include <vector>

#include "sim/report/figures.hpp"

/// Pieces of the page, as HTML.
namespace steppe::report_detail {

/// Something to read before quoting a number.
struct Notice {
  std::string title;
  Text text;  ///< what stands between `…` is code
};

/// The headline series among those the run has: unemployment of nationals, unfilled posts, foreign
/// workers, real wage.
[[nodiscard]] std::vector<Panel> headline_panels(const Context& context);
[[nodiscard]] std::string tiles(const Context& context, const std::vector<Panel>& panels);

/// A figure: caption, places for its charts, table.
[[nodiscard]] std::string figure_html(const Context& context, const Figure& figure);
/// The tiles of a figure of regions, with legend and box; empty where regions have no places.
[[nodiscard]] std::string tile_map(const Context& context, const Figure& figure);
/// The table under a figure, in a <details> that a page without charts shows open.
[[nodiscard]] std::string figure_table(const Context& context, const Figure& figure);
[[nodiscard]] std::string chart_section(const Context& context, const Section& section);
[[nodiscard]] std::string region_section(const Context& context, const Figure& figure);
[[nodiscard]] std::string policy_section(const Context& context);
/// Title, table, note and kind of a source.
/// @param place what is shown where the source of this very value is not known
[[nodiscard]] std::string source_html(const Context& context, const Source& source,
                                      const std::string& place);
/// What the levers did, as a table in a <details>; empty when nothing is known of any.
[[nodiscard]] std::string lever_table(const Context& context);
/// `never binds: at most 28 % is used`.
[[nodiscard]] std::string lever_text(const Context& context, const LeverEffect& effect);
/// True when moving the lever somewhat would have changed nothing.
[[nodiscard]] bool is_idle(const LeverEffect& effect);

/// @param missing names of what the page would show and the run lacks
[[nodiscard]] std::vector<Notice> notices(const Context& context, const Figure& regions,
                                          const std::vector<std::string>& missing);
/// A warning of the run in the page's language; in English where that has no words for it.
[[nodiscard]] Text warning_text(const Context& context, const Warning& warning);
[[nodiscard]] std::string warning_strip(const Context& context, const std::vector<Notice>& notices);
[[nodiscard]] std::string warning_section(const Context& context,
                                          const std::vector<Notice>& notices);
[[nodiscard]] std::string sources_section(const Context& context);
/// Every number behind a run with its source, and how many there are of each kind.
[[nodiscard]] std::string sources_list(const Context& context);
/// How to repeat what a page shows, make the page again, and cite it.
[[nodiscard]] std::string commands(const Context& context, const std::vector<std::string>& command,
                                   const std::string& name);
/// The figures of a value, or the word that stands for it; without its unit.
[[nodiscard]] std::string amount_text(const Context& context, const SourcedValue& value);
/// What the series from outside assume, as a table; empty without any.
[[nodiscard]] std::string driver_section(const Context& context);
/// Years of the results that a table of few columns shows: the first, the last and some between.
[[nodiscard]] std::vector<std::size_t> shown_years(std::size_t years);
/// `2025–2030`: those of its years that lie outside its data.
[[nodiscard]] std::string held_years(const Context& context, const DriverOutlook& driver);
[[nodiscard]] std::string driver_name(const Context& context, const DriverOutlook& driver);

/// What the script draws, as JSON (docs/formats/report.md).
/// @param confidence of a comparison's intervals
[[nodiscard]] std::string page_data(const Context& context,
                                    const std::vector<const Figure*>& figures,
                                    std::optional<double> confidence = std::nullopt);

/// `<section>` with its subject and heading; to be closed by the caller.
[[nodiscard]] std::string section_start(std::string_view id, std::string_view kick,
                                        std::string_view heading);
/// A filled dot (clear of chance), an open one (not), or nothing (no intervals), with its words.
[[nodiscard]] std::string verdict_dot(Change change);
/// Empty where there is no chance to tell a change from.
[[nodiscard]] std::string verdict_words(const Context& context, Change change);
/// Of a comparison's panel its verdict, else what became of the level.
[[nodiscard]] std::string verdict_words(const Context& context, const Panel& panel);
/// `likely`, `unclear` or `none`.
[[nodiscard]] std::string_view verdict_key(Verdict verdict);

}  // namespace steppe::report_detail
