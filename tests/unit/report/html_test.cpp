#include "sim/report/html.hpp"

#include <nlohmann/json.hpp>

#include "sim/results/sha256.hpp"
#include "support/catch.hpp"

using namespace steppe;
using namespace steppe::report_detail;

TEST_CASE("report/html: text cannot leave its element or attribute", "[unit][report]") {
  CHECK(escape("<b> & \"quoted\" 'too'") == "&lt;b&gt; &amp; &quot;quoted&quot; &#39;too&#39;");
  CHECK(escape("Өмнөговь, Khövsgöl 漢") == "Өмнөговь, Khövsgöl 漢");
  CHECK(escape(Text{"Уул уурхай", "mn"}) == "<span lang=\"mn\">Уул уурхай</span>");
  CHECK(escape(Text{"Mining", ""}) == "Mining");
  CHECK(escape(Text{"x", "\"><script>"}) == "<span lang=\"&quot;&gt;&lt;script&gt;\">x</span>");
}

TEST_CASE("report/html: bytes that are no text are replaced", "[unit][report]") {
  CHECK(escape(std::string_view("a\0b\x01", 4)) == "a\uFFFDb\uFFFD");
  CHECK(escape("line\nbreak\ttab") == "line\nbreak\ttab");
  CHECK(valid_utf8("a\xFFz") == "a\uFFFDz");
  CHECK(valid_utf8("cut \xD0") == "cut \uFFFD");
  CHECK(valid_utf8("\xC0\xAF") == "\uFFFD\uFFFD");            // overlong slash
  CHECK(valid_utf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // half of a pair
  CHECK(valid_utf8("\xF0\x9F\x90\x8E") == "\xF0\x9F\x90\x8E");
}

TEST_CASE("report/html: JSON in a page cannot end its script element", "[unit][report]") {
  const nlohmann::json data = {{"name", "</script><script>alert(1)</script><!--"}};
  const std::string text = json_for_script(data.dump());
  CHECK(text.find('<') == std::string::npos);
  CHECK(nlohmann::json::parse(text) == data);
}

TEST_CASE("report/html: only web addresses become links", "[unit][report]") {
  CHECK(web_link("https://example.org/a?b=\"c\"", {"x", {}})
            .find("href=\"https://example.org/a?b=&quot;c") != std::string::npos);
  CHECK(web_link("javascript:alert(1)", {"x", {}}) == "x");
  CHECK(web_link("", {"<x>", {}}) == "&lt;x&gt;");
  CHECK(web_link("", {"x", "en"}) == "<span lang=\"en\">x</span>");
}

TEST_CASE("report/html: what stands between marks is code, and every element is closed",
          "[unit][report]") {
  CHECK(escape_marked({"when `u > 0.1`", {}}) == "when <code>u &gt; 0.1</code>");
  CHECK(escape_marked({"one ` alone", {}}) == "one ` alone");
  CHECK(escape_marked({"`a` and `b", "en"}) == "<span lang=\"en\"><code>a</code> and `b</span>");
  CHECK(unmarked("when `u > 0.1`") == "when u > 0.1");
}

TEST_CASE("report/html: base64 of a hash", "[unit][report]") {
  CHECK(base64_of_hex(sha256_of("")) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  CHECK(base64_of_hex("4d616e") == "TWFu");
  CHECK(base64_of_hex("4d61") == "TWE=");
  CHECK(base64_of_hex("4d") == "TQ==");
}
