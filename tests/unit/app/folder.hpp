#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace steppe::test {

/// A folder of one's own, gone with the test.
class Folder {
 public:
  Folder() {
    static int number = 0;
    path = std::filesystem::temp_directory_path() /
           ("steppe-app-" + std::to_string(getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(path / name, std::ios::binary) << text;
  }
  [[nodiscard]] bool has(const std::string& name) const {
    return std::filesystem::exists(path / name);
  }
  std::filesystem::path path;
};

/// A market so small that a run takes an eye's blink.
inline constexpr const char* kTiny = R"(schema: steppe/1
name: {en: Tiny}
time: {start: 2020-01-01, end: 2020-12-31}
model: {drivers: none, demand: fixed, foreign_hiring: none, wages: fixed, training: none,
        demography: fixed, migration: none}
population:
  textbook: {persons: 2000, firms: 100, staff: 19, unemployed: 5 %}
)";

}  // namespace steppe::test
