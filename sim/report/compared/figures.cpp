#include <algorithm>
#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/findings.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

std::string id_of(const Chapter& chapter, const std::string& name) { return name + chapter.suffix; }

/// Below the charts of a pair: what the window's averages are.
std::string average_line(const Chapter& chapter, const std::string& variable) {
  const Context& context = chapter.context;
  const auto effect = chapter.effects.effect(variable);
  if (!effect) return {};
  const auto level = [&](double value) {
    return context.shown(value, effect->place, effect->level);
  };
  return "<p class=\"average\">" +
         escape(context.words("pair.average", {{"window", chapter.window_text()},
                                               {"x", level(effect->base)},
                                               {"y", level(effect->alternative)},
                                               {"d", effect_number(context, *effect, true)},
                                               {"interval", chapter.interval_word()},
                                               {"i", effect_interval(context, *effect)}})) +
         verdict_mark(context, effect->verdict) + "</p>\n";
}

Section path_section(const Chapter& chapter) {
  const Context& context = chapter.context;
  // What differs from the start on leaves no months without a difference.
  const auto first = chapter.first_date();
  const bool parts_later = first && months_until(context, *first) > 0.0;
  Section section{"path" + chapter.suffix,
                  context.words("section.path"),
                  context.words(parts_later ? "find.path" : "find.path_from_start"),
                  {}};
  for (const JudgedMetric& metric : chapter.alternative.outcome.metrics) {
    auto panel = chapter.effects.pair(metric.variable);
    if (!panel) continue;
    Figure figure;
    figure.kind = FigureKind::Pairs;
    figure.id = id_of(chapter, "pair-" + metric.variable);
    figure.title = panel->title.text;
    figure.note = panel->note;
    figure.marks = chapter.marks;
    figure.lists_marks = section.figures.empty();
    figure.spans = chapter.spans;
    figure.panels.push_back(std::move(*panel));
    figure.below = average_line(chapter, metric.variable);
    figure.table = pair_table(chapter, figure);
    section.figures.push_back(std::move(figure));
  }
  return section;
}

/// Panels of the differences of a variable by a dimension, the largest first.
std::vector<Panel> differences_by(const Chapter& chapter, std::string_view variable, Dim dim) {
  std::vector<Panel> panels;
  for (const DifferenceSeries& series : chapter.alternative.months.series) {
    if (series.variable != variable || series.keys.size() != 1 || series.keys[0].first != dim) {
      continue;
    }
    auto panel = chapter.effects.difference(variable, series.keys);
    if (panel) panels.push_back(std::move(*panel));
  }
  std::stable_sort(panels.begin(), panels.end(), [](const Panel& a, const Panel& b) {
    const auto size = [](const Panel& panel) {
      return panel.withheld ? -1.0 : std::abs(panel.end.mean);
    };
    return size(a) > size(b);
  });
  return panels;
}

std::size_t shown_panels(const Figure& figure) {
  return static_cast<std::size_t>(std::count_if(figure.panels.begin(), figure.panels.end(),
                                                [](const Panel& p) { return !p.withheld; }));
}

/// The industries that gain and lose most, where they stand out among all that are looked at.
std::string sector_heading(const Chapter& chapter, const Figure& figure) {
  const std::size_t shown = shown_panels(figure);
  const auto most = [&](double sign) {
    const auto found =
        std::find_if(figure.panels.begin(), figure.panels.end(), [&](const Panel& panel) {
          return sign * panel.end.mean > 0.0 && chapter.effects.stands_out(panel, shown);
        });
    return found == figure.panels.end() ? std::string{} : found->title.text;
  };
  const std::string up = most(1.0);
  const std::string down = most(-1.0);
  const Words& words = chapter.words();
  const std::string& citizens = chapter.context.citizens;
  if (!up.empty() && !down.empty()) {
    return words("find.sectors_both", {{"citizens", citizens}, {"up", up}, {"down", down}});
  }
  if (!up.empty()) return words("find.sectors_up", {{"citizens", citizens}, {"up", up}});
  if (!down.empty()) return words("find.sectors_down", {{"citizens", citizens}, {"down", down}});
  return words("find.sectors_none", {{"citizens", citizens}});
}

Figure difference_figure(const Chapter& chapter, FigureKind kind, const std::string& id,
                         std::string title, std::string note, std::string column) {
  Figure figure;
  figure.kind = kind;
  figure.id = id_of(chapter, id);
  figure.title = std::move(title);
  figure.note = std::move(note);
  figure.column = std::move(column);
  figure.changes = true;
  figure.differences = true;
  figure.spans = chapter.spans;
  return figure;
}

Section sector_section(const Chapter& chapter) {
  const Words& words = chapter.words();
  const std::string window = chapter.window_text();
  Figure nationals = difference_figure(
      chapter, FigureKind::Multiples, "effect-sectors",
      words("figure.effect_sectors", {{"citizens", chapter.context.citizens}}),
      words("define.effect_people", {{"window", window}, {"interval", chapter.interval_word()}}),
      words("term.sector"));
  nationals.panels = differences_by(chapter, "employed", Dim::Sector);
  nationals.marks = chapter.marks;
  nationals.lists_marks = false;
  nationals.table = difference_table(chapter, nationals);
  Figure foreign = difference_figure(
      chapter, FigureKind::Dots, "effect-foreign", words("figure.effect_foreign"),
      words("define.effect_people", {{"window", window}, {"interval", chapter.interval_word()}}),
      words("term.sector"));
  foreign.panels = differences_by(chapter, "foreign_workers", Dim::Sector);
  foreign.table = difference_table(chapter, foreign);
  Section section{"effect-sectors" + chapter.suffix,
                  words("section.sectors"),
                  sector_heading(chapter, nationals),
                  {}};
  if (!nationals.panels.empty()) section.figures.push_back(std::move(nationals));
  const bool any_foreign = std::any_of(foreign.panels.begin(), foreign.panels.end(),
                                       [](const Panel& panel) { return !panel.withheld; });
  if (any_foreign) section.figures.push_back(std::move(foreign));
  return section;
}

std::string region_heading(const Chapter& chapter, const Figure& figure) {
  const std::size_t shown = shown_panels(figure);
  int up = 0;
  int down = 0;
  for (const Panel& panel : figure.panels) {
    if (chapter.effects.stands_out(panel, shown)) ++(panel.end.mean > 0.0 ? up : down);
  }
  if (up + down == 0) return chapter.words()("find.effect_regions_none");
  return chapter.words()(
      "find.effect_regions",
      {{"up", std::to_string(up)}, {"down", std::to_string(down)}, {"n", std::to_string(shown)}});
}

Section region_section(const Chapter& chapter) {
  const Words& words = chapter.words();
  Figure figure = difference_figure(
      chapter, FigureKind::Tiles, "effect-regions", words("figure.regions"),
      words("define.effect_map", {{"window", chapter.window_text()}}), words("term.region"));
  figure.panels = differences_by(chapter, "unemployment_rate", Dim::Region);
  figure.table = difference_table(chapter, figure);
  Section section{"effect-regions" + chapter.suffix,
                  words("section.regions"),
                  region_heading(chapter, figure),
                  {}};
  if (!figure.panels.empty()) section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace

std::vector<Section> effect_sections(const Chapter& chapter) {
  std::vector<Section> sections;
  for (auto make : {path_section, sector_section, region_section}) {
    Section section = make(chapter);
    if (!section.figures.empty()) sections.push_back(std::move(section));
  }
  return sections;
}

std::string effect_section(const Chapter& chapter, const Section& section) {
  std::string out = section_start(section.id, section.kick, section.heading);
  const bool path = section.id == "path" + chapter.suffix;
  if (path) {
    out += "<p class=\"note\">" +
           escape(chapter.words()(chapter.context.has_intervals() ? "pair.lead" : "pair.lead_one",
                                  {{"interval", chapter.interval_word()}})) +
           "</p>\n";
  }
  if (!path) out += "<p class=\"note\">" + escape(chapter.words()("effects.chance")) + "</p>\n";
  for (const Figure& figure : section.figures) out += figure_html(chapter.context, figure);
  return out + "</section>\n";
}

}  // namespace steppe::report_detail
