#include <spdlog/fmt/fmt.h>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

void read_textbook(Context& context, const Section& population) {
  if (!population.has("textbook")) return;
  const Section section = population.record("textbook");
  PopulationSpec::Textbook textbook;
  textbook.persons = section.count("persons").value_or(0);
  textbook.firms = section.count("firms").value_or(0);
  textbook.staff = section.number("staff").value_or(0.0);
  textbook.unemployed = section.number("unemployed").value_or(-1.0);
  context.scenario.population.textbook = textbook;
}

void read_tables(Context& context, const Section& population) {
  if (!population.has("tables")) return;
  const Section section = population.record("tables");
  for (const TableForm& form : population_tables()) {
    const NodePtr node = section.node(form.name);
    if (node == nullptr) continue;
    if (const CsvTable* csv = context.table(*node, section.name_of(form.name), form)) {
      context.scenario.population.tables.push_back(csv->table);
    }
  }
}

void read_settings(Context& context, const Section& population) {
  const NodePtr settings = population.node("settings");
  if (settings == nullptr) return;
  if (!settings->is_map()) {
    context.faults.error(settings->mark, fmt::format("population.settings: names with values are "
                                                     "expected, not {}",
                                                     describe(*settings)));
    return;
  }
  std::vector<const ParameterDecl*> known;
  std::vector<std::string> names;
  for (const ParameterDecl& decl : context.catalogue.settings()) {
    known.push_back(&decl);
    names.push_back(decl.name);
  }
  for (const Node::Entry& entry : settings->entries) {
    const auto name = find_declared(entry.key, known);
    if (name.decl == nullptr) {
      context.faults.error(
          entry.key_mark,
          fmt::format("unknown setting '{}'; there are {}", entry.key, list_of(names, 24)),
          did_you_mean(entry.key, names));
      continue;
    }
    if (!find_key(context, name, entry.key_mark)) continue;
    const std::string path = fmt::format("population.settings.{}", entry.key);
    PopulationSpec& population_spec = context.scenario.population;
    std::optional<double> value;
    // A new figure does not stand on the old one's source.
    population_spec.setting_sources.erase(entry.key);
    if (entry.value->is_map()) {
      const Section section(setting_form(), entry.value, path, entry.key_mark, context.faults);
      if (section.has("value")) {
        value = read_number(*section.node("value"),
                            rule_of(*name.decl, section.name_of("value"), ""), context.faults);
      }
      if (section.has("source")) {
        population_spec.setting_sources[entry.key] = section.source();
      }
    } else {
      value = read_number(*entry.value, rule_of(*name.decl, path, ""), context.faults);
    }
    if (value) population_spec.settings[entry.key] = *value;
  }
}

}  // namespace

void read_population(Context& context, const Section& root) {
  const Section population = root.record("population");
  read_textbook(context, population);
  read_tables(context, population);
  read_settings(context, population);
  if (context.partial || !root.has("population")) return;
  const bool tables = population.has("tables");
  if (population.has("textbook") == tables) {
    context.faults.error(root.mark("population"),
                         tables ? "population has both textbook and tables; give one of them"
                                : "population needs tables, or textbook with a few numbers");
    return;
  }
  if (!tables) return;
  const NodePtr dimensions = root.node("dimensions");
  for (const char* list : {"sectors", "occupations", "regions"}) {
    if (dimensions != nullptr && dimensions->find(list) != nullptr) continue;
    context.faults.error(root.mark("dimensions"),
                         fmt::format("dimensions.{} is missing: population.tables need it", list));
  }
}

void read_record(Context& context, const Section& root) {
  const NodePtr node = root.node("record");
  if (node == nullptr) return;
  const CsvTable* csv = context.table(*node, "record", record_table());
  if (csv == nullptr) return;
  context.scenario.record_file = csv->table.path;
  const auto cell = [&](std::size_t row, const char* column) {
    return csv->cell(row, csv->table.column(column));
  };
  const auto at = csv->table.column("at"), basis = csv->table.column("basis");
  for (std::size_t row = 0; row < csv->table.rows.size(); ++row) {
    RecordSeries figure;
    figure.variable = cell(row, "variable");
    figure.region = cell(row, "region");
    figure.sector = cell(row, "sector");
    figure.group = cell(row, "group");
    figure.unit = cell(row, "unit");
    figure.period = cell(row, "period");
    figure.value = cell_number(cell(row, "value")).value_or(0.0);
    figure.source = cell(row, "source");
    figure.quality = cell(row, "quality");
    figure.definition = cell(row, "definition");
    figure.at_end = at >= 0 && csv->cell(row, at) == "end";
    if (basis >= 0) figure.basis = csv->cell(row, basis);
    context.scenario.record.push_back(std::move(figure));
  }
}

}  // namespace steppe::detail
