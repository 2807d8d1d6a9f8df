#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/form.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/values.hpp"

namespace steppe::detail {

/// A record of a scenario file read by its form. Making one reports unknown and missing keys;
/// reading a value reports what is wrong with it. Every unit, range and choice comes from the form.
class Section {
 public:
  /// @param node null or not a map: the section reads as empty, and is reported
  /// @param path as in messages: `policy[0]`, `population.textbook`; empty for the whole file
  /// @param at   where missing keys are reported
  /// @param partial missing keys are no mistake (a layer that is checked alone)
  Section(const Form& form, NodePtr node, std::string path, const Mark& at, Faults& faults,
          bool partial = false);

  [[nodiscard]] bool has(std::string_view key) const { return node(key) != nullptr; }
  /// Null when the key is not given.
  [[nodiscard]] NodePtr node(std::string_view key) const;
  /// Of the key's value, else of the section.
  [[nodiscard]] Mark mark(std::string_view key) const;
  [[nodiscard]] const std::string& path() const { return path_; }
  /// `policy[0].ramp`.
  [[nodiscard]] std::string name_of(std::string_view key) const;
  [[nodiscard]] Faults& faults() const { return faults_; }

  // Each reads the value of a key declared with the fitting shape; nothing when it is not given or
  // wrong.
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  [[nodiscard]] Label label(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> key(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> choice(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> count(std::string_view key) const;
  [[nodiscard]] std::optional<Date> date(std::string_view key) const;
  [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> words(std::string_view key) const;
  /// @param unit,given_unit as NumberRule's; `unit` empty: the form's
  [[nodiscard]] std::optional<double> number(std::string_view key, const std::string& unit = {},
                                             std::string given_unit = {}, double min = -kNoLimit,
                                             double max = kNoLimit) const;
  /// The record under a key, with the form declared for it.
  [[nodiscard]] Section record(std::string_view key) const;
  /// Members of a list of records: their nodes, each a map.
  [[nodiscard]] std::vector<NodePtr> records(std::string_view key) const;
  /// The key `source`.
  [[nodiscard]] Source source() const;

 private:
  [[nodiscard]] const Field& field(std::string_view key) const;

  const Form& form_;
  NodePtr node_;
  std::string path_;
  Mark at_;
  Faults& faults_;
  bool partial_;
};

/// A text as a user means it. Reports lists, empty values, and words that other YAML readers take
/// for true, false or nothing when they stand without quotes.
[[nodiscard]] std::optional<std::string> read_text(const Node& node, std::string_view what,
                                                   Faults& faults);

/// A figure at a date.
struct Point {
  Date date;
  double value = 0.0;
  Mark mark;
};
enum class PeriodRule { Start, Middle };

/// Reads figures by date, ascending; a date given twice is reported.
[[nodiscard]] std::vector<Point> read_points(const Node& node, const NumberRule& rule,
                                             PeriodRule period, Faults& faults);

}  // namespace steppe::detail
