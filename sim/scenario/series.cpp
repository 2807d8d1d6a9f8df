#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "sim/core/units.hpp"
#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

/// Observation rules the results know. Their figures are pure numbers.
const std::vector<std::string> kObservations = {"coverage", "national_rate_weight"};

using Between = DriverSeries::Between;

/// One entry of `drivers` or `observation`, read.
struct Entry {
  std::vector<Point> points;
  std::optional<Between> between;
  Source source;
  std::string quality;
  std::string file;
};

class SeriesReader {
 public:
  /// @param unit of the values as the model takes them; empty: as they come
  SeriesReader(Context& context, std::string name, std::string group, std::string unit)
      : context_(context), faults_(context.faults), unit_(std::move(unit)) {
    series_.name = std::move(name);
    series_.unit = unit_;
    path_ = fmt::format("{}.{}", group, series_.name);
  }

  void read(const Node::Entry& given, bool is_override) {
    const Section section(series_form(), given.value, path_, given.key_mark, faults_);
    const int ways = section.has("file") + section.has("points") + section.has("value");
    if (ways != 1) {
      faults_.error(given.key_mark, fmt::format("{} needs one of file, points and value{}", path_,
                                                ways == 0 ? "" : ", not several"));
      return;
    }
    Entry entry;
    if (const auto between = section.choice("between")) {
      entry.between = *between == "step"     ? Between::Step
                      : *between == "linear" ? Between::Linear
                                             : Between::LogLinear;
    }
    entry.source = section.source();
    if (section.has("file")) {
      read_table(section, entry);
    } else {
      read_given(section, entry, is_override);
    }
    if (entry.points.empty()) return;
    lay_over(entry, section.flag("replace").value_or(false), given.key_mark);
  }

  /// The series of all layers; nothing when a part was faulty.
  std::optional<DriverSeries> finish() {
    if (points_.empty()) return std::nullopt;
    const bool positive =
        std::all_of(points_.begin(), points_.end(), [](const Point& p) { return p.value > 0.0; });
    series_.between = between_.value_or(positive ? Between::LogLinear : Between::Linear);
    if (series_.between == Between::LogLinear && !positive) {
      const auto bad = std::find_if(points_.begin(), points_.end(),
                                    [](const Point& p) { return !(p.value > 0.0); });
      faults_.error(bad->mark,
                    fmt::format("{} is {} at {}: between: log_linear needs figures above "
                                "0",
                                path_, number_text(bad->value), to_string(bad->date)));
    }
    for (const Point& point : points_) series_.points.emplace_back(point.date, point.value);
    return series_;
  }

  [[nodiscard]] const Mark& mark() const { return mark_; }

 private:
  /// The unit of bare numbers, checked against the one expected.
  std::optional<std::string> given_unit(const Section& section, bool is_override) {
    const auto unit = section.text("unit");
    if (!unit) return is_override ? unit_ : std::string{};
    const auto parsed = Unit::parse(*unit);
    if (!parsed) {
      faults_.error(section.mark("unit"),
                    fmt::format("{}: {}", section.name_of("unit"), parsed.error()));
      return std::nullopt;
    }
    if (unit_.empty()) {
      unit_ = *unit;
      series_.unit = *unit;
    }
    if (!conversion(*unit, unit_)) {
      faults_.error(section.mark("unit"),
                    fmt::format("{}: unit '{}' given, '{}' expected", path_, *unit, unit_));
      return std::nullopt;
    }
    return unit;
  }

  void read_given(const Section& section, Entry& entry, bool is_override) {
    const auto unit = given_unit(section, is_override);
    if (!unit) return;
    const NumberRule rule{path_, unit_, *unit, -1e300, 1e300};
    if (section.has("points")) {
      entry.points = read_points(*section.node("points"), rule, PeriodRule::Middle, faults_);
    } else if (const auto value = read_number(*section.node("value"), rule, faults_)) {
      entry.points = {{context_.scenario.time.start, *value, section.mark("value")}};
    }
  }

  void read_table(const Section& section, Entry& entry) {
    for (const char* key : {"unit"}) {
      if (section.has(key)) {
        faults_.error(section.mark(key), fmt::format("{} stands in the table; leave it out here",
                                                     section.name_of(key)));
      }
    }
    const CsvTable* csv =
        context_.table(*section.node("file"), section.name_of("file"), series_table());
    if (csv == nullptr) return;
    const std::string wanted = section.text("series").value_or(series_.name);
    const int c_series = csv->table.column("series");
    const int c_unit = csv->table.column("unit");
    const int c_period = csv->table.column("period");
    const int c_value = csv->table.column("value");
    std::set<std::string> names;
    for (std::size_t row = 0; row < csv->table.rows.size(); ++row) {
      names.insert(csv->cell(row, c_series));
      if (csv->cell(row, c_series) != wanted) continue;
      const std::string& unit = csv->cell(row, c_unit);
      if (unit_.empty()) series_.unit = unit_ = unit;
      const auto factor = conversion(unit, unit_);
      if (!factor) {
        faults_.data_error(csv->mark(row, c_unit),
                           fmt::format("{}: unit '{}' given, '{}' expected", wanted, unit, unit_));
        return;
      }
      const Date date = parse_date(csv->cell(row, c_period)).value().middle();
      const double value = cell_number(csv->cell(row, c_value)).value_or(0.0) * *factor;
      entry.points.push_back({date, value, csv->mark(row, c_period)});
      if (entry.points.size() == 1) describe_by(*csv, row, entry);
    }
    if (entry.points.empty()) {
      const std::vector<std::string> known(names.begin(), names.end());
      faults_.error(section.mark(section.has("series") ? "series" : "file"),
                    fmt::format("{}: {} has no series '{}'; there are {}", path_,
                                csv->table.path.string(), wanted, list_of(known)),
                    did_you_mean(wanted, known));
      return;
    }
    entry.file = csv->table.path.string();
    sort(entry.points, wanted);
  }

  void describe_by(const CsvTable& csv, std::size_t row, Entry& entry) const {
    entry.quality = csv.cell(row, csv.table.column("quality"));
    if (!entry.source.empty()) return;
    entry.source.title = csv.cell(row, csv.table.column("source"));
    entry.source.kind = entry.quality;
  }

  void sort(std::vector<Point>& points, const std::string& name) {
    std::stable_sort(points.begin(), points.end(),
                     [](const Point& a, const Point& b) { return a.date < b.date; });
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (points[i].date == points[i - 1].date) {
        faults_.data_error(points[i].mark,
                           fmt::format("{} has two figures at {}, also in line {}", name,
                                       to_string(points[i].date), points[i - 1].mark.line));
      }
    }
  }

  void lay_over(const Entry& entry, bool replace, const Mark& mark) {
    if (replace) points_.clear();
    const Date first = entry.points.front().date;
    std::erase_if(points_, [&](const Point& p) { return p.date >= first; });
    points_.insert(points_.end(), entry.points.begin(), entry.points.end());
    if (entry.between) between_ = entry.between;
    series_.source = entry.source;
    series_.quality = entry.quality.empty() ? entry.source.kind : entry.quality;
    series_.file = entry.file;
    series_.place = faults_.place(mark);
    mark_ = mark;
  }

  Context& context_;
  Faults& faults_;
  std::string unit_;
  std::string path_;
  DriverSeries series_;
  Mark mark_;  ///< of the entry that was laid over last
  std::vector<Point> points_;
  std::optional<Between> between_;
};

/// A figure that stands still for longer than this, only because the series has no further one, is
/// told: annual figures stand at mid-year and come half a year late.
constexpr std::int64_t kLongestHold = 400;  // days

void warn_of_extrapolation(Context& context, const DriverSeries& series, const Mark& mark) {
  // Of a series with mistakes the figures that could be read say little.
  if (context.partial || context.faults.has_errors()) return;
  if (series.points.size() < 2 || series.between == Between::Step) return;
  const TimeSpec& time = context.scenario.time;
  const auto days = [](Date from, Date to) {
    return days_since_epoch(to) - days_since_epoch(from);
  };
  const Date first = series.points.front().first;
  const Date last = series.points.back().first;
  if (days(time.start, first) > kLongestHold) {
    context.faults.warning(
        mark,
        {"driver.held_to_start",
         "drivers.{name} has its first figure at {date}; it is held to the run's start "
         "{start}, outside the data",
         {{"name", series.name}, {"date", to_string(first)}, {"start", to_string(time.start)}}});
  }
  if (days(last, time.end) > kLongestHold) {
    context.faults.warning(
        mark,
        {"driver.held_to_end",
         "drivers.{name} has its last figure at {date}; it is held to the run's end {end}, outside "
         "the data",
         {{"name", series.name}, {"date", to_string(last)}, {"end", to_string(time.end)}}});
  }
}

/// Calls `use(layer, entry)` for every entry of a section of names, layer by layer.
template <class Use>
void each_entry(Context& context, const char* name, const Use& use) {
  for (const Layer& layer : context.layers.stack) {
    const NodePtr section = layer.root->find(name);
    if (section == nullptr || section->kind == Node::Kind::Empty) continue;
    if (!section->is_map()) {
      context.faults.error(section->mark, fmt::format("{}: names with values are expected, not {}",
                                                      name, describe(*section)));
      continue;
    }
    for (const Node::Entry& entry : section->entries) use(layer, entry);
  }
}

void read_drivers(Context& context) {
  // A series may serve several variants; one in force decides.
  std::vector<const DriverDecl*> active, known;
  std::vector<std::string> names;
  for (const VariantDecl& variant : context.catalogue.variants()) {
    for (const DriverDecl& decl : variant.drivers) {
      known.push_back(&decl);
      if (context.is_in_force(variant)) active.push_back(&decl);
      if (std::find(names.begin(), names.end(), decl.name) == names.end()) {
        names.push_back(decl.name);
      }
    }
  }
  std::map<std::string, SeriesReader> readers;
  std::map<std::string, std::pair<Dim, std::string>> keys;  ///< of the names that have one
  Idle idle(context.catalogue);
  each_entry(context, "drivers", [&](const Layer& layer, const Node::Entry& entry) {
    auto driver = find_declared(entry.key, active);
    const bool read = driver.decl != nullptr;
    if (!read) driver = find_declared(entry.key, known);
    if (driver.decl == nullptr) {
      context.faults.error(
          entry.key_mark,
          fmt::format("unknown driver '{}'; there are {}", entry.key, list_of(names, 24)),
          did_you_mean(entry.key, names));
      return;
    }
    if (!find_key(context, driver, entry.key_mark)) return;
    if (!read) idle.add(driver.decl->name, entry.key, entry.key_mark);
    if (!driver.key.empty()) keys.try_emplace(entry.key, driver.decl->by, driver.key);
    readers.try_emplace(entry.key, context, entry.key, "drivers", driver.decl->unit)
        .first->second.read(entry, layer.is_override);
  });
  for (auto& [name, reader] : readers) {
    auto series = reader.finish();
    if (!series) continue;
    if (const auto key = keys.find(name); key != keys.end()) {
      std::tie(series->by, series->key) = key->second;
    }
    warn_of_extrapolation(context, *series, reader.mark());
    context.scenario.drivers.emplace(name, std::move(*series));
  }
  idle.warn(context.faults);
}

void read_observation(Context& context) {
  std::map<std::string, SeriesReader> readers;
  each_entry(context, "observation", [&](const Layer& layer, const Node::Entry& entry) {
    if (std::find(kObservations.begin(), kObservations.end(), entry.key) == kObservations.end()) {
      context.faults.error(entry.key_mark,
                           fmt::format("unknown observation rule '{}'; there are {}", entry.key,
                                       list_of(kObservations)),
                           did_you_mean(entry.key, kObservations));
      return;
    }
    readers.try_emplace(entry.key, context, entry.key, "observation", "1")
        .first->second.read(entry, layer.is_override);
  });
  for (auto& [name, reader] : readers) {
    if (auto series = reader.finish())
      context.scenario.observation.emplace(name, std::move(*series));
  }
}

}  // namespace

void read_series(Context& context) {
  read_drivers(context);
  read_observation(context);
}

}  // namespace steppe::detail
