#include "sim/core/suggest.hpp"

#include "sim/core/diagnostics.hpp"
#include "support/catch.hpp"

using namespace steppe;

TEST_CASE("core/suggest: distance counts letters and swaps", "[unit]") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("lever", "lvere") == 2);
  CHECK(edit_distance("urn", "run") == 1);
}

TEST_CASE("core/suggest: near words are meant, far ones are not", "[unit]") {
  const std::vector<std::string> words{"quota", "permits.fee", "separation_rate", "to"};
  CHECK(nearest("qouta", words) == "quota");
  CHECK(nearest("seperation_rate", words) == "separation_rate");
  CHECK(nearest("fee", words) == "permits.fee");
  CHECK(nearest("separ", words) == "separation_rate");
  CHECK(nearest("elephant", words).empty());
  CHECK(nearest("", words).empty());
  CHECK(did_you_mean("qouta", words) == "did you mean 'quota'?");
}

TEST_CASE("core/diagnostics: the caret stands under the mistake", "[unit]") {
  Diagnostic d;
  d.place = {"quota.yaml", 14, 5};
  d.message.text = "unknown key 'qouta' in policy[0]";
  d.suggestion = "did you mean 'quota'?";
  d.source_line = "    qouta: 25000";
  d.length = 5;
  Diagnostic w;
  w.severity = Severity::Warning;
  w.place = {"quota.yaml", 3, 1};
  w.message.text = "no effect";
  CHECK(to_text({d, w}) ==
        "quota.yaml:3:1: warning: no effect\n"
        "quota.yaml:14:5: error: unknown key 'qouta' in policy[0]\n"
        "  14 |     qouta: 25000\n"
        "     |     ^~~~~ did you mean 'quota'?\n"
        "1 error, 1 warning; nothing was run\n");
  CHECK(exit_code({d, w}) == 3);
  CHECK(exit_code({w}) == 0);
  d.kind = FaultKind::Data;
  CHECK(exit_code({d}) == 4);
  CHECK(to_text({}).empty());
}

TEST_CASE("core/diagnostics: a very long line is cut around the mistake", "[unit]") {
  Diagnostic d;
  d.place = {"a.yaml", 1, 5000};
  d.message.text = "wrong";
  d.source_line = std::string(4999, 'x') + "!" + std::string(5000, 'y');
  const std::string text = to_text({d});
  CHECK(text.size() < 400);
  CHECK_THAT(text, ContainsSubstring("x!y"));
}
