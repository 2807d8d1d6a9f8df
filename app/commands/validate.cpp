#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/program.hpp"
#include "app/reality.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/core/build_info.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::app {
namespace {

using Json = nlohmann::ordered_json;

/// What was found in one file.
struct Checked {
  std::string file;
  Diagnostics diagnostics;
};

const char* severity(const Diagnostic& d) {
  return d.severity == Severity::Error ? "error" : "warning";
}

std::string as_json(const std::vector<Checked>& all) {
  Json out = Json::array();
  for (const Checked& checked : all) {
    Json found = Json::array();
    for (const Diagnostic& d : checked.diagnostics) {
      found.push_back({{"file", d.place.file},
                       {"line", d.place.line},
                       {"column", d.place.column},
                       {"severity", severity(d)},
                       {"message", d.message.text},
                       {"suggestion", d.suggestion}});
    }
    out.push_back({{"file", checked.file},
                   {"valid", !has_errors(checked.diagnostics)},
                   {"diagnostics", std::move(found)}});
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// SARIF 2.1.0, which code hosts and editors show beside the lines.
std::string as_sarif(const std::vector<Checked>& all) {
  Json results = Json::array();
  for (const Checked& checked : all) {
    for (const Diagnostic& d : checked.diagnostics) {
      Json place{{"artifactLocation", {{"uri", d.place.file}}}};
      if (d.place.line > 0) {
        place["region"] = {{"startLine", d.place.line},
                           {"startColumn", std::max(1, d.place.column)},
                           {"endColumn", std::max(1, d.place.column) + std::max(1, d.length)}};
      }
      const std::string text = d.suggestion.empty()
                                   ? d.message.text
                                   : fmt::format("{}; {}", d.message.text, d.suggestion);
      results.push_back({{"ruleId", d.kind == FaultKind::Data ? "data" : "scenario"},
                         {"level", severity(d)},
                         {"message", {{"text", text}}},
                         {"locations", {{{"physicalLocation", std::move(place)}}}}});
    }
  }
  const Json tool{{"driver",
                   {{"name", "steppe"},
                    {"version", build_info().version},
                    {"rules", {{{"id", "scenario"}}, {{"id", "data"}}}}}}};
  const Json out{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", {{{"tool", tool}, {"columnKind", "unicodeCodePoints"}, {"results", results}}}}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

class Validate final : public Command {
 public:
  std::string name() const override { return "validate"; }
  std::string usage() const override { return "FILE... [options]"; }
  std::string summary() const override { return "check scenario files without running them"; }
  std::string details() const override {
    return "With --reality the scenarios are run, as they are and under what their reality checks "
           "are\n"
           "given, and these are judged: exit 5 when one does not hold.";
  }
  void declare(OptionSet& options) override {
    options.arguments("FILE", files_, 1, 0);
    options.list("set", "PATH=VALUE", "change a value, as in time.end=2015-12-31", sets_);
    options.choice("format", "form of the answer (text)", format_, {"text", "json", "sarif"});
    options.flag("strict", "warnings count as errors", strict_);
    options.flag("reality", "run and judge the reality checks", reality_);
    declare_ensemble(options, request_, "of each run for the reality checks");
    options.flag("quiet,q", "no word on files without mistakes", quiet_);
  }

  int run() override {
    ReadOptions how;
    how.overrides = parse_overrides(sets_);
    how.allow_overlay = true;
    std::vector<Checked> all;
    int code = kSuccess;
    for (const std::string& file : files_) {
      const auto read = read_scenario(file, known_models().catalogue(), how);
      Diagnostics found = read ? read->warnings : read.error();
      request_.file = file;
      request_.overrides = how.overrides;
      request_.quiet = quiet_;
      if (read && !is_layer(*read)) append(found, check_given(request_, *read));
      int one = exit_code(found);
      if (strict_ && one == kSuccess && !found.empty()) one = kInvalidScenario;
      // A mistake in a scenario weighs more than one in a table, as within one file.
      if (one != kSuccess && code != kInvalidScenario) code = one;
      if (format_ == "text") tell_about(file, found);
      if (reality_ && one == kSuccess && !read->reality_checks.empty() && !is_layer(*read)) {
        const RealityReport report = judge(request_, *read);
        if (report.interrupted) {
          complain("interrupted; not all reality checks were judged");
          return kInterrupted;
        }
        const int judged = tell_reality(report);
        if (code == kSuccess) code = judged;
        append(found, report.failed);
      }
      all.push_back({file, std::move(found)});
    }
    if (format_ == "json") print(as_json(all));
    if (format_ == "sarif") print(as_sarif(all));
    return code;
  }

 private:
  static void append(Diagnostics& all, Diagnostics more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  }

  /// A layer cannot be run, and so neither be read under what its checks are given.
  static bool is_layer(const Scenario& scenario) { return scenario.overlay; }

  /// @returns the exit code
  int tell_reality(const RealityReport& report) const {
    if (format_ == "text") {
      for (const Diagnostic& d : report.failed) {
        tell(fmt::format("{}:{}:{}: {}\n", d.place.file, d.place.line, d.place.column,
                         d.message.text));
      }
      if (!quiet_) {
        for (const std::string& sentence : report.held) print(sentence + "\n");
      }
    }
    for (const std::string& failure : report.failures) complain(failure);
    if (!report.failures.empty()) return kSomeFailed;
    return report.failed.empty() ? kSuccess : kConditionFailed;
  }

  void tell_about(const std::string& file, const Diagnostics& found) const {
    tell(found);
    if (has_errors(found) || quiet_) return;
    print(fmt::format("{}: valid{}\n", file, found.empty() ? "" : ", with warnings"));
  }

  std::vector<std::string> files_;
  std::vector<std::string> sets_;
  std::string format_ = "text";
  bool strict_ = false;
  bool reality_ = false;
  RealityRequest request_;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_validate() { return std::make_unique<Validate>(); }

}  // namespace steppe::app
