#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/core/diagnostics.hpp"
#include "sim/core/distribution.hpp"
#include "sim/core/months.hpp"

namespace steppe {

/// A text in several languages, in the order given: {"en", "Construction"}, {"mn", "Барилга"}.
struct Label {
  std::vector<std::pair<std::string, std::string>> texts;
  /// The text in `lang`, else the first given, else `fallback`.
  [[nodiscard]] std::string in(std::string_view lang, std::string_view fallback = {}) const;
};

/// Where a figure comes from. `kind`: official, secondary, modelled, recalled, derived or
/// assumption.
struct Source {
  std::string title;
  std::string kind;
  std::string note;
  std::string url;
  std::string table;
  std::string accessed;
  [[nodiscard]] bool empty() const { return title.empty() && kind.empty() && note.empty(); }
  bool operator==(const Source&) const = default;
};

/// What `Source::kind` may be, the most trustworthy first.
[[nodiscard]] const std::vector<std::string>& source_kinds();

/// The source of a declared default, from the declaration's words: a citation, a kind, or a kind,
/// a colon and the citation; what follows `assumption:` is its reason.
[[nodiscard]] Source declared_source(const std::string& words);

/// One member of a dimension: a sector, an occupation …
struct Member {
  std::string key;   ///< `mining`: used in files, columns and options
  std::string code;  ///< ISIC section, ISCO group, ISO 3166; may be empty
  Label label;
  std::string group;  ///< occupations: skill level low|medium|high; regions: map group; else empty
  double row = 0.0, column = 0.0;  ///< regions: place in the tile map (from one); 0 when none
};

/// The lists a country is described by. Indices into these vectors are the Id types of
/// core/ids.hpp. Skill, status, sex and age have fixed members.
struct Dimensions {
  std::vector<Member> sectors;
  std::vector<Member> occupations;
  std::vector<Member> regions;
  std::vector<Member> origins;  ///< foreign origins; OriginId o ≥ 1 is origins[o − 1]
  std::vector<Member> destinations;
  std::vector<Member> education;  ///< lowest first
  std::vector<Member> fields;     ///< fields of training
  std::vector<Member> projects;   ///< the scenario's dated projects
  [[nodiscard]] const std::vector<Member>& of(Dim dim) const;
  /// Position of a key, or -1.
  [[nodiscard]] int find(Dim dim, std::string_view key) const;
};

/// A parameter's value in force: one number, or one per member of its dimension.
struct ParameterValue {
  const ParameterDecl* decl = nullptr;
  std::vector<double> values;             ///< size 1, or the size of the dimension
  std::vector<SourcePlace> places;        ///< per value: where it was set; empty file: the default
  std::vector<Source> sources;            ///< per value
  std::vector<Distribution> uncertainty;  ///< per value: as stated, else the prior
};

/// The unit in which a lever in MNT/month may be given instead, so that it moves with the lever
/// minimum_wage.
inline constexpr const char* kMinimumWageUnit = "minimum_wage/month";
inline constexpr const char* kMinimumWageLever = "minimum_wage";

/// One point of a lever's timeline.
struct LeverPoint {
  Date from;
  double value = 0.0;
  SourcePlace place;
  double ramp_months =
      0.0;        ///< span over which the value moves linearly from what it was; 0: at once
  Source source;  ///< of the entry that set it
  bool in_minimum_wages = false;  ///< in kMinimumWageUnit instead of the lever's own
  /// In the lever's own unit. @param minimum_wage [MNT/month]
  [[nodiscard]] double amount(double minimum_wage) const {
    return in_minimum_wages ? value * minimum_wage : value;
  }
  bool operator==(const LeverPoint&) const = default;
};

/// Which members of a lever's dimensions a timeline is for. A coordinate is the position of a
/// member, or where a class of an open dimension begins; -1: all of them.
struct LeverKey {
  LeverKey(int first = -1, int second = -1) : first(first), second(second) {}
  int first;
  int second;
  [[nodiscard]] bool is_all() const { return first < 0 && second < 0; }
  auto operator<=>(const LeverKey&) const = default;
};

/// A lever over time for one key, all layers of the scenario taken together. Between points the
/// value stands. An entry's end date (`until`) has become a point at which the value that would
/// hold without that entry returns.
struct LeverTimeline {
  const LeverDecl* decl = nullptr;
  LeverKey key;
  double before = 0.0;  ///< value before the first point
  std::vector<LeverPoint> points;
  std::string when;  ///< trigger expression (sim/core/expression.hpp), empty for always
  /// With a trigger: the timeline that holds while it does not.
  std::vector<LeverPoint> otherwise;
  SourcePlace place;  ///< of the last entry that set it
  /// @param minimum_wage in force at the date [MNT/month], for points given in it
  [[nodiscard]] double at(Date date,
                          double minimum_wage = std::numeric_limits<double>::quiet_NaN()) const;
  /// The value while the trigger does not hold.
  [[nodiscard]] double otherwise_at(
      Date date, double minimum_wage = std::numeric_limits<double>::quiet_NaN()) const;
  /// Every source of its points, those of `otherwise` included, once, in their order; an empty one
  /// where a point has none.
  [[nodiscard]] std::vector<Source> sources() const;
};

/// What stands at a date on a list of points, as a point of that date without ramp: a value on its
/// way between two of the same unit, else the latest.
[[nodiscard]] LeverPoint standing_at(const std::vector<LeverPoint>& points, double before,
                                     Date date);

/// The one of a lever's timelines that holds for a member of its dimensions: the most special, the
/// first dimension deciding before the second; null: none does. In an open dimension `key` holds
/// any amount in the class.
[[nodiscard]] const LeverTimeline* governing(const std::vector<LeverTimeline>& timelines,
                                             const LeverDecl& lever, LeverKey key);

/// The value of a lever or parameter as a scenario writes it: a word for a choice, `inf` for no
/// limit.
/// @param choices as declared; empty for numbers
[[nodiscard]] std::string value_text(const std::vector<std::string>& choices, double value);
/// `.mining.from_21`, as it stands behind the lever's name; empty for all members.
[[nodiscard]] std::string lever_key_text(const LeverDecl& lever, LeverKey key,
                                         const Dimensions& dimensions);

/// An exogenous series: values at dates, read between them by its rule.
struct DriverSeries {
  std::string name;      ///< as given: `copper_price`, `posts_index.mining`
  Dim by = Dim::None;    ///< dimension of the key behind the name …
  std::string key = {};  ///< … and the key; empty without one
  std::string unit;
  enum class Between { Step, Linear, LogLinear } between = Between::LogLinear;
  std::vector<std::pair<Date, double>> points;  ///< ascending; annual figures stand at mid-year
  Source source;
  std::string quality;
  SourcePlace place;
  std::string file;  ///< the data table it was read from, as named; empty: given in the scenario
  /// Before the first and after the last point the end value holds.
  [[nodiscard]] double at(Date date) const;
};

/// A dated project with a head-count of its own (P_s): one large firm.
struct Project {
  std::string key;
  Label label;
  int sector = 0;
  int region = 0;
  std::vector<std::pair<Date, double>> heads;  ///< posts wanted, linear between dates
  std::vector<double> occupation_share;        ///< empty: the sector's own
  bool fly_in = true;                          ///< recruits nationally
  Source source;
  SourcePlace place;
};

/// One row of a data table: cells by column name, and where it stands.
struct DataRow {
  std::vector<std::string> cells;
  int line = 0;
  bool operator==(const DataRow& other) const { return cells == other.cells; }
};
/// A CSV table as read: header, rows, file. Every table ends with columns source and quality.
struct DataTable {
  std::string name;  ///< key under `population.tables` and the like
  std::filesystem::path path;
  std::vector<std::string> columns;
  std::vector<DataRow> rows;
  /// Position of a column, or -1.
  [[nodiscard]] int column(std::string_view name) const;
};

/// How the start population is made: from a country's tables, or from a few numbers.
struct PopulationSpec {
  struct Textbook {
    std::int64_t persons = 0;  ///< [persons]
    std::int64_t firms = 0;
    double staff = 0.0;  ///< posts a firm
    double unemployed =
        -1.0;  ///< share of persons searching at the start; -1: those without a post
    bool operator==(const Textbook&) const = default;
  };
  std::optional<Textbook> textbook;
  std::vector<DataTable> tables;                  ///< by name, see docs/formats/population.md
  std::map<std::string, double> settings;         ///< numbers such as coverage; see the same page
  std::map<std::string, Source> setting_sources;  ///< of those that have one
  [[nodiscard]] const DataTable* table(std::string_view name) const;
};

/// A recorded series to set beside the simulated one.
struct RecordSeries {
  std::string variable;               ///< name of a results variable
  std::string region, sector, group;  ///< keys or `all`
  std::string unit;
  std::string period;  ///< `2012`, `2012-11`, `2012-Q3`
  double value = 0.0;
  std::string source, quality, definition;
  bool at_end = false;  ///< it holds on the last day of the period, and not on average over it
  /// Figures of a series with another basis are not comparable: a survey or a count that changed.
  std::string basis = {};
  bool operator==(const RecordSeries&) const = default;
};

/// An indicator of the scenario's own: a formula over what is recorded each month.
struct OwnIndicator {
  std::string name;
  std::string formula;  ///< an expression (sim/core/expression.hpp)
  std::string unit;
  Label label;
  Dim by = Dim::None;     ///< evaluated for each member: bare names read the member's value
  int smooth_months = 1;  ///< mean of so many months, this one included
  int lag_months = 0;     ///< the value of so many months ago
  SourcePlace place;
};

/// Which occupations lead to which: nodes and edges read from two tables.
struct OccupationNetwork {
  struct Edge {
    std::uint32_t from = 0, to = 0;  ///< occupations
    double weight = 0.0;             ///< P_ij: rows sum to 1, the diagonal is zero
  };
  std::vector<Edge> edges;         ///< in the order of `from`, then `to`
  std::vector<double> employment;  ///< e_k at the start, by occupation [persons]
  std::vector<double> automation;  ///< probability that its work is automated, by occupation
  std::vector<double> wage;        ///< relative to the mean, by occupation; 1 where not given
  Source source;
  SourcePlace place;                             ///< of the nodes' name
  std::filesystem::path nodes_file, edges_file;  ///< the tables read
  [[nodiscard]] bool empty() const { return edges.empty(); }
};

/// What has to hold in every replication, or in a share of them.
struct RealityCheck {
  /// `--set` paths and values under which it is judged; empty: in every run.
  std::vector<std::pair<std::string, std::string>> given;
  std::vector<SourcePlace> given_places;  ///< of the paths
  std::string expect;                     ///< a condition on what is recorded each month
  std::optional<Date> from, until;        ///< the months judged; all without
  double share = 1.0;                     ///< least share of replications in which it holds
  Source source;
  SourcePlace place;
};

struct TimeSpec {
  Date start, end;
  StepLength step = StepLength::Month;
  bool same_step_search = false;
  std::optional<Date> report_from;  ///< results begin here; earlier steps are run but not reported
  /// Months before it are run but not recorded.
  [[nodiscard]] Month first_recorded() const {
    const Date first = report_from.value_or(start);
    return {first.year, first.month};
  }
};

/// One value as a file or an override wrote it, in force or overridden later.
struct Assignment {
  std::string path;  ///< `time.end`, `parameters.separation_rate.mining`, `policy.permits.fee`
  std::string text;  ///< as written, shortened
  SourcePlace place;
};

struct OutputSpec {
  std::vector<std::string> by;  ///< dimension names for tables beyond the defaults
};

/// One immutable, resolved scenario: everything a run needs, every value with its origin.
struct Scenario {
  std::string file;      ///< as named by the user
  std::string key;       ///< file stem: the NAME of run folders
  bool overlay = false;  ///< a layer for others, which is checked alone and not run
  Label name;
  Label question;
  Label description;
  std::string country;  ///< ISO 3166 alpha-3, or empty
  TimeSpec time;
  Dimensions dimensions;
  std::array<std::string, kSlotCount> model;  ///< variant name by slot
  std::map<std::string, ParameterValue, std::less<>> parameters;
  std::vector<LeverTimeline> policy;
  std::map<std::string, DriverSeries, std::less<>> drivers;
  std::vector<Project> projects;
  OccupationNetwork network;
  PopulationSpec population;
  /// Observation rules by series name (docs/theory/model.md), e.g. `coverage` by year.
  std::map<std::string, DriverSeries, std::less<>> observation;
  std::vector<RecordSeries> record;
  std::filesystem::path record_file;  ///< the table `record` was read from, or empty
  OutputSpec outputs;
  /// The scenario's own, each after those that its formula reads.
  std::vector<OwnIndicator> indicators;
  std::vector<RealityCheck> reality_checks;
  Diagnostics warnings;
  /// Who set what, base first: the last of a path is in force (points of policy and drivers: from
  /// their own dates on).
  std::vector<Assignment> assignments;
  /// Files read, in order: scenario files first, then tables; for inputs/ and hashes.
  std::vector<std::filesystem::path> inputs;
  /// Every value in force with the file:line it came from, as YAML text (scenario.resolved.yaml).
  std::string resolved_yaml;
  /// Extends chain as named, base first.
  std::vector<std::string> layers;

  [[nodiscard]] Clock clock() const { return {time.start, time.end, time.step}; }
  /// Value of a parameter without dimension, or of key `key` of its dimension.
  /// @throws ModelError for a name no variant in force declares: a mistake in the code.
  [[nodiscard]] double parameter(std::string_view name, int key = 0) const;
};

}  // namespace steppe
