#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/results/files.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// tidy.csv: one row a value, realization by realization, table by table, cell by cell, month by
/// month.
///
/// There is a column for region, sector, occupation, skill and origin, and for every dimension that
/// the scenario's `outputs.by` names. A table by another dimension is left to results.nc and
/// summary.csv: a column more costs every row of the file four bytes.
class TidyFile {
 public:
  /// @throws IoError
  TidyFile(const std::filesystem::path& file, const std::filesystem::path& shown,
           const Scenario& scenario, const RunInfo& info);

  /// @throws IoError
  void write(int realization, const Recording& recording);
  /// @throws IoError
  void close() { file_.close(); }

  /// True when a variable has its rows here.
  [[nodiscard]] bool holds(const Variable& variable) const;

 private:
  void write_table(int realization, const Table& table, const std::vector<std::string>& months);

  OutputFile file_;
  std::string start_;           ///< `model,scenario,`
  std::vector<Dim> more_dims_;  ///< columns between origin and value
  Dimensions dimensions_;
  std::string rows_;  ///< of one cell, reused
};

}  // namespace steppe
