#include "sim/report/figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/report/findings.hpp"

namespace steppe::report_detail {
namespace {

bool has_values(const SummarySeries& series) {
  return std::any_of(series.mean.begin(), series.mean.end(),
                     [](double v) { return std::isfinite(v); });
}

void fill_averages(const Context& context, Panel& panel) {
  const double factor = panel.display.factor;
  panel.years.clear();
  for (const Span& year : context.years()) {
    panel.years.push_back(average(*panel.series, year, factor, panel.base));
  }
  panel.start = average(*panel.series, context.start(), factor, panel.base);
  panel.end = average(*panel.series, context.end(), factor, panel.base);
  panel.finest = panel.display.finest;
  if (!context.has_intervals()) {
    // Without replications nothing tells how many digits hold: three significant ones are shown.
    const double level =
        std::max(std::abs(panel.start.mean + panel.base), std::abs(panel.end.mean + panel.base));
    panel.finest = place_for_digits(level, 3, panel.finest);
  }
  panel.place = std::max(panel.place_of(panel.start.se), panel.place_of(panel.end.se));
}

/// The sectors a reader asks about first: mining and construction (ISIC B and F) where the country
/// has them, else the two with the most foreign workers.
std::vector<std::string> leading_sectors(const Context& context) {
  std::vector<std::string> keys;
  for (const Member& sector : context.input.dimensions.sectors) {
    if (sector.code == "B" || sector.code == "F") keys.push_back(sector.key);
  }
  if (keys.size() == 2) return keys;
  std::vector<std::pair<double, std::string>> by_size;
  for (const Member& sector : context.input.dimensions.sectors) {
    const auto* series = context.input.summary.find("foreign_workers", {{Dim::Sector, sector.key}});
    if (series == nullptr) continue;
    const double size = average(*series, context.end()).mean;
    by_size.emplace_back(std::isfinite(size) ? -size : 0.0, sector.key);
  }
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  keys.clear();
  for (std::size_t i = 0; i < std::min<std::size_t>(2, by_size.size()); ++i) {
    keys.push_back(by_size[i].second);
  }
  return keys;
}

void sort_by_size(std::vector<Panel>& panels) {
  std::stable_sort(panels.begin(), panels.end(), [](const Panel& a, const Panel& b) {
    return std::max(a.start.mean, a.end.mean) > std::max(b.start.mean, b.end.mean);
  });
}

/// Gathers panels and notes what the run has not.
class Gatherer {
 public:
  Gatherer(const Context& context, std::vector<std::string>& missing)
      : context_(context), missing_(missing) {}

  /// A figure of large panels; panels without results are left out.
  /// @param optional whether a lack of results is nothing to speak of
  Figure fans(std::string id, std::string title,
              const std::vector<std::pair<std::string, std::vector<DimKey>>>& series,
              bool optional = false) {
    Figure figure;
    figure.id = std::move(id);
    figure.title = std::move(title);
    for (const auto& [variable, keys] : series) {
      auto panel = make_panel(context_, variable, keys);
      if (panel) {
        figure.panels.push_back(std::move(*panel));
      } else if (!optional) {
        note_missing(variable, keys);
      }
    }
    figure.marks = marks_for(context_, figure.panels);
    return figure;
  }

  /// A figure with a panel for each key of a dimension that has results, largest first.
  Figure by_key(FigureKind kind, std::string id, std::string title, std::string note,
                std::string_view variable, Dim dim) {
    Figure figure;
    figure.kind = kind;
    figure.id = std::move(id);
    figure.title = std::move(title);
    figure.note = std::move(note);
    for (const SummarySeries& series : context_.input.summary.series) {
      if (series.variable != variable || series.keys.size() != 1 || series.keys[0].first != dim) {
        continue;
      }
      auto panel = make_panel(context_, variable, series.keys);
      if (panel) figure.panels.push_back(std::move(*panel));
    }
    if (kind == FigureKind::Multiples) sort_by_size(figure.panels);
    if (figure.panels.empty()) note_missing(variable, {{dim, ""}});
    figure.marks = marks_for(context_, figure.panels, true);
    return figure;
  }

 private:
  void note_missing(std::string_view variable, const std::vector<DimKey>& keys) {
    std::string name = context_.variable_name(variable).text;
    for (const DimKey& key : keys) {
      name +=
          " (" +
          (key.second.empty() ? std::string(to_string(key.first)) : context_.key_name(key).text) +
          ')';
    }
    if (std::find(missing_.begin(), missing_.end(), name) == missing_.end()) {
      missing_.push_back(std::move(name));
    }
  }

  const Context& context_;
  std::vector<std::string>& missing_;
};

/// Turns panels into differences from their own start, the largest change first.
void show_changes(const Context& context, Figure& figure) {
  figure.changes = true;
  for (Panel& panel : figure.panels) {
    panel.base = panel.start.mean;
    fill_averages(context, panel);
  }
  std::stable_sort(figure.panels.begin(), figure.panels.end(), [](const Panel& a, const Panel& b) {
    return std::abs(a.end.mean) > std::abs(b.end.mean);
  });
}

/// More small panels than these are not read: the first ones stay, and the note says so.
void keep_first(const Context& context, Figure& figure) {
  constexpr std::size_t kMost = 24;
  if (figure.panels.size() <= kMost) return;
  figure.note += context.words("define.first_of", {{"n", std::to_string(kMost)},
                                                   {"all", std::to_string(figure.panels.size())}});
  figure.panels.resize(kMost);
}

/// Whether occupations are all that tells people and posts apart, as in a network of them.
bool has_occupations_alone(const Dimensions& dimensions) {
  return dimensions.occupations.size() > 1 && dimensions.sectors.size() < 2 &&
         dimensions.regions.size() < 2;
}

std::string list_of(const Context& context, const std::vector<std::string>& sectors) {
  std::string out;
  for (const std::string& sector : sectors) {
    const std::string name = context.key_name({Dim::Sector, sector}).text;
    out = out.empty() ? name : context.words("figure.and", {{"a", out}, {"b", name}});
  }
  return out;
}

/// Leaves out figures without panels and the sections that then have none.
void add_section(std::vector<Section>& sections, const Context& context, std::string id,
                 std::vector<Figure> figures,
                 const std::function<std::string(const std::vector<Figure>&)>& finding) {
  figures.erase(std::remove_if(figures.begin(), figures.end(),
                               [](const Figure& figure) { return figure.panels.empty(); }),
                figures.end());
  if (figures.empty()) return;
  std::string kick = context.words("section." + id);
  std::string heading = finding(figures);
  sections.push_back({std::move(id), std::move(kick), std::move(heading), std::move(figures)});
}

}  // namespace

const RecordedPoint* Panel::recorded_for(const Span& span, const Context& context) const {
  for (const RecordedPoint* const point : recorded) {
    const int first = point->first - context.first_month();
    // A year's figure also stands for a year of which the run covers a part.
    const bool same = point->months == span.last - span.first || point->months == 12;
    if (same && first < span.last && first + point->months > span.first &&
        (point->months < 12 || span.last - span.first > 1)) {
      return point;
    }
  }
  return nullptr;
}

std::optional<Panel> make_panel(const Context& context, std::string_view variable,
                                const std::vector<DimKey>& keys) {
  const SummarySeries* const series = context.input.summary.find(variable, keys);
  if (series == nullptr || !has_values(*series) || context.months() == 0) return std::nullopt;
  Panel panel;
  panel.id = variable;
  panel.series = series;
  panel.display = context.display(*series);
  if (keys.empty()) {
    panel.title = context.variable_name(variable);
  } else {
    for (const DimKey& key : keys) panel.id += '.' + key.second;
    panel.title = context.key_name(keys.front());
    if (const Member* const member = context.member(keys.front())) panel.code = member->code;
  }
  const std::string define = "define." + std::string(variable);
  if (context.words.has(define)) {
    panel.note = context.words(define, {{"citizens", context.citizens},
                                        {"y", context.start().label},
                                        {"start", context.simulated_from()},
                                        {"money", context.money(series->unit)}});
  }
  for (const RecordedPoint& point : context.input.recorded) {
    const int first = point.first - context.first_month();
    if (point.variable == variable && point.keys == keys && first < context.months() &&
        first + point.months > 0) {
      panel.recorded.push_back(&point);
    }
  }
  for (const CountingBreak& each : context.input.breaks) {
    const int at = Month(each.from.year, each.from.month) - context.first_month();
    if (each.variable == variable && at > 0 && at < context.months()) {
      panel.breaks.push_back(each.from);
    }
  }
  std::stable_sort(panel.recorded.begin(), panel.recorded.end(),
                   [](const auto* a, const auto* b) { return a->first < b->first; });
  fill_averages(context, panel);
  return panel;
}

std::vector<Section> make_sections(const Context& context, std::vector<std::string>& missing) {
  using Kind = FigureKind;
  const Words& words = context.words;
  Gatherer get(context, missing);
  std::vector<Section> sections;
  const std::vector<std::string> leading = leading_sectors(context);
  const std::string leading_names = list_of(context, leading);
  const auto of_leading = [&](const std::string& variable) {
    std::vector<std::pair<std::string, std::vector<DimKey>>> series;
    for (const std::string& key : leading) series.push_back({variable, {{Dim::Sector, key}}});
    return series;
  };
  const std::initializer_list<Fill> list = {{"list", leading_names}};

  add_section(sections, context, "unemployment",
              {get.fans("unemployment", words("figure.unemployment"),
                        {{"unemployment_rate_national", {}}, {"unemployment_rate", {}}})},
              [&](const auto& f) { return level_finding(context, f[0].panels[0]); });
  if (has_occupations_alone(context.input.dimensions)) {
    Figure searching = get.by_key(Kind::Multiples, "occupations", words("figure.searching"),
                                  words("define.searching"), "unemployed", Dim::Occupation);
    Figure working = get.by_key(Kind::Multiples, "occupations-work", words("figure.working"),
                                words("define.employed_change", {{"y", context.start().label}}),
                                "employed", Dim::Occupation);
    show_changes(context, working);
    for (Figure* const figure : {&searching, &working}) {
      figure->column = words("term.occupation");
      keep_first(context, *figure);
    }
    add_section(sections, context, "occupations", {std::move(searching), std::move(working)},
                [&](const auto&) { return words("find.occupations"); });
  }
  add_section(sections, context, "vacancies",
              {get.fans("vacancies", words("figure.vacancies_by", list), of_leading("vacancies")),
               get.fans("vacancies-all", words("figure.total", {{"what", words("var.vacancies")}}),
                        {{"vacancies", {}}})},
              [&](const auto& f) { return pair_finding(context, "section.vacancies", f[0]); });
  Figure origins = get.by_key(Kind::Multiples, "foreign-origin", words("figure.foreign_origin"),
                              words("define.origin"), "foreign_workers", Dim::Origin);
  origins.column = words("term.origin");
  add_section(
      sections, context, "foreign",
      {get.fans("foreign", words("figure.foreign_by", list), of_leading("foreign_workers")),
       get.fans("foreign-all", words("figure.total", {{"what", words("var.foreign_workers")}}),
                {{"foreign_workers", {}}}),
       get.fans("quota", words("figure.quota_by", list), of_leading("quota_use"), true),
       std::move(origins)},
      [&](const auto& f) { return pair_finding(context, "section.foreign", f[0]); });

  Figure sectors = get.by_key(Kind::Multiples, "sectors", words("figure.sectors"),
                              words("define.employed_change", {{"y", context.start().label}}),
                              "employed", Dim::Sector);
  sectors.column = words("term.sector");
  show_changes(context, sectors);
  add_section(sections, context, "sectors", {std::move(sectors)},
              [&](const auto& f) { return sector_finding(context, f[0]); });

  const std::string last = context.end().label;
  Figure who = get.by_key(Kind::Dots, "who", words("figure.who"),
                          words("define.who", {{"y", last}}), "unemployment_rate", Dim::Sex);
  for (Panel& panel : get.by_key(Kind::Dots, "", "", "", "unemployment_rate", Dim::Age).panels) {
    who.panels.push_back(std::move(panel));
  }
  who.column = words("term.group");
  who.marks.clear();
  add_section(sections, context, "who", {std::move(who)}, [&](const auto&) {
    return words("find.who", {{"y", last}});
  });

  add_section(sections, context, "wages",
              {get.fans("wages", words("figure.wages"), {{"real_wage", {}}, {"output", {}}}),
               get.fans("wages-sector", words("figure.wages_by", list), of_leading("wage_mean"))},
              [&](const auto& f) { return level_finding(context, f[0].panels[0]); });

  const std::string& citizens = context.citizens;
  Figure destinations = get.by_key(
      Kind::Multiples, "destinations", words("figure.destinations", {{"citizens", citizens}}),
      words("define.destination"), "nationals_abroad", Dim::Destination);
  destinations.column = words("term.destination");
  add_section(
      sections, context, "abroad",
      {get.fans("abroad", words("figure.abroad"), {{"nationals_abroad", {}}, {"emigration", {}}}),
       std::move(destinations)},
      [&](const auto& f) { return level_finding(context, f[0].panels[0]); });

  Figure occupations =
      get.by_key(Kind::Multiples, "fill-occupation", words("figure.fill_occupation"),
                 words("define.time_to_fill_occupation"), "time_to_fill", Dim::Occupation);
  occupations.column = words("term.occupation");
  add_section(
      sections, context, "fill",
      {get.fans("fill", words("figure.fill"), {{"time_to_fill", {}}}), std::move(occupations)},
      [&](const auto& f) { return slowest_finding(context, f.back()); });
  return sections;
}

}  // namespace steppe::report_detail
