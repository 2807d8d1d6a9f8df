#include "sim/report/report.hpp"

#include <spdlog/fmt/fmt.h>

#include <fstream>

#include "app/command.hpp"
#include "app/terminal.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/error.hpp"
#include "sim/results/files.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;

class Report final : public Command {
 public:
  std::string name() const override { return "report"; }
  std::string usage() const override { return "RUN... [options]"; }
  std::string summary() const override { return "build the page of a finished run again"; }
  std::string details() const override {
    return "Writes NAME-HASH.html into the folder given by -o, never into a run folder.";
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
      const RunFolder folder = RunFolder::open(run);
      const std::string page = rebuild_report(folder, builtin_models().catalogue(), language_);
      const fs::path file =
          one_file ? fs::path(output_) : fs::path(output_) / (folder.name() + ".html");
      refuse_inside(file, folder);
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
  /// A run folder's files are those its manifest lists.
  static void refuse_inside(const fs::path& file, const RunFolder& folder) {
    const fs::path target = fs::weakly_canonical(fs::absolute(file)).parent_path();
    const fs::path inside = fs::weakly_canonical(fs::absolute(folder.path()));
    const auto [end, rest] =
        std::mismatch(inside.begin(), inside.end(), target.begin(), target.end());
    if (end == inside.end()) {
      throw UsageError(
          fmt::format("-o points into the run folder {}, which stays as it is; choose "
                      "another place",
                      folder.path().string()));
    }
  }

  std::vector<std::string> runs_;
  std::string output_;
  std::string language_;
};

}  // namespace

std::unique_ptr<Command> make_report() { return std::make_unique<Report>(); }

}  // namespace steppe::app
