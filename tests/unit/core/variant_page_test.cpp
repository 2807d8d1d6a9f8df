#include "sim/core/variant_page.hpp"

#include "support/catch.hpp"

using namespace steppe;

TEST_CASE("core/variant_page: sections by their headings, others left out", "[unit]") {
  const VariantPage page = parse_variant_page(
      "# Urns: `matching: urn`\n\nOne says\nwhat it is.\n\nAnd more.\n\n## A step\n\nNot told.\n\n"
      "## Equations\n\n    x = 1\n\nand so on.\n\n### Below\n\nStill.\n\n## ODD\n\nWhat "
      "happens.\n\n"
      "## Reference\n\nButters (1977).\n");
  CHECK(page.title == "Urns: matching: urn");
  CHECK(page.purpose == "One says\nwhat it is.");
  CHECK(page.equations == "    x = 1\n\nand so on.\n\n### Below\n\nStill.");
  CHECK(page.odd == "What happens.");
  CHECK(page.references == "Butters (1977).");
  CHECK(page.limits.empty());
}

TEST_CASE("core/variant_page: links are their words", "[unit]") {
  CHECK(without_links("see [why](../adr/2.md) and [b](c)") == "see why and b");
  CHECK(without_links("f(x) [1, 2] (a") == "f(x) [1, 2] (a");
  CHECK(without_links("stray ](x) [a](b)") == "stray ](x) a");
}
