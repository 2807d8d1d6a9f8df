#include "sim/report/report.hpp"

#include <spdlog/fmt/fmt.h>

#include <fstream>
#include <utility>

#include "app/command.hpp"
#include "app/program.hpp"
#include "app/terminal.hpp"
#include "sim/core/error.hpp"
#include "sim/report/benchmark_report.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/results/files.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;

class Report final : public Command {
 public:
  std::string name() const override { return "report"; }
  std::string usage() const override { return "RUN... [options]"; }
  std::string summary() const override {
    return "build the page of a finished run, comparison or benchmark again";
  }
  std::string details() const override {
    return "RUN is the folder of a run, a comparison or a benchmark. Writes NAME-HASH.html into "
           "the\n"
           "folder given by -o, never into a run folder.";
  }
  void declare(OptionSet& options) override {
    options.arguments("RUN", runs_, 1, 0);
    options.text("output,o", "DIR|FILE.html", "where the page goes (the current folder)", output_);
    std::vector<std::string> languages = report_languages();
    options.choice("lang", "language of the page (the run's)", language_, std::move(languages));
  }
  int run() override {
    const bool one_file = fs::path(output_).extension() == ".html";
    if (one_file && runs_.size() > 1) {
      throw UsageError("-o names one page, but there are several runs; name a folder");
    }
    for (const std::string& run : runs_) {
      const auto [name, page] = page_of(run);
      const fs::path file = one_file ? fs::path(output_) : fs::path(output_) / (name + ".html");
      refuse_inside(file, run);
      std::error_code failure;
      if (file.has_parent_path()) fs::create_directories(file.parent_path(), failure);
      OutputFile out(file, file);
      out.write(page);
      out.close();
      print(file.string() + "\n");
    }
    return kSuccess;
  }

 private:
  /// Name and page of a run, a comparison or a benchmark.
  [[nodiscard]] std::pair<std::string, std::string> page_of(const std::string& path) const {
    const Catalogue& catalogue = known_models().catalogue();
    if (is_benchmark(path)) {
      const BenchmarkFolder folder = BenchmarkFolder::open(path);
      return {folder.name, rebuild_benchmark_report(folder, catalogue, language_)};
    }
    if (is_comparison(path)) {
      const ComparisonFolder folder = ComparisonFolder::open(path);
      return {folder.name(), rebuild_comparison_report(folder, catalogue, language_)};
    }
    const RunFolder folder = RunFolder::open(path);
    return {folder.name(), rebuild_report(folder, catalogue, language_)};
  }

  /// A run folder's files are those its manifest lists.
  static void refuse_inside(const fs::path& file, const fs::path& folder) {
    const fs::path target = fs::weakly_canonical(fs::absolute(file)).parent_path();
    const fs::path inside = fs::weakly_canonical(fs::absolute(folder));
    const auto [end, rest] =
        std::mismatch(inside.begin(), inside.end(), target.begin(), target.end());
    if (end == inside.end()) {
      throw UsageError(
          fmt::format("-o points into the run folder {}, which stays as it is; choose "
                      "another place",
                      folder.string()));
    }
  }

  std::vector<std::string> runs_;
  std::string output_;
  std::string language_;
};

}  // namespace

std::unique_ptr<Command> make_report() { return std::make_unique<Report>(); }

}  // namespace steppe::app
