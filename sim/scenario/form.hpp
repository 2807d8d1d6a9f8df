#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"

namespace steppe::detail {

struct Form;

/// What a value looks like.
enum class Shape {
  Text,       ///< any text
  Label,      ///< a text, or texts by language
  Key,        ///< a snake_case name
  Choice,     ///< one of `choices`
  Number,     ///< a number with its unit
  Count,      ///< a whole number
  Day,        ///< a date; a month or year alone means its first day
  LastDay,    ///< a date; a month or year alone means its last day
  Flag,       ///< true or false
  File,       ///< path of a data table, relative to the file that names it
  Texts,      ///< a text or a list of texts
  Words,      ///< a list of `choices`
  Place,      ///< two numbers: row, column
  Points,     ///< figures by date
  Shares,     ///< shares by key, with sum 1
  Formula,    ///< an expression (sim/core/expression.hpp)
  Overrides,  ///< values by path, as `--set` takes them
  Record,     ///< keys of `form`
  Records,    ///< a list of records of `form`
  Named,      ///< records of `form` by a name of the user's or the model's
  Quantities  ///< as Named; a record may be shortened to its value: `0.006 1/month`
};

/// One key of a scenario file. The reader's checks, the JSON Schema and the reference table of
/// docs/formats/scenario.md all come from these declarations.
struct Field {
  std::string key;
  Shape shape = Shape::Text;
  std::string summary;
  bool required = false;
  std::string unit = {};  ///< of the value as the model takes it; empty: given elsewhere
  double min = -kNoLimit;
  double max = kNoLimit;
  std::vector<std::string> choices = {};
  const Form* form = nullptr;
};

/// A group of keys.
struct Form {
  std::string name;  ///< as in messages and headings: `policy entry`
  std::string summary;
  std::vector<Field> fields;
  [[nodiscard]] const Field* find(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> keys() const;
};

/// The whole scenario file.
[[nodiscard]] const Form& scenario_form();
/// All forms, the scenario itself first, each before those it contains.
[[nodiscard]] const std::vector<const Form*>& all_forms();

[[nodiscard]] const Form& source_form();
[[nodiscard]] const Form& uncertainty_form();
[[nodiscard]] const Form& parameter_form();
[[nodiscard]] const Form& setting_form();
[[nodiscard]] const Form& lever_form();
[[nodiscard]] const Form& series_form();
[[nodiscard]] const Form& member_form();
[[nodiscard]] const Form& indicator_form();
[[nodiscard]] const Form& reality_check_form();

/// `policy.[].lever`-style table of every key, as Markdown, for docs/formats/scenario.md.
[[nodiscard]] std::string form_tables();

}  // namespace steppe::detail
