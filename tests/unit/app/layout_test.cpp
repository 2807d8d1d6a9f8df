#include "app/layout.hpp"

#include "support/catch.hpp"

using namespace steppe;

TEST_CASE("app/layout: texts are broken anew, what is set apart keeps its lines", "[unit]") {
  const std::string told = app::broken_anew(
      "A paragraph in\n2019. and two lines.\n\n"
      "    x =  1\n\n"
      "- One item of a list that goes on for rather longer than a terminal is wide, and\n"
      "  on.\n"
      "- Another.\n\n"
      "| a | b |\n"
      "|---|---|\n",
      2);
  CHECK(told ==
        "  A paragraph in 2019. and two lines.\n\n"
        "    x =  1\n\n"
        "  - One item of a list that goes on for rather longer than a terminal is wide,\n"
        "    and on.\n"
        "  - Another.\n\n"
        "  | a | b |\n"
        "  |---|---|\n");
}
