#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/analysis/comparison_folder.hpp"
#include "sim/analysis/differences.hpp"
#include "sim/analysis/outcome.hpp"
#include "sim/report/report.hpp"
#include "sim/scenario/difference.hpp"

namespace steppe {

/// A value that an alternative holds otherwise than the base.
struct ChangedAssumption {
  AssumptionChange change;
  std::optional<LeverName> lever;    ///< of a lever of policy …
  std::vector<std::string> choices;  ///< … and the words that stand for its values 0, 1, …
};

/// One alternative of a comparison, as its page shows it.
struct ComparedAlternative {
  ReportInput run;
  AlternativeOutcome outcome;  ///< with the people of every dimension
  Differences months;          ///< from the base, by month …
  Differences window;          ///< … and over the window
  std::vector<ChangedAssumption> changes;
};

/// Everything the page of a comparison is made from. It holds no clock time, host name or path, so
/// that equal comparisons give equal bytes.
struct ComparisonInput {
  std::string name;  ///< of the folder: `compare-baseline-fee-1a2b3c4d`
  Window window;
  double confidence = 0.9;
  ReportInput base;
  std::vector<ComparedAlternative> alternatives;
  std::vector<std::string> command;  ///< words that repeat it from its folder
};

/// Gathers what the page shows from a folder alone: its inputs, manifest and tables.
/// @throws IoError when the folder lacks something, ConfigError when a scenario no longer reads
[[nodiscard]] ComparisonInput read_comparison(const ComparisonFolder& folder,
                                              const Catalogue& catalogue);

/// Makes those lever outcomes a run's own that a comparison changes, and no others.
void mark_changed_levers(ReportInput& input, const std::vector<AssumptionChange>& changes);

/// The page: one HTML document that needs no other file and no network. Thread-safe.
[[nodiscard]] std::string comparison_page(const ComparisonInput& input,
                                          const ReportOptions& options = {});

/// Writes the comparison's figures as a workbook (.xlsx) in the page's language: verdicts, what was
/// changed, differences by cell, people, sources and warnings, a sheet each. The same input gives
/// the same bytes. @throws IoError when the file cannot be written
void write_comparison_workbook(const ComparisonInput& input, const std::filesystem::path& file,
                               const ReportOptions& options = {});

/// Adds report.html and summary.xlsx to a folder that is being written: for
/// `ComparisonWriter::finish`. @throws IoError
void add_comparison_report(const ComparisonFolder& folder, const Catalogue& catalogue);

/// Makes the page of a finished comparison again from its folder alone.
/// @param language empty: the comparison's
/// @throws as read_comparison
[[nodiscard]] std::string rebuild_comparison_report(const ComparisonFolder& folder,
                                                    const Catalogue& catalogue,
                                                    std::string_view language = {});

}  // namespace steppe
