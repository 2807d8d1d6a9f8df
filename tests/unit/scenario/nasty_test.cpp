#include <chrono>

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

/// Long enough to bring a recursive parser down, short enough for the size limit.
constexpr std::size_t kDeep = std::size_t{3} << 20;

}  // namespace

TEST_CASE("scenario/nasty: a file cut anywhere is read or refused, never more", "[unit]") {
  const Folder folder;
  const std::string whole = std::string(kSmall) + R"(name: {en: "A name", mn: 'Нэр'}
parameters:
  separation_rate.mining: {value: 0.01, unit: 1/month, source: {kind: assumption, note: "x: y"}}
policy:
  - lever: permits.sector_cap.mining
    timeline: {2021-01-01: 5 person, 2022-01-01: none}
    when: "unemployment_rate > 0.08"
)";
  read_valid(folder.write("whole.yaml", whole));
  for (std::size_t end = 0; end < whole.size(); ++end) {
    const auto file = folder.write("cut.yaml", whole.substr(0, end));
    const auto read = read_scenario(file, small_catalogue());
    if (!read) CHECK(has_errors(read.error()));
  }
}

TEST_CASE("scenario/nasty: nesting is refused before a parser recurses into it", "[unit]") {
  const Folder folder;
  const std::string start = "schema: steppe/1\nname: ";
  for (const std::string& text :
       {start + repeated("[", kDeep), start + repeated("{a: ", kDeep / 4),
        start + repeated("[[]", kDeep / 3), start + "[" + repeated("{a: [", kDeep / 5),
        "schema: steppe/1\nname:\n  " + repeated("- ", kDeep / 2),
        "schema: steppe/1\nname:\n  " + repeated("? ", kDeep / 2)}) {
    const std::string said = read_faulty(folder.write("deep.yaml", text));
    CHECK_THAT(said, ContainsSubstring("nested deeper than 64 levels"));
  }
  std::string stairs;
  for (std::size_t depth = 0; depth < 2000; ++depth) stairs += std::string(depth, ' ') + "a:\n";
  CHECK_THAT(read_faulty(folder.write("stairs.yaml", stairs)),
             ContainsSubstring("stairs.yaml:65:65: error: nested deeper"));
}

TEST_CASE("scenario/nasty: brackets in texts and comments are no nesting", "[unit]") {
  const Folder folder;
  std::string text = kSmall;
  text += "description:\n  en: |\n" + repeated("    [ { see [1\n    - - -\n", 80);
  text += "  mn: \"" + repeated("[{", 100) + "\"\n";
  text += repeated("# [[[\n", 100);
  text += "name: " + repeated("a[ ", 100) + "\n";
  read_valid(folder.write("brackets.yaml", text));
}

TEST_CASE("scenario/nasty: a file of 10 MB is refused at once", "[unit]") {
  const Folder folder;
  const auto file =
      folder.write("large.yaml", "schema: steppe/1\nname: " + repeated("[", std::size_t{10} << 20));
  const auto start = std::chrono::steady_clock::now();
  CHECK_THAT(read_faulty(file), ContainsSubstring("the file has 10 MB, at most 4 MB are read"));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

TEST_CASE("scenario/nasty: what is not text is told from what is", "[unit]") {
  const Folder folder;
  using namespace std::string_literals;
  CHECK_THAT(read_faulty(folder.write("zero.yaml", "schema: steppe/1\nname: a\0b\n"s)),
             ContainsSubstring("zero.yaml:2:8: error: a zero byte: this is a binary file"));
  CHECK_THAT(read_faulty(folder.write("latin.yaml", "schema: steppe/1\n# caf\xe9\n")),
             ContainsSubstring("latin.yaml:2:6: error: the byte 0xE9 is not UTF-8"));
  CHECK_THAT(read_faulty(folder.write("overlong.yaml", "a: \xc0\xaf\n")),
             ContainsSubstring("0xC0 is not UTF-8"));
  CHECK_THAT(read_faulty(folder.write("surrogate.yaml", "a: \xed\xa0\x80\n")),
             ContainsSubstring("0xED is not UTF-8"));
  CHECK_THAT(read_faulty(folder.write("bell.yaml", "a: \x07\n")),
             ContainsSubstring("control character 0x07"));
  CHECK_THAT(read_faulty(folder.write("utf16.yaml", "\xff\xfes\0c\0"s)),
             ContainsSubstring("0xFF is not UTF-8"));
  CHECK_THAT(read_faulty(folder.write("empty.yaml", "")),
             ContainsSubstring("empty.yaml: error: the file is empty"));
  CHECK_THAT(read_faulty(folder.write("blank.yaml", "\n  \n# nothing\n")),
             ContainsSubstring("the file is empty"));
  CHECK_THAT(read_faulty(folder.write("word.yaml", "hello\n")),
             ContainsSubstring("a scenario holds keys with values, not a single value"));
  CHECK_THAT(read_faulty(folder.path()), ContainsSubstring("this is a folder"));
  CHECK_THAT(read_faulty(folder.path() / "gone.yaml"), ContainsSubstring("there is no such file"));
}

TEST_CASE("scenario/nasty: a byte order mark and CRLF change no place", "[unit]") {
  const Folder folder;
  const std::string said =
      read_faulty(folder.write("bom.yaml", "\xEF\xBB\xBFschema: steppe/1\r\nnmae: x\r\n"));
  CHECK_THAT(said, ContainsSubstring("bom.yaml:2:1: error: unknown key 'nmae'"));
}

TEST_CASE("scenario/nasty: columns count characters, not bytes", "[unit]") {
  const Folder folder;
  const std::string said =
      read_faulty(folder.write("wide.yaml", std::string(kSmall) + "name: {mn: Нэр, xx1: y}\n"));
  CHECK_THAT(said, ContainsSubstring("wide.yaml:9:17: error: name: 'xx1'"));
}

TEST_CASE("scenario/nasty: aliases that multiply are refused", "[unit]") {
  const Folder folder;
  std::string bomb = "schema: steppe/1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 12; ++level) {
    const std::string below = "*a" + std::to_string(level - 1);
    bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [";
    for (int i = 0; i < 9; ++i) bomb += (i > 0 ? ", " : "") + below;
    bomb += "]\n";
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK_THAT(read_faulty(folder.write("bomb.yaml", bomb)),
             ContainsSubstring("aliases expand to more than"));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

TEST_CASE("scenario/nasty: a table full of mistakes is told in a few", "[unit]") {
  const Folder folder;
  std::string table = "region,value,unit,source,quality,note\n";
  for (int i = 0; i < 5000; ++i) table += "nowhere,many,persn,x,guess,\n";
  folder.write("region.csv", table);
  const auto read = read_scenario(
      folder.write("table.yaml",
                   std::string("schema: steppe/1\ntime: {start: 2020-01-01, end: 2020-12-31}\n"
                               "dimensions: {sectors: [{key: a}], occupations: [{key: b}], "
                               "regions: [{key: c}]}\n"
                               "population: {tables: {region: region.csv}}\n")),
      small_catalogue());
  REQUIRE_FALSE(read);
  CHECK(read.error().size() < 30);
  CHECK(exit_code(read.error()) == 4);
  CHECK_THAT(to_text(read.error()), ContainsSubstring("more is wrong from here on"));
}
