#include "sim/report/words.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "sim/api/registry.hpp"
#include "sim/report/assets.hpp"
#include "sim/report/context.hpp"
#include "support/catch.hpp"

using namespace steppe;
using report_detail::report_words;
using report_detail::Words;

TEST_CASE("report/words: every language has every word with the same blanks", "[unit][report]") {
  const std::regex blank("\\{[a-z0-9]+\\}");
  const auto blanks = [&](const std::string& text) {
    std::multiset<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), blank), end; it != end; ++it) {
      out.insert(it->str());
    }
    return out;
  };
  const Words english("en");
  const Words mongolian("mn");
  CHECK(Words::languages() == std::vector<std::string>{"en", "mn"});
  // Blanks of which a language may leave out some or take others.
  const std::set<std::string> free = {"format.date", "format.month", "format.quarter",
                                      "find.from_to"};
  int words = 0;
  std::istringstream lines{std::string(report_words())};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::string key = line.substr(0, line.find(','));
    CAPTURE(key);
    CHECK(!english(key).empty());
    CHECK(!mongolian(key).empty());
    if (free.count(key) == 0) CHECK(blanks(english(key)) == blanks(mongolian(key)));
    ++words;
  }
  CHECK(words > 200);
}

TEST_CASE("report/words: every word the code asks for exists, and none is left over",
          "[unit][report]") {
  std::string code;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(STEPPE_SOURCE_DIR) + "/sim/report")) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    code.append(std::istreambuf_iterator<char>(file), {});
  }
  const Words words("en");
  // Families whose members are named by data: levers, variables, kinds of source …
  const std::regex family(
      "^(by|choice|citizens|country|define|driver|kind|lever|measure|message|money|month|people|"
      "section|sex|term|var|verdict|warn|what)\\..*");
  std::istringstream lines{std::string(report_words())};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::string key = line.substr(0, line.find(','));
    CAPTURE(key);
    if (!std::regex_match(key, family)) CHECK(code.find('"' + key + '"') != std::string::npos);
  }
  const std::regex asked("words_?\\(\\s*\"([a-z0-9_.]*[a-z0-9_])\"");
  int found = 0;
  for (std::sregex_iterator it(code.begin(), code.end(), asked), end; it != end; ++it) {
    CAPTURE((*it)[1].str());
    CHECK(words.has((*it)[1].str()));
    ++found;
  }
  CHECK(found > 50);
}

namespace {

/// Text of a C++ file with adjacent literals joined, so that a sentence stands in one.
std::string joined_literals(const std::filesystem::path& file) {
  std::ifstream in(file);
  const std::string code{std::istreambuf_iterator<char>(in), {}};
  return std::regex_replace(code, std::regex("\"\\s*\n\\s*\""), "");
}

/// English sentences of the messages in the library's sources, by code.
std::map<std::string, std::string> sentences_of_messages() {
  // A code, then a sentence, then what it names.
  const std::regex message("[{(]\"([a-z]+\\.[a-z_]+)\",\\s*\"([^\"]* [^\"]*)\",\\s*[{f]");
  std::map<std::string, std::string> out;
  for (const char* const folder : {"/sim", "/models"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(STEPPE_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string code = joined_literals(entry.path());
      for (std::sregex_iterator it(code.begin(), code.end(), message), end; it != end; ++it) {
        out[(*it)[1]] = (*it)[2];
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("report/words: every message has its words, and no words lack their message",
          "[unit][report]") {
  const Words english("en");
  const auto sentences = sentences_of_messages();
  for (const auto& [code, sentence] : sentences) {
    CAPTURE(code);
    CHECK(english("message." + code) == sentence);
  }
  int worded = 0;
  std::istringstream lines{std::string(report_words())};
  std::string line;
  while (std::getline(lines, line)) {
    if (line.rfind("message.", 0) != 0) continue;
    const std::string key = line.substr(0, line.find(','));
    CAPTURE(key);
    CHECK(sentences.count(key.substr(8)) == 1);
    ++worded;
  }
  CHECK(worded > 15);
}

TEST_CASE("report/words: units of what the models declare have words", "[unit][report]") {
  const ReportInput nothing;
  const ReportOptions mongolian{"mn", false};
  const report_detail::Context context(nothing, mongolian);
  const auto check = [&](const std::string& unit) {
    CAPTURE(unit);
    CHECK_FALSE(std::regex_search(context.unit(unit), std::regex("[a-z]")));
  };
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    for (const auto& decl : variant.parameters) check(decl.unit);
    for (const auto& decl : variant.levers) check(decl.unit);
    for (const auto& decl : variant.drivers) check(decl.unit);
  }
  CHECK(context.unit("person/year") == "хүн/жил");
  CHECK(context.unit("1/month") == "1/сар");
  CHECK(context.unit("XYZ/month") == "XYZ/сар");
}

TEST_CASE("report/words: what a source says keeps its language", "[unit][report]") {
  const Words words("mn");
  CHECK(words.quoted("Labour force survey").lang == "en");
  CHECK(words.quoted("Ажиллах хүчний судалгаа").lang.empty());
  CHECK(words.quoted("assumption").text == "таамаглал");
  CHECK(Words("en").quoted("Labour force survey").lang.empty());
}

TEST_CASE("report/words: a label without the page's language is marked", "[unit][report]") {
  const Words words("mn");
  const Label both{{{"en", "Mining"}, {"mn", "Уул уурхай"}}};
  const Label english{{{"en", "Mining"}}};
  CHECK(words.label(both, "x").text == "Уул уурхай");
  CHECK(words.label(both, "x").lang.empty());
  CHECK(words.label(english, "x").lang == "en");
  CHECK(words.label({}, "mining").text == "mining");
  CHECK(Words("xx").lang() == "en");
}
