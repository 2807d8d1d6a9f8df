#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "unit/scenario/catalogue.hpp"

namespace steppe::test {

/// A folder of one's own, gone with the test.
class Folder {
 public:
  Folder() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("steppe-scenario-" + std::to_string(getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A scenario that is complete but for what a test adds.
inline constexpr const char* kSmall = R"(schema: steppe/1
time: {start: 2020-01-01, end: 2024-12-31}
dimensions:
  sectors: [{key: mining}, {key: construction}]
  origins: [{key: china}, {key: other}]
  fields: [{key: welding}]
population:
  textbook: {persons: 1000, firms: 50, staff: 19}
)";

/// Reads what must be valid; shows what is wrong otherwise.
inline Scenario read_valid(const std::filesystem::path& file, const ReadOptions& options = {}) {
  auto read = read_scenario(file, small_catalogue(), options);
  if (!read) FAIL(to_text(read.error()));
  return std::move(read).value();
}

/// Messages of what must be refused.
inline std::string read_faulty(const std::filesystem::path& file, const ReadOptions& options = {}) {
  const auto read = read_scenario(file, small_catalogue(), options);
  if (read) FAIL("the scenario was accepted");
  return to_text(read.error());
}

}  // namespace steppe::test
