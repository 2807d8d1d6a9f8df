#include "sim/results/writer.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/results/checks.hpp"
#include "sim/results/describe.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/host.hpp"
#include "sim/results/identity.hpp"
#include "sim/results/netcdf_file.hpp"
#include "sim/results/result_folder.hpp"
#include "sim/results/summary_builder.hpp"
#include "sim/results/tidy_file.hpp"

namespace steppe {
namespace fs = std::filesystem;
namespace {

fs::path folder_of(const Scenario& scenario, const RunIdentity& identity, const fs::path& out) {
  return out / fmt::format("{}-{}", scenario.key, identity.hash.substr(0, 8));
}

FolderKind run_kind() {
  return {"run", [](const fs::path& folder) {
            const RunFolder run = RunFolder::open(folder);
            return Seal{run.manifest().hash, run.manifest().failed.empty(), run.manifest().files};
          }};
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
  return {folder, identity.hash,
          standing(folder, identity.hash, run_kind().read) == Standing::Whole};
}

class RunWriter::Impl {
 public:
  Impl(const Scenario& scenario, const RunInfo& info, const fs::path& out, bool force)
      : scenario_(scenario),
        info_(info),
        identity_(identify(scenario, info)),
        started_(std::chrono::steady_clock::now()),
        folder_(folder_of(scenario, identity_, out), identity_.hash, run_kind(), force) {
    manifest_.started = utc_now();
    log("info", fmt::format("run {} of scenario '{}', seed {}, {} replications",
                            folder_.target().filename().string(), scenario.key, info.seed,
                            info.replications));
    for (const Diagnostic& warning : scenario.warnings) {
      warn(Warning(warning));
    }
    folder_.copy_inputs(identity_.inputs);
    folder_.write_text("scenario.resolved.yaml", scenario.resolved_yaml);
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
    account(manifest_, recording);
    log("info", fmt::format("realization {} done: {} persons, {} events, {:.3f} s", realization,
                            recording.persons, recording.events, recording.seconds));
  }

  void fail(int realization, std::string_view why) {
    advance(realization);
    manifest_.failed.push_back(realization);
    checks_.fail(realization);
    warn(Warning({"run.missing",
                  "realization {n} did not finish and is missing: {why}",
                  {{"n", std::to_string(realization)}, {"why", std::string(why)}}}));
  }

  void warn(const Warning& warning) {
    manifest_.warnings.push_back(warning);
    log("warning", warning.sentence());
  }

  void log(std::string_view level, std::string_view message) { folder_.log(level, message); }

  RunFolder finish(const Extra& extra) {
    if (!layout_) throw ModelError("no realization was recorded, so there are no results to write");
    netcdf_->close();
    tidy_->close();
    summary_.write(folder_.staged("summary.csv"), folder_.shown("summary.csv"), scenario_);
    folder_.write_text("checks.json", checks_.to_json());
    for (const Message& message : checks_.failed_reality()) warn(Warning(message));
    describe_run(manifest_, scenario_, info_, identity_, *layout_);
    if (extra) extra(RunFolder(folder_.path(), manifest_));
    manifest_.files = folder_.close();
    manifest_.finished = utc_now();
    manifest_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    folder_.publish(to_json(manifest_));
    return RunFolder::open(folder_.target());
  }

 private:
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
    netcdf_.emplace(folder_.staged("results.nc"), folder_.shown("results.nc"), scenario_, info_,
                    identity_.hash, first);
    tidy_.emplace(folder_.staged("tidy.csv"), folder_.shown("tidy.csv"), scenario_, info_);
  }

  const Scenario scenario_;
  const RunInfo info_;
  const RunIdentity identity_;
  std::chrono::steady_clock::time_point started_;
  Manifest manifest_;
  int last_ = -1;
  std::optional<Recording> layout_;  ///< of the first realization, without values
  SummaryBuilder summary_;
  ChecksBuilder checks_{scenario_.reality_checks};
  // The files are closed before the folder they stand in is removed: members go last to first.
  ResultFolder folder_;
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

void RunWriter::log(std::string_view level, std::string_view message) {
  impl_->log(level, message);
}

RunFolder RunWriter::finish(const Extra& extra) { return impl_->finish(extra); }

}  // namespace steppe
