#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>

#include "sim/api/registry.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/report/report.hpp"
#include "sim/results/writer.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"
#include "unit/results/synthetic.hpp"

using namespace steppe;

namespace {

/// What a reader of a page sees or hears: text and the attributes that are shown or read out.
struct Piece {
  std::string text;
  bool is_code = false;     ///< in <code>, <script> or <style>
  bool is_foreign = false;  ///< in an element whose `lang` is not the page's
};

std::string decoded(std::string text) {
  for (const auto& [from, to] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += 1) {
      text.replace(at, std::string(from).size(), to);
    }
  }
  return text;
}

/// Reads a page from start to end with the stack of its open elements.
class Reader {
 public:
  explicit Reader(const std::string& page) {
    std::size_t at = 0;
    while (at < page.size()) {
      if (page[at] != '<') {
        const std::size_t end = std::min(page.find('<', at), page.size());
        add(page.substr(at, end - at));
        at = end;
        continue;
      }
      const std::size_t end = page.find('>', at);
      tag(page.substr(at + 1, end - at - 1));
      at = end + 1;
      // What these hold is no markup, whatever it looks like.
      if (!open_.empty() && (open_.back().name == "script" || open_.back().name == "style")) {
        at = page.find("</" + open_.back().name, at);
      }
    }
  }
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  [[nodiscard]] bool is_balanced() const { return balanced_ && open_.empty(); }

 private:
  struct Element {
    std::string name;
    bool is_code, is_foreign;
  };

  void tag(const std::string& text) {
    static const std::set<std::string> kEmpty = {"meta", "br", "!doctype"};
    if (text.front() == '/') {
      balanced_ = balanced_ && !open_.empty() && open_.back().name == text.substr(1);
      if (!open_.empty()) open_.pop_back();
      return;
    }
    Element element{text.substr(0, text.find_first_of(" /\n")), false, false};
    if (!open_.empty()) {
      element.is_code = open_.back().is_code;
      element.is_foreign = open_.back().is_foreign;
    }
    element.is_code =
        element.is_code || std::set<std::string>{"code", "script", "style"}.count(element.name) > 0;
    static const std::regex kAttribute("([a-z-]+)=\"([^\"]*)\"");
    std::vector<std::string> shown;
    for (std::sregex_iterator it(text.begin(), text.end(), kAttribute), end; it != end; ++it) {
      const std::string name = (*it)[1];
      if (name == "lang") element.is_foreign = (*it)[2] != "mn";
      if (name == "title" || name == "aria-label" || name == "alt" || name == "data-label" ||
          name == "data-value") {
        shown.push_back((*it)[2]);
      }
    }
    const bool is_empty = kEmpty.count(element.name) > 0 || text.back() == '/';
    open_.push_back(std::move(element));
    for (const std::string& value : shown) add(value);
    if (is_empty) open_.pop_back();
  }

  void add(const std::string& text) {
    if (text.find_first_not_of(" \n") == std::string::npos) return;
    pieces_.push_back({decoded(text), !open_.empty() && open_.back().is_code,
                       !open_.empty() && open_.back().is_foreign});
  }

  std::vector<Element> open_;
  std::vector<Piece> pieces_;
  bool balanced_ = true;
};

/// Titles and words of the sources that a page may cite.
std::set<std::string> quotes_of(const ReportInput& input) {
  std::set<std::string> quotes;
  const auto quote = [&](const Source& source) {
    quotes.insert({source.title, source.table, source.note});
  };
  for (const SourcedValue& value : input.sources) {
    quote(value.source);
    quotes.insert(value.quote);
  }
  for (const PolicyEvent& event : input.policy) quote(event.source);
  for (const RecordedPoint& point : input.recorded) {
    quotes.insert(point.definition + " (" + point.source + ")");
  }
  return quotes;
}

/// What is wrong with a Mongolian page, a line each; empty: nothing.
std::vector<std::string> faults(const std::string& page, const std::set<std::string>& quotes) {
  static const std::regex kPhrase("[A-Za-z]{2,}[ ,;:()'.-]+[A-Za-z]{2,}");
  static const std::regex kWord("(^|[^A-Za-z0-9_-])[a-z]{3,}");
  static const std::regex kNames(
      "steppe|([a-z_-]+-)?[0-9a-f]{8}|[a-z_]+\\.(json|yaml)|Jobs and Skills Australia, ROA");
  static const std::regex kNumber("[0-9],[0-9]{3}|[0-9]{4}-[0-9]{2}");
  std::vector<std::string> out;
  const Reader reader(page);
  if (!reader.is_balanced()) out.emplace_back("an element is not closed");
  for (const Piece& piece : reader.pieces()) {
    if (piece.is_code) continue;
    if (piece.is_foreign) {
      if (quotes.count(piece.text) == 0) out.push_back("not of a source: " + piece.text);
      continue;
    }
    const std::string text = std::regex_replace(piece.text, kNames, "");
    if (std::regex_search(text, kPhrase) || std::regex_search(text, kWord)) {
      out.push_back("English: " + piece.text);
    }
    if (std::regex_search(text, kNumber)) out.push_back("number or date: " + piece.text);
  }
  return out;
}

std::string listed(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

struct Result {
  ReportInput input;
  std::string page;  ///< with charts where the program has them
  std::string tables_only;
};

/// Runs a scenario as `steppe run --scale 200 -n 2 --lang mn` does.
Result run(const Scenario& scenario, bool with_failure = false) {
  const test::TempFolder folder;
  RunInfo info;
  info.replications = with_failure ? 3 : 2;
  info.scale = 200;
  info.language = "mn";
  EnsembleOptions options;
  options.replications = 2;
  options.scale = 200.0;
  RunWriter writer(scenario, info, folder.path());
  (void)run_ensemble(scenario, builtin_models(), options,
                     [&](int realization, Recording&& one) { writer.add(realization, one); });
  if (with_failure) writer.fail(2, "the ledger of posts does not balance");
  Result result;
  const RunFolder run = writer.finish([&](const RunFolder& unsealed) {
    add_report(scenario, unsealed);
    result.input = make_report_input(scenario, unsealed.manifest(), unsealed.summary());
  });
  result.page = test::slurp(run.path() / "report.html");
  result.tables_only = report_page(result.input, {"mn", false});
  return result;
}

}  // namespace

TEST_CASE("contract/language: the Mongolian page has English in titles of sources alone",
          "[contract][report]") {
  const Result baseline = run(test::read("scenarios/mongolia/baseline.yaml"));
  for (const std::string* const page : {&baseline.page, &baseline.tables_only}) {
    const std::vector<std::string> found = faults(*page, quotes_of(baseline.input));
    INFO(listed(found));
    CHECK(found.empty());
    CHECK(page->size() < 10'000'000);
    for (const char* const fetching : {" src=", "<link", "@import", "url(http", "<iframe"}) {
      CAPTURE(fetching);
      CHECK(page->substr(0, page->find("<script")).find(fetching) == std::string::npos);
    }
  }
  CHECK(baseline.page.find("id=\"s-drivers\"") != std::string::npos);
}

TEST_CASE("contract/language: warnings of a run are said in Mongolian", "[contract][report]") {
  Scenario scenario = test::read("scenarios/mongolia/baseline.yaml",
                                 {{"time.end", "2038-12-31"},
                                  {"policy.training.places", "12000"},
                                  {"model.foreign_hiring", "none"},
                                  {"policy.minimum_wage",
                                   "{value: 900000 MNT/month, when: "
                                   "unemployment_rate > 0.04 && vacancies > 10}"}});
  RealityCheck check;
  check.expect = "unemployment_rate < 0.001 && vacancies > 0";
  scenario.reality_checks = {check};
  const Result result = run(scenario, true);
  std::set<std::string> codes;
  for (const Warning& warning : result.input.warnings) codes.insert(warning.message.code);
  CHECK(codes == std::set<std::string>{"driver.held_to_end", "policy.set_before_results",
                                       "model.idle_more", "check.fails", "run.missing"});
  const std::vector<std::string> found = faults(result.page, quotes_of(result.input));
  INFO(listed(found));
  CHECK(found.empty());
}

TEST_CASE("contract/language: what contradicts itself is said in Mongolian", "[contract][report]") {
  const Result result = run(test::read("scenarios/mongolia/baseline.yaml",
                                       {{"policy.permits.notice", "{2027-01-01: 2}"},
                                        {"policy.permits.fee_relief", "{2027-01-01: 50 %}"},
                                        {"policy.permits.fee", "{2026-01-01: 0}"}}));
  std::set<std::string> codes;
  for (const Warning& warning : result.input.warnings) codes.insert(warning.message.code);
  CHECK(codes.count("conflict.from") == 1);
  const std::vector<std::string> found = faults(result.page, quotes_of(result.input));
  INFO(listed(found));
  CHECK(found.empty());
  CHECK(result.page.find("2027.01.01 өдрөөс: мэдэгдэх хугацаа зөвхөн <code>mobility</code>") !=
        std::string::npos);
}

TEST_CASE("contract/language: the Mongolian page of a comparison likewise", "[contract][report]") {
  const test::TempFolder folder;
  const std::string scenarios = std::string(STEPPE_SOURCE_DIR) + "/scenarios/mongolia/";
  const std::string command = std::string(STEPPE_PROGRAM) + " compare " + scenarios +
                              "baseline.yaml " + scenarios +
                              "quota_construction.yaml --scale 200 -n 2 --lang mn -q -o '" +
                              folder.path().string() + "' >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);
  const std::filesystem::path made = std::filesystem::directory_iterator(folder.path())->path();
  const ComparisonInput input =
      read_comparison(ComparisonFolder::open(made), builtin_models().catalogue());
  std::set<std::string> quotes = quotes_of(input.base);
  for (const ComparedAlternative& one : input.alternatives) quotes.merge(quotes_of(one.run));
  const std::vector<std::string> found = faults(test::slurp(made / "report.html"), quotes);
  INFO(listed(found));
  CHECK(found.empty());
}

TEST_CASE("contract/language: English on the page is found wherever it stands", "[contract]") {
  const auto count = [&](const std::string& body) {
    return faults("<!doctype html><html lang=\"mn\">" + body + "</html>", {}).size();
  };
  CHECK(count("<p>Тоо</p>") == 0);
  CHECK(count("<p>Тоо <code>steppe run it</code></p>") == 0);
  CHECK(count("<p>Read these</p>") == 1);
  CHECK(count("<p>12 months</p>") == 1);
  CHECK(count("<p title=\"Read these\">Тоо<br>12</p>") == 1);
  CHECK(count("<p><span lang=\"en\">Said by the program</span></p>") == 1);
  CHECK(count("<p>1,234</p>") == 1);
  CHECK(count("<p>2027-01-01</p>") == 1);
  CHECK(count("<p><b>Тоо</p>") == 1);
}
