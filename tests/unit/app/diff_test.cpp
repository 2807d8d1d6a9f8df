#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "unit/app/folder.hpp"
#include "unit/app/program.hpp"

using namespace steppe::test;
using Json = nlohmann::json;

TEST_CASE("app/diff: only what differs is told, with both places", "[unit]") {
  const Folder folder;
  folder.write("base.yaml", kTiny);
  folder.write("loose.yaml",
               "schema: steppe/1\nextends: base.yaml\n"
               "parameters: {separation_rate: {value: 0.03, unit: 1/month}}\n");
  const Outcome o = run_program(folder.path, {"diff", "base.yaml", "loose.yaml"});
  INFO(o.out);
  CHECK(o.code == 0);
  CHECK_THAT(o.out, StartsWith("parameters\n  separation_rate"));
  CHECK_THAT(o.out, ContainsSubstring("0.006 1/month → 0.03 1/month"));
  CHECK_THAT(o.out, ContainsSubstring("old: default"));
  CHECK_THAT(o.out, ContainsSubstring("new: loose.yaml:3"));

  const Outcome same = run_program(folder.path, {"diff", "base.yaml", "base.yaml"});
  CHECK(same.code == 0);
  CHECK(same.out == "base.yaml and base.yaml assume the same\n");

  const Outcome json = run_program(folder.path, {"diff", "base.yaml", "loose.yaml", "--json"});
  const Json found = Json::parse(json.out);
  REQUIRE(found.size() == 1);
  CHECK(found[0]["path"] == "parameters.separation_rate");
  CHECK(found[0]["changes"][0]["new"]["place"] == "loose.yaml:3");
  CHECK(run_program(folder.path, {"diff", "base.yaml", "base.yaml", "--json"}).out == "[]\n");

  folder.write("wrong.yaml", "schema: steppe/1\nextends: base.yaml\nnmae: x\n");
  const Outcome wrong = run_program(folder.path, {"diff", "wrong.yaml", "gone.yaml"});
  CHECK(wrong.code == 3);
  CHECK_THAT(wrong.err, ContainsSubstring("wrong.yaml:3:1: error: unknown key 'nmae'"));
  CHECK_THAT(wrong.err, ContainsSubstring("gone.yaml"));
}
