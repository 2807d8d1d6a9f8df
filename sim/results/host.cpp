#include "sim/results/host.hpp"

#include <netcdf.h>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <sys/utsname.h>

#include <chrono>
#include <fstream>
#include <string_view>
#include <thread>

#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

namespace steppe {
namespace {

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  std::string line;
  while (std::getline(info, line)) {
    if (line.rfind("model name", 0) != 0) continue;
    const std::size_t start = line.find_first_not_of(" \t:", line.find(':'));
    return start == std::string::npos ? "" : line.substr(start);
  }
  return "";
}

/// The extensions by which the C library chooses among versions of exp, log and pow.
std::string instruction_set(const std::string& machine) {
  std::string set = machine;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) set += " avx2";
  if (__builtin_cpu_supports("fma")) set += " fma";
  if (__builtin_cpu_supports("avx512f")) set += " avx512f";
#endif
  return set;
}

}  // namespace

HostInfo this_host() {
  HostInfo host;
  utsname names{};
  if (uname(&names) == 0) {
    host.name = names.nodename;
    host.system = fmt::format("{} {}", names.sysname, names.release);
  }
  host.processor = processor_name();
  host.instruction_set = instruction_set(names.machine);
  host.processors = static_cast<int>(std::thread::hardware_concurrency());
  return host;
}

std::vector<std::pair<std::string, std::string>> library_versions() {
  std::vector<std::pair<std::string, std::string>> versions;
#if defined(__GLIBC__)
  versions.emplace_back("glibc", gnu_get_libc_version());
#endif
  const std::string_view netcdf = nc_inq_libvers();  // "4.9.0 of Aug 29 2022 …"
  versions.emplace_back("netcdf", netcdf.substr(0, netcdf.find(' ')));
  return versions;
}

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (now - seconds).count());
}

}  // namespace steppe
