#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/results/lever_effects.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// The machine a run was made on.
struct HostInfo {
  std::string name;
  std::string system;  ///< kernel name and release
  std::string processor;
  std::string instruction_set;  ///< of the processor, as the C library's functions may use it
  int processors = 0;           ///< usable by the process
};

/// A file of a run folder, by its path inside it.
struct FileRecord {
  std::string path;
  std::string sha256;  ///< 64 hexadecimal digits
  std::uint64_t bytes = 0;
};

/// Something that readers of a run should know, and the line of the file that it is about.
struct Warning {
  Message message;
  SourcePlace place;  ///< file empty: of the run as a whole

  Warning() = default;
  explicit Warning(Message said) : message(std::move(said)) {}
  explicit Warning(const Diagnostic& found) : message(found.message), place(found.place) {}
  /// `quota.yaml:23: sentence`, in English.
  [[nodiscard]] std::string sentence() const;
  bool operator==(const Warning&) const = default;
};

/// What manifest.json says of a run: enough to name every input, repeat the run and check every
/// file.
struct Manifest {
  std::string format = "steppe-run/1";
  std::string hash;  ///< SHA-256 of all a run depends on; the folder's name ends in its first eight

  // The program
  std::string version, commit, source_hash, compiler, build_type, flags, build_instruction_set;
  std::vector<std::pair<std::string, std::string>> libraries;  ///< name, version in use

  // The scenario
  std::string scenario_key;    ///< NAME of the folder
  std::string scenario_file;   ///< as the user named it
  std::string scenario_input;  ///< the same file inside the folder: `inputs/…`
  Label scenario_name;
  std::string scenario_sha256;                ///< of scenario.resolved.yaml
  std::string data_sha256;                    ///< over paths and contents of inputs/
  std::array<std::string, kSlotCount> model;  ///< variant by slot

  // The run
  RunInfo run;
  std::vector<int> failed;  ///< realizations that did not finish
  HostInfo host;
  std::string started, finished;  ///< UTC, ISO 8601
  double seconds = 0.0;
  std::vector<PhaseTime> phases;  ///< in the order they ran, summed over realizations
  std::uint64_t persons = 0;      ///< records at the end, most of any realization
  std::uint64_t bytes = 0;        ///< of persons, firms and markets, most of any realization
  std::uint64_t events = 0;       ///< summed over realizations
  std::uint64_t checks = 0;       ///< accounting checks, summed over realizations
  std::vector<Warning> warnings;
  std::vector<LeverEffect> levers;  ///< what those that the scenario sets did in reported steps

  // The results
  std::string first_month, last_month;  ///< `2009-01`
  std::vector<Variable> variables;
  std::vector<FileRecord> files;  ///< every file but the manifest, by path
};

/// @throws IoError when the text is no manifest of a format this program reads
[[nodiscard]] Manifest parse_manifest(const std::string& json);
[[nodiscard]] std::string to_json(const Manifest& manifest);

}  // namespace steppe
