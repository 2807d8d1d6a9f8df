#include "sim/report/kept_scenario.hpp"
#include "sim/report/report.hpp"
#include "sim/results/files.hpp"

namespace steppe {

void write_report(const ReportInput& input, const std::filesystem::path& file,
                  const ReportOptions& options) {
  const std::string page = report_page(input, options);
  OutputFile out(file, file);
  out.write(page);
  out.close();
}

void add_report(const Scenario& scenario, const RunFolder& folder) {
  const Manifest& manifest = folder.manifest();
  const ReportInput input = make_report_input(scenario, manifest, folder.summary());
  const ReportOptions options{manifest.run.language, true};
  write_report(input, folder.path() / "report.html", options);
  write_workbook(input, folder.path() / "summary.xlsx", options);
}

std::string rebuild_report(const RunFolder& folder, const Catalogue& catalogue,
                           std::string_view language) {
  const Manifest& manifest = folder.manifest();
  const Scenario scenario = report_detail::read_kept_scenario(
      folder.path(), folder.scenario_file(), manifest.run, catalogue, "the scenario");
  const std::string lang{language.empty() ? std::string_view(manifest.run.language) : language};
  return report_page(make_report_input(scenario, manifest, folder.summary()), {lang, true});
}

}  // namespace steppe
