#include <algorithm>
#include <cstdlib>
#include <vector>

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Runs in a folder so that messages name files as a user there would.
class Inside {
 public:
  explicit Inside(const fs::path& folder) : before_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~Inside() { fs::current_path(before_); }

 private:
  fs::path before_;
};

/// The exit code and everything the reader says of a folder's scenario.yaml; `set.txt` holds
/// overrides, one a line.
std::string said_of(const fs::path& folder) {
  const Inside inside(folder);
  ReadOptions options;
  if (fs::exists("set.txt")) {
    std::istringstream lines(text_of("set.txt"));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t equals = line.find('=');
      options.overrides.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  const auto read = read_scenario("scenario.yaml", small_catalogue(), options);
  const Diagnostics& found = read ? read->warnings : read.error();
  return "exit " + std::to_string(exit_code(found)) + "\n" + to_text(found);
}

}  // namespace

TEST_CASE("scenario/faulty: every faulty file gives exactly its messages", "[unit][golden]") {
  const fs::path root = fs::path(STEPPE_SOURCE_DIR) / "tests/scenarios/faulty";
  const char* const update = std::getenv("STEPPE_UPDATE_GOLDEN");
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_directory() && entry.path().filename().string().front() != '_') {
      cases.push_back(entry.path());
    }
  }
  std::sort(cases.begin(), cases.end());
  REQUIRE(cases.size() >= 30);
  for (const fs::path& folder : cases) {
    const std::string said = said_of(folder);
    const fs::path expected = folder / "expected.txt";
    if (update != nullptr && std::string_view(update) == "1") {
      std::ofstream(expected, std::ios::binary) << said;
    }
    INFO(folder.filename().string());
    CHECK(said == text_of(expected));
  }
}
