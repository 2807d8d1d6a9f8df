#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/core/suggest.hpp"
#include "sim/scenario/csv.hpp"
#include "sim/scenario/layers.hpp"
#include "sim/scenario/section.hpp"

namespace steppe::detail {

/// What the readers of the parts share.
struct Context {
  Faults& faults;
  const Catalogue& catalogue;
  const Layers& layers;
  Scenario& scenario;
  bool partial = false;  ///< a layer checked alone: what it does not hold is no mistake

  /// Data tables by path and form, each read once; nothing where one is faulty.
  std::map<std::pair<std::filesystem::path, std::string>, std::optional<CsvTable>> tables = {};
  std::vector<std::filesystem::path> table_paths = {};  ///< in the order read

  /// The table a node names. Null when there is none or it is faulty, which is reported once.
  const CsvTable* table(const Node& node, const std::string& what, const TableForm& form);
  /// The declarations of the variants in force, in the order of the slots.
  [[nodiscard]] std::vector<const VariantDecl*> in_force() const;
  [[nodiscard]] bool is_in_force(const VariantDecl& variant) const;
};

// In the order in which they run: each may use what those before have read.
void read_head(Context& context, const Section& root);
/// Reads `network`; its nodes are the occupations where `dimensions` lists none.
void read_network(Context& context, const Section& root);
void read_parameters(Context& context);
void read_series(Context& context);
void read_policy(Context& context);
void read_projects(Context& context, const Section& root);
void check_conflicts(Context& context);
/// Warns of what the variants in force leave unread, and of what they lack.
void check_composition(Context& context, const Section& root);
void read_population(Context& context, const Section& root);
void read_record(Context& context, const Section& root);
void read_indicators(Context& context, const Section& root);
void read_reality_checks(Context& context, const Section& root);

/// Checks that every share is in [0, 1] and that they sum to one; by the members of a dimension.
[[nodiscard]] std::vector<double> read_shares(Context& context, const Node& node, Dim dim,
                                              const std::string& what);

/// Position of a key in a dimension; reports an unknown one, -1.
[[nodiscard]] int find_member(Context& context, Dim dim, const std::string& key, const Mark& mark,
                              const std::string& what);

/// Warns of what is set for variants that are not in force: one line a variant.
class Idle {
 public:
  explicit Idle(const Catalogue& catalogue) : catalogue_(catalogue) {}
  /// @param declared name of a parameter, lever or driver
  /// @param given    as the scenario has it, with a key
  void add(const std::string& declared, const std::string& given, const Mark& mark);
  void warn(Faults& faults) const;

 private:
  struct Entry {
    std::vector<std::string> owners;  ///< variants that declare all of the names: `matching/urn`
    std::vector<std::string> names;
    Mark mark;
  };
  const Catalogue& catalogue_;
  std::vector<Entry> entries_;
};

/// The warning of what begins after the run's end.
[[nodiscard]] Message starts_late(const std::string& name, Date date, Date end);

/// The message for a key behind a name that has a single value.
[[nodiscard]] std::string no_dimension_message(std::string_view name, std::string_view key);

/// A declared name with the key behind it, as `separation_rate.mining`.
template <class Decl>
struct DeclaredName {
  const Decl* decl = nullptr;
  std::string key;  ///< empty: the name alone
};

/// Finds the declaration whose name is the text, or the text up to a dot.
template <class Decl>
[[nodiscard]] DeclaredName<Decl> find_declared(const std::string& text,
                                               const std::vector<const Decl*>& known) {
  DeclaredName<Decl> found;
  std::size_t longest = 0;
  for (const Decl* decl : known) {
    const std::string& name = decl->name;
    const bool whole = text == name;
    const bool part = text.size() > name.size() && text[name.size()] == '.' &&
                      text.compare(0, name.size(), name) == 0;
    if ((whole || part) && name.size() >= longest) {
      longest = name.size();
      found = {decl, whole ? std::string{} : text.substr(name.size() + 1)};
    }
  }
  return found;
}

/// The member a declared name points at: -1 for none given. Reports a key of a figure that has no
/// dimension, and an unknown key; nothing then.
template <class Decl>
[[nodiscard]] std::optional<int> find_key(Context& context, const DeclaredName<Decl>& name,
                                          const Mark& mark) {
  if (name.key.empty()) return -1;
  if (name.decl->by == Dim::None) {
    context.faults.error(mark, no_dimension_message(name.decl->name, name.key));
    return std::nullopt;
  }
  if (context.partial && context.scenario.dimensions.of(name.decl->by).empty()) return std::nullopt;
  const int key = find_member(context, name.decl->by, name.key, mark, name.decl->name);
  return key < 0 ? std::nullopt : std::optional{key};
}

}  // namespace steppe::detail
