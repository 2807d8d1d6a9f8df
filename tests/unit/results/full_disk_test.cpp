// Output folders that cannot take the results. A small tmpfs stands in for a full disk; mounting
// one needs root, without which the test says so and passes.

#include <dirent.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "sim/core/error.hpp"
#include "sim/results/writer.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;

class SmallDisk {
 public:
  SmallDisk(const fs::path& folder, const std::string& options) : folder_(folder) {
    fs::create_directories(folder);
    mounted_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
    if (!mounted_) {
      WARN("not tested: cannot mount a small tmpfs (" << std::strerror(errno)
                                                      << "); run the tests as root");
    }
  }
  ~SmallDisk() {
    // Refused while something below is open, which would be a fault of the writer.
    if (mounted_) CHECK(::umount(folder_.c_str()) == 0);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }
  void make_read_only() const {
    REQUIRE(::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "") == 0);
  }

 private:
  fs::path folder_;
  bool mounted_ = false;
};

/// A recording of about `kilobytes` that does not compress.
Recording noisy_recording(int realization, std::size_t kilobytes) {
  Recording recording = test::small_recording(realization);
  const std::size_t months = 128 * kilobytes;
  recording.months.clear();
  for (std::size_t i = 0; i < months; ++i)
    recording.months.push_back(Month(0) + static_cast<int>(i));
  std::uint64_t state = 88172645463325252u + static_cast<std::uint64_t>(realization);
  for (Table& table : recording.tables) {
    table.data.resize(months * table.cells());
    for (double& value : table.data) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      value = static_cast<double>(state) * 0x1.0p-53;
    }
  }
  return recording;
}

TEST_CASE("results/writer: a full disk ends in a sentence and leaves nothing", "[unit]") {
  const test::TempFolder folder;
  const fs::path disk_path = folder / "disk";
  const Scenario scenario = test::small_scenario(folder.path());
  // Room for the inputs alone, for a part of the first realization, for almost everything.
  const int room = GENERATE(4, 16, 40, 64, 100, 150, 200, 300, 400, 600, 800, 1200);
  const SmallDisk disk(disk_path, "mode=0755,size=" + std::to_string(room) + "k");
  if (!disk.mounted()) return;
  std::string said;
  {
    try {
      RunWriter writer(scenario, test::small_info(3), disk_path / "runs");
      for (int r = 0; r < 3; ++r) writer.add(r, noisy_recording(r, 10));
      writer.finish();
    } catch (const IoError& problem) {
      said = problem.what();
    }
  }
  INFO(room << " KB: " << said);
  CHECK_THAT(said, StartsWith("cannot write '" + (disk_path / "runs").string()));
  CHECK_THAT(
      said,
      EndsWith("': No space left on device; make room there or choose another folder with -o"));
  CHECK(fs::is_empty(disk_path));
}

TEST_CASE("results/writer: a disk that is just large enough takes the run", "[unit]") {
  const test::TempFolder folder;
  const SmallDisk disk(folder / "disk", "size=8m");
  if (!disk.mounted()) return;
  RunWriter writer(test::small_scenario(folder.path()), test::small_info(3), folder / "disk/runs");
  for (int r = 0; r < 3; ++r) writer.add(r, noisy_recording(r, 10));
  CHECK(verify(writer.finish()).empty());
}

TEST_CASE("results/writer: a read-only disk ends in a sentence", "[unit]") {
  const test::TempFolder folder;
  const SmallDisk disk(folder / "disk", "size=64k");
  if (!disk.mounted()) return;
  disk.make_read_only();
  CHECK_THROWS_WITH(
      RunWriter(test::small_scenario(folder.path()), test::small_info(), folder / "disk" / "runs"),
      "cannot write '" + (folder / "disk" / "runs").string() +
          "': Read-only file system; choose a folder you may write to with -o");
}

TEST_CASE("results/writer: a folder without permission ends in a sentence", "[unit]") {
  const test::TempFolder folder;
  Scenario scenario = test::small_scenario(folder.path());
  scenario.inputs.clear();
  fs::create_directories(folder / "theirs");
  fs::permissions(folder / "theirs", fs::perms::owner_read | fs::perms::owner_exec |
                                         fs::perms::others_read | fs::perms::others_exec);
  fs::permissions(folder.path(), fs::perms::others_read | fs::perms::others_exec,
                  fs::perm_options::add);
  // Root may write everywhere, `nobody` may not.
  if (::geteuid() == 0) REQUIRE(::seteuid(65534) == 0);
  std::string said;
  try {
    const RunWriter writer(scenario, test::small_info(), folder / "theirs");
  } catch (const IoError& problem) {
    said = problem.what();
  }
  if (::getuid() == 0) REQUIRE(::seteuid(0) == 0);
  CHECK_THAT(said, ContainsSubstring("': Permission denied; choose a folder you may write to "
                                     "with -o"));
}

}  // namespace
}  // namespace steppe
