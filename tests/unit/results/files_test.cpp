#include "sim/results/files.hpp"

#include <cmath>
#include <limits>

#include "sim/core/error.hpp"
#include "sim/results/sha256.hpp"
#include "sim/results/text.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

namespace steppe {
namespace {

std::string number(double value, int digits) {
  std::string text;
  append_number(text, value, digits);
  return text;
}

TEST_CASE("results/text: numbers have at most their digits and no needless zeros", "[unit]") {
  CHECK(number(183250.0, 0) == "183250");
  CHECK(number(183250.4, 0) == "183250");
  CHECK(number(-3.0, 0) == "-3");
  CHECK(number(0.25, 6) == "0.25");
  CHECK(number(0.054321987, 6) == "0.054322");
  CHECK(number(10.0, 3) == "10");
  CHECK(number(100.0, 1) == "100");
  CHECK(number(-0.0000001, 3) == "0");
  CHECK(number(-0.2, 0) == "0");
  CHECK(number(2.5e12, 0) == "2500000000000");
  CHECK(number(1e18, 2) == "1000000000000000000");
  CHECK(number(std::nan(""), 3).empty());
  CHECK(number(std::numeric_limits<double>::infinity(), 0) == "inf");
  CHECK(number(std::numeric_limits<double>::infinity(), 2) == "inf");
  CHECK(number(std::numeric_limits<double>::max(), 6).size() == 309);
}

TEST_CASE("results/text: a field is quoted only where a reader of CSV needs it", "[unit]") {
  CHECK(csv_field("mining") == "mining");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(month_text(Month(2009, 1)) == "2009-01");
}

TEST_CASE("results/sha256: the values of FIPS 180-4", "[unit]") {
  CHECK(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 pieces;
  for (int i = 0; i < 1000; ++i) pieces.add(std::string(1000, 'a'));
  CHECK(pieces.hex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("results/files: what is written is read back, across buffers", "[unit]") {
  const test::TempFolder folder;
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "line " + std::to_string(i) + "\n";
  OutputFile file(folder / "long.txt", "long.txt");
  for (std::size_t at = 0; at < text.size(); at += 70001) {
    file.write(std::string_view(text).substr(at, 70001));
  }
  file.close();
  CHECK(read_all(folder / "long.txt") == text);
  CHECK(sha256_of_file(folder / "long.txt") == sha256_of(text));
}

TEST_CASE("results/files: a file that cannot be read or made is named in a sentence", "[unit]") {
  const test::TempFolder folder;
  const std::string absent = (folder / "absent.csv").string();
  CHECK_THROWS_WITH(read_all(absent), "cannot read '" + absent +
                                          "': No such file or directory; check that it is there "
                                          "and may be read");
  CHECK_THROWS_AS(read_all(folder.path()), IoError);
  CHECK_THROWS_WITH(OutputFile(folder / "no/such.csv", "runs/x/such.csv"),
                    "cannot write 'runs/x/such.csv': No such file or directory; choose another "
                    "folder with -o");
}

TEST_CASE("results/files: a full device is noticed when the buffer is written", "[unit]") {
  OutputFile file("/dev/full", "runs/x/tidy.csv");
  file.write("a row\n");
  CHECK_THROWS_WITH(file.close(),
                    "cannot write 'runs/x/tidy.csv': No space left on device; make "
                    "room there or choose another folder with -o");
}

TEST_CASE("results/files: a folder is listed by path, whatever its order on disk", "[unit]") {
  const test::TempFolder folder;
  for (const char* name : {"b.txt", "a/z.txt", "a.txt", "a/b/c.txt"})
    test::spit(folder / name, "x");
  std::vector<std::string> names;
  for (const auto& file : files_below(folder.path())) names.push_back(file.generic_string());
  CHECK(names == std::vector<std::string>{"a.txt", "a/b/c.txt", "a/z.txt", "b.txt"});
}

}  // namespace
}  // namespace steppe
