#include "sim/report/source_list.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace steppe::report_detail {
namespace {

using Group = SourcedValue::Group;

/// As a person would write it: at most six digits, no trailing zeros.
std::string text_of(double value) {
  if (std::isinf(value)) return value > 0 ? "none" : "-none";
  std::array<char, 40> text{};
  const bool small = value != 0.0 && std::abs(value) < 1e-4;
  const auto end = std::to_chars(
      text.data(), text.data() + text.size(), value,
      small || std::abs(value) >= 1e15 ? std::chars_format::scientific : std::chars_format::fixed);
  std::string out(text.data(), end.ptr);
  const std::size_t point = out.find('.');
  if (!small && point != std::string::npos && out.size() > point + 7) {
    const auto cut =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6);
    out.assign(text.data(), cut.ptr);
  }
  return out;
}

bool same(const Source& a, const Source& b) {
  return a.title == b.title && a.kind == b.kind && a.note == b.note && a.table == b.table;
}

std::string first_and_last(const std::vector<std::pair<Date, double>>& points) {
  if (points.empty()) return "–";
  const auto one = [](const std::pair<Date, double>& point) {
    return text_of(point.second) + " (" + to_string(point.first) + ")";
  };
  if (points.size() == 1) return one(points.front());
  return one(points.front()) + " … " + one(points.back()) + ", " + std::to_string(points.size()) +
         " points";
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
      const auto line = [&](std::string value, std::string unit, Source source) {
        add({Group::Policy, name, decl.summary, std::move(value), std::move(unit),
             std::move(source)});
      };
      if (lever.points.empty()) {
        line(lever_value_text(decl, lever.before), decl.unit, declared_source(decl.source));
      }
      for (const Source& source : lever.sources()) {
        std::vector<std::pair<Date, double>> points;
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
        line(decl.choices.empty() ? first_and_last(points)
                                  : lever_value_text(decl, points.back().second),
             in_wages ? kMinimumWageUnit : decl.unit, source);
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
      add({Group::Project, project.key, project.label.in("en", project.key),
           first_and_last(project.heads), "person", project.source});
    }
  }

  void add_population() {
    for (const DataTable& table : scenario_.population.tables) add_table(table);
  }

  /// One line for each variable and source of the recorded figures.
  void add_record(const std::vector<RecordedPoint>& recorded) {
    std::vector<std::pair<SourcedValue, int>> lines;
    for (const RecordedPoint& point : recorded) {
      SourcedValue value{Group::Record, point.variable, point.definition, {}, {}, {}};
      value.source.title = point.source;
      value.source.kind = point.quality;
      const auto known = std::find_if(lines.begin(), lines.end(), [&](const auto& line) {
        return line.first.name == value.name && line.first.label == value.label &&
               same(line.first.source, value.source);
      });
      if (known == lines.end()) {
        lines.emplace_back(std::move(value), 1);
      } else {
        ++known->second;
      }
    }
    for (auto& [value, count] : lines) {
      value.value = std::to_string(count);
      add(std::move(value));
    }
  }

  [[nodiscard]] std::vector<SourcedValue> take() { return std::move(list_); }

 private:
  void add(SourcedValue value) { list_.push_back(std::move(value)); }

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
      add({Group::Parameter, keyed ? name + '.' + keys[i].key : name, decl.summary,
           text_of(parameter.values[i]), decl.unit, source_of(i)});
    }
  }

  void add_series(Group group, const std::string& name, const DriverSeries& series) {
    Source source = series.source;
    if (source.kind.empty()) source.kind = series.quality;
    add({group, name, {}, first_and_last(series.points), series.unit, source});
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
      add({Group::Population, table.name, {}, std::to_string(rows), "rows", source});
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
