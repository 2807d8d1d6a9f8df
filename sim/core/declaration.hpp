#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/distribution.hpp"
#include "sim/core/message.hpp"

namespace steppe {

/// The dimensions a figure can be given by, as in `separation_rate.mining`.
enum class Dim {
  None,
  Sector,
  Occupation,
  Region,
  Origin,       ///< citizenship of foreign workers (nationals excluded)
  Destination,  ///< countries nationals live in abroad
  Education,
  Field,  ///< fields of training
  Skill,  ///< low, medium, high: from the occupation
  Status,
  Sex,
  Age,      ///< age bands of the results
  Project,  ///< dated projects of the scenario
  Staff,    ///< firms by staff: `from_21`, those with 21 or more; a scenario draws the lines
  Share,    ///< foreigners among a firm's staff: `above_10`, those above 10 %; likewise
  Years,    ///< persons by age: `from_25`, those of 25 years or more; likewise
};

/// True for the dimensions without a list of members: a key tells where its class begins, and the
/// class ends where the scenario's next one begins.
[[nodiscard]] constexpr bool is_open(Dim dim) {
  return dim == Dim::Staff || dim == Dim::Share || dim == Dim::Years;
}
/// `from_21` for 21 in Dim::Staff, `above_10` in Dim::Share.
[[nodiscard]] std::string open_key(Dim dim, int bound);
/// 21 for `from_21` in Dim::Staff; nothing for what is no such key.
[[nodiscard]] std::optional<int> open_bound(Dim dim, std::string_view key);

/// The ten slots of a step, in the order in which they run.
enum class Slot {
  Drivers,
  Demand,
  Separations,
  Vacancies,
  Matching,
  ForeignHiring,
  Wages,
  Training,
  Demography,
  Migration
};
inline constexpr int kSlotCount = 10;

/// `foreign_hiring` for Slot::ForeignHiring.
[[nodiscard]] std::string_view to_string(Slot slot);
/// `sector` for Dim::Sector, empty for Dim::None.
[[nodiscard]] std::string_view to_string(Dim dim);

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

/// One parameter, said once: parsing, validation, schema, help, pages and priors derive from it.
struct ParameterDecl {
  std::string name;        ///< snake_case, unique within a model: `separation_rate`
  std::string symbol;      ///< as on the theory page: `h_s`; may be empty
  std::string unit;        ///< of the values here: `1/month`, `1`, `months`, `MNT/month`
  double value = 0.0;      ///< default
  double min = -kNoLimit;  ///< legal range, closed
  double max = kNoLimit;
  Dim by = Dim::None;       ///< may be given by this dimension as `name.key`
  Distribution prior = {};  ///< for calibration and `uncertainty` defaults
  std::string source;       ///< citation, kind, or `kind: citation`, as declared_source() reads
  std::string summary;      ///< one line
  /// Defaults that differ for some keys of `by`, by key; a key the country lacks is ignored.
  std::vector<std::pair<std::string, double>> by_key = {};
  bool whole = false;  ///< a count, a code or an age in years: there are no parts of one
  /// The words that stand for its values 0, 1, …; empty for numbers.
  std::vector<std::string> choices = {};
};

/// One policy lever: a dated value that a phase reads.
struct LeverDecl {
  std::string name;  ///< dotted: `permits.fee`, `permits.sector_cap`
  std::string unit;
  double value = 0.0;  ///< in force when a scenario says nothing (infinity: no limit)
  double min = 0.0;
  double max = kNoLimit;
  Dim by = Dim::None;  ///< given as `permits.sector_cap.construction`; the bare name sets all keys
  std::string source;
  std::string summary;
  /// A second dimension: `permits.firm_share.mining.from_21`; `*` in the first's place is all of
  /// it.
  Dim then = Dim::None;
  /// The words that stand for its values 0, 1, …; empty for numbers.
  std::vector<std::string> choices = {};
};

/// An exogenous dated series a variant reads.
struct DriverDecl {
  std::string name;  ///< `copper_price`
  std::string unit;
  std::string summary;
  /// May be given by this dimension as `name.key`; the bare name stands for the keys without.
  Dim by = Dim::None;
};

/// A value that a formula may read: of the last step in a trigger, of a month among the recorded
/// variables. One entry for each dimension it is given by.
struct IndicatorDecl {
  std::string name;
  Dim by = Dim::None;
  bool share = false;  ///< between 0 and 1 whatever happens
};

/// One value of a contradiction, as it is in force on a date.
struct ConflictValue {
  double amount = 0.0;
  int from = 0;  ///< where the class of the lever's open dimension begins, for a value of one
};

/// One lever of a contradiction, and which of its values count.
struct ConflictSide {
  enum class Of {
    Each,     ///< every value, with those of the other sides for the same members
    Largest,  ///< the largest that it has for any member
    Least     ///< the least
  };
  std::string lever;  ///< declared name, or kProjectHeads
  Of of = Of::Each;
  bool or_default = false;  ///< its default counts as well, where the scenario sets no value
  bool named = false;       ///< only values given by the members that the sides share
};

/// In place of a lever: the most posts that a project ever has.
inline constexpr const char* kProjectHeads = "projects";

/// Values of levers that contradict each other: of those that hold together, one is without effect
/// or none can be met. The reader tells it of every scenario that has them.
struct LeverConflict {
  std::vector<ConflictSide> sides;
  bool (*holds)(const std::vector<ConflictValue>&);  ///< one value a side, in their order
  Message meaning;                                   ///< what comes of it, as the end of a sentence
};

/// Parameters, series or `network`: a scenario has to give one for a variant to mean much, since
/// no default would do for every country. The reader tells of a scenario that gives none.
struct Reliance {
  std::vector<std::string> on;
  Message otherwise;  ///< what happens then, and what to set
};

/// Everything a variant says about itself.
struct VariantDecl {
  Slot slot = Slot::Drivers;
  std::string name;       ///< `urn`
  std::string summary;    ///< one line
  std::string reference;  ///< the paper or page it follows
  std::vector<ParameterDecl> parameters = {};
  std::vector<LeverDecl> levers = {};
  std::vector<DriverDecl> drivers = {};
  /// Features other slots must give, e.g. `job_finding`; and those this one gives.
  std::vector<std::string> needs = {};
  std::vector<std::string> gives = {};
  /// Values of its levers, and of those of variants beside it, that contradict each other.
  std::vector<LeverConflict> conflicts = {};
  std::optional<Reliance> relies = std::nullopt;
  bool follows_network = false;  ///< reads the edges of the scenario's occupational network
  bool has_mean_field = false;   ///< set by the registry
};

/// The declarations of all registered variants; what the scenario reader and the help know of
/// models.
class Catalogue {
 public:
  void add(VariantDecl declaration) { variants_.push_back(std::move(declaration)); }
  /// A number that scenarios may give under `population.settings`.
  void add_setting(ParameterDecl declaration) { settings_.push_back(std::move(declaration)); }
  [[nodiscard]] const std::vector<ParameterDecl>& settings() const { return settings_; }
  /// A value that triggers may read, by `name` or, with a dimension, by `name(key)`.
  void add_indicator(IndicatorDecl declaration) { indicators_.push_back(std::move(declaration)); }
  [[nodiscard]] const std::vector<IndicatorDecl>& indicators() const { return indicators_; }
  /// A recorded variable, which a scenario's own indicators and reality checks may read.
  void add_variable(IndicatorDecl declaration) { variables_.push_back(std::move(declaration)); }
  [[nodiscard]] const std::vector<IndicatorDecl>& variables() const { return variables_; }
  [[nodiscard]] const std::vector<VariantDecl>& variants() const { return variants_; }
  /// Null when there is none of that name.
  [[nodiscard]] const VariantDecl* find(Slot slot, std::string_view name) const;
  /// Names of a slot's variants, in the order of registration; the first is the default.
  [[nodiscard]] std::vector<std::string> names(Slot slot) const;

 private:
  std::vector<VariantDecl> variants_;
  std::vector<ParameterDecl> settings_;
  std::vector<IndicatorDecl> indicators_;
  std::vector<IndicatorDecl> variables_;
};

}  // namespace steppe
