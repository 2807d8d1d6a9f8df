#include "sim/scenario/resolved.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/scenario/values.hpp"

namespace steppe::detail {
namespace {

/// Text in double quotes, which need no thought about what YAML makes of it.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string label_text(const Label& label) {
  std::vector<std::string> parts;
  for (const auto& [language, text] : label.texts) {
    parts.push_back(fmt::format("{}: {}", language, in_quotes(text)));
  }
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

std::string source_text(const Source& source) {
  std::vector<std::string> parts;
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) parts.push_back(fmt::format("{}: {}", key, in_quotes(text)));
  };
  add("title", source.title);
  add("kind", source.kind);
  add("note", source.note);
  add("url", source.url);
  add("table", source.table);
  add("accessed", source.accessed);
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

std::string uncertainty_text(const Distribution& d) {
  const auto mean_sd = [&](const char* dist) {
    return fmt::format("{{dist: {}, mean: {}, sd: {}}}", dist, number_text(d.a), number_text(d.b));
  };
  switch (d.kind) {
    case DistributionKind::Normal:
      return mean_sd("normal");
    case DistributionKind::LogNormal:
      return mean_sd("log_normal");
    case DistributionKind::Beta:
      return mean_sd("beta");
    case DistributionKind::Uniform:
      return fmt::format("{{dist: uniform, low: {}, high: {}}}", number_text(d.a),
                         number_text(d.b));
    case DistributionKind::Triangular:
      return fmt::format("{{dist: triangular, low: {}, mode: {}, high: {}}}", number_text(d.a),
                         number_text(d.c), number_text(d.b));
    case DistributionKind::None:
      break;
  }
  return {};
}

class Writer {
 public:
  Writer(const Scenario& scenario, const std::vector<const VariantDecl*>& in_force)
      : s_(scenario), in_force_(in_force) {}

  std::string text() {
    line(
        "# Every value in force, in the units of the model, with the place it was set at. Places "
        "are relative to the folder of the scenario; 'default' is the variant's own value.");
    line("schema: steppe/1");
    if (!s_.name.texts.empty()) line("name: " + label_text(s_.name));
    if (!s_.question.texts.empty()) line("question: " + label_text(s_.question));
    if (!s_.description.texts.empty()) line("description: " + label_text(s_.description));
    if (!s_.country.empty()) line("country: " + in_quotes(s_.country));
    time();
    line("model:");
    for (int i = 0; i < kSlotCount; ++i) {
      line(fmt::format("  {}: {}", to_string(static_cast<Slot>(i)),
                       s_.model[static_cast<std::size_t>(i)]));
    }
    dimensions();
    parameters();
    policy();
    series("drivers", s_.drivers);
    projects();
    network();
    population();
    series("observation", s_.observation);
    if (!s_.record_file.empty()) line("record: " + in_quotes(relative(s_.record_file)));
    indicators();
    reality_checks();
    outputs();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }

  [[nodiscard]] std::string relative(const std::filesystem::path& path) const {
    const auto folder = std::filesystem::path(s_.file).parent_path().lexically_normal();
    const auto found = folder.empty() ? path.lexically_normal()
                                      : path.lexically_normal().lexically_relative(folder);
    return found.empty() ? path.filename().generic_string() : found.generic_string();
  }
  [[nodiscard]] std::string from(const SourcePlace& place) const {
    return "  # " + place_text(place, s_);
  }

  void time() {
    const TimeSpec& t = s_.time;
    const char* step = t.step == StepLength::Month  ? "month"
                       : t.step == StepLength::Week ? "week"
                                                    : "day";
    line("time:");
    line("  start: " + to_string(t.start));
    line("  end: " + to_string(t.end));
    line(fmt::format("  step: {}", step));
    line(fmt::format("  same_step_search: {}", t.same_step_search));
    if (t.report_from) line("  report_from: " + to_string(*t.report_from));
  }

  void members(const char* name, const std::vector<Member>& list) {
    if (list.empty()) return;
    line(fmt::format("  {}:", name));
    for (const Member& m : list) {
      std::string text = fmt::format("    - {{key: {}", m.key);
      if (!m.code.empty()) text += ", code: " + in_quotes(m.code);
      if (!m.label.texts.empty()) text += ", label: " + label_text(m.label);
      if (!m.group.empty()) text += ", group: " + m.group;
      if (m.row > 0.0 || m.column > 0.0) {
        text += fmt::format(", tile: [{}, {}]", number_text(m.row), number_text(m.column));
      }
      line(text + "}");
    }
  }

  void dimensions() {
    line("dimensions:");
    members("sectors", s_.dimensions.sectors);
    members("occupations", s_.dimensions.occupations);
    members("regions", s_.dimensions.regions);
    members("origins", s_.dimensions.origins);
    members("destinations", s_.dimensions.destinations);
    members("education", s_.dimensions.education);
    members("fields", s_.dimensions.fields);
  }

  void parameter(const std::string& name, const ParameterValue& p, std::size_t i) {
    std::string text =
        fmt::format("  {}: {{value: {}, unit: {}", name, value_text(p.decl->choices, p.values[i]),
                    in_quotes(p.decl->unit));
    if (p.uncertainty[i].kind != DistributionKind::None) {
      text += ", uncertainty: " + uncertainty_text(p.uncertainty[i]);
    }
    if (!p.sources[i].empty()) text += ", source: " + source_text(p.sources[i]);
    line(text + "}" + from(p.places[i]));
  }

  void parameters() {
    if (s_.parameters.empty()) return;
    line("parameters:");
    for (const auto& entry : s_.parameters) {
      const auto& name = entry.first;
      const ParameterValue& p = entry.second;
      if (p.values.empty()) continue;
      const auto same = [&](std::size_t i) {
        return p.values[i] == p.values[0] && p.places[i].file == p.places[0].file &&
               p.places[i].line == p.places[0].line && p.uncertainty[i] == p.uncertainty[0];
      };
      bool uniform = true;
      for (std::size_t i = 1; i < p.values.size(); ++i) uniform = uniform && same(i);
      if (uniform) {
        parameter(name, p, 0);
        continue;
      }
      const std::vector<Member>& keys = s_.dimensions.of(p.decl->by);
      for (std::size_t i = 0; i < p.values.size(); ++i) parameter(name + "." + keys[i].key, p, i);
    }
  }

  void points(const char* name, const std::vector<LeverPoint>& list, const LeverDecl& lever) {
    line(fmt::format("    {}:", name));
    for (const LeverPoint& point : list) {
      std::string value = value_text(lever.choices, point.value);
      if (point.in_minimum_wages) value += std::string(" ") + kMinimumWageUnit;
      std::string text =
          fmt::format("      {}: {}{}", to_string(point.from), value, from(point.place));
      if (point.ramp_months > 0.0)
        text += fmt::format(", over {} months", number_text(point.ramp_months));
      line(text);
    }
  }

  void policy() {
    std::vector<std::string> rest;
    for (const VariantDecl* variant : in_force_) {
      for (const LeverDecl& lever : variant->levers) {
        const bool set = std::any_of(s_.policy.begin(), s_.policy.end(), [&](const auto& t) {
          return t.decl->name == lever.name && t.key.is_all();
        });
        if (set) continue;
        rest.push_back(fmt::format("  - {{lever: {}, unit: {}, value: {}}}  # default", lever.name,
                                   in_quotes(lever.unit), value_text(lever.choices, lever.value)));
      }
    }
    if (rest.empty() && s_.policy.empty()) return;
    line("policy:");
    for (const std::string& text : rest) line(text);
    for (const LeverTimeline& t : s_.policy) {
      line(fmt::format("  - lever: {}{}{}", t.decl->name,
                       lever_key_text(*t.decl, t.key, s_.dimensions), from(t.place)));
      line("    unit: " + in_quotes(t.decl->unit));
      line("    before: " + value_text(t.decl->choices, t.before));
      points("timeline", t.points, *t.decl);
      if (!t.when.empty()) {
        line("    when: " + in_quotes(t.when));
        points("otherwise", t.otherwise, *t.decl);
      }
      for (const Source& source : t.sources()) {
        if (!source.empty()) line("    source: " + source_text(source));
      }
    }
  }

  void series(const char* name, const std::map<std::string, DriverSeries, std::less<>>& all) {
    if (all.empty()) return;
    line(fmt::format("{}:", name));
    for (const auto& [key, d] : all) {
      const char* between = d.between == DriverSeries::Between::Step     ? "step"
                            : d.between == DriverSeries::Between::Linear ? "linear"
                                                                         : "log_linear";
      line(fmt::format("  {}:{}", key, from(d.place)));
      line("    unit: " + in_quotes(d.unit));
      line(fmt::format("    between: {}", between));
      if (!d.file.empty()) line("    # from " + relative(d.file));
      if (!d.source.empty()) line("    source: " + source_text(d.source));
      line("    points:");
      for (const auto& [date, value] : d.points) {
        line(fmt::format("      {}: {}", to_string(date), number_text(value)));
      }
    }
  }

  void projects() {
    if (s_.projects.empty()) return;
    line("projects:");
    for (const Project& p : s_.projects) {
      line(fmt::format("  - key: {}{}", p.key, from(p.place)));
      if (!p.label.texts.empty()) line("    label: " + label_text(p.label));
      line("    sector: " + s_.dimensions.sectors[static_cast<std::size_t>(p.sector)].key);
      line("    region: " + s_.dimensions.regions[static_cast<std::size_t>(p.region)].key);
      line(fmt::format("    fly_in: {}", p.fly_in));
      std::vector<std::string> parts;
      for (const auto& [date, heads] : p.heads) {
        parts.push_back(fmt::format("{}: {}", to_string(date), number_text(heads)));
      }
      line(fmt::format("    heads: {{{}}}", fmt::join(parts, ", ")));
      parts.clear();
      for (std::size_t i = 0; i < p.occupation_share.size(); ++i) {
        if (p.occupation_share[i] == 0.0) continue;
        parts.push_back(fmt::format("{}: {}", s_.dimensions.occupations[i].key,
                                    number_text(p.occupation_share[i])));
      }
      if (!parts.empty()) line(fmt::format("    occupation_share: {{{}}}", fmt::join(parts, ", ")));
      if (!p.source.empty()) line("    source: " + source_text(p.source));
    }
  }

  void network() {
    const OccupationNetwork& n = s_.network;
    if (n.empty()) return;
    line("network:" + from(n.place));
    line("  nodes: " + in_quotes(relative(n.nodes_file)));
    line(fmt::format("  edges: {}  # {} edges", in_quotes(relative(n.edges_file)), n.edges.size()));
    if (!n.source.empty()) line("  source: " + source_text(n.source));
  }

  void population() {
    line("population:");
    if (const auto& t = s_.population.textbook) {
      std::string text = fmt::format("  textbook: {{persons: {}, firms: {}, staff: {}", t->persons,
                                     t->firms, number_text(t->staff));
      if (t->unemployed >= 0.0) text += ", unemployed: " + number_text(t->unemployed);
      line(text + "}");
    }
    if (!s_.population.tables.empty()) {
      line("  tables:");
      for (const DataTable& table : s_.population.tables) {
        line(fmt::format("    {}: {}  # {} rows", table.name, in_quotes(relative(table.path)),
                         table.rows.size()));
      }
    }
    if (!s_.population.settings.empty()) {
      line("  settings:");
      for (const auto& [name, value] : s_.population.settings) {
        const auto source = s_.population.setting_sources.find(name);
        if (source == s_.population.setting_sources.end() || source->second.empty()) {
          line(fmt::format("    {}: {}", name, number_text(value)));
        } else {
          line(fmt::format("    {}: {{value: {}, source: {}}}", name, number_text(value),
                           source_text(source->second)));
        }
      }
    }
  }

  void indicators() {
    if (s_.indicators.empty()) return;
    line("indicators:");
    for (const OwnIndicator& own : s_.indicators) {
      line(fmt::format("  {}:{}", own.name, from(own.place)));
      line("    formula: " + in_quotes(own.formula));
      line("    unit: " + in_quotes(own.unit));
      if (!own.label.texts.empty()) line("    label: " + label_text(own.label));
      if (own.by != Dim::None) line(fmt::format("    by: {}", to_string(own.by)));
      line(fmt::format("    smooth: {} months", own.smooth_months));
      line(fmt::format("    lag: {} months", own.lag_months));
    }
  }

  void reality_checks() {
    if (s_.reality_checks.empty()) return;
    line("reality_checks:");
    for (const RealityCheck& check : s_.reality_checks) {
      line(fmt::format("  - expect: {}{}", in_quotes(check.expect), from(check.place)));
      if (!check.given.empty()) line("    given:");
      for (const auto& [path, value] : check.given) {
        line(fmt::format("      {}: {}", path, in_quotes(value)));
      }
      if (check.from) line("    from: " + to_string(*check.from));
      if (check.until) line("    until: " + to_string(*check.until));
      line("    share: " + number_text(check.share));
      if (!check.source.empty()) line("    source: " + source_text(check.source));
    }
  }

  void outputs() {
    const OutputSpec& o = s_.outputs;
    if (o.by.empty()) return;
    line("outputs:");
    line(fmt::format("  by: [{}]", fmt::join(o.by, ", ")));
  }

  const Scenario& s_;
  const std::vector<const VariantDecl*>& in_force_;
  std::string out_;
};

}  // namespace

std::string place_text(const SourcePlace& place, const Scenario& scenario) {
  if (place.file.empty()) return "default";
  if (place.file.rfind("--", 0) == 0) return place.file;
  const auto folder = std::filesystem::path(scenario.file).parent_path().lexically_normal();
  const auto file = std::filesystem::path(place.file).lexically_normal();
  const auto found = folder.empty() ? file : file.lexically_relative(folder);
  return fmt::format("{}:{}", (found.empty() ? file.filename() : found).generic_string(),
                     place.line);
}

std::string resolved_yaml(const Scenario& scenario,
                          const std::vector<const VariantDecl*>& in_force) {
  return Writer(scenario, in_force).text();
}

}  // namespace steppe::detail
