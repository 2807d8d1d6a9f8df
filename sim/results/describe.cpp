#include "sim/results/describe.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/core/build_info.hpp"
#include "sim/results/host.hpp"
#include "sim/results/text.hpp"

namespace steppe {

void describe_program(Manifest& manifest) {
  const BuildInfo& build = build_info();
  manifest.version = build.version;
  manifest.commit = build.commit;
  manifest.source_hash = build.source_hash;
  manifest.compiler = build.compiler;
  manifest.build_type = build.build_type;
  manifest.flags = build.flags;
  manifest.build_instruction_set = build.instruction_set;
  manifest.libraries = library_versions();
  manifest.host = this_host();
}

void describe_run(Manifest& manifest, const Scenario& scenario, const RunInfo& info,
                  const RunIdentity& identity, const Recording& layout) {
  describe_program(manifest);
  manifest.hash = identity.hash;
  manifest.scenario_key = scenario.key;
  manifest.scenario_file = scenario.file;
  if (!identity.scenario_input.empty()) {
    manifest.scenario_input =
        (std::filesystem::path("inputs") / identity.scenario_input).generic_string();
  }
  manifest.scenario_name = scenario.name;
  manifest.scenario_sha256 = identity.scenario_sha256;
  manifest.data_sha256 = identity.data_sha256;
  manifest.model = scenario.model;
  manifest.run = info;
  manifest.first_month = month_text(layout.months.front());
  manifest.last_month = month_text(layout.months.back());
  for (const Table& table : layout.tables) manifest.variables.push_back(table.variable);
}

void account(Manifest& manifest, const Recording& recording) {
  add_uses(manifest.levers, recording.levers);
  manifest.persons = std::max(manifest.persons, recording.persons);
  manifest.bytes = std::max(manifest.bytes, recording.bytes);
  manifest.events += recording.events;
  manifest.checks += recording.checks;
  if (manifest.phases.empty()) {
    manifest.phases = recording.phase_times;
    return;
  }
  for (std::size_t i = 0; i < manifest.phases.size() && i < recording.phase_times.size(); ++i) {
    manifest.phases[i].seconds += recording.phase_times[i].seconds;
    manifest.phases[i].events += recording.phase_times[i].events;
    manifest.phases[i].draws += recording.phase_times[i].draws;
  }
}

}  // namespace steppe
