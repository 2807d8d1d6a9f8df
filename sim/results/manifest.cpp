#include "sim/results/manifest.hpp"

#include <spdlog/fmt/fmt.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/json_parts.hpp"

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::pair<VariableKind, std::string_view> kKinds[] = {{VariableKind::Stock, "stock"},
                                                                {VariableKind::Flow, "flow"},
                                                                {VariableKind::Rate, "rate"},
                                                                {VariableKind::Index, "index"}};

Json to_json(const Variable& variable) {
  Json dims = Json::array();
  for (const Dim dim : variable.dims) dims.push_back(to_string(dim));
  std::string_view kind;
  for (const auto& [value, name] : kKinds) {
    if (value == variable.kind) kind = name;
  }
  return {{"name", variable.name},
          {"unit", variable.unit},
          {"long_name", variable.long_name},
          {"kind", kind},
          {"dims", dims},
          {"summary", variable.in_tidy},
          {"digits", variable.digits}};
}

Variable variable_from_json(const Json& json) {
  Variable variable;
  variable.name = json.at("name");
  variable.unit = json.at("unit");
  variable.long_name = json.at("long_name");
  for (const auto& [value, name] : kKinds) {
    if (json.at("kind") == name) variable.kind = value;
  }
  for (const Json& dim : json.at("dims")) {
    variable.dims.push_back(dimension_named(dim.get<std::string>()));
  }
  variable.in_tidy = json.at("summary");
  variable.digits = json.at("digits");
  return variable;
}

}  // namespace

std::string Warning::sentence() const {
  return place.file.empty() ? message.text
                            : fmt::format("{}:{}: {}", place.file, place.line, message.text);
}

std::string to_json(const Manifest& manifest) {
  Json json;
  json["format"] = manifest.format;
  json["hash"] = manifest.hash;
  json["program"] = {{"version", manifest.version},
                     {"commit", manifest.commit},
                     {"source_hash", manifest.source_hash},
                     {"compiler", manifest.compiler},
                     {"build_type", manifest.build_type},
                     {"flags", manifest.flags},
                     {"instruction_set", manifest.build_instruction_set},
                     {"libraries", pairs_to_json(manifest.libraries)}};

  Json model;
  for (int slot = 0; slot < kSlotCount; ++slot) {
    model[std::string(to_string(static_cast<Slot>(slot)))] =
        manifest.model[static_cast<std::size_t>(slot)];
  }
  json["scenario"] = {{"key", manifest.scenario_key},
                      {"name", pairs_to_json(manifest.scenario_name.texts)},
                      {"file", manifest.scenario_file},
                      {"input", manifest.scenario_input},
                      {"sha256", manifest.scenario_sha256},
                      {"data_sha256", manifest.data_sha256},
                      {"model", model}};

  const RunInfo& run = manifest.run;
  // `--set` may name a path twice, which an object cannot.
  Json overrides = Json::array();
  for (const auto& [path, value] : run.overrides) overrides.push_back({path, value});
  json["run"] = {{"seed", run.seed},
                 {"replications", run.replications},
                 {"failed", manifest.failed},
                 {"draws", run.draws},
                 {"threads", run.threads},
                 {"scale", run.scale},
                 {"language", run.language},
                 {"model", run.model},
                 {"overrides", overrides},
                 {"command", run.command},
                 {"started", manifest.started},
                 {"finished", manifest.finished},
                 {"seconds", manifest.seconds},
                 {"persons", manifest.persons},
                 {"bytes", manifest.bytes},
                 {"events", manifest.events},
                 {"accounting_checks", manifest.checks}};
  json["host"] = {{"name", manifest.host.name},
                  {"system", manifest.host.system},
                  {"processor", manifest.host.processor},
                  {"instruction_set", manifest.host.instruction_set},
                  {"processors", manifest.host.processors}};
  json["phases"] = Json::array();
  for (const PhaseTime& phase : manifest.phases) {
    json["phases"].push_back({{"phase", phase.phase},
                              {"seconds", phase.seconds},
                              {"events", phase.events},
                              {"draws", phase.draws}});
  }
  json["warnings"] = Json::array();
  for (const Warning& warning : manifest.warnings) json["warnings"].push_back(to_json(warning));
  json["levers"] = Json::array();
  for (const LeverEffect& effect : manifest.levers) {
    Json one{{"lever", effect.lever},
             {"key", effect.key},
             {"read", effect.read},
             {"realizations", effect.realizations}};
    if (!effect.when.empty()) {
      one["when"] = effect.when;
      one["steps_on"] = {effect.fewest_on, effect.most_on};
    }
    if (effect.ceiling) {
      one["bound_in"] = effect.bound_in;
      one["highest_use"] = {effect.least_use, effect.most_use};
      one["steps_bound"] = {effect.fewest_steps, effect.most_steps};
      one["refused"] = effect.refused;
    }
    json["levers"].push_back(std::move(one));
  }
  json["results"] = {{"first_month", manifest.first_month}, {"last_month", manifest.last_month}};
  json["results"]["variables"] = Json::array();
  for (const Variable& variable : manifest.variables) {
    json["results"]["variables"].push_back(to_json(variable));
  }
  json["files"] = Json::array();
  for (const FileRecord& file : manifest.files) {
    json["files"].push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  // A path or a host name need not be UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest parse_manifest(const std::string& text) {
  Manifest manifest;
  try {
    const Json json = Json::parse(text);
    if (json.at("format") != manifest.format) {
      const std::string format = json.at("format");
      const bool is_run = format.starts_with(manifest.format.substr(0, manifest.format.find('/')));
      throw IoError(fmt::format("the manifest has the format '{}', '{}' is read here; {}", format,
                                manifest.format,
                                is_run ? "use the version of steppe that wrote it"
                                       : "name a folder that 'steppe run' wrote"));
    }
    manifest.hash = json.at("hash");

    const Json& program = json.at("program");
    manifest.version = program.at("version");
    manifest.commit = program.at("commit");
    manifest.source_hash = program.at("source_hash");
    manifest.compiler = program.at("compiler");
    manifest.build_type = program.at("build_type");
    manifest.flags = program.at("flags");
    manifest.build_instruction_set = program.at("instruction_set");
    manifest.libraries = pairs_from_json(program.at("libraries"));

    const Json& scenario = json.at("scenario");
    manifest.scenario_key = scenario.at("key");
    manifest.scenario_name.texts = pairs_from_json(scenario.at("name"));
    manifest.scenario_file = scenario.at("file");
    manifest.scenario_input = scenario.at("input");
    manifest.scenario_sha256 = scenario.at("sha256");
    manifest.data_sha256 = scenario.at("data_sha256");
    for (int slot = 0; slot < kSlotCount; ++slot) {
      manifest.model[static_cast<std::size_t>(slot)] =
          scenario.at("model").at(std::string(to_string(static_cast<Slot>(slot))));
    }

    const Json& run = json.at("run");
    manifest.run.seed = run.at("seed");
    manifest.run.replications = run.at("replications");
    manifest.failed = run.at("failed").get<std::vector<int>>();
    manifest.run.draws = run.at("draws");
    manifest.run.threads = run.at("threads");
    manifest.run.scale = run.at("scale");
    manifest.run.language = run.at("language");
    manifest.run.model = run.at("model");
    for (const Json& pair : run.at("overrides")) {
      manifest.run.overrides.emplace_back(pair.at(0), pair.at(1));
    }
    manifest.run.command = run.at("command").get<std::vector<std::string>>();
    manifest.started = run.at("started");
    manifest.finished = run.at("finished");
    manifest.seconds = run.at("seconds");
    manifest.persons = run.at("persons");
    manifest.bytes = run.at("bytes");
    manifest.events = run.at("events");
    manifest.checks = run.at("accounting_checks");

    const Json& host = json.at("host");
    manifest.host.name = host.at("name");
    manifest.host.system = host.at("system");
    manifest.host.processor = host.at("processor");
    manifest.host.instruction_set = host.at("instruction_set");
    manifest.host.processors = host.at("processors");

    for (const Json& phase : json.at("phases")) {
      manifest.phases.push_back({phase.at("phase"), phase.at("seconds"), phase.at("events"),
                                 phase.value("draws", std::uint64_t{0})});
    }
    for (const Json& one : json.at("warnings")) {
      manifest.warnings.push_back(warning_from_json(one));
    }
    // Runs of before have none.
    for (const Json& one : json.value("levers", Json::array())) {
      LeverEffect effect;
      effect.lever = one.at("lever");
      effect.key = one.at("key");
      effect.read = one.at("read");
      effect.realizations = one.at("realizations");
      effect.when = one.value("when", std::string());
      if (!effect.when.empty()) {
        effect.fewest_on = one.at("steps_on").at(0);
        effect.most_on = one.at("steps_on").at(1);
      }
      effect.ceiling = one.contains("highest_use");
      if (effect.ceiling) {
        effect.bound_in = one.at("bound_in");
        effect.least_use = one.at("highest_use").at(0);
        effect.most_use = one.at("highest_use").at(1);
        effect.fewest_steps = one.at("steps_bound").at(0);
        effect.most_steps = one.at("steps_bound").at(1);
        effect.refused = one.at("refused");
      }
      manifest.levers.push_back(std::move(effect));
    }
    const Json& results = json.at("results");
    manifest.first_month = results.at("first_month");
    manifest.last_month = results.at("last_month");
    for (const Json& variable : results.at("variables")) {
      manifest.variables.push_back(variable_from_json(variable));
    }
    for (const Json& file : json.at("files")) {
      manifest.files.push_back({file.at("path"), file.at("sha256"), file.at("bytes")});
    }
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format("the manifest cannot be read ({}); make the run anew with --force",
                              problem.what()));
  }
  return manifest;
}

}  // namespace steppe
