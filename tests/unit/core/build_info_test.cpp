#include "sim/core/build_info.hpp"

#include <string>

#include "support/catch.hpp"

TEST_CASE("core/build_info: says which sources were compiled and how", "[unit]") {
  const steppe::BuildInfo& info = steppe::build_info();
  CHECK_FALSE(info.version.empty());
  CHECK(info.source_hash.size() == 64);
  CHECK(info.source_hash.find_first_not_of("0123456789abcdef") == std::string_view::npos);
  CHECK_FALSE(info.compiler.empty());
  CHECK_FALSE(info.instruction_set.empty());
}

TEST_CASE("core/build_info: the flags keep results independent of the machine", "[unit]") {
  const std::string flags{steppe::build_info().flags};
  CHECK_THAT(flags, ContainsSubstring("-ffp-contract=off"));
  CHECK_THAT(flags, !ContainsSubstring("-march="));
  CHECK_THAT(flags, !ContainsSubstring("-ffast-math"));
}
