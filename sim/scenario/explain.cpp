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
  std::string out = lever_value_text(lever, before);
  for (const LeverPoint& point : points) {
    out += fmt::format("; from {} {}", to_string(point.from), lever_value_text(lever, point.value));
    if (point.in_minimum_wages) out += " minimum wages";
    if (point.ramp_months > 0.0)
      out += fmt::format(" over {} months", number_text(point.ramp_months));
  }
  return out;
}

class Explainer {
 public:
  Explainer(const Scenario& scenario, const Catalogue& catalogue)
      : s_(scenario), catalogue_(catalogue) {}

  std::vector<Explanation> all() {
    plain();
    parameters();
    settings();
    policy();
    series("drivers", s_.drivers);
    for (const Project& p : s_.projects) {
      std::string heads;
      for (const auto& [date, n] : p.heads) {
        heads += fmt::format("{}{} {}", heads.empty() ? "" : "; ", to_string(date), number_text(n));
      }
      add("projects." + p.key, heads, p.label.in("en"), p.place, {p.source}, true);
    }
    series("observation", s_.observation);
    return std::move(out_);
  }

 private:
  void add(std::string path, std::string value, std::string meaning, SourcePlace place,
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
    out_.push_back(std::move(e));
  }

  /// The last word on every value that is no figure of the model.
  void plain() {
    for (std::size_t i = 0; i < s_.assignments.size(); ++i) {
      const Assignment& a = s_.assignments[i];
      const std::string section = a.path.substr(0, a.path.find('.'));
      if (section == "parameters" || section == "policy" || section == "drivers" ||
          section == "projects" || section == "observation" || section == "model" ||
          section == "extends" || section == "schema" ||
          a.path.starts_with("population.settings.")) {
        continue;
      }
      const bool later =
          std::any_of(s_.assignments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      s_.assignments.end(), [&](const Assignment& b) { return b.path == a.path; });
      if (!later) add(a.path, a.text, "", a.place, {}, false);
    }
    for (int i = 0; i < kSlotCount; ++i) {
      const auto slot = static_cast<Slot>(i);
      const std::string path = fmt::format("model.{}", to_string(slot));
      const std::string& name = s_.model[static_cast<std::size_t>(i)];
      const VariantDecl* variant = catalogue_.find(slot, name);
      SourcePlace place;
      for (const Assignment& a : s_.assignments) {
        if (a.path == path) place = a.place;
      }
      add(path, name, variant == nullptr ? "" : variant->summary, place, {}, false);
    }
  }

  void parameter(const std::string& name, const ParameterValue& p, std::size_t i) {
    add("parameters." + name, with_unit(p.values[i], p.decl->unit), p.decl->summary, p.places[i],
        {p.sources[i]}, true);
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
      SourcePlace place;
      for (const Assignment& a : s_.assignments) {
        if (a.path == "population.settings." + name) place = a.place;
      }
      // A default that is written out stands on the default's source.
      const auto given = population.setting_sources.find(name);
      const Source source = given != population.setting_sources.end() ? given->second
                            : value == decl.value                     ? declared_source(decl.source)
                                                                      : Source{};
      add("population.settings." + name, with_unit(value, decl.unit), decl.summary, place, {source},
          true);
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
      add("policy." + t.decl->name + key, value, t.decl->summary, t.place, t.sources(), true);
    }
    for (const VariantDecl& variant : catalogue_.variants()) {
      if (s_.model[static_cast<std::size_t>(variant.slot)] != variant.name) continue;
      for (const LeverDecl& lever : variant.levers) {
        const bool set = std::any_of(s_.policy.begin(), s_.policy.end(), [&](const auto& t) {
          return t.decl->name == lever.name && t.key.is_all();
        });
        if (set) continue;
        add("policy." + lever.name,
            lever.choices.empty() ? with_unit(lever.value, lever.unit)
                                  : lever_value_text(lever, lever.value),
            lever.summary, {}, {declared_source(lever.source)}, false);
      }
    }
  }

  void series(const char* section, const std::map<std::string, DriverSeries, std::less<>>& all) {
    for (const auto& [name, d] : all) {
      if (d.points.empty()) continue;
      add(fmt::format("{}.{}", section, name),
          fmt::format("{} figures, {} at {} to {} at {} [{}]", d.points.size(),
                      number_text(d.points.front().second), to_string(d.points.front().first),
                      number_text(d.points.back().second), to_string(d.points.back().first),
                      d.unit),
          "", d.place, {d.source}, true);
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
