#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// results.nc: every table of every realization, NetCDF-4 with CF-1.10 attributes.
///
/// Made in the order of the realizations, each compressed as it comes, so that equal runs give
/// equal bytes. The compressed file is kept in memory (about 1 MB a realization of 16 years) and
/// goes to the disk when it is closed: on a full disk the HDF5 library (1.10) loses track of its
/// own file and crashes the process at its exit, whatever is done about the error it reported.
class NetcdfFile {
 public:
  /// Defines all variables by the first recording, whose tables all others share.
  ///
  /// @param shown the name used in errors
  /// @param hash  of the run, noted in the file
  /// @throws IoError
  NetcdfFile(const std::filesystem::path& file, std::filesystem::path shown,
             const Scenario& scenario, const RunInfo& info, std::string_view hash,
             const Recording& first);
  /// Gives the file up when it was not closed; then nothing is on the disk.
  ~NetcdfFile();
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;

  /// @throws IoError
  void write(int realization, const Recording& recording);
  /// Writes the file. @throws IoError
  void close();

  /// `employed` for a national total, `employed_by_sector_occupation` for a cross table.
  [[nodiscard]] static std::string variable_name(const Variable& variable);

 private:
  void check(int status) const;
  void put_text(int variable, const char* name, std::string_view text) const;
  int define_dimension(const char* name, std::size_t size) const;
  void define_coordinates(const Scenario& scenario, const RunInfo& info, const Recording& first);
  void define_variables(const Recording& first);
  void write_coordinates(const Scenario& scenario, const RunInfo& info, const Recording& first);

  std::filesystem::path file_;
  std::filesystem::path shown_;
  int id_ = -1;
  int realization_dim_ = -1, time_dim_ = -1;
  int realization_ = -1, time_ = -1, time_bounds_ = -1;  ///< variables
  struct Axis {
    Dim dim;
    int dimension;
    int variable;
  };
  std::vector<Axis> axes_;
  std::vector<int> variables_;  ///< by table
};

}  // namespace steppe
