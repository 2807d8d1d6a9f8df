#include "support/catch.hpp"
#include "unit/app/folder.hpp"
#include "unit/app/program.hpp"

using namespace steppe::test;

TEST_CASE("app/run: Ctrl-C ends with 130, a sentence, and nothing half-written", "[unit]") {
  const Folder folder;
  folder.write("long.yaml", R"(schema: steppe/1
time: {start: 1900-01-01, end: 2199-12-31}
model: {drivers: none, demand: fixed, foreign_hiring: none, wages: fixed, training: none,
        demography: fixed, migration: none}
population:
  textbook: {persons: 20000, firms: 1000, staff: 19, unemployed: 5 %}
)");
  const Outcome o = run_program(folder.path, {"run", "long.yaml", "-n", "1000", "-o", "out"}, 1.0);
  CHECK(o.code == 130);
  CHECK_THAT(o.err, ContainsSubstring("interrupted; nothing was written"));
  CHECK(o.out.empty());
  CHECK_FALSE(folder.has("out"));
}
