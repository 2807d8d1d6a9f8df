#include "sim/report/source_list.hpp"

#include <algorithm>

namespace steppe::report_detail {
namespace {

using Group = SourcedValue::Group;

bool same(const Source& a, const Source& b) {
  return a.title == b.title && a.kind == b.kind && a.note == b.note && a.table == b.table;
}

using Points = std::vector<std::pair<Date, double>>;

Label english(const std::string& summary) {
  return summary.empty() ? Label{} : Label{{{"en", summary}}};
}

SourcedValue of_number(Group group, std::string name, double value) {
  SourcedValue out;
  out.group = group;
  out.name = std::move(name);
  out.figures = {{std::nullopt, value}};
  return out;
}

SourcedValue of_series(Group group, std::string name, const Points& points) {
  SourcedValue out;
  out.group = group;
  out.name = std::move(name);
  out.points = points.size();
  if (!points.empty()) out.figures.emplace_back(points.front());
  if (points.size() > 1) out.figures.emplace_back(points.back());
  return out;
}

class List {
 public:
  explicit List(const Scenario& scenario) : scenario_(scenario) {}

  void add_parameters() {
    for (const auto& [name, parameter] : scenario_.parameters) add_parameter(name, parameter);
  }

  void add_policy() {
    for (const LeverTimeline& lever : scenario_.policy) {
      const LeverDecl& decl = *lever.decl;
      const std::string name = decl.name + lever_key_text(decl, lever.key, scenario_.dimensions);
      const auto line = [&](SourcedValue value, std::string unit, Source source) {
        value.label = english(decl.summary);
        if (!decl.choices.empty()) {
          value.choice = value_text(decl.choices, value.figures.back().second);
        }
        add(std::move(value), std::move(unit), std::move(source));
      };
      if (lever.points.empty()) {
        line(of_number(Group::Policy, name, lever.before), decl.unit, declared_source(decl.source));
      }
      for (const Source& source : lever.sources()) {
        Points points;
        bool in_wages = false;
        for (const auto* const list : {&lever.points, &lever.otherwise}) {
          for (const LeverPoint& point : *list) {
            const std::pair value(point.from, point.value);
            if (point.source == source &&
                std::find(points.begin(), points.end(), value) == points.end()) {
              points.push_back(value);
              in_wages = in_wages || point.in_minimum_wages;
            }
          }
        }
        std::sort(points.begin(), points.end());
        line(of_series(Group::Policy, name, points), in_wages ? kMinimumWageUnit : decl.unit,
             source);
      }
    }
  }

  void add_drivers() {
    for (const auto& [name, series] : scenario_.drivers) add_series(Group::Driver, name, series);
    for (const auto& [name, series] : scenario_.observation) {
      add_series(Group::Observation, name, series);
    }
  }

  void add_projects() {
    for (const Project& project : scenario_.projects) {
      SourcedValue value = of_series(Group::Project, project.key, project.heads);
      value.label = project.label;
      add(std::move(value), "person", project.source);
    }
  }

  void add_population() {
    for (const DataTable& table : scenario_.population.tables) add_table(table);
  }

  /// One line for each variable and source of the recorded figures.
  void add_record(const std::vector<RecordedPoint>& recorded) {
    const std::size_t first = list_.size();
    for (const RecordedPoint& point : recorded) {
      SourcedValue value = of_number(Group::Record, point.variable, 1.0);
      value.quote = point.definition;
      value.source.title = point.source;
      value.source.kind = point.quality;
      const auto known = std::find_if(list_.begin() + static_cast<std::ptrdiff_t>(first),
                                      list_.end(), [&](const SourcedValue& line) {
                                        return line.name == value.name &&
                                               line.quote == value.quote &&
                                               same(line.source, value.source);
                                      });
      if (known == list_.end()) {
        list_.push_back(std::move(value));
      } else {
        known->figures.front().second += 1.0;
      }
    }
  }

  [[nodiscard]] std::vector<SourcedValue> take() { return std::move(list_); }

 private:
  void add(SourcedValue value, std::string unit, Source source) {
    value.unit = std::move(unit);
    value.source = std::move(source);
    list_.push_back(std::move(value));
  }

  /// One line, or one for each key where they differ.
  void add_parameter(const std::string& name, const ParameterValue& parameter) {
    const ParameterDecl& decl = *parameter.decl;
    const auto source_of = [&](std::size_t i) {
      const bool given = i < parameter.sources.size() && !parameter.sources[i].empty();
      return given ? parameter.sources[i] : declared_source(decl.source);
    };
    bool alike = true;
    for (std::size_t i = 1; i < parameter.values.size(); ++i) {
      alike =
          alike && parameter.values[i] == parameter.values[0] && same(source_of(i), source_of(0));
    }
    const auto& keys = scenario_.dimensions.of(decl.by);
    const std::size_t lines =
        alike ? std::min<std::size_t>(1, parameter.values.size()) : parameter.values.size();
    for (std::size_t i = 0; i < lines; ++i) {
      const bool keyed = !alike && i < keys.size();
      SourcedValue value =
          of_number(Group::Parameter, keyed ? name + '.' + keys[i].key : name, parameter.values[i]);
      value.label = english(decl.summary);
      if (!decl.choices.empty()) value.choice = value_text(decl.choices, parameter.values[i]);
      add(std::move(value), decl.unit, source_of(i));
    }
  }

  void add_series(Group group, const std::string& name, const DriverSeries& series) {
    Source source = series.source;
    if (source.kind.empty()) source.kind = series.quality;
    add(of_series(group, name, series.points), series.unit, source);
  }

  /// One line for each source and quality of a table's rows.
  void add_table(const DataTable& table) {
    const auto cell = [&](const DataRow& row, std::string_view column) -> std::string {
      const int at = table.column(column);
      return at >= 0 && static_cast<std::size_t>(at) < row.cells.size()
                 ? row.cells[static_cast<std::size_t>(at)]
                 : std::string{};
    };
    std::vector<std::pair<Source, int>> lines;
    for (const DataRow& row : table.rows) {
      Source source;
      source.title = cell(row, "source");
      source.kind = cell(row, "quality");
      const auto known = std::find_if(lines.begin(), lines.end(),
                                      [&](const auto& line) { return same(line.first, source); });
      if (known == lines.end()) {
        lines.emplace_back(std::move(source), 1);
      } else {
        ++known->second;
      }
    }
    for (const auto& [source, rows] : lines) {
      add(of_number(Group::Population, table.name, rows), "rows", source);
    }
  }

  const Scenario& scenario_;
  std::vector<SourcedValue> list_;
};

}  // namespace

std::vector<SourcedValue> list_sources(const Scenario& scenario,
                                       const std::vector<RecordedPoint>& recorded) {
  List list(scenario);
  list.add_parameters();
  list.add_policy();
  list.add_drivers();
  list.add_projects();
  list.add_population();
  list.add_record(recorded);
  return list.take();
}

}  // namespace steppe::report_detail
