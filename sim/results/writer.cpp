#include "sim/results/writer.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "sim/core/build_info.hpp"
#include "sim/core/error.hpp"
#include "sim/results/checks.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/files.hpp"
#include "sim/results/host.hpp"
#include "sim/results/identity.hpp"
#include "sim/results/netcdf_file.hpp"
#include "sim/results/sha256.hpp"
#include "sim/results/staging.hpp"
#include "sim/results/summary_builder.hpp"
#include "sim/results/text.hpp"
#include "sim/results/tidy_file.hpp"

namespace steppe {
namespace fs = std::filesystem;
namespace {

fs::path folder_of(const Scenario& scenario, const RunIdentity& identity, const fs::path& out) {
  return out / fmt::format("{}-{}", scenario.key, identity.hash.substr(0, 8));
}

/// Partial: this run, but realizations of it failed, so that a new attempt may take its place.
enum class Standing { Absent, Whole, Partial, Damaged, Foreign };

/// What stands where a run of this hash belongs. Sizes tell a damaged folder; `verify` reads all.
Standing standing(const fs::path& folder, const std::string& hash) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder, error))) return Standing::Absent;
  if (!fs::is_directory(folder, error)) return Standing::Foreign;
  if (fs::is_empty(folder, error)) return Standing::Absent;
  try {
    const RunFolder run = RunFolder::open(folder);
    if (run.manifest().hash != hash) return Standing::Foreign;
    for (const FileRecord& file : run.manifest().files) {
      if (fs::file_size(folder / file.path, error) != file.bytes) return Standing::Damaged;
    }
    return run.manifest().failed.empty() ? Standing::Whole : Standing::Partial;
  } catch (const IoError&) {
    return Standing::Foreign;
  }
}

/// @throws ModelError for tables that cannot be written: a mistake in the code that made them
void require_sound(const Recording& recording, const Dimensions& dimensions) {
  std::set<std::string> names;
  for (const Table& table : recording.tables) {
    const std::string name = NetcdfFile::variable_name(table.variable);
    if (!names.insert(name).second) {
      throw ModelError(fmt::format("the variable '{}' is recorded twice; record it once", name));
    }
    std::vector<std::size_t> sizes;
    for (const Dim dim : table.variable.dims) {
      sizes.push_back(dimension_keys(dimensions, dim).size());
    }
    if (table.shape != sizes || table.data.size() != recording.months.size() * table.cells()) {
      throw ModelError(
          fmt::format("the variable '{}' is recorded with {} values, which does not "
                      "fit its {} months and dimensions; mend its recorder",
                      name, table.data.size(), recording.months.size()));
    }
  }
}

bool same_layout(const Recording& a, const Recording& b) {
  return a.months == b.months && std::equal(a.tables.begin(), a.tables.end(), b.tables.begin(),
                                            b.tables.end(), [](const Table& x, const Table& y) {
                                              return x.variable.name == y.variable.name &&
                                                     x.variable.dims == y.variable.dims &&
                                                     x.shape == y.shape;
                                            });
}

}  // namespace

RunPlace find_run(const Scenario& scenario, const RunInfo& info, const fs::path& out) {
  const RunIdentity identity = identify(scenario, info);
  const fs::path folder = folder_of(scenario, identity, out);
  return {folder, identity.hash, standing(folder, identity.hash) == Standing::Whole};
}

class RunWriter::Impl {
 public:
  Impl(const Scenario& scenario, const RunInfo& info, const fs::path& out, bool force)
      : scenario_(scenario),
        info_(info),
        force_(force),
        identity_(identify(scenario, info)),
        target_(folder_of(scenario, identity_, out)) {
    require_free_place();
    staging_.emplace(target_);
    log_.emplace(staged("log.jsonl"), shown("log.jsonl"));
    started_ = std::chrono::steady_clock::now();
    manifest_.started = utc_now();
    log("info",
        fmt::format("run {} of scenario '{}', seed {}, {} replications",
                    target_.filename().string(), scenario.key, info.seed, info.replications));
    for (const Diagnostic& warning : scenario.warnings) {
      warn(fmt::format("{}:{}: {}", warning.place.file, warning.place.line, warning.message));
    }
    copy_inputs();
    write_text("scenario.resolved.yaml", scenario.resolved_yaml);
  }

  void add(int realization, const Recording& recording) {
    advance(realization);
    if (!layout_) {
      begin(recording);
    } else if (!same_layout(*layout_, recording)) {
      throw ModelError(fmt::format(
          "realization {} recorded other variables or months than the one before", realization));
    }
    netcdf_->write(realization, recording);
    tidy_->write(realization, recording);
    summary_.add(recording);
    checks_.add(realization, recording);
    add_uses(manifest_.levers, recording.levers);
    account(recording);
    log("info", fmt::format("realization {} done: {} persons, {} events, {:.3f} s", realization,
                            recording.persons, recording.events, recording.seconds));
  }

  void fail(int realization, std::string_view why) {
    advance(realization);
    manifest_.failed.push_back(realization);
    checks_.fail(realization);
    warn(fmt::format("realization {} did not finish and is missing: {}", realization, why));
  }

  void warn(std::string_view sentence) {
    manifest_.warnings.emplace_back(sentence);
    log("warning", sentence);
  }

  void log(std::string_view level, std::string_view message) {
    const nlohmann::ordered_json line{{"time", utc_now()}, {"level", level}, {"message", message}};
    log_->write(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    log_->write("\n");
  }

  RunFolder finish(const Extra& extra) {
    if (!layout_) throw ModelError("no realization was recorded, so there are no results to write");
    netcdf_->close();
    tidy_->close();
    summary_.write(staged("summary.csv"), shown("summary.csv"), scenario_);
    write_text("checks.json", checks_.to_json());
    for (const std::string& sentence : checks_.failed_reality()) warn(sentence);
    describe();
    if (extra) extra(RunFolder(staging_->path(), manifest_));
    seal();

    // Another process may have finished the same run meanwhile; the bytes are the same.
    if (!force_ && standing(target_, identity_.hash) == Standing::Whole) {
      return RunFolder::open(target_);
    }
    require_free_place();  // much may have happened since the start
    staging_->publish();
    return {target_, manifest_};
  }

 private:
  [[nodiscard]] fs::path staged(const fs::path& file) const { return staging_->path() / file; }
  [[nodiscard]] fs::path shown(const fs::path& file) const { return target_ / file; }

  void require_free_place() const {
    switch (standing(target_, identity_.hash)) {
      case Standing::Absent:
      case Standing::Whole:
      case Standing::Partial:
        return;
      case Standing::Damaged:
        if (force_) return;
        throw IoError(
            fmt::format("'{}' holds this run, but files of it are missing or changed; make it anew "
                        "with --force",
                        target_.string()));
      case Standing::Foreign:
        throw IoError(
            fmt::format("'{}' stands where this run belongs and is no run folder of it; "
                        "move it away or choose another folder with -o",
                        target_.string()));
    }
  }

  void write_text(const fs::path& file, std::string_view text) const {
    OutputFile out(staged(file), shown(file));
    out.write(text);
    out.close();
  }

  void copy_inputs() const {
    for (const InputFile& input : identity_.inputs) {
      const std::string bytes = read_all(input.source);
      if (sha256_of(bytes) != input.sha256) {
        throw IoError(fmt::format("'{}' changed while the run started; start it again",
                                  input.source.string()));
      }
      const fs::path file = fs::path("inputs") / input.inside;
      std::error_code error;
      fs::create_directories(staged(file).parent_path(), error);
      if (error) throw_write_error(shown(file), error.value());
      write_text(file, bytes);
    }
  }

  void advance(int realization) {
    if (realization <= last_ || realization >= info_.replications) {
      throw ModelError(fmt::format("realization {} came after {} of {}; give them in order",
                                   realization, last_, info_.replications));
    }
    last_ = realization;
  }

  void begin(const Recording& first) {
    require_sound(first, scenario_.dimensions);
    // Kept for comparison with the later ones; their values are not needed again.
    layout_.emplace();
    layout_->months = first.months;
    for (const Table& table : first.tables) {
      layout_->tables.push_back({table.variable, table.shape, {}});
    }
    netcdf_.emplace(staged("results.nc"), shown("results.nc"), scenario_, info_, identity_.hash,
                    first);
    tidy_.emplace(staged("tidy.csv"), shown("tidy.csv"), scenario_, info_);
  }

  void account(const Recording& recording) {
    manifest_.persons = std::max(manifest_.persons, recording.persons);
    manifest_.bytes = std::max(manifest_.bytes, recording.bytes);
    manifest_.events += recording.events;
    manifest_.checks += recording.checks;
    if (manifest_.phases.empty()) {
      manifest_.phases = recording.phase_times;
      return;
    }
    for (std::size_t i = 0; i < manifest_.phases.size() && i < recording.phase_times.size(); ++i) {
      manifest_.phases[i].seconds += recording.phase_times[i].seconds;
      manifest_.phases[i].events += recording.phase_times[i].events;
      manifest_.phases[i].draws += recording.phase_times[i].draws;
    }
  }

  /// Fills in the manifest all but times and files.
  void describe() {
    const BuildInfo& build = build_info();
    manifest_.hash = identity_.hash;
    manifest_.version = build.version;
    manifest_.commit = build.commit;
    manifest_.source_hash = build.source_hash;
    manifest_.compiler = build.compiler;
    manifest_.build_type = build.build_type;
    manifest_.flags = build.flags;
    manifest_.build_instruction_set = build.instruction_set;
    manifest_.libraries = library_versions();
    manifest_.scenario_key = scenario_.key;
    manifest_.scenario_file = scenario_.file;
    if (!identity_.scenario_input.empty()) {
      manifest_.scenario_input = (fs::path("inputs") / identity_.scenario_input).generic_string();
    }
    manifest_.scenario_name = scenario_.name;
    manifest_.scenario_sha256 = identity_.scenario_sha256;
    manifest_.data_sha256 = identity_.data_sha256;
    manifest_.model = scenario_.model;
    manifest_.run = info_;
    manifest_.host = this_host();
    manifest_.first_month = month_text(layout_->months.front());
    manifest_.last_month = month_text(layout_->months.back());
    for (const Table& table : layout_->tables) manifest_.variables.push_back(table.variable);
  }

  void seal() {
    log("info", "results written");
    log_->close();
    manifest_.finished = utc_now();
    manifest_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    for (const fs::path& file : files_below(staging_->path())) {
      std::error_code error;
      const auto bytes = fs::file_size(staged(file), error);
      manifest_.files.push_back({file.generic_string(), sha256_of_file(staged(file)), bytes});
    }
    write_text("manifest.json", to_json(manifest_));
  }

  const Scenario scenario_;
  const RunInfo info_;
  const bool force_;
  const RunIdentity identity_;
  const fs::path target_;
  std::chrono::steady_clock::time_point started_;
  Manifest manifest_;
  int last_ = -1;
  std::optional<Recording> layout_;  ///< of the first realization, without values
  SummaryBuilder summary_;
  ChecksBuilder checks_{scenario_.reality_checks};
  // The files are closed before the folder they stand in is removed: members go last to first.
  std::optional<StagingFolder> staging_;
  std::optional<OutputFile> log_;
  std::optional<NetcdfFile> netcdf_;
  std::optional<TidyFile> tidy_;
};

RunWriter::RunWriter(const Scenario& scenario, const RunInfo& info, const fs::path& out, bool force)
    : impl_(std::make_unique<Impl>(scenario, info, out, force)) {}

RunWriter::~RunWriter() = default;

void RunWriter::add(int realization, const Recording& recording) {
  impl_->add(realization, recording);
}

void RunWriter::fail(int realization, std::string_view why) { impl_->fail(realization, why); }

void RunWriter::warn(std::string_view sentence) { impl_->warn(sentence); }

void RunWriter::log(std::string_view level, std::string_view message) {
  impl_->log(level, message);
}

RunFolder RunWriter::finish(const Extra& extra) { return impl_->finish(extra); }

}  // namespace steppe
