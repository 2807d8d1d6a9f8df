#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <thread>

#include "app/command.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "bench/macro/rows.hpp"
#include "sim/core/build_info.hpp"
#include "sim/core/error.hpp"
#include "sim/results/host.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;
using bench::Figure;
using bench::Row;
using bench::Sample;

/// A folder that goes with the object.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / "steppe-bench-XXXXXX") {
    std::string name = path_.string();
    if (mkdtemp(name.data()) == nullptr) throw IoError("no temporary folder can be made");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Spread {
  double median = 0.0, low = 0.0, high = 0.0;
};

Spread spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  const double median = n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
  return {median, values.front(), values.back()};
}

template <class Value>
Spread spread_of(const std::vector<Sample>& samples, Value&& value) {
  std::vector<double> values;
  for (const Sample& sample : samples) values.push_back(value(sample));
  return spread(std::move(values));
}

Spread figure_of(const Row& row, const std::vector<Sample>& samples) {
  return spread_of(samples, [&](const Sample& s) {
    switch (row.figure) {
      case Figure::PersonSteps:
        return s.person_steps / s.run_s;
      case Figure::Replications:
        return row.job.replications / s.run_s;
      default:
        return s.run_s;
    }
  });
}

const char* unit_of(Figure figure) {
  switch (figure) {
    case Figure::PersonSteps:
      return "person-steps/s";
    case Figure::Replications:
      return "replications/s";
    default:
      return "s";
  }
}

class Bench final : public Command {
 public:
  std::string name() const override { return "bench"; }
  std::string usage() const override { return "[options]"; }
  std::string summary() const override { return "time the engine on its workloads"; }
  std::string details() const override {
    return "Every row runs in a process of its own, in rounds, so that rows meet the same "
           "machine.\n"
           "Printed are the median of the rounds with the lowest and the highest; ratios are of\n"
           "medians. Compare figures of one call only, on a machine that does nothing else.";
  }
  void declare(OptionSet& options) override {
    options.flag("quick", "small sizes and few rounds: a minute or two", quick_);
    options.flag("huge", "also 100 million persons (8 GB of memory)", huge_);
    options.list("only", "TEXT", "the row of this name, or else rows whose name starts so", only_);
    options.whole("rounds", "N", "rounds, instead of each row's own number", rounds_, 1, 1000);
    options.flag("list", "tell the rows and run none", list_);
    options.flag("json", "one JSON object instead of the table", json_);
    options.flag("quiet,q", "no progress", quiet_);
  }
  int run() override;

 private:
  void keep_wanted(bench::Plan& plan) const;
  void print_table(const bench::Plan& plan) const;
  void print_json(const bench::Plan& plan) const;
  [[nodiscard]] double ratio(const bench::Ratio& ratio, const bench::Plan& plan) const;
  [[nodiscard]] bool has(const bench::Ratio& ratio) const {
    return samples_.contains(ratio.above) && samples_.contains(ratio.below);
  }

  std::int64_t rounds_ = 0;  ///< 0: not given
  bool quick_ = false, huge_ = false, list_ = false, json_ = false, quiet_ = false;
  std::vector<std::string> only_;
  std::map<std::string, std::vector<Sample>> samples_;
};

void Bench::keep_wanted(bench::Plan& plan) const {
  if (rounds_ > 0) {
    for (Row& row : plan.rows) row.repeats = static_cast<int>(rounds_);
  }
  if (only_.empty()) return;
  std::set<std::string> wanted;
  for (const std::string& text : only_) {
    const bool whole = std::any_of(plan.rows.begin(), plan.rows.end(),
                                   [&](const Row& row) { return row.id == text; });
    for (const Row& row : plan.rows) {
      if (whole ? row.id == text : row.id.rfind(text, 0) == 0) wanted.insert(row.id);
    }
  }
  std::erase_if(plan.rows, [&](const Row& row) { return !wanted.contains(row.id); });
}

int Bench::run() {
  const fs::path bundled = bundled_scenarios();
  if (bundled.empty()) {
    complain("the bundled scenarios were not found beside the program; install it again");
    return kInternal;
  }
  const Scratch scratch;
  bench::Plan plan = bench::make_plan(bundled, scratch.path(), quick_, huge_);
  keep_wanted(plan);
  if (plan.rows.empty()) throw UsageError("--only: no row starts so; --list tells the rows");
  if (list_) {
    for (const Row& row : plan.rows) print(fmt::format("{:<24} {}\n", row.id, row.title));
    return kSuccess;
  }
  int rounds = 0, total = 0;
  for (const Row& row : plan.rows) {
    rounds = std::max(rounds, row.repeats);
    total += row.repeats;
  }
  Progress progress(quiet_);
  int done = 0;
  for (int round = 0; round < rounds; ++round) {
    for (const Row& row : plan.rows) {
      if (round >= row.repeats) continue;
      progress.update(done++, total, row.title);
      samples_[row.id].push_back(bench::measure(row.job));
    }
  }
  progress.clear();
  if (json_) {
    print_json(plan);
  } else {
    print_table(plan);
  }
  return kSuccess;
}

double Bench::ratio(const bench::Ratio& ratio, const bench::Plan& plan) const {
  const auto value = [&](const std::string& id) {
    const auto row =
        std::find_if(plan.rows.begin(), plan.rows.end(), [&](const Row& r) { return r.id == id; });
    if (ratio.of_time) {
      return spread_of(samples_.at(id), [](const Sample& s) { return s.run_s; }).median;
    }
    return figure_of(*row, samples_.at(id)).median;
  };
  return ratio.of_time ? value(ratio.below) / value(ratio.above)
                       : value(ratio.above) / value(ratio.below);
}

void Bench::print_table(const bench::Plan& plan) const {
  const HostInfo host = this_host();
  const BuildInfo& build = build_info();
  print(fmt::format("{}, {} processors, {}; steppe {} {}, {} {}\n", host.processor, host.processors,
                    host.instruction_set, build.version, build.commit, build.compiler,
                    build.flags));
  for (const Row& row : plan.rows) {
    const auto& samples = samples_.at(row.id);
    const Spread figure = figure_of(row, samples);
    print(fmt::format("{:<24} {:>10.4g} ({:.4g} to {:.4g}, {} times) {}; {}\n", row.id,
                      figure.median, figure.low, figure.high, samples.size(), unit_of(row.figure),
                      row.title));
    if (row.figure == Figure::Seconds) continue;
    const auto mid = [&](auto value) { return spread_of(samples, value).median; };
    print(fmt::format("{:<24} {:.3g} s after {:.3g} s of start-up, {:.0f} MB, {} thread(s)", "",
                      mid([](const Sample& s) { return s.run_s; }),
                      mid([](const Sample& s) { return s.start_s; }),
                      mid([](const Sample& s) { return s.resident_bytes; }) / 1e6,
                      row.job.threads));
    if (row.job.replications == 1) {
      print(fmt::format(", {:.0f} ns an event, unemployed {:.5f}, vacant {:.5f}",
                        mid([](const Sample& s) { return 1e9 * s.run_s / s.events; }),
                        mid([](const Sample& s) { return s.unemployed; }),
                        mid([](const Sample& s) { return s.vacant; })));
    }
    print("\n");
  }
  for (const bench::Ratio& r : plan.ratios) {
    if (has(r)) print(fmt::format("{:>8.2f} x  {}\n", ratio(r, plan), r.title));
  }
}

void Bench::print_json(const bench::Plan& plan) const {
  using Json = nlohmann::ordered_json;
  const HostInfo host = this_host();
  const BuildInfo& build = build_info();
  Json out{{"machine",
            {{"processor", host.processor},
             {"processors", host.processors},
             {"instruction_set", host.instruction_set},
             {"system", host.system}}},
           {"build",
            {{"version", build.version},
             {"commit", build.commit},
             {"compiler", build.compiler},
             {"flags", build.flags}}},
           {"rows", Json::array()},
           {"ratios", Json::array()}};
  for (const Row& row : plan.rows) {
    const auto& samples = samples_.at(row.id);
    const Spread figure = figure_of(row, samples);
    const auto mid = [&](auto value) { return spread_of(samples, value).median; };
    out["rows"].push_back(
        {{"id", row.id},
         {"title", row.title},
         {"unit", unit_of(row.figure)},
         {"median", figure.median},
         {"low", figure.low},
         {"high", figure.high},
         {"rounds", samples.size()},
         {"threads", row.job.threads},
         {"replications", row.job.replications},
         {"run_s", mid([](const Sample& s) { return s.run_s; })},
         {"start_s", mid([](const Sample& s) { return s.start_s; })},
         {"persons", samples.front().persons},
         {"events", mid([](const Sample& s) { return s.events; })},
         {"unemployed", mid([](const Sample& s) { return s.unemployed; })},
         {"vacant", mid([](const Sample& s) { return s.vacant; })},
         {"resident_bytes", mid([](const Sample& s) { return s.resident_bytes; })}});
  }
  for (const bench::Ratio& r : plan.ratios) {
    if (has(r)) out["ratios"].push_back({{"title", r.title}, {"ratio", ratio(r, plan)}});
  }
  print(out.dump(2) + "\n");
}

}  // namespace

std::unique_ptr<Command> make_bench() { return std::make_unique<Bench>(); }

}  // namespace steppe::app
