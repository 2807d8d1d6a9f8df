#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/analysis/recorded.hpp"
#include "sim/core/months.hpp"
#include "sim/observe/recording.hpp"
#include "sim/results/run_folder.hpp"
#include "sim/results/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// A policy lever, for one member of each of its dimensions or for all.
struct LeverName {
  std::string lever;    ///< `permits.sector_cap`
  DimKey key{};         ///< {Dim::Sector, "construction"}, or {Dim::None, ""}
  DimKey also{};        ///< of its second dimension: {Dim::Staff, "from_21"}
  std::string summary;  ///< the lever's own description: its name where the page has none
};

/// One dated change of a policy lever.
struct PolicyEvent : LeverName {
  std::string unit;
  Date from;
  double before = 0.0, after = 0.0;                      ///< infinity: no limit
  bool before_in_wages = false, after_in_wages = false;  ///< in minimum wages, not in `unit`
  std::vector<std::string> choices;  ///< words that stand for the values 0, 1, …
  double ramp_months = 0.0;
  std::string when;  ///< condition, or empty
  Source source;
  std::string place;  ///< file and line that set it, without folders
  bool own = false;   ///< set by the scenario's own file and not by one it extends
};

/// What a lever did in the months of the results.
struct LeverOutcome : LeverName {
  LeverEffect effect;
  bool own = false;  ///< moved by the scenario's own file, which moves some and not all
};

/// A date from which a variable is counted by another rule, so that levels on its two sides differ
/// for that reason too.
struct CountingBreak {
  std::string variable;
  Date from;
};

/// A figure the run rests on, for the page's list of sources.
struct SourcedValue {
  enum class Group { Parameter, Policy, Driver, Project, Population, Observation, Record };
  Group group = Group::Parameter;
  std::string name;   ///< `separation_rate.mining`
  Label label;        ///< one line of description, in the languages it has
  std::string quote;  ///< what was counted, in the words of the record
  /// One number, or the first and last of a series; with a date where it has one.
  std::vector<std::pair<std::optional<Date>, double>> figures;
  std::size_t points = 0;  ///< of the series
  std::string choice;      ///< instead of numbers: the word that stands for the value
  std::string unit;
  Source source;  ///< empty: no source was given
};

/// What a series from outside assumes in the years of the results.
struct DriverOutlook {
  struct Year {
    int year = 0;
    double mean = 0.0;  ///< over the months that are in the results
    bool held = false;  ///< outside the data: the figure at their end is held
  };
  std::string name;  ///< `copper_price`, `posts_index.mining`
  std::string unit;
  std::string kind;  ///< of its source
  std::vector<Year> years;
  std::optional<DimKey> key = std::nullopt;  ///< the one behind its name
};

/// Everything a page is made from. It holds no clock time, host name or path, so that equal runs
/// give equal bytes.
struct ReportInput {
  std::string key;       ///< stem of the scenario file
  std::string run_name;  ///< name of the run folder: `history-1a2b3c4d`
  std::string hash;      ///< of the run, 64 digits
  Label name, question, description;
  std::string country;  ///< ISO 3166 alpha-3, or empty
  Date start;           ///< first day simulated; results may begin later
  Dimensions dimensions;
  std::array<std::string, kSlotCount> model;  ///< variant by slot

  std::string version;      ///< of the program
  std::string source_hash;  ///< of its sources
  std::uint64_t seed = 1;
  int replications = 1;              ///< asked for
  int finished = 1;                  ///< realizations in the figures
  int draws = 1;                     ///< parameter draws
  bool mean_field = false;           ///< expected stocks instead of persons
  std::int64_t scale = 1;            ///< persons one record stands for
  std::uint64_t records = 0;         ///< persons' records at the end
  std::vector<std::string> command;  ///< words that repeat the run from its folder

  Summary summary;
  std::vector<Variable> variables;  ///< descriptions of the summary's variables
  std::vector<RecordedPoint> recorded;
  std::vector<PolicyEvent> policy;  ///< by date
  std::vector<CountingBreak> breaks;
  std::vector<SourcedValue> sources;
  std::vector<DriverOutlook> drivers;  ///< by name
  std::vector<LeverOutcome> levers;    ///< the scenario's own first
  std::vector<Warning> warnings;       ///< read before quoting a number; places without folders
};

struct ReportOptions {
  std::string language = "en";  ///< a column of the page's words; others fall back to `en`
  bool charts = true;           ///< false: tables alone, as when built without Node
};

/// Gathers what the page shows of a run.
///
/// @param summary  the run's summary.csv
[[nodiscard]] ReportInput make_report_input(const Scenario& scenario, const Manifest& manifest,
                                            Summary summary);

/// What levers did, a sentence each in English, the scenario's own first.
/// @param own_only those alone that the scenario's own file moves
[[nodiscard]] std::vector<std::string> lever_sentences(const ReportInput& input, bool own_only);

/// The page: one HTML document that needs no other file and no network. Thread-safe.
[[nodiscard]] std::string report_page(const ReportInput& input, const ReportOptions& options = {});

/// Writes the page. @throws IoError when the file cannot be written
void write_report(const ReportInput& input, const std::filesystem::path& file,
                  const ReportOptions& options = {});

/// Writes the run's figures as a workbook (.xlsx): headline, years, months, policy, levers,
/// drivers, sources and warnings, a sheet each, in the page's language. The same input gives the
/// same bytes.
/// @throws IoError when the file cannot be written
void write_workbook(const ReportInput& input, const std::filesystem::path& file,
                    const ReportOptions& options = {});

/// Adds report.html and summary.xlsx to a run folder that is being written: the last argument of
/// `RunWriter::finish`. @throws IoError
void add_report(const Scenario& scenario, const RunFolder& folder);

/// Makes the page of a finished run again from its folder alone: its inputs, manifest and
/// summary.csv. With the run's language and build, the bytes equal the folder's report.html.
///
/// @param language empty: the run's
/// @throws IoError when the folder lacks something, ConfigError when its scenario no longer reads
[[nodiscard]] std::string rebuild_report(const RunFolder& folder, const Catalogue& catalogue,
                                         std::string_view language = {});

/// True when the program was built with the interactive charts.
[[nodiscard]] bool report_has_charts();

/// Languages a page can be made in, English first: {"en", "mn"}.
[[nodiscard]] std::vector<std::string> report_languages();

}  // namespace steppe
