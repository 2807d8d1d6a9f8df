#include "sim/analysis/comparison_folder.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/analysis/tables.hpp"
#include "sim/core/error.hpp"
#include "sim/results/checks.hpp"
#include "sim/results/describe.hpp"
#include "sim/results/host.hpp"
#include "sim/results/identity.hpp"
#include "sim/results/result_folder.hpp"
#include "sim/results/sha256.hpp"
#include "sim/results/summary_builder.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "steppe-comparison/1";

Seal read_seal(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  try {
    const Json json = Json::parse(read_all(file));
    if (json.at("format") != kFormat) throw IoError("not a comparison");
    Seal seal{json.at("hash"), json.at("complete"), {}};
    for (const Json& one : json.at("files")) {
      seal.files.push_back({one.at("path"), one.at("sha256"), one.at("bytes")});
    }
    return seal;
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format("'{}': {}", file.string(), problem.what()));
  }
}

FolderKind kind() { return {"comparison", read_seal}; }

/// What the question adds to the hash of the parts.
std::string question_text(const ComparisonQuestion& question) {
  std::string out = fmt::format("window {} {}\nconfidence {}\n", month_text(question.window.first),
                                month_text(question.window.last), question.confidence);
  for (const auto& metric : question.metrics) out += fmt::format("metric {}\n", metric.variable);
  for (const Dim dim : question.by) out += fmt::format("by {}\n", to_string(dim));
  if (question.fail_if) out += fmt::format("fail_if {}\n", question.fail_if->text());
  return out;
}

std::vector<RunIdentity> identities_of(const ComparisonParts& parts) {
  std::vector<RunIdentity> out;
  for (const Scenario* scenario : parts.scenarios) out.push_back(identify(*scenario, parts.info));
  return out;
}

std::string hash_of(const ComparisonParts& parts, const std::vector<RunIdentity>& identities,
                    const ComparisonQuestion& question) {
  std::string text = std::string(kFormat) + "\n";
  for (std::size_t i = 0; i < identities.size(); ++i) {
    text += fmt::format("part {} {}\n", parts.names[i], identities[i].hash);
  }
  return sha256_of(text + question_text(question));
}

std::string name_of(const std::vector<std::string>& parts, const std::string& hash) {
  return fmt::format("compare-{}-{}", fmt::join(parts, "-"), hash.substr(0, 8));
}

fs::path folder_of(const ComparisonParts& parts, const std::string& hash, const fs::path& out) {
  return out / name_of(parts.names, hash);
}

/// Where what concerns one part lies.
fs::path part_file(const std::string& part, const char* file) {
  return fs::path("scenarios") / part / file;
}

/// What differs between two lists of members, or empty.
std::string unlike(const Dimensions& a, const Dimensions& b) {
  for (const Dim dim : {Dim::Region, Dim::Sector, Dim::Occupation, Dim::Origin, Dim::Destination,
                        Dim::Education, Dim::Field}) {
    const auto& x = a.of(dim);
    const auto& y = b.of(dim);
    for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
      const std::string left = i < x.size() ? fmt::format("'{}'", x[i].key) : "none";
      const std::string right = i < y.size() ? fmt::format("'{}'", y[i].key) : "none";
      if (left != right) {
        return fmt::format("{} {} is {} in the first and {} in the second", to_string(dim), i + 1,
                           left, right);
      }
    }
  }
  return {};
}

const char* step_text(StepLength length) {
  return length == StepLength::Month ? "month" : length == StepLength::Week ? "week" : "day";
}

/// All that keeps two scenarios from being compared, or empty.
std::string obstacles(const Scenario& a, const Scenario& b) {
  std::string out;
  const auto note = [&](const std::string& what, const std::string& x, const std::string& y) {
    if (x == y) return;
    out += fmt::format("{}{} is {} in the first and {} in the second", out.empty() ? "" : "; ",
                       what, x, y);
  };
  const auto report_from = [](const Scenario& s) {
    return s.time.report_from ? to_string(*s.time.report_from) : std::string("not set");
  };
  note("time.start", to_string(a.time.start), to_string(b.time.start));
  note("time.end", to_string(a.time.end), to_string(b.time.end));
  note("time.report_from", report_from(a), report_from(b));
  note("time.step", step_text(a.time.step), step_text(b.time.step));
  const std::string members = unlike(a.dimensions, b.dimensions);
  if (!members.empty()) out += (out.empty() ? "" : "; ") + members;
  return out;
}

}  // namespace

std::vector<std::string> part_names(const std::vector<const Scenario*>& scenarios) {
  std::vector<std::string> names;
  for (const Scenario* scenario : scenarios) {
    std::string name = scenario->key;
    for (int number = 2; std::find(names.begin(), names.end(), name) != names.end(); ++number) {
      name = fmt::format("{}-{}", scenario->key, number);
    }
    names.push_back(std::move(name));
  }
  return names;
}

void require_comparable(const std::vector<const Scenario*>& scenarios) {
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    const std::string what = obstacles(*scenarios.front(), *scenarios[i]);
    if (what.empty()) continue;
    throw ConfigError(
        fmt::format("'{}' and '{}' cannot be compared: {}; give both the same, as with --set",
                    scenarios.front()->file, scenarios[i]->file, what));
  }
}

std::string other_data(const Scenario& a, const Scenario& b) {
  std::vector<std::string> unlike;
  const auto note = [&](const std::string& what, const std::string& x, const std::string& y) {
    unlike.push_back(fmt::format("{} {} in '{}' and {} in '{}'", what, x, a.file, y, b.file));
  };
  const auto people = [](const Scenario& s) {
    return s.population.textbook ? "is a textbook's" : "comes from tables";
  };
  if (a.population.textbook.has_value() != b.population.textbook.has_value()) {
    note("the start population", people(a), people(b));
  } else if (a.population.textbook && *a.population.textbook != *b.population.textbook) {
    note("population.textbook", "is one", "another");
  }
  const auto table = [](const DataTable* t) {
    return t == nullptr ? std::string("is not given") : "is " + t->path.string();
  };
  std::set<std::string> names;
  for (const Scenario* s : {&a, &b}) {
    for (const DataTable& t : s->population.tables) names.insert(t.name);
  }
  for (const std::string& name : names) {
    const DataTable* const x = a.population.table(name);
    const DataTable* const y = b.population.table(name);
    if (x != nullptr && y != nullptr && x->columns == y->columns && x->rows == y->rows) continue;
    note("population.tables." + name, table(x), table(y));
  }
  if (a.record != b.record) {
    const auto file = [](const Scenario& s) {
      return s.record_file.empty() ? std::string("is not given") : "is " + s.record_file.string();
    };
    note("the record", file(a), file(b));
  }
  if (unlike.empty()) return {};
  const std::string more =
      unlike.size() == 1 ? "" : fmt::format(", and {} more of the data differ", unlike.size() - 1);
  return fmt::format("{}{}; what is told below comes of that too, and not of the rules alone",
                     unlike.front(), more);
}

ComparisonPlace find_comparison(const ComparisonParts& parts, const ComparisonQuestion& question,
                                const fs::path& out) {
  const std::string hash = hash_of(parts, identities_of(parts), question);
  const fs::path folder = folder_of(parts, hash, out);
  return {folder, hash, standing(folder, hash, read_seal) == Standing::Whole};
}

Outcome read_outcome(const fs::path& folder) {
  return parse_outcome(read_all(folder / "verdicts.json"));
}

bool is_comparison(const fs::path& folder) {
  // Runs have no such file; whether it is sound, `open` tells.
  std::error_code ignored;
  return fs::is_regular_file(folder / "verdicts.json", ignored);
}

ComparisonFolder ComparisonFolder::open(const fs::path& folder) {
  const Seal seal = read_seal(folder);
  std::vector<Part> parts;
  try {
    const Json manifest = Json::parse(read_all(folder / "manifest.json"));
    for (const Json& one : manifest.at("parts")) {
      Json part = one;
      part["files"] = Json::array();  // they are the comparison's
      parts.push_back({one.at("name"), parse_manifest(part.dump())});
    }
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format("'{}': {}", (folder / "manifest.json").string(), problem.what()));
  }
  return {folder, seal.hash, std::move(parts)};
}

std::string ComparisonFolder::name() const {
  std::vector<std::string> names;
  for (const Part& part : parts_) names.push_back(part.name);
  return name_of(names, hash_);
}

fs::path ComparisonFolder::scenario_file(std::size_t part) const {
  return path_ / parts_.at(part).manifest.scenario_input;
}

Summary ComparisonFolder::summary(std::size_t part) const {
  return read_summary(path_ / part_file(parts_.at(part).name, "summary.csv"));
}

class ComparisonWriter::Impl {
 public:
  Impl(const ComparisonParts& parts, const ComparisonQuestion& question, const fs::path& out,
       bool force)
      : parts_(parts),
        question_(question),
        identities_(identities_of(parts)),
        hash_(hash_of(parts, identities_, question)),
        started_(std::chrono::steady_clock::now()),
        manifests_(parts.scenarios.size()),
        checks_(parts.scenarios.size()),
        summaries_(parts.scenarios.size()),
        folder_(folder_of(parts, hash_, out), hash_, kind(), force) {
    started_at_ = utc_now();
    folder_.log("info", fmt::format("comparison {}, seed {}, {} replications each",
                                    folder_.target().filename().string(), parts.info.seed,
                                    parts.info.replications));
    std::vector<fs::path> files;
    for (const Scenario* scenario : parts.scenarios) {
      files.insert(files.end(), scenario->inputs.begin(), scenario->inputs.end());
    }
    const std::vector<InputFile> inputs = list_inputs(files);
    folder_.copy_inputs(inputs);
    for (std::size_t i = 0; i < parts.scenarios.size(); ++i) {
      // All parts lie in one inputs/, to one another as they did.
      identities_[i].scenario_input = inside_of(inputs, parts.scenarios[i]->file);
      folder_.write_text(part_file(parts.names[i], "scenario.resolved.yaml"),
                         parts.scenarios[i]->resolved_yaml);
      for (const Diagnostic& d : parts.scenarios[i]->warnings) {
        warn(i, Warning(d));
      }
    }
  }

  void add(std::size_t part, int realization, const Recording& recording) {
    Manifest& manifest = manifests_.at(part);
    if (manifest.hash.empty()) {
      describe_run(manifest, *parts_.scenarios[part], parts_.info, identities_[part], recording);
    }
    account(manifest, recording);
    checks_[part].add(realization, recording);
    summaries_[part].add(recording);
    folder_.log("info", fmt::format("{}: realization {} done: {} persons, {} events, {:.3f} s",
                                    parts_.names[part], realization, recording.persons,
                                    recording.events, recording.seconds));
  }

  void fail(std::size_t part, int realization, std::string_view why) {
    manifests_.at(part).failed.push_back(realization);
    checks_[part].fail(realization);
    warn(part, Warning({"run.pairs_missing",
                        "realization {n} did not finish, so that its pairs are missing: {why}",
                        {{"n", std::to_string(realization)}, {"why", std::string(why)}}}));
  }

  void warn(std::size_t part, const Warning& warning) {
    manifests_.at(part).warnings.push_back(warning);
    folder_.log("warning", parts_.names[part] + ": " + warning.sentence());
  }

  fs::path finish(const Comparison& comparison, const Outcome& outcome, const Extra& extra) {
    const auto write = [&](const char* file, const auto& content) {
      OutputFile out(folder_.staged(file), folder_.shown(file));
      content(out);
      out.close();
    };
    write("differences.csv", [&](OutputFile& out) {
      write_differences(out, comparison, parts_.scenarios.front()->dimensions, parts_.names,
                        question_.confidence);
    });
    write("window.csv", [&](OutputFile& out) {
      write_window(out, comparison, parts_.scenarios.front()->dimensions, parts_.names,
                   question_.confidence, question_.window);
    });
    write("people.csv", [&](OutputFile& out) { write_people(out, outcome); });
    folder_.write_text("verdicts.json", to_json(outcome));
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      folder_.write_text(part_file(parts_.names[i], "checks.json"), checks_[i].to_json());
      const fs::path summary = part_file(parts_.names[i], "summary.csv");
      summaries_[i].write(folder_.staged(summary), folder_.shown(summary), *parts_.scenarios[i]);
    }
    if (extra) extra(as_folder());
    const std::vector<FileRecord> files = folder_.close();
    folder_.publish(manifest_text(files));
    return folder_.target();
  }

  ResultFolder& folder() { return folder_; }
  const Manifest& manifest(std::size_t part) const { return manifests_.at(part); }

 private:
  [[nodiscard]] ComparisonFolder as_folder() const {
    std::vector<ComparisonFolder::Part> parts;
    for (std::size_t i = 0; i < manifests_.size(); ++i) {
      parts.push_back({parts_.names[i], manifests_[i]});
    }
    return {folder_.path(), hash_, std::move(parts)};
  }

  std::string manifest_text(const std::vector<FileRecord>& files) const {
    Json json{{"format", kFormat}, {"hash", hash_}};
    json["complete"] = std::all_of(manifests_.begin(), manifests_.end(),
                                   [](const Manifest& m) { return m.failed.empty(); });
    json["question"] = question_json();
    json["started"] = started_at_;
    json["finished"] = utc_now();
    json["seconds"] =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    json["parts"] = Json::array();
    for (std::size_t i = 0; i < manifests_.size(); ++i) {
      // A part is told of as its own run would be.
      Json part = Json::parse(to_json(manifests_[i]));
      part["name"] = parts_.names[i];
      part.erase("files");
      json["parts"].push_back(std::move(part));
    }
    json["files"] = Json::array();
    for (const FileRecord& file : files) {
      json["files"].push_back(
          {{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

  Json question_json() const {
    Json metrics = Json::array();
    for (const auto& metric : question_.metrics) metrics.push_back(metric.variable);
    Json by = Json::array();
    for (const Dim dim : question_.by) by.push_back(to_string(dim));
    return {{"metrics", metrics},
            {"by", by},
            {"first_month", month_text(question_.window.first)},
            {"last_month", month_text(question_.window.last)},
            {"confidence", question_.confidence},
            {"fail_if", question_.fail_if ? question_.fail_if->text() : ""}};
  }

  const ComparisonParts parts_;
  const ComparisonQuestion question_;
  std::vector<RunIdentity> identities_;
  const std::string hash_;
  const std::chrono::steady_clock::time_point started_;
  std::string started_at_;
  std::vector<Manifest> manifests_;
  std::vector<ChecksBuilder> checks_;
  std::vector<SummaryBuilder> summaries_;
  ResultFolder folder_;
};

ComparisonWriter::ComparisonWriter(const ComparisonParts& parts, const ComparisonQuestion& question,
                                   const fs::path& out, bool force)
    : impl_(std::make_unique<Impl>(parts, question, out, force)) {}

ComparisonWriter::~ComparisonWriter() = default;

void ComparisonWriter::add(std::size_t part, int realization, const Recording& recording) {
  impl_->add(part, realization, recording);
}

void ComparisonWriter::fail(std::size_t part, int realization, std::string_view why) {
  impl_->fail(part, realization, why);
}

void ComparisonWriter::log(std::string_view level, std::string_view message) {
  impl_->folder().log(level, message);
}

const Manifest& ComparisonWriter::manifest(std::size_t part) const { return impl_->manifest(part); }

fs::path ComparisonWriter::finish(const Comparison& comparison, const Outcome& outcome,
                                  const Extra& extra) {
  return impl_->finish(comparison, outcome, extra);
}

}  // namespace steppe
