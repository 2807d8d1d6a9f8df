#include "sim/population/table_view.hpp"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <charconv>
#include <cmath>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

struct Unit {
  Quantity quantity;
  std::string_view name;
  double factor;
};

constexpr std::array kUnits = {
    Unit{Quantity::Heads, "person", 1.0},
    Unit{Quantity::Heads, "persons", 1.0},
    Unit{Quantity::Heads, "thousand_persons", 1000.0},
    Unit{Quantity::Share, "1", 1.0},
    Unit{Quantity::Share, "%", 0.01},
    Unit{Quantity::Share, "percent", 0.01},
    Unit{Quantity::Money, "MNT/month", 1.0},
    Unit{Quantity::Money, "thousand_MNT/month", 1000.0},
    Unit{Quantity::YearlyRate, "1/year", 1.0},
    Unit{Quantity::YearlyRate, "1/month", 12.0},
    Unit{Quantity::HeadsPerYear, "person/year", 1.0},
    Unit{Quantity::HeadsPerYear, "persons/year", 1.0},
};

}  // namespace

std::optional<TableView> TableView::open(const Scenario& scenario, std::string_view name) {
  const DataTable* table = scenario.population.table(name);
  if (table == nullptr) return std::nullopt;
  return TableView(scenario, *table);
}

TableView TableView::require(const Scenario& scenario, std::string_view name) {
  if (auto table = open(scenario, name)) return *table;
  throw DataError(
      fmt::format("{}: population.tables has no `{}`, which a population made from tables needs",
                  scenario.file, name));
}

void TableView::fail(std::size_t row, const std::string& what) const {
  throw DataError(
      fmt::format("{}:{}: {}", table_->path.generic_string(), table_->rows[row].line, what));
}

void TableView::fail(const std::string& what) const {
  throw DataError(fmt::format("{}: {}", table_->path.generic_string(), what));
}

const std::string& TableView::text(std::size_t row, std::string_view column) const {
  const int at = table_->column(column);
  if (at < 0) fail(fmt::format("column `{}` is missing", column));
  const std::vector<std::string>& cells = table_->rows[row].cells;
  if (static_cast<std::size_t>(at) >= cells.size()) {
    fail(row, fmt::format("the row ends before column `{}`", column));
  }
  return cells[static_cast<std::size_t>(at)];
}

std::size_t TableView::member(std::size_t row, std::string_view column, Dim dim) const {
  const std::string& key = text(row, column);
  const int at = scenario_->dimensions.find(dim, key);
  if (at < 0) {
    std::string known;
    for (const Member& member : scenario_->dimensions.of(dim)) {
      known += (known.empty() ? "" : ", ") + member.key;
    }
    fail(row, fmt::format("`{}` is not a {} of this country; there are {}", key, to_string(dim),
                          known.empty() ? "none" : known));
  }
  return static_cast<std::size_t>(at);
}

int TableView::whole(std::size_t row, std::string_view column, int blank) const {
  const std::string& cell = text(row, column);
  if (cell.empty()) return blank;
  int number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    fail(row, fmt::format("column `{}` is `{}`, expected a whole number", column, cell));
  }
  return number;
}

double TableView::value(std::size_t row, Quantity quantity) const {
  const std::string& cell = text(row, "value");
  double number = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(number) ||
      number < 0.0) {
    fail(row, fmt::format("the value is `{}`, expected a number that is not negative", cell));
  }
  const std::string& unit = text(row, "unit");
  std::string expected;
  for (const Unit& known : kUnits) {
    if (known.quantity != quantity) continue;
    if (known.name == unit) return number * known.factor;
    expected += fmt::format("{}`{}`", expected.empty() ? "" : " or ", known.name);
  }
  fail(row, fmt::format("the unit is `{}`, expected {}", unit, expected));
}

bool TableView::has_unit(std::size_t row, Quantity quantity) const {
  const std::string& unit = text(row, "unit");
  for (const Unit& known : kUnits) {
    if (known.quantity == quantity && known.name == unit) return true;
  }
  return false;
}

std::size_t TableView::sex(std::size_t row) const {
  const std::string& sex = text(row, "sex");
  if (sex == "female") return 0;
  if (sex == "male") return 1;
  fail(row, fmt::format("the sex is `{}`, expected `female` or `male`", sex));
}

}  // namespace steppe
