#include "sim/analysis/benchmark_folder.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "sim/core/build_info.hpp"
#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/host.hpp"
#include "sim/results/identity.hpp"
#include "sim/results/result_folder.hpp"
#include "sim/results/sha256.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDigits = 9;

Seal read_seal(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  try {
    const Json json = Json::parse(read_all(file));
    if (json.at("format") != kBenchmarkFormat) throw IoError("not a benchmark");
    Seal seal{json.at("hash"), json.at("complete"), {}};
    for (const Json& one : json.at("files")) {
      seal.files.push_back({one.at("path"), one.at("sha256"), one.at("bytes")});
    }
    return seal;
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format("'{}': {}", file.string(), problem.what()));
  }
}

/// Over the scenario and what each composition makes of it. The language of the page does not
/// count: `report` makes the page again in any.
std::string hash_of(const BenchmarkParts& parts) {
  RunInfo info = parts.info;
  info.language = RunInfo{}.language;
  std::string text = fmt::format(
      "{}\nscored {} {}\nscenario {}\n", kBenchmarkFormat, month_text(parts.span.from),
      parts.span.to ? month_text(*parts.span.to) : "-", identify(*parts.scenario, info).hash);
  for (const auto& [name, scenario] : parts.parts) {
    text += fmt::format("part {} {}\n", name,
                        scenario == nullptr ? "skipped" : identify(*scenario, info).hash);
  }
  return sha256_of(text);
}

fs::path folder_of(const BenchmarkParts& parts, const std::string& hash, const fs::path& out) {
  return out / fmt::format("benchmark-{}-{}", parts.scenario->key, hash.substr(0, 8));
}

/// A row of scores.csv.
void add_row(std::string& text, const std::string& head, const std::vector<Dim>& dims,
             const BenchmarkSeries* series, const Scores& scores, double against_naive,
             double error = Scores::kMissing) {
  text += head + ',' + csv_field(series == nullptr ? "all" : series->variable) + ',';
  text += csv_field(series == nullptr ? "1" : series->unit);
  for (const Dim dim : dims) {
    std::string key = "all";
    if (series != nullptr) {
      for (const DimKey& one : series->keys) {
        if (one.first == dim) key = one.second;
      }
    }
    text += ',' + csv_field(key);
  }
  text += fmt::format(",{}", scores.points);
  const Scores share = relative(scores);
  for (const double value :
       {scores.observed, scores.rmse, scores.mae, scores.bias, scores.crps, share.rmse, share.mae,
        share.bias, share.crps, scores.coverage, against_naive, error}) {
    text += ',';
    append_number(text, value, kDigits);
  }
  text += '\n';
}

}  // namespace

std::string scores_table(const Benchmark& benchmark) {
  std::vector<Dim> dims;
  for (const Dim dim : kAllDims) {
    const auto has = [&](const BenchmarkSeries& series) {
      return std::any_of(series.keys.begin(), series.keys.end(),
                         [&](const DimKey& key) { return key.first == dim; });
    };
    if (std::any_of(benchmark.series.begin(), benchmark.series.end(), has)) dims.push_back(dim);
  }
  std::string text = "composition,variable,unit";
  for (const Dim dim : dims) text += fmt::format(",{}", to_string(dim));
  text +=
      ",points,observed,rmse,mae,bias,crps,rmse_relative,mae_relative,bias_relative,"
      "crps_relative,coverage90,against_naive,error\n";
  const ScoreSheet& reference = benchmark.naive.front();
  const auto add = [&](const std::string& name, const ScoreSheet& sheet) {
    const std::string head = csv_field(name);
    add_row(text, head, dims, nullptr, sheet.all, sheet.against_naive, sheet.error);
    for (std::size_t s = 0; s < sheet.series.size(); ++s) {
      const double ratio = sheet.series[s].crps / reference.series[s].crps;
      add_row(text, head, dims, &benchmark.series[s], sheet.series[s],
              std::isfinite(ratio) ? ratio : Scores::kMissing);
    }
  };
  for (const Composition& one : benchmark.compositions) {
    if (one.state == Composition::State::Scored) add(one.name, one.scores);
  }
  add("naive", benchmark.naive[0]);
  add("naive_previous", benchmark.naive[1]);
  return text;
}

BenchmarkPlace find_benchmark(const BenchmarkParts& parts, const fs::path& out) {
  const std::string hash = hash_of(parts);
  const fs::path folder = folder_of(parts, hash, out);
  return {folder, hash, standing(folder, hash, read_seal) == Standing::Whole};
}

bool is_benchmark(const fs::path& folder) {
  // Neither runs nor comparisons have such a file; whether it is sound, `open` tells.
  std::error_code ignored;
  return fs::is_regular_file(folder / "benchmark.json", ignored);
}

BenchmarkFolder BenchmarkFolder::open(const fs::path& folder) {
  static_cast<void>(read_seal(folder));  // refuses other folders
  const fs::path file = folder / "manifest.json";
  BenchmarkFolder out;
  out.path = folder;
  try {
    const Json manifest = Json::parse(read_all(file));
    const Json& run = manifest.at("run");
    out.scenario_input = manifest.at("scenario");
    out.name = manifest.at("name");
    out.info.seed = run.at("seed");
    out.info.replications = run.at("replications");
    out.info.threads = run.at("threads");
    out.info.scale = run.at("scale");
    out.info.language = run.at("language");
    out.info.command = run.at("command").get<std::vector<std::string>>();
    for (const Json& pair : run.at("overrides")) {
      out.info.overrides.emplace_back(pair.at(0), pair.at(1));
    }
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format("'{}': {}", file.string(), problem.what()));
  }
  out.benchmark = parse_benchmark(read_all(folder / "benchmark.json"));
  return out;
}

class BenchmarkWriter::Impl {
 public:
  Impl(const BenchmarkParts& parts, const fs::path& out, bool force)
      : info_(parts.info),
        hash_(hash_of(parts)),
        started_(std::chrono::steady_clock::now()),
        folder_(folder_of(parts, hash_, out), hash_, {"benchmark", read_seal}, force) {
    started_at_ = utc_now();
    folder_.log("info", fmt::format("benchmark {}, {} compositions, seed {}, {} replications each",
                                    folder_.target().filename().string(), parts.parts.size(),
                                    info_.seed, info_.replications));
    const std::vector<InputFile> inputs = list_inputs(parts.scenario->inputs);
    folder_.copy_inputs(inputs);
    const fs::path file = inside_of(inputs, parts.scenario->file);
    if (!file.empty()) scenario_file_ = (fs::path("inputs") / file).generic_string();
    folder_.write_text("scenario.resolved.yaml", parts.scenario->resolved_yaml);
  }

  ResultFolder& folder() { return folder_; }

  fs::path finish(const Benchmark& benchmark,
                  const std::function<std::string(const BenchmarkFolder&)>& page) {
    folder_.write_text("benchmark.json", to_json(benchmark));
    folder_.write_text("scores.csv", scores_table(benchmark));
    folder_.write_text("report.html",
                       page({folder_.target(), name(), scenario_file_, info_, benchmark}));
    const std::vector<FileRecord> files = folder_.close();
    folder_.publish(manifest_text(benchmark, files));
    return folder_.target();
  }

 private:
  [[nodiscard]] std::string name() const { return folder_.target().filename().string(); }

  std::string manifest_text(const Benchmark& benchmark,
                            const std::vector<FileRecord>& files) const {
    const BuildInfo& build = build_info();
    Json json{{"format", kBenchmarkFormat}, {"hash", hash_}, {"name", name()}};
    // What does not fit will never fit; what failed may be tried again.
    json["complete"] = !benchmark.some_failed();
    json["scenario"] = scenario_file_;
    json["program"] = {
        {"version", build.version}, {"commit", build.commit}, {"source_hash", build.source_hash}};
    json["run"] = {{"seed", info_.seed},         {"replications", info_.replications},
                   {"threads", info_.threads},   {"scale", info_.scale},
                   {"language", info_.language}, {"command", info_.command}};
    json["run"]["overrides"] = Json::array();
    for (const auto& [path, value] : info_.overrides) {
      json["run"]["overrides"].push_back({path, value});
    }
    json["started"] = started_at_;
    json["finished"] = utc_now();
    json["seconds"] =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    json["files"] = Json::array();
    for (const FileRecord& file : files) {
      json["files"].push_back(
          {{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

  const RunInfo info_;
  const std::string hash_;
  const std::chrono::steady_clock::time_point started_;
  std::string started_at_;
  std::string scenario_file_;
  ResultFolder folder_;
};

BenchmarkWriter::BenchmarkWriter(const BenchmarkParts& parts, const fs::path& out, bool force)
    : impl_(std::make_unique<Impl>(parts, out, force)) {}

BenchmarkWriter::~BenchmarkWriter() = default;

void BenchmarkWriter::log(std::string_view level, std::string_view message) {
  impl_->folder().log(level, message);
}

fs::path BenchmarkWriter::finish(const Benchmark& benchmark,
                                 const std::function<std::string(const BenchmarkFolder&)>& page) {
  return impl_->finish(benchmark, page);
}

}  // namespace steppe
