#include <netcdf.h>

#include <cmath>
#include <cstdlib>

#include "sim/core/months.hpp"
#include "sim/results/netcdf_file.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

namespace steppe {
namespace {

/// Reads with the C library alone, as any other program would.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) {
    REQUIRE(nc_open(file.c_str(), NC_NOWRITE, &id_) == NC_NOERR);
  }
  ~Reader() { nc_close(id_); }
  [[nodiscard]] int variable(const char* name) const {
    int variable = -1;
    INFO(name);
    REQUIRE(nc_inq_varid(id_, name, &variable) == NC_NOERR);
    return variable;
  }
  [[nodiscard]] std::string text(const char* name, const char* attribute) const {
    const int id = std::string(name).empty() ? NC_GLOBAL : variable(name);
    std::size_t size = 0;
    INFO(name << ":" << attribute);
    REQUIRE(nc_inq_attlen(id_, id, attribute, &size) == NC_NOERR);
    std::string value(size, ' ');
    REQUIRE(nc_get_att_text(id_, id, attribute, value.data()) == NC_NOERR);
    return value;
  }
  [[nodiscard]] std::vector<std::string> dimensions(const char* name) const {
    int count = 0;
    int ids[NC_MAX_VAR_DIMS];
    REQUIRE(nc_inq_var(id_, variable(name), nullptr, nullptr, &count, ids, nullptr) == NC_NOERR);
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
      char buffer[NC_MAX_NAME + 1];
      REQUIRE(nc_inq_dimname(id_, ids[i], buffer) == NC_NOERR);
      names.emplace_back(buffer);
    }
    return names;
  }
  [[nodiscard]] std::vector<double> values(const char* name, std::size_t count) const {
    std::vector<double> values(count);
    REQUIRE(nc_get_var_double(id_, variable(name), values.data()) == NC_NOERR);
    return values;
  }
  [[nodiscard]] std::vector<std::string> strings(const char* name, std::size_t count) const {
    std::vector<char*> raw(count);
    REQUIRE(nc_get_var_string(id_, variable(name), raw.data()) == NC_NOERR);
    std::vector<std::string> values(raw.begin(), raw.end());
    nc_free_string(count, raw.data());
    return values;
  }
  [[nodiscard]] int id() const { return id_; }

 private:
  int id_ = -1;
};

void write_small(const std::filesystem::path& file, const Scenario& scenario,
                 const std::vector<int>& realizations, int replications) {
  NetcdfFile out(file, "results.nc", scenario, test::small_info(replications), "0123abcd",
                 test::small_recording(realizations.front()));
  for (const int r : realizations) out.write(r, test::small_recording(r));
  out.close();
}

TEST_CASE("results/netcdf: values, coordinates and bounds come back", "[unit]") {
  const test::TempFolder folder;
  write_small(folder / "a.nc", test::small_scenario(folder.path()), {0, 1}, 2);
  const Reader file(folder / "a.nc");
  using Names = std::vector<std::string>;
  using Values = std::vector<double>;
  CHECK(file.dimensions("employed") == Names{"realization", "time"});
  CHECK(file.dimensions("employed_by_sector_occupation") ==
        Names{"realization", "time", "sector", "occupation"});
  CHECK(file.values("employed", 6) == Values{100, 101, 102, 101, 102, 103});
  CHECK(file.values("employed_by_sector", 12) ==
        Values{60, 40, 61, 40, 62, 40, 61, 40, 62, 40, 63, 40});
  CHECK(file.values("employed_by_sector_occupation", 24)[13] == 51.0);
  const Values rate = file.values("unemployment_rate", 6);
  CHECK(rate[4] == 0.0625 + 0.01);
  CHECK(std::isnan(rate[2]));
  CHECK(file.strings("sector", 2) == Names{"mining", "construction"});
  CHECK(file.strings("sex", 2) == Names{"female", "male"});
  CHECK(file.values("realization", 2) == Values{0, 1});

  const auto day = [](int year, int month, int day_of_month) {
    return static_cast<double>(days_since_epoch({year, month, day_of_month}));
  };
  CHECK(file.values("time", 3) == Values{day(2009, 1, 31), day(2009, 2, 28), day(2009, 3, 31)});
  CHECK(file.values("time_bounds", 6) == Values{day(2009, 1, 1), day(2009, 2, 1), day(2009, 2, 1),
                                                day(2009, 3, 1), day(2009, 3, 1), day(2009, 4, 1)});
  CHECK(day(1970, 1, 1) == 0.0);
}

TEST_CASE("results/netcdf: every variable says what it is", "[unit]") {
  const test::TempFolder folder;
  write_small(folder / "a.nc", test::small_scenario(folder.path()), {0}, 1);
  const Reader file(folder / "a.nc");
  CHECK(file.text("", "Conventions") == "CF-1.10");
  CHECK(file.text("", "title") == "A quota");
  CHECK(file.text("", "scenario") == "quota");
  CHECK(file.text("", "run_hash") == "0123abcd");
  CHECK_THAT(file.text("", "history"), StartsWith("written by steppe "));
  CHECK(file.text("time", "units") == "days since 1970-01-01");
  CHECK(file.text("time", "calendar") == "standard");
  CHECK(file.text("time", "bounds") == "time_bounds");
  CHECK(file.text("employed", "units") == "person");
  CHECK(file.text("employed", "long_name") == "The employed");
  CHECK(file.text("employed", "cell_methods") == "time: point");
  CHECK(file.text("hires", "units") == "person/month");
  CHECK(file.text("hires", "cell_methods") == "time: mean");
  CHECK(file.text("unemployment_rate", "cell_methods") == "time: point");

  int count = 0;
  REQUIRE(nc_inq_nvars(file.id(), &count) == NC_NOERR);
  for (int variable = 0; variable < count; ++variable) {
    char name[NC_MAX_NAME + 1];
    REQUIRE(nc_inq_varname(file.id(), variable, name) == NC_NOERR);
    if (std::string(name) == "time_bounds") continue;  // described by `time`
    CHECK_FALSE(file.text(name, "long_name").empty());
    nc_type type = NC_NAT;
    REQUIRE(nc_inq_vartype(file.id(), variable, &type) == NC_NOERR);
    if (type != NC_STRING) CHECK_FALSE(file.text(name, "units").empty());
  }
}

TEST_CASE("results/netcdf: values are compressed and a missing realization is NaN", "[unit]") {
  const test::TempFolder folder;
  write_small(folder / "a.nc", test::small_scenario(folder.path()), {0, 2}, 3);
  const Reader file(folder / "a.nc");
  int shuffle = 0, deflate = 0, level = 0;
  REQUIRE(nc_inq_var_deflate(file.id(), file.variable("employed"), &shuffle, &deflate, &level) ==
          NC_NOERR);
  CHECK(deflate == 1);
  CHECK(level > 0);
  const std::vector<double> employed = file.values("employed", 9);
  CHECK(employed[0] == 100.0);
  CHECK(std::isnan(employed[3]));
  CHECK(std::isnan(employed[5]));
  CHECK(employed[6] == 102.0);
}

TEST_CASE("results/netcdf: xarray opens the file as it is", "[unit]") {
  if (std::system("python3 -c 'import xarray, netCDF4' 2>/dev/null") != 0) {
    WARN(
        "not tested: python3 has no xarray with netCDF4; install python3-xarray and "
        "python3-netcdf4");
    return;
  }
  const test::TempFolder folder;
  write_small(folder / "a.nc", test::small_scenario(folder.path()), {0, 1}, 2);
  test::spit(folder / "open.py", R"(
import sys, xarray
data = xarray.open_dataset(sys.argv[1])
building = data.employed_by_sector.sel(sector='construction', realization=1)
assert list(building.values) == [40, 40, 40]
assert str(data.time.values[0])[:10] == '2009-01-31'
assert str(data.time_bounds.values[0][1])[:10] == '2009-02-01'
assert data.employed.attrs['units'] == 'person'
assert bool(data.unemployment_rate.isnull()[0][2])
)");
  const std::string command =
      "python3 '" + (folder / "open.py").string() + "' '" + (folder / "a.nc").string() + "'";
  CHECK(std::system(command.c_str()) == 0);
}

}  // namespace
}  // namespace steppe
