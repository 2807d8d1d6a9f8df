#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/command.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/core/build_info.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/report/report.hpp"
#include "sim/results/host.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;

/// A record of 48 bytes with its part of firms, cells, lists and calendar, as measured at the end
/// of sixteen years of a whole country; births and arrivals add some records along the way.
constexpr double kBytesPerPerson = 105.0;
/// What a comparison keeps of everybody in every replication of the base, and of every value that
/// is summarised in every replication of each scenario.
constexpr double kBytesPerCompared = 6.0;
constexpr double kBytesPerValue = 8.0;
/// A base and one alternative, as often as compare runs them when not told otherwise.
constexpr double kScenarios = 2.0;
constexpr double kReplications = 20.0;
constexpr double kMegabyte = 1e6;

/// Memory that can be had without swapping [MB], 0 when the system does not tell.
double available_memory() {
  std::ifstream in("/proc/meminfo");
  std::string key;
  double kilobytes = 0.0;
  while (in >> key >> kilobytes) {
    if (key == "MemAvailable:") return kilobytes * 1024.0 / kMegabyte;
    in.ignore(1000, '\n');
  }
  return 0.0;
}

bool on_path(const std::string& program) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  std::string folder;
  while (std::getline(folders, folder, ':')) {
    if (access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

double sum_of(const PopulationSpec& population, const char* name) {
  const DataTable* table = population.table(name);
  if (table == nullptr) return 0.0;
  const int column = table->column("value");
  double sum = 0.0;
  for (const DataRow& row : table->rows) {
    const std::string& cell = row.cells[static_cast<std::size_t>(column)];
    double value = 0.0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    sum += value;
  }
  return sum;
}

/// Records at the start: residents, nationals abroad and foreign workers.
double persons_of(const Scenario& scenario) {
  if (scenario.population.textbook) {
    return static_cast<double>(scenario.population.textbook->persons);
  }
  return sum_of(scenario.population, "age_sex") + sum_of(scenario.population, "abroad") +
         sum_of(scenario.population, "foreign_total");
}

/// Values that a comparison keeps of one replication.
double values_of(const Scenario& scenario) {
  const Recorder recorder(scenario);
  double values = 0.0;
  for (const Table& table : recorder.tables()) {
    if (!table.variable.in_tidy) continue;
    values += static_cast<double>(table.cells());
  }
  const Clock clock = scenario.clock();
  const int months = clock.month(clock.steps() - 1) - scenario.time.first_recorded() + 1;
  return values * std::max(1, months);
}

class Doctor final : public Command {
 public:
  std::string name() const override { return "doctor"; }
  std::string usage() const override { return "[FILE]"; }
  std::string summary() const override {
    return "what is built and installed, and the memory a run needs";
  }
  std::string details() const override {
    return "FILE is the scenario whose need is worked out (Mongolia's history without it).";
  }
  void declare(OptionSet& options) override {
    options.arguments("FILE", files_, 0, 1);
    options.whole("threads,j", "N", "threads of the run (as many as the machine has)", threads_, 1,
                  4096);
    options.whole("scale", "N", "persons one record stands for (1)", scale_, 1, 10000);
  }
  int run() override {
    program();
    machine();
    return need();
  }

 private:
  static void row(const char* name, const std::string& value) {
    print(fmt::format("  {:<14} {}\n", name, value));
  }

  static void program() {
    const BuildInfo& build = build_info();
    print("program\n");
    row("version", fmt::format("{}{}", build.version,
                               build.commit.empty() ? "" : fmt::format(", {}", build.commit)));
    row("built by",
        fmt::format("{}, {}, {}", build.compiler, build.build_type, build.instruction_set));
    row("charts", report_has_charts()
                      ? "yes"
                      : "no: reports have tables alone; build again where Node and npm are");
    row("languages", fmt::format("{}", fmt::join(report_languages(), ", ")));
    for (const auto& [library, version] : library_versions()) row(library.c_str(), version);
    const fs::path scenarios = bundled_scenarios();
    row("scenarios", scenarios.empty() ? "none found" : scenarios.string());
  }

  static void machine() {
    const HostInfo host = this_host();
    print("machine\n");
    row("system", host.system);
    row("processor", fmt::format("{}, {} usable", host.processor, host.processors));
    const double memory = available_memory();
    row("memory", memory > 0.0 ? fmt::format("{:.0f} MB available", memory) : "not known");
    row("Node", on_path("node") && on_path("npm") ? "found (needed to build the charts only)"
                                                  : "not found (needed to build the charts only)");
  }

  int need() const {
    fs::path file;
    if (!files_.empty()) {
      file = files_.front();
    } else {
      file = bundled_scenarios() / "mongolia" / "history.yaml";
      std::error_code failure;
      if (!fs::exists(file, failure)) return kSuccess;
    }
    const ReadOutcome read = read_or_tell(file, {}, true);
    if (!read.scenario) return read.exit_code;
    const double persons = persons_of(*read.scenario) / static_cast<double>(scale_);
    const double one = persons * kBytesPerPerson / kMegabyte;
    const auto machine = std::max(1u, std::thread::hardware_concurrency());
    const std::int64_t threads = threads_ > 0 ? threads_ : machine;
    // Each replication has a world of its own, copied from one start population.
    const double all = one * static_cast<double>(threads + 1);
    const double memory = available_memory();
    print("a run\n");
    row("scenario", file.string());
    row("persons", fmt::format("{:.0f} records at the start", persons));
    row("needs", fmt::format("about {:.0f} MB for one replication, {:.0f} MB on {} threads", one,
                             all, threads));
    const double kept = kReplications * (persons * kBytesPerCompared +
                                         kScenarios * values_of(*read.scenario) * kBytesPerValue);
    row("to compare", fmt::format("about {:.0f} MB for two scenarios of {:.0f} replications",
                                  all + kept / kMegabyte, kReplications));
    if (memory > 0.0) {
      row("fits", all < memory ? "yes"
                               : fmt::format("no: {:.0f} MB are available; use fewer threads (-j) "
                                             "or a coarser --scale",
                                             memory));
    }
    return kSuccess;
  }

  std::vector<std::string> files_;
  std::int64_t threads_ = 0;
  std::int64_t scale_ = 1;
};

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace steppe::app
