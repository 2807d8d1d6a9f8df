#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "sim/scenario/form.hpp"
#include "sim/scenario/table_form.hpp"
#include "sim/scenario/values.hpp"

namespace steppe::detail {
namespace {

std::string shape_text(const Field& field) {
  const auto of = [&](const char* what) {
    return fmt::format("{} [{}](#{})", what, field.form->name, [&] {
      std::string anchor = field.form->name;
      for (char& c : anchor) c = c == ' ' ? '-' : c;
      return anchor;
    }());
  };
  switch (field.shape) {
    case Shape::Text:
      return "text";
    case Shape::Label:
      return "text, or texts by language";
    case Shape::Key:
      return "name";
    case Shape::Choice:
      return fmt::format("`{}`", fmt::join(field.choices, "`, `"));
    case Shape::Number:
      return field.unit.empty() ? "number" : fmt::format("number [{}]", field.unit);
    case Shape::Count:
      return fmt::format("whole number [{}]", field.unit);
    case Shape::Day:
      return "date";
    case Shape::LastDay:
      return "date (last day)";
    case Shape::Flag:
      return "`true`, `false`";
    case Shape::File:
      return "path";
    case Shape::Texts:
      return "text or list of texts";
    case Shape::Words:
      return fmt::format("list of `{}`", fmt::join(field.choices, "`, `"));
    case Shape::Place:
      return "[row, column]";
    case Shape::Points:
      return field.unit.empty() ? "figures by date"
                                : fmt::format("figures by date [{}]", field.unit);
    case Shape::Shares:
      return "shares by key, sum 1";
    case Shape::Formula:
      return "formula";
    case Shape::Overrides:
      return "values by path, as `--set` takes them";
    case Shape::Record:
      return of("keys of");
    case Shape::Records:
      return of("list of");
    case Shape::Named:
    case Shape::Quantities:
      return of("by name:");
  }
  return {};
}

std::string cell_text(const Column& column) {
  switch (column.cell) {
    case Cell::Text:
      return "text";
    case Cell::Number:
      return "number";
    case Cell::Age:
      return "whole years; blank: open";
    case Cell::Period:
      return "`2012`, `2012-11`, `2012-Q3`, `2012-11-30`";
    case Cell::Unit:
      return "unit";
    case Cell::Key:
      return fmt::format("key of a {}", to_string(column.dim));
    case Cell::Keys:
      return fmt::format("key of a {}, or `all`", to_string(column.dim));
    case Cell::Choice:
      return fmt::format("`{}`", fmt::join(column.choices, "`, `"));
  }
  return {};
}

std::string table_text(const TableForm& table) {
  std::string out =
      fmt::format("#### Columns of a table of {}\n\n| column | holds | needed |\n|---|---|---|\n",
                  table.summary);
  for (const Column& column : table.columns) {
    out += fmt::format("| `{}` | {} | {} |\n", column.name, cell_text(column),
                       column.required ? "yes" : "");
  }
  return out + "\n";
}

}  // namespace

std::string form_tables() {
  std::string out;
  for (const Form* form : all_forms()) {
    out += fmt::format("### {}\n\n{}\n\n| key | holds | needed | meaning |\n|---|---|---|---|\n",
                       form->name, form->summary);
    for (const Field& field : form->fields) {
      std::string meaning = field.summary;
      if (std::isfinite(field.min) || std::isfinite(field.max)) {
        meaning += fmt::format("; {}", range_text(field.min, field.max));
      }
      out += fmt::format("| `{}` | {} | {} | {} |\n", field.key, shape_text(field),
                         field.required ? "yes" : "", meaning);
    }
    out += "\n";
  }
  return out + table_text(series_table()) + table_text(record_table());
}

}  // namespace steppe::detail
