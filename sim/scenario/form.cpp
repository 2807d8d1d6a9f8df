#include "sim/scenario/form.hpp"

#include <algorithm>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/table_form.hpp"

namespace steppe::detail {
namespace {

std::vector<std::string> slot_names() {
  std::vector<std::string> names;
  for (int i = 0; i < kSlotCount; ++i) names.emplace_back(to_string(static_cast<Slot>(i)));
  return names;
}

std::vector<std::string> dim_names() {
  std::vector<std::string> names;
  for (int i = static_cast<int>(Dim::Sector); i <= static_cast<int>(Dim::Age); ++i) {
    names.emplace_back(to_string(static_cast<Dim>(i)));
  }
  return names;
}

const Form& time_form() {
  static const Form form{
      "time",
      "The span of the run and its step.",
      {
          {.key = "start",
           .shape = Shape::Day,
           .summary = "first day of the run",
           .required = true},
          {.key = "end",
           .shape = Shape::LastDay,
           .summary = "last day of the run",
           .required = true},
          {.key = "step",
           .shape = Shape::Choice,
           .summary = "length of a step; month without it",
           .choices = {"month", "week", "day"}},
          {.key = "report_from",
           .shape = Shape::Day,
           .summary = "results begin here; earlier steps are run but not reported"},
          {.key = "same_step_search",
           .shape = Shape::Flag,
           .summary = "those who lose a job may find one in the same step; false without it"},
      }};
  return form;
}

const Form& model_form() {
  static const Form form = [] {
    Form f{"model", "The variant that fills each slot; a slot left out keeps its default.", {}};
    for (const std::string& slot : slot_names()) {
      f.fields.push_back({.key = slot, .shape = Shape::Key, .summary = "variant of this slot"});
    }
    return f;
  }();
  return form;
}

const Form& dimensions_form() {
  static const Form form = [] {
    Form f{
        "dimensions",
        "The lists a country is described by, in the order of tables and results. A later file's "
        "list takes the place of an earlier one.",
        {}};
    const auto add = [&](const char* key, const char* summary) {
      f.fields.push_back(
          {.key = key, .shape = Shape::Records, .summary = summary, .form = &member_form()});
    };
    add("sectors", "sectors of the economy (ISIC Rev. 4 sections)");
    add("occupations", "occupations (ISCO-08 major groups); group is the skill level");
    add("regions", "regions; tile is the place in the map");
    add("origins", "citizenships of foreign workers");
    add("destinations", "countries nationals live in abroad");
    add("education", "levels of education, lowest first");
    add("fields", "fields of training");
    return f;
  }();
  return form;
}

const Form& project_form() {
  static const Form form{
      "project",
      "A dated project with a head-count of its own: one large employer.",
      {
          {.key = "key",
           .shape = Shape::Key,
           .summary = "name in files and results",
           .required = true},
          {.key = "label", .shape = Shape::Label, .summary = "name for readers"},
          {.key = "sector", .shape = Shape::Key, .summary = "key of its sector", .required = true},
          {.key = "region", .shape = Shape::Key, .summary = "key of its region", .required = true},
          {.key = "fly_in",
           .shape = Shape::Flag,
           .summary = "recruits in the whole country; true without it"},
          {.key = "heads",
           .shape = Shape::Points,
           .summary = "posts wanted, linear between the dates",
           .required = true,
           .unit = "person",
           .min = 0.0},
          {.key = "occupation_share",
           .shape = Shape::Shares,
           .summary = "shares of its posts by occupation; the sector's without it"},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "where the figures come from",
           .form = &source_form()},
      }};
  return form;
}

const Form& network_form() {
  static const Form form{
      "network",
      "An occupational mobility network from two data tables. Its nodes are the occupations, where "
      "dimensions lists none.",
      {
          {.key = "nodes",
           .shape = Shape::File,
           .summary = "table of occupations: occupation, label, employment, "
                      "automation_probability, relative_wage",
           .required = true},
          {.key = "edges",
           .shape = Shape::File,
           .summary = "table of edges: from, to, weight; the weights from an occupation sum to 1",
           .required = true},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "where the tables come from",
           .form = &source_form()},
      }};
  return form;
}

const Form& textbook_form() {
  static const Form form{
      "textbook",
      "A start population from a few numbers.",
      {
          {.key = "persons",
           .shape = Shape::Count,
           .summary = "persons of working age",
           .required = true,
           .unit = "person",
           .min = 1,
           .max = 200e6},
          {.key = "firms",
           .shape = Shape::Count,
           .summary = "employers",
           .required = true,
           .unit = "firm",
           .min = 1,
           .max = 20e6},
          {.key = "staff",
           .shape = Shape::Number,
           .summary = "posts a firm",
           .required = true,
           .unit = "1",
           .min = 0.0,
           .max = 200e6},
          {.key = "unemployed",
           .shape = Shape::Number,
           .summary = "share of persons searching at the start; those without a post without it",
           .unit = "1",
           .min = 0.0,
           .max = 1.0},
      }};
  return form;
}

const Form& tables_form() {
  static const Form form = [] {
    Form f{
        "tables",
        "The marginal tables of the start population; docs/formats/population.md describes them.",
        {}};
    for (const TableForm& table : population_tables()) {
      f.fields.push_back({.key = table.name, .shape = Shape::File, .summary = table.summary});
    }
    return f;
  }();
  return form;
}

const Form& population_form() {
  static const Form form{"population",
                         "The start population: from a country's tables, or from a few numbers.",
                         {
                             {.key = "textbook",
                              .shape = Shape::Record,
                              .summary = "a population from a few numbers",
                              .form = &textbook_form()},
                             {.key = "tables",
                              .shape = Shape::Record,
                              .summary = "data tables by name",
                              .form = &tables_form()},
                             {.key = "settings",
                              .shape = Shape::Quantities,
                              .summary = "numbers by which it is made, by name",
                              .form = &setting_form()},
                         }};
  return form;
}

const Form& outputs_form() {
  static const Form form{"outputs",
                         "Tables written beyond the defaults.",
                         {
                             {.key = "by",
                              .shape = Shape::Words,
                              .summary = "dimensions of further tables",
                              .choices = dim_names()},
                         }};
  return form;
}

}  // namespace

const Field* Form::find(std::string_view key) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

std::vector<std::string> Form::keys() const {
  std::vector<std::string> out;
  for (const Field& field : fields) out.push_back(field.key);
  return out;
}

const Form& source_form() {
  static const Form form{
      "source",
      "Where a figure comes from. An assumption is a legal source and is shown as one.",
      {
          {.key = "title", .shape = Shape::Text, .summary = "publication, law, or data set"},
          {.key = "kind",
           .shape = Shape::Choice,
           .summary = "how far the figure can be trusted",
           .choices = source_kinds()},
          {.key = "note",
           .shape = Shape::Text,
           .summary = "how the figure was taken or worked out"},
          {.key = "url", .shape = Shape::Text, .summary = "address"},
          {.key = "table", .shape = Shape::Text, .summary = "table, page, or article"},
          {.key = "accessed", .shape = Shape::Day, .summary = "date it was read"},
      }};
  return form;
}

const Form& uncertainty_form() {
  static const Form form{
      "uncertainty",
      "What is not known about a figure, in the figure's own unit.",
      {
          {.key = "dist",
           .shape = Shape::Choice,
           .summary = "kind of distribution",
           .required = true,
           .choices = {"normal", "log_normal", "beta", "uniform", "triangular"}},
          {.key = "mean", .shape = Shape::Number, .summary = "mean (normal, log_normal, beta)"},
          {.key = "sd",
           .shape = Shape::Number,
           .summary = "standard deviation (normal, log_normal, beta)"},
          {.key = "low", .shape = Shape::Number, .summary = "lowest value (uniform, triangular)"},
          {.key = "high", .shape = Shape::Number, .summary = "highest value (uniform, triangular)"},
          {.key = "mode", .shape = Shape::Number, .summary = "likeliest value (triangular)"},
      }};
  return form;
}

const Form& parameter_form() {
  static const Form form{
      "parameter",
      "A parameter of a variant in force: 'name', or 'name.key' for one key of its dimension. "
      "'name: 0.006 1/month' is short for its value with the unit.",
      {
          {.key = "value", .shape = Shape::Number, .summary = "the figure"},
          {.key = "unit",
           .shape = Shape::Text,
           .summary = "unit of value and uncertainty where they carry none"},
          {.key = "uncertainty",
           .shape = Shape::Record,
           .summary = "distribution; the variant's prior without it",
           .form = &uncertainty_form()},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "where the figure comes from",
           .form = &source_form()},
      }};
  return form;
}

const Form& setting_form() {
  static const Form form{
      "setting",
      "A number by which the start population is made: 'name', or 'name.key' for one key of its "
      "dimension. 'name: 1 %' is short for its value.",
      {
          {.key = "value", .shape = Shape::Number, .summary = "the figure", .required = true},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "where the figure comes from",
           .form = &source_form()},
      }};
  return form;
}

const Form& lever_form() {
  static const Form form{
      "policy entry",
      "A lever over time. A later file's entry for the same lever and key takes over from its own "
      "first date on; points before that stay.",
      {
          {.key = "lever",
           .shape = Shape::Text,
           .summary =
               "name, or name.key for one key of its dimension, name.key.key of its two; the "
               "bare name sets all keys",
           .required = true},
          {.key = "unit", .shape = Shape::Text, .summary = "unit of the values without their own"},
          {.key = "timeline",
           .shape = Shape::Points,
           .summary = "values by date; each stands until the next; 'none' for no limit"},
          {.key = "value",
           .shape = Shape::Number,
           .summary = "one value for the whole run, instead of a timeline"},
          {.key = "ramp",
           .shape = Shape::Number,
           .summary = "span over which each new value is reached in equal steps",
           .unit = "months",
           .min = 0.0,
           .max = 1200.0},
          {.key = "until",
           .shape = Shape::LastDay,
           .summary = "last day; afterwards what would hold without this entry returns"},
          {.key = "when",
           .shape = Shape::Formula,
           .summary = "in force only while this holds, by the indicators of the last step"},
          {.key = "replace",
           .shape = Shape::Flag,
           .summary = "drop what earlier files say of this lever and key"},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "law, resolution, or proposal",
           .form = &source_form()},
      }};
  return form;
}

const Form& series_form() {
  static const Form form{
      "series",
      "Figures by date, from a data table or given here. A later file's points take over from "
      "their "
      "own first date on.",
      {
          {.key = "file",
           .shape = Shape::File,
           .summary = "data table with columns series, unit, period, value, source, quality"},
          {.key = "series",
           .shape = Shape::Text,
           .summary = "name in the table; the key itself without it"},
          {.key = "unit", .shape = Shape::Text, .summary = "unit of points given here"},
          {.key = "points",
           .shape = Shape::Points,
           .summary = "values by date; a year alone stands for its middle"},
          {.key = "value", .shape = Shape::Number, .summary = "one value for the whole run"},
          {.key = "between",
           .shape = Shape::Choice,
           .summary =
               "rule between points; log_linear for positive figures without it, else linear",
           .choices = {"step", "linear", "log_linear"}},
          {.key = "replace", .shape = Shape::Flag, .summary = "drop the points of earlier files"},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "where the figures come from",
           .form = &source_form()},
      }};
  return form;
}

const Form& member_form() {
  static const Form form{
      "member",
      "One sector, occupation, region, …",
      {
          {.key = "key",
           .shape = Shape::Key,
           .summary = "name in files, columns and options",
           .required = true},
          {.key = "code", .shape = Shape::Text, .summary = "ISIC, ISCO or ISO 3166 code"},
          {.key = "label", .shape = Shape::Label, .summary = "name for readers"},
          {.key = "group",
           .shape = Shape::Key,
           .summary = "occupations: skill level low, medium or high; regions: part of the map"},
          {.key = "tile",
           .shape = Shape::Place,
           .summary = "regions: row and column in the tile map, from one"},
      }};
  return form;
}

const Form& scenario_form() {
  static const Form form{
      "scenario",
      "A scenario file.",
      {
          {.key = "schema",
           .shape = Shape::Choice,
           .summary = "version of this form",
           .required = true,
           .choices = {"steppe/1"}},
          {.key = "name", .shape = Shape::Label, .summary = "title of the scenario"},
          {.key = "question", .shape = Shape::Label, .summary = "what it is to answer"},
          {.key = "description", .shape = Shape::Label, .summary = "what it holds, in a paragraph"},
          {.key = "extends",
           .shape = Shape::Texts,
           .summary = "file or files this one is laid over, in order, relative to this one"},
          {.key = "overlay",
           .shape = Shape::Flag,
           .summary = "a layer for others to extend: checked for what it holds, not run alone"},
          {.key = "country", .shape = Shape::Text, .summary = "ISO 3166 code of three letters"},
          {.key = "time",
           .shape = Shape::Record,
           .summary = "span and step",
           .required = true,
           .form = &time_form()},
          {.key = "model",
           .shape = Shape::Record,
           .summary = "variants by slot",
           .form = &model_form()},
          {.key = "dimensions",
           .shape = Shape::Record,
           .summary = "sectors, occupations, regions, …",
           .form = &dimensions_form()},
          {.key = "parameters",
           .shape = Shape::Quantities,
           .summary = "parameters of the variants, by name",
           .form = &parameter_form()},
          {.key = "policy",
           .shape = Shape::Records,
           .summary = "levers over time",
           .form = &lever_form()},
          {.key = "drivers",
           .shape = Shape::Named,
           .summary = "exogenous series, by name",
           .form = &series_form()},
          {.key = "projects",
           .shape = Shape::Records,
           .summary = "dated projects; a later file's entry with the same key changes it",
           .form = &project_form()},
          {.key = "network",
           .shape = Shape::Record,
           .summary = "which occupations lead to which",
           .form = &network_form()},
          {.key = "population",
           .shape = Shape::Record,
           .summary = "the start population",
           .required = true,
           .form = &population_form()},
          {.key = "observation",
           .shape = Shape::Named,
           .summary = "rules by which results meet the record, by name",
           .form = &series_form()},
          {.key = "record",
           .shape = Shape::File,
           .summary = "data table of recorded series to set beside the results"},
          {.key = "indicators",
           .shape = Shape::Named,
           .summary = "indicators of the scenario's own, by name",
           .form = &indicator_form()},
          {.key = "reality_checks",
           .shape = Shape::Records,
           .summary = "what has to hold; a later file's list takes the place of an earlier one",
           .form = &reality_check_form()},
          {.key = "outputs",
           .shape = Shape::Record,
           .summary = "tables written",
           .form = &outputs_form()},
      }};
  return form;
}

const std::vector<const Form*>& all_forms() {
  static const std::vector<const Form*> forms = [] {
    std::vector<const Form*> found{&scenario_form()};
    for (std::size_t i = 0; i < found.size(); ++i) {
      for (const Field& field : found[i]->fields) {
        if (field.form != nullptr &&
            std::find(found.begin(), found.end(), field.form) == found.end()) {
          found.push_back(field.form);
        }
      }
    }
    return found;
  }();
  return forms;
}

}  // namespace steppe::detail
