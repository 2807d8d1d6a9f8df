#include "sim/scenario/csv.hpp"

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;
using namespace steppe::detail;

namespace {

const TableForm kForm{"t", "trials", {{.name = "a"}, {.name = "b"}}};

struct Read {
  std::optional<CsvTable> table;
  Diagnostics found;
};

Read read(std::string_view text) {
  const Folder folder;
  Faults faults;
  const int file = faults.add_file("scenario.yaml", "x");
  const auto path = folder.write("t.csv", text);
  auto table = read_csv(path, kForm, nullptr, {file, 1, 1, 1}, faults);
  return {std::move(table), faults.sorted()};
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("scenario/csv: quoted cells hold commas, quotes and line breaks", "[unit]") {
  const Read r = read("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n\"two\nlines\",\nlast,\"\"\n");
  REQUIRE(r.table);
  const auto& rows = r.table->table.rows;
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].cells == Cells{"x, y", "he said \"no\""});
  CHECK(rows[1].cells == Cells{"two\nlines", ""});
  CHECK(rows[1].line == 3);
  CHECK(rows[2].cells == Cells{"last", ""});
  CHECK(rows[2].line == 5);
}

TEST_CASE("scenario/csv: line ends, blank lines and a byte order mark do not matter", "[unit]") {
  for (const char* text : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4",
                           "\xEF\xBB\xBF"
                           "a,b\n1,2\n3,4\n",
                           "a,b\n\n1,2\n\n3,4\n\n"}) {
    const Read r = read(text);
    REQUIRE(r.table);
    REQUIRE(r.table->table.rows.size() == 2);
    CHECK(r.table->table.rows[1].cells == Cells{"3", "4"});
  }
}

TEST_CASE("scenario/csv: columns may stand in any order", "[unit]") {
  const Read r = read("b,a\n1,2\n");
  REQUIRE(r.table);
  CHECK(r.table->table.column("a") == 1);
  CHECK(r.table->table.column("b") == 0);
  CHECK(r.table->table.column("c") == -1);
}

TEST_CASE("scenario/csv: cells know their place in characters", "[unit]") {
  const Read r = read("a,b\nНэр,x\n\"y\",z\n");
  REQUIRE(r.table);
  CHECK(r.table->mark(0, 1).column == 5);
  CHECK(r.table->mark(1, 1).column == 5);
  CHECK(r.table->mark(1, 1).line == 3);
}

TEST_CASE("scenario/csv: all mistakes are data faults", "[unit]") {
  for (const char* text : {"", "a,b\n", "a,b\n1\n", "a,c\n1,2\n", "a,b\n\"1,2\n", "a,b\n1,2\"\n"}) {
    INFO(text);
    const Read r = read(text);
    CHECK_FALSE(r.table);
    CHECK(exit_code(r.found) == 4);
  }
}

TEST_CASE("scenario/csv: a table named where another kind is expected is refused", "[unit]") {
  const Folder folder;
  folder.write("region.csv", "region,value,unit,source,quality,note\nc,5,person,x,assumption,\n");
  const std::string said = read_faulty(folder.write(
      "a.yaml",
      "schema: steppe/1\ntime: {start: 2020-01-01, end: 2020-12-31}\n"
      "dimensions: {sectors: [{key: a}], occupations: [{key: b}], regions: [{key: c}]}\n"
      "population: {tables: {region: region.csv}}\n"
      "drivers: {dzud: {file: region.csv}}\n"));
  CHECK_THAT(said, ContainsSubstring("the column 'period' is missing"));
}
