#include "sim/results/netcdf_file.hpp"

#include <netcdf.h>
#include <netcdf_mem.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>

#include "sim/core/build_info.hpp"
#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/files.hpp"

namespace steppe {
namespace {

/// Higher levels shrink counts and rates by a few per cent more and take twice the time.
constexpr int kDeflateLevel = 2;

const char* description(Dim dim) {
  switch (dim) {
    case Dim::None:
      return "";
    case Dim::Sector:
      return "sector of activity";
    case Dim::Occupation:
      return "occupation";
    case Dim::Region:
      return "region";
    case Dim::Origin:
      return "citizenship of foreign workers";
    case Dim::Destination:
      return "country of residence of nationals abroad";
    case Dim::Education:
      return "highest education completed";
    case Dim::Field:
      return "field of training";
    case Dim::Skill:
      return "skill level of the occupation";
    case Dim::Status:
      return "labour status";
    case Dim::Sex:
      return "sex";
    case Dim::Age:
      return "age band, first and last age in completed years";
    case Dim::Project:
      return "dated project";
    case Dim::Staff:
      return "size of the firm";
    case Dim::Share:
      return "foreigners among the firm's staff";
    case Dim::Years:
      return "age in completed years";
  }
  return "";
}

/// How values relate to the time bounds, in the words of the CF conventions.
const char* cell_methods(const Variable& variable) {
  const bool per_month = variable.unit.ends_with("/month");
  switch (variable.kind) {
    case VariableKind::Flow:
      return per_month ? "time: mean" : "time: sum";
    case VariableKind::Rate:
      // A hazard (1/month) is over the month; a share is of the stocks at its end.
      return per_month ? "time: mean" : "time: point";
    case VariableKind::Stock:
    case VariableKind::Index:
      return "time: point";
  }
  return "time: point";
}

/// Room for the definitions of a usual run; the image grows as it must.
constexpr std::size_t kFirstBytes = 1 << 20;

}  // namespace

std::string NetcdfFile::variable_name(const Variable& variable) {
  std::string name = variable.name;
  for (std::size_t i = 0; i < variable.dims.size(); ++i) {
    name += i == 0 ? "_by_" : "_";
    name += to_string(variable.dims[i]);
  }
  return name;
}

void NetcdfFile::check(int status) const {
  if (status == NC_NOERR) return;
  // The image is in memory, so what fails here is memory or the library itself.
  throw IoError(fmt::format("cannot make '{}': {}; try with more memory or fewer replications",
                            shown_.string(), nc_strerror(status)));
}

NetcdfFile::NetcdfFile(const std::filesystem::path& file, std::filesystem::path shown,
                       const Scenario& scenario, const RunInfo& info, std::string_view hash,
                       const Recording& first)
    : file_(file), shown_(std::move(shown)) {
  check(nc_create_mem(file.c_str(), NC_NETCDF4, kFirstBytes, &id_));
  try {
    int old_mode = 0;
    check(nc_set_fill(id_, NC_NOFILL, &old_mode));
    put_text(NC_GLOBAL, "Conventions", "CF-1.10");
    put_text(NC_GLOBAL, "title", scenario.name.in("en", scenario.key));
    put_text(NC_GLOBAL, "source", fmt::format("steppe {}", build_info().version));
    put_text(NC_GLOBAL, "history", fmt::format("written by steppe {}", build_info().version));
    put_text(NC_GLOBAL, "model", info.model);
    put_text(NC_GLOBAL, "scenario", scenario.key);
    put_text(NC_GLOBAL, "run_hash", hash);
    define_coordinates(scenario, info, first);
    define_variables(first);
    check(nc_enddef(id_));
    write_coordinates(scenario, info, first);
  } catch (...) {
    nc_abort(id_);
    throw;
  }
}

NetcdfFile::~NetcdfFile() {
  if (id_ >= 0) nc_abort(id_);
}

void NetcdfFile::put_text(int variable, const char* name, std::string_view text) const {
  check(nc_put_att_text(id_, variable, name, text.size(), text.data()));
}

int NetcdfFile::define_dimension(const char* name, std::size_t size) const {
  int dimension = -1;
  check(nc_def_dim(id_, name, size, &dimension));
  return dimension;
}

void NetcdfFile::define_coordinates(const Scenario& scenario, const RunInfo& info,
                                    const Recording& first) {
  realization_dim_ = define_dimension("realization", static_cast<std::size_t>(info.replications));
  time_dim_ = define_dimension("time", first.months.size());
  const int bounds_dim = define_dimension("bounds", 2);

  check(nc_def_var(id_, "realization", NC_INT, 1, &realization_dim_, &realization_));
  put_text(realization_, "standard_name", "realization");
  put_text(realization_, "long_name", "number of the replication");
  put_text(realization_, "units", "1");

  check(nc_def_var(id_, "time", NC_DOUBLE, 1, &time_dim_, &time_));
  put_text(time_, "standard_name", "time");
  put_text(time_, "long_name", "last day of the month");
  put_text(time_, "units", "days since 1970-01-01");
  put_text(time_, "calendar", "standard");
  put_text(time_, "axis", "T");
  put_text(time_, "bounds", "time_bounds");
  const int bounds_dims[] = {time_dim_, bounds_dim};
  check(nc_def_var(id_, "time_bounds", NC_DOUBLE, 2, bounds_dims, &time_bounds_));

  for (const Dim dim : kAllDims) {
    const bool used = std::any_of(first.tables.begin(), first.tables.end(), [&](const Table& t) {
      return std::find(t.variable.dims.begin(), t.variable.dims.end(), dim) !=
             t.variable.dims.end();
    });
    if (!used) continue;
    const std::string name(to_string(dim));
    Axis axis{dim, -1, -1};
    axis.dimension =
        define_dimension(name.c_str(), dimension_keys(scenario.dimensions, dim).size());
    check(nc_def_var(id_, name.c_str(), NC_STRING, 1, &axis.dimension, &axis.variable));
    put_text(axis.variable, "long_name", description(dim));
    axes_.push_back(axis);
  }
}

void NetcdfFile::define_variables(const Recording& first) {
  for (const Table& table : first.tables) {
    const Variable& variable = table.variable;
    std::vector<int> dimensions{realization_dim_, time_dim_};
    // One chunk holds one realization: it is complete when it is written, and never read back.
    std::vector<std::size_t> chunk{1, first.months.size()};
    for (std::size_t i = 0; i < variable.dims.size(); ++i) {
      const auto axis = std::find_if(axes_.begin(), axes_.end(),
                                     [&](const Axis& a) { return a.dim == variable.dims[i]; });
      dimensions.push_back(axis->dimension);
      chunk.push_back(table.shape[i]);
    }
    int id = -1;
    check(nc_def_var(id_, variable_name(variable).c_str(), NC_DOUBLE,
                     static_cast<int>(dimensions.size()), dimensions.data(), &id));
    check(nc_def_var_chunking(id_, id, NC_CHUNKED, chunk.data()));
    // Without a cache a chunk is compressed at once and does not wait in full size.
    check(nc_set_var_chunk_cache(id_, id, 0, 0, 0.0F));
    check(nc_def_var_deflate(id_, id, /*shuffle=*/1, /*deflate=*/1, kDeflateLevel));
    const double missing = std::numeric_limits<double>::quiet_NaN();
    check(nc_def_var_fill(id_, id, NC_FILL, &missing));
    put_text(id, "long_name", variable.long_name);
    put_text(id, "units", variable.unit);
    put_text(id, "cell_methods", cell_methods(variable));
    variables_.push_back(id);
  }
}

void NetcdfFile::write_coordinates(const Scenario& scenario, const RunInfo& info,
                                   const Recording& first) {
  std::vector<int> numbers(static_cast<std::size_t>(info.replications));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int>(i);
  check(nc_put_var_int(id_, realization_, numbers.data()));

  std::vector<double> last_days, bounds;
  for (const Month month : first.months) {
    const auto start = static_cast<double>(days_since_epoch(month.first_day()));
    const auto end = static_cast<double>(days_since_epoch((month + 1).first_day()));
    last_days.push_back(end - 1.0);
    bounds.insert(bounds.end(), {start, end});
  }
  check(nc_put_var_double(id_, time_, last_days.data()));
  check(nc_put_var_double(id_, time_bounds_, bounds.data()));

  for (const Axis& axis : axes_) {
    const std::vector<std::string> keys = dimension_keys(scenario.dimensions, axis.dim);
    std::vector<const char*> texts;
    for (const std::string& key : keys) texts.push_back(key.c_str());
    check(nc_put_var_string(id_, axis.variable, texts.data()));
  }
}

void NetcdfFile::write(int realization, const Recording& recording) {
  for (std::size_t i = 0; i < recording.tables.size(); ++i) {
    const Table& table = recording.tables[i];
    std::vector<std::size_t> start(2 + table.shape.size(), 0);
    start[0] = static_cast<std::size_t>(realization);
    std::vector<std::size_t> count{1, recording.months.size()};
    count.insert(count.end(), table.shape.begin(), table.shape.end());
    check(nc_put_vara_double(id_, variables_[i], start.data(), count.data(), table.data.data()));
  }
}

void NetcdfFile::close() {
  NC_memio image{};
  check(nc_close_memio(std::exchange(id_, -1), &image));
  const std::unique_ptr<void, decltype(&std::free)> memory(image.memory, &std::free);
  OutputFile out(file_, shown_);
  out.write({static_cast<const char*>(image.memory), image.size});
  out.close();
}

}  // namespace steppe
