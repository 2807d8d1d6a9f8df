#include <regex>
#include <set>
#include <string>

#include "sim/report/comparison_report.hpp"
#include "support/catch.hpp"
#include "unit/report/sample_comparison.hpp"

using namespace steppe;

namespace {

bool holds(const std::string& page, std::string_view piece) {
  return page.find(piece) != std::string::npos;
}

int count(const std::string& page, std::string_view piece) {
  int n = 0;
  for (std::size_t at = page.find(piece); at != std::string::npos; at = page.find(piece, at + 1)) {
    ++n;
  }
  return n;
}

/// What stands between two pieces of the page.
std::string between(const std::string& page, const std::string& from, const std::string& to) {
  const std::size_t start = page.find(from);
  if (start == std::string::npos) return {};
  return page.substr(start, page.find(to, start) - start);
}

std::string without_data(const std::string& page) { return page.substr(0, page.find("<script")); }

}  // namespace

TEST_CASE("report/comparison: the verdict tells what is likely, and what is not",
          "[unit][report]") {
  const std::string page = comparison_page(test::sample_comparison());
  const std::string verdict = between(page, "<p class=\"verdict\">", "</p>");
  CHECK(holds(verdict, "On average Jan 2019 to Dec 2021"));
  CHECK(holds(verdict, "the number of foreign workers likely lower by"));
  CHECK(holds(verdict, "the number of unfilled posts likely higher by"));
  // A wage that does not move at all is neither.
  CHECK(holds(verdict, "the real monthly wage"));
  CHECK_FALSE(holds(verdict, "wage likely"));
  CHECK(holds(page,
              "For every 100 foreign workers fewer, the number of Mongolian citizens at work "
              "changes by +42 (+19 to +68)."));
}

TEST_CASE("report/comparison: four tiles, each with difference, interval and both levels",
          "[unit][report]") {
  const std::string page = without_data(comparison_page(test::sample_comparison()));
  const std::string tiles = between(page, "<ul class=\"tiles\">", "</ul>");
  CHECK(count(tiles, "<li class=\"tile") == 4);
  CHECK(count(tiles, "90% interval") == 4);
  CHECK(count(tiles, "class=\"effect\"") == 4);
  CHECK(count(tiles, "→") == 4);
  // Rates differ by percentage points, not by per cent.
  CHECK(holds(tiles, "<span>pp</span>"));
}

TEST_CASE("report/comparison: what was changed, with dates and both sources", "[unit][report]") {
  const std::string page = without_data(comparison_page(test::sample_comparison()));
  const std::string changes = between(page, "id=\"s-changes\"", "</section>");
  CHECK(holds(changes, "One value differs from the baseline"));
  CHECK(holds(changes, "Quota for foreign workers, Construction"));
  CHECK(holds(changes, "1 Jan 2019 to 31 Dec 2021"));
  CHECK(holds(changes, "3,644 people"));
  CHECK(holds(changes, "1,822 people"));
  CHECK(holds(changes, "Resolution 359"));
  CHECK(holds(changes, "Half of it"));
}

TEST_CASE("report/comparison: what differs from the start on has its unit, and no months before it",
          "[unit][report]") {
  ComparisonInput input = test::sample_comparison();
  CHECK(holds(comparison_page(input), "Until the first date of policy"));
  ChangedAssumption parameter;
  parameter.change.section = "parameters";
  parameter.change.path = "parameters.separation_rate";
  parameter.change.unit = "1/month";
  parameter.change.meaning = "Posts lost in a month";
  FigureChange figure;
  figure.old.value = "0.02";
  figure.fresh.value = "0.01";
  parameter.change.figures.push_back(figure);
  input.alternatives.front().changes.push_back(parameter);
  const std::string page = without_data(comparison_page(input));
  CHECK_FALSE(holds(page, "Until the first date of policy"));
  CHECK(holds(page, "0.02 1/month"));
}

TEST_CASE("report/comparison: charts know the span in which the rules differ", "[unit][report]") {
  if (!report_has_charts()) return;
  const std::string page = comparison_page(test::sample_comparison());
  CHECK(holds(page, "\"kind\":\"pairs\""));
  CHECK(holds(page, "\"spans\":[{\"from\":120,\"to\":156}]"));
  CHECK(holds(page, "\"names\":{\"base\":\"baseline\",\"alternative\":\"scenario\"}"));
  CHECK(holds(page, "\"number\":2"));  // the date on which the rules are one again
}

TEST_CASE("report/comparison: an occupation is short by the line of each method",
          "[unit][report]") {
  const std::string page = without_data(comparison_page(test::sample_comparison()));
  const std::string section = between(page, "id=\"s-shortages\"", "</section>");
  CHECK(holds(section, "1 of 2 occupations in the baseline, 0 in this scenario"));
  const std::string craft = between(section, "Craft and related trades", "</tr>");
  CHECK(count(craft, "class=\"full\"") == 2);
  CHECK(count(craft, "class=\"open\"") == 2);
  CHECK(holds(craft, "2 → 0 of 2"));
}

TEST_CASE("report/comparison: what becomes of the posts that foreigners no longer hold",
          "[unit][report]") {
  ComparisonInput input = test::sample_comparison();
  // Of 1000 posts 700 go to nationals, 200 stay unfilled, and 100 are no longer wanted.
  const std::vector<DimKey> construction = {{Dim::Sector, "construction"}};
  for (DifferenceSeries& series : input.alternatives.front().window.series) {
    if (series.keys != construction) continue;
    const double difference = series.variable == "foreign_workers" ? -1000.0
                              : series.variable == "employed"      ? 700.0
                                                                   : 200.0;
    series.base = {9000.0};
    series.alternative = {9000.0 + difference};
    series.difference = {difference};
    series.se = {10.0};
    series.low = {difference - 17.0};
    series.high = {difference + 17.0};
  }
  const std::string page = without_data(comparison_page(input));
  const std::string section = between(page, "id=\"s-posts\"", "</section>");
  CHECK(holds(section, "70% go to nationals, 20% stay unfilled, 10% are withdrawn"));
  CHECK(holds(between(section, "Held by foreign workers", "</tr>"), "−1,000"));
  CHECK(holds(between(section, "Held by Mongolian citizens", "</tr>"), "+700"));
  CHECK(holds(between(section, "All posts", "</tr>"), "−100"));
}

TEST_CASE("report/comparison: cells of few people have no number", "[unit][report]") {
  const std::string page = without_data(comparison_page(test::sample_comparison()));
  const std::string people = between(page, "id=\"s-people\"", "</section>");
  CHECK(count(people, "fewer than 30 simulated people") > 0);
}

TEST_CASE("report/comparison: several alternatives stand side by side, each with a chapter",
          "[unit][report]") {
  const std::string page = without_data(comparison_page(test::sample_comparison({20, 3})));
  CHECK(holds(page, "<table class=\"options\">"));
  CHECK(count(page, "<div class=\"chapter\"") == 3);
  std::set<std::string> ids;
  const std::regex id("id=\"([^\"]*)\"");
  for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it) {
    CAPTURE((*it)[1].str());
    CHECK(ids.insert((*it)[1].str()).second);
  }
  const std::regex link("href=\"#([^\"]*)\"");
  for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it) {
    CAPTURE((*it)[1].str());
    CHECK(ids.count((*it)[1].str()) == 1);
  }
}

TEST_CASE("report/comparison: one pair of runs tells no chance from effect", "[unit][report]") {
  const std::string page = without_data(comparison_page(test::sample_comparison({1, 1})));
  CHECK(holds(page, "One pair of runs tells no chance"));
  CHECK_FALSE(holds(page, "likely higher"));
  CHECK_FALSE(std::regex_search(page, std::regex("[> ]-?nan\\b")));
}

TEST_CASE("report/comparison: intervals have the probability that was asked for",
          "[unit][report]") {
  ComparisonInput input = test::sample_comparison();
  input.confidence = 0.95;
  const std::string page = comparison_page(input);
  CHECK(count(between(page, "<ul class=\"tiles\">", "</ul>"), "95% interval") == 4);
  CHECK_FALSE(holds(without_data(page), "90% interval"));
  if (report_has_charts()) CHECK(holds(page, "\"term.interval90\":\"95% interval\""));
}

TEST_CASE("report/comparison: the same input gives the same bytes in every language",
          "[unit][report]") {
  const ComparisonInput input = test::sample_comparison();
  for (const std::string& language : report_languages()) {
    const ReportOptions options{language, true};
    const std::string page = comparison_page(input, options);
    CHECK(page == comparison_page(input, options));
    CHECK(holds(page, "<html lang=\"" + language + "\""));
    // A word that is missing reads [key].
    CHECK_FALSE(std::regex_search(without_data(page), std::regex("\\[[a-z_]+\\.[a-z_.]+\\]")));
  }
}
