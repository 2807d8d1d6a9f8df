#include "sim/scenario/explain.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/values.hpp"

namespace steppe {
namespace {

std::string number_text(double value) {
  return std::isinf(value) ? "no limit" : detail::number_text(value);
}

std::string with_unit(double value, const std::string& unit) {
  return unit == "1" || std::isinf(value) ? number_text(value) : number_text(value) + " " + unit;
}

std::string points_text(const std::vector<LeverPoint>& points, double before,
                        const LeverDecl& lever) {
  std::string out = value_text(lever.choices, before);
  for (const LeverPoint& point : points) {
    out +=
        fmt::format("; from {} {}", to_string(point.from), value_text(lever.choices, point.value));
    if (point.in_minimum_wages) out += " minimum wages";
    if (point.ramp_months > 0.0)
      out += fmt::format(" over {} months", number_text(point.ramp_months));
  }
  return out;
}

std::string figure_text(double value, const LeverDecl& lever) {
  return lever.choices.empty() ? number_text(value) : value_text(lever.choices, value);
}

/// A timeline in full: a ramp is told with its start, since two that differ in it alone differ.
std::vector<ExplainedFigure> figures_of(const std::vector<LeverPoint>& points, double before,
                                        const LeverDecl& lever) {
  std::vector<ExplainedFigure> out(1);
  out.front().value = figure_text(before, lever);
  out.front().source = declared_source(lever.source);
  for (const LeverPoint& point : points) {
    std::string value = figure_text(point.value, lever);
    if (point.in_minimum_wages) value += " minimum wages";
    if (point.ramp_months > 0.0) {
      value += fmt::format(" over {} months from {}", number_text(point.ramp_months),
                           to_string(point.from));
    }
    out.push_back({point.from, {}, std::move(value), point.place, point.source});
  }
  return out;
}

const char* text_of(StepLength length) {
  switch (length) {
    case StepLength::Week:
      return "week";
    case StepLength::Day:
      return "day";
    case StepLength::Month:
      break;
  }
  return "month";
}

const char* text_of(DriverSeries::Between between) {
  switch (between) {
    case DriverSeries::Between::Step:
      return "step";
    case DriverSeries::Between::Linear:
      return "linear";
    case DriverSeries::Between::LogLinear:
      break;
  }
  return "log_linear";
}

/// What a reality check expects, and under what.
std::string check_label(const RealityCheck& check) {
  std::string out = check.expect;
  for (const auto& [path, value] : check.given) {
    out +=
        fmt::format("{} {} = {}", out.size() == check.expect.size() ? ", given" : ",", path, value);
  }
  return out;
}

/// Where and when it is expected.
std::string check_text(const RealityCheck& check) {
  std::string out = check.share < 1.0
                        ? fmt::format("in {} % of replications", number_text(100.0 * check.share))
                        : std::string("in every replication");
  if (check.from) out += " from " + to_string(*check.from);
  if (check.until) out += " to " + to_string(*check.until);
  return out;
}

/// Cells of a row, but for where they come from.
std::string cells_text(const DataTable& table, const DataRow& row) {
  std::string out;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string column = i < table.columns.size() ? table.columns[i] : std::string();
    if (column == "source" || column == "quality") continue;
    out += (out.empty() ? "" : ", ") + row.cells[i];
  }
  return out;
}

constexpr std::pair<std::string_view, Dim> kLists[] = {
    {"sectors", Dim::Sector}, {"occupations", Dim::Occupation},   {"regions", Dim::Region},
    {"origins", Dim::Origin}, {"destinations", Dim::Destination}, {"education", Dim::Education},
    {"fields", Dim::Field}};

class Explainer {
 public:
  Explainer(const Scenario& scenario, const Catalogue& catalogue)
      : s_(scenario), catalogue_(catalogue) {}

  std::vector<Explanation> all() {
    time();
    plain();
    parameters();
    settings();
    policy();
    series("drivers", s_.drivers);
    for (const Project& p : s_.projects) project(p);
    series("observation", s_.observation);
    return std::move(out_);
  }

 private:
  Explanation& add(std::string path, std::string value, std::string meaning, SourcePlace place,
                   std::vector<Source> sources, bool needs_source) {
    Explanation e;
    e.path = std::move(path);
    e.value = std::move(value);
    e.meaning = std::move(meaning);
    e.place = std::move(place);
    e.sources = std::move(sources);
    e.needs_source = needs_source;
    // `x` sets all keys, so it belongs to the history of `x.key` too.
    const std::size_t dot = e.path.rfind('.');
    const std::string bare = e.path.substr(0, dot);
    for (const Assignment& a : s_.assignments) {
      if (a.path == e.path || (needs_source && a.path == bare)) e.chain.push_back(a);
    }
    return out_.emplace_back(std::move(e));
  }

  /// Where a path was set last; an empty place when nobody did.
  [[nodiscard]] SourcePlace place_of(std::string_view path) const {
    SourcePlace place;
    for (const Assignment& a : s_.assignments) {
      if (a.path == path) place = a.place;
    }
    return place;
  }

  void time() {
    const auto set = [&](const char* path, std::string value) {
      add(path, std::move(value), "", place_of(path), {}, false);
    };
    set("time.start", to_string(s_.time.start));
    set("time.end", to_string(s_.time.end));
    set("time.step", text_of(s_.time.step));
    set("time.same_step_search", s_.time.same_step_search ? "true" : "false");
    if (s_.time.report_from) set("time.report_from", to_string(*s_.time.report_from));
  }

  /// What the text of an assignment only counts or cuts: the members of a list, the rows of a
  /// table, a formula, the checks.
  void fill(Explanation& e) const {
    const std::string name = e.path.substr(e.path.rfind('.') + 1);
    for (const OwnIndicator& own : s_.indicators) {
      if (e.path == fmt::format("indicators.{}.formula", own.name)) e.value = own.formula;
    }
    if (e.path == "reality_checks") {
      for (const RealityCheck& check : s_.reality_checks) {
        e.figures.push_back({std::nullopt, check_label(check), check_text(check)});
      }
    } else if (e.path.starts_with("dimensions.")) {
      for (const auto& [list, dim] : kLists) {
        if (list != name) continue;
        for (const Member& member : s_.dimensions.of(dim)) {
          e.figures.push_back({std::nullopt, member.key, member.group});
        }
      }
    } else if (e.path.starts_with("population.tables.")) {
      const DataTable* table = s_.population.table(name);
      if (table == nullptr) return;
      for (const DataRow& row : table->rows) {
        e.figures.push_back(
            {std::nullopt, fmt::format("row {}", e.figures.size() + 1), cells_text(*table, row)});
      }
    }
  }

  /// The last word on every value that is no figure of the model.
  void plain() {
    for (std::size_t i = 0; i < s_.assignments.size(); ++i) {
      const Assignment& a = s_.assignments[i];
      const std::string section = a.path.substr(0, a.path.find('.'));
      if (section == "parameters" || section == "policy" || section == "drivers" ||
          section == "projects" || section == "observation" || section == "model" ||
          section == "extends" || section == "schema" || section == "time" ||
          a.path.starts_with("population.settings.")) {
        continue;
      }
      const bool later =
          std::any_of(s_.assignments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      s_.assignments.end(), [&](const Assignment& b) { return b.path == a.path; });
      if (!later) fill(add(a.path, a.text, "", a.place, {}, false));
    }
    for (int i = 0; i < kSlotCount; ++i) {
      const auto slot = static_cast<Slot>(i);
      const std::string path = fmt::format("model.{}", to_string(slot));
      const std::string& name = s_.model[static_cast<std::size_t>(i)];
      const VariantDecl* variant = catalogue_.find(slot, name);
      add(path, name, variant == nullptr ? "" : variant->summary, place_of(path), {}, false);
    }
  }

  void parameter(const std::string& name, const ParameterValue& p, std::size_t i) {
    const std::vector<std::string>& choices = p.decl->choices;
    add("parameters." + name,
        choices.empty() ? with_unit(p.values[i], p.decl->unit) : value_text(choices, p.values[i]),
        p.decl->summary, p.places[i], {p.sources[i]}, true);
  }

  void parameters() {
    for (const auto& [name, p] : s_.parameters) {
      bool uniform = true;
      for (std::size_t i = 1; i < p.values.size(); ++i) {
        uniform = uniform && p.values[i] == p.values[0] && p.places[i].file == p.places[0].file &&
                  p.places[i].line == p.places[0].line;
      }
      if (p.values.empty()) continue;
      if (uniform) {
        parameter(name, p, 0);
        continue;
      }
      const std::vector<Member>& keys = s_.dimensions.of(p.decl->by);
      for (std::size_t i = 0; i < p.values.size(); ++i) parameter(name + "." + keys[i].key, p, i);
    }
  }

  /// All by which the start population is made: as given, and the defaults of the rest. A textbook
  /// world has its own numbers.
  void settings() {
    const PopulationSpec& population = s_.population;
    if (population.textbook) return;
    const auto own = [&](const ParameterDecl& decl, const std::string& name, double value) {
      // A default that is written out stands on the default's source.
      const auto given = population.setting_sources.find(name);
      const Source source = given != population.setting_sources.end() ? given->second
                            : value == decl.value                     ? declared_source(decl.source)
                                                                      : Source{};
      const std::string path = "population.settings." + name;
      add(path, with_unit(value, decl.unit), decl.summary, place_of(path), {source}, true);
    };
    for (const ParameterDecl& decl : catalogue_.settings()) {
      const auto bare = population.settings.find(decl.name);
      if (bare != population.settings.end()) {
        own(decl, decl.name, bare->second);
      } else if (s_.observation.find(decl.name) == s_.observation.end()) {
        own(decl, decl.name, decl.value);  // an observed series of the name takes its place
      }
      for (const Member& member : s_.dimensions.of(decl.by)) {
        const std::string name = decl.name + '.' + member.key;
        const auto keyed = population.settings.find(name);
        if (keyed != population.settings.end()) own(decl, name, keyed->second);
      }
    }
  }

  void policy() {
    for (const LeverTimeline& t : s_.policy) {
      const std::string key = lever_key_text(*t.decl, t.key, s_.dimensions);
      std::string value =
          fmt::format("{} [{}]", points_text(t.points, t.before, *t.decl), t.decl->unit);
      if (!t.when.empty()) {
        value +=
            fmt::format(" while {}; else {}", t.when, points_text(t.otherwise, t.before, *t.decl));
      }
      Explanation& e =
          add("policy." + t.decl->name + key, value, t.decl->summary, t.place, t.sources(), true);
      e.unit = t.decl->unit;
      e.stands = true;
      e.figures = figures_of(t.points, t.before, *t.decl);
      if (!t.when.empty()) {
        e.when = t.when;
        e.otherwise = figures_of(t.otherwise, t.before, *t.decl);
      }
    }
    for (const VariantDecl& variant : catalogue_.variants()) {
      if (s_.model[static_cast<std::size_t>(variant.slot)] != variant.name) continue;
      for (const LeverDecl& lever : variant.levers) {
        const bool set = std::any_of(s_.policy.begin(), s_.policy.end(), [&](const auto& t) {
          return t.decl->name == lever.name && t.key.is_all();
        });
        if (set) continue;
        Explanation& e = add("policy." + lever.name,
                             lever.choices.empty() ? with_unit(lever.value, lever.unit)
                                                   : value_text(lever.choices, lever.value),
                             lever.summary, {}, {declared_source(lever.source)}, false);
        e.unit = lever.unit;
        e.stands = true;
        e.figures = figures_of({}, lever.value, lever);
      }
    }
  }

  void series(const char* section, const std::map<std::string, DriverSeries, std::less<>>& all) {
    for (const auto& [name, d] : all) {
      if (d.points.empty()) continue;
      Explanation& e =
          add(fmt::format("{}.{}", section, name),
              fmt::format("{} figures, {} at {} to {} at {} [{}]", d.points.size(),
                          number_text(d.points.front().second), to_string(d.points.front().first),
                          number_text(d.points.back().second), to_string(d.points.back().first),
                          d.unit),
              "", d.place, {d.source}, true);
      e.unit = d.unit;
      e.figures.push_back({std::nullopt, "unit", d.unit});
      e.figures.push_back({std::nullopt, "between", text_of(d.between)});
      for (const auto& [date, figure] : d.points) {
        e.figures.push_back({date, {}, number_text(figure)});
      }
    }
  }

  void project(const Project& p) {
    std::string heads;
    for (const auto& [date, n] : p.heads) {
      heads += fmt::format("{}{} {}", heads.empty() ? "" : "; ", to_string(date), number_text(n));
    }
    Explanation& e = add("projects." + p.key, heads, p.label.in("en"), p.place, {p.source}, true);
    e.unit = "post";
    for (const auto& [date, n] : p.heads) e.figures.push_back({date, {}, number_text(n)});
    const auto note = [&](std::string label, std::string value) {
      e.figures.push_back({std::nullopt, std::move(label), std::move(value)});
    };
    note("sector", s_.dimensions.sectors[static_cast<std::size_t>(p.sector)].key);
    note("region", s_.dimensions.regions[static_cast<std::size_t>(p.region)].key);
    note("fly_in", p.fly_in ? "true" : "false");
    for (std::size_t k = 0; k < p.occupation_share.size(); ++k) {
      note("occupation_share." + s_.dimensions.occupations[k].key,
           number_text(p.occupation_share[k]));
    }
  }

  const Scenario& s_;
  const Catalogue& catalogue_;
  std::vector<Explanation> out_;
};

bool is_below(std::string_view path, std::string_view wanted) {
  return path == wanted || (path.size() > wanted.size() && path[wanted.size()] == '.' &&
                            path.substr(0, wanted.size()) == wanted);
}

}  // namespace

std::vector<Explanation> explain(const Scenario& scenario, const Catalogue& catalogue) {
  return Explainer(scenario, catalogue).all();
}

std::vector<Explanation> explanations_at(const std::vector<Explanation>& all,
                                         std::string_view path) {
  std::vector<Explanation> found;
  for (const Explanation& e : all) {
    const std::string_view tail = std::string_view(e.path).substr(e.path.find('.') + 1);
    if (is_below(e.path, path) || is_below(tail, path)) found.push_back(e);
  }
  if (!found.empty()) return found;
  // A key whose figure is the same for all: `separation_rate.mining` is explained by the bare name.
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return found;
  for (const Explanation& e : all) {
    const std::string_view tail = std::string_view(e.path).substr(e.path.find('.') + 1);
    if (e.path == path.substr(0, dot) || tail == path.substr(0, dot)) found.push_back(e);
  }
  return found;
}

}  // namespace steppe
