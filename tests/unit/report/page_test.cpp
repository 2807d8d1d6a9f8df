#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>

#include "sim/report/assets.hpp"
#include "sim/report/html.hpp"
#include "sim/report/report.hpp"
#include "sim/results/sha256.hpp"
#include "support/catch.hpp"
#include "unit/report/sample.hpp"

using namespace steppe;
using test::sample_report;
using test::SampleOptions;

namespace {

int count(const std::string& text, std::string_view piece) {
  int n = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) {
    ++n;
  }
  return n;
}

bool holds(const std::string& text, std::string_view piece) { return count(text, piece) > 0; }

/// From the start of one piece to the start of the next.
std::string between(const std::string& text, std::string_view from, std::string_view to) {
  const std::size_t a = text.find(from);
  if (a == std::string::npos) return {};
  const std::size_t b = text.find(to, a);
  return text.substr(a, b == std::string::npos ? b : b - a);
}

std::string figure_of(const std::string& page, const std::string& id) {
  return between(page, "<figure", "</figure>").empty()
             ? std::string{}
             : between(page, "id=\"fig-" + id + "\"", "</figure>");
}

nlohmann::json data_of(const std::string& page) {
  constexpr std::string_view kStart = "<script type=\"application/json\" id=\"steppe-data\">";
  const std::string script = between(page, kStart, "</script>");
  return nlohmann::json::parse(script.substr(kStart.size()));
}

ReportOptions tables_only() { return {"en", false}; }

const char* const kFigures[] = {"unemployment", "vacancies",      "vacancies-all",  "foreign",
                                "foreign-all",  "foreign-origin", "sectors",        "regions",
                                "who",          "wages",          "wages-sector",   "abroad",
                                "destinations", "fill",           "fill-occupation"};

}  // namespace

TEST_CASE("report/page: equal input gives equal bytes", "[unit][report]") {
  const std::string page = report_page(sample_report());
  CHECK(page == report_page(sample_report()));
  CHECK(page != report_page(sample_report({.replications = 19})));
}

TEST_CASE("report/page: shows every chart of the contract with a table", "[unit][report]") {
  for (const bool charts : {true, false}) {
    const std::string page = report_page(sample_report(), {"en", charts});
    for (const char* const id : kFigures) {
      CAPTURE(charts, id);
      const std::string figure = figure_of(page, id);
      CHECK(holds(figure, "<table>"));
      CHECK(holds(figure, "</tbody>"));
    }
    CHECK(holds(page, "<html lang=\"en\">"));
    // A word that is missing shows as its key in brackets.
    CHECK_FALSE(std::regex_search(between(page, "<body", "<script"),
                                  std::regex("\\[[a-z]+\\.[a-z_0-9.]+\\]")));
  }
}

TEST_CASE("report/page: without charts there are open tables, a reason and no script",
          "[unit][report]") {
  const std::string page = report_page(sample_report(), tables_only());
  CHECK_FALSE(holds(page, "<script"));
  CHECK_FALSE(holds(page, "<button"));
  CHECK(holds(page, "built without Node"));
  CHECK(count(page, "<details class=\"numbers\" open>") == static_cast<int>(std::size(kFigures)));
}

TEST_CASE("report/page: fetches nothing", "[unit][report]") {
  const std::string page = report_page(sample_report());
  CHECK(holds(page, "default-src 'none'"));
  for (const char* const piece : {" src=", "<link", "@import", "url(http", "<iframe", "<img"}) {
    CAPTURE(piece);
    CHECK_FALSE(holds(between(page, "<body", "<script"), piece));
  }
  // Patterns stand in the page itself.
  const std::string style = between(page, "<style>", "</style>");
  CHECK(count(style, "url(") == count(style, "url(#") + count(style, "url(\"#"));
}

TEST_CASE("report/page: lets its own script run and no other", "[unit][report]") {
  if (!report_has_charts()) return;
  const std::string page = report_page(sample_report());
  const std::string script = between(page, "</script>\n<script>", "</script>\n</body>").substr(18);
  CHECK(script == report_detail::report_script());
  CHECK(holds(page, "script-src 'sha256-" + report_detail::base64_of_hex(sha256_of(script)) + "'"));
}

TEST_CASE("report/page: hostile names stay text", "[unit][report]") {
  const std::string attack = "</script><script>alert('x')</script>\"><img src=x onerror=alert(1)>";
  ReportInput input = sample_report();
  input.name = Label{{{"en", attack}}};
  input.question = Label{{{"en", attack}}};
  input.description = Label{{{"en", attack}}};
  input.run_name = attack;
  input.command.push_back(attack);
  input.warnings.emplace_back(Message(attack + "`"));
  input.dimensions.sectors[1].label = Label{{{"en", attack}}};
  input.dimensions.sectors[1].code = "B";
  input.dimensions.regions[0].label = Label{{{"en", attack}}};
  for (RecordedPoint& point : input.recorded) point.source = point.definition = attack;
  for (PolicyEvent& event : input.policy) {
    event.source.title = attack;
    event.source.url = "javascript:alert(1)";
    event.when = attack;
  }
  for (SourcedValue& value : input.sources) {
    value.name = value.choice = value.quote = attack;
    value.label = Label{{{"en", attack}}};
  }
  for (DriverOutlook& driver : input.drivers) driver.name = driver.unit = driver.kind = attack;
  for (const char* const lang : {"en", "mn"}) {
    const std::string page = report_page(input, {lang, true});
    CHECK(count(page, "<script") == (report_has_charts() ? 2 : 0));
    CHECK_FALSE(holds(page, "<img"));
    CHECK_FALSE(holds(page, "href=\"javascript"));
    if (report_has_charts()) {
      CHECK(data_of(page)["figures"]["foreign"]["panels"][0]["title"] == attack);
    }
  }
}

TEST_CASE("report/page: a year's figure is the mean of its months, as far as it is known",
          "[unit][report]") {
  ReportInput input = sample_report();
  for (SummarySeries& series : input.summary.series) {
    if (series.variable != "foreign_workers" || !series.keys.empty()) continue;
    for (std::size_t i = 0; i < series.mean.size(); ++i) {
      series.mean[i] = i < 12 ? 12340.0 + (i % 2 == 0 ? 10.0 : -10.0) : 5678.0;
      series.p05[i] = series.mean[i] - 160.0;
      series.p95[i] = series.mean[i] + 160.0;
      series.se_mc[i] = 22.0;
    }
  }
  const std::string table = figure_of(report_page(input), "foreign-all");
  CHECK(holds(table,
              "<th scope=\"row\">2009</th><td class=\"n\">12,340</td>"
              "<td class=\"n\">12,180 to 12,500</td>"));
  CHECK(holds(table,
              "<th scope=\"row\">2010</th><td class=\"n\">5,680</td>"
              "<td class=\"n\">5,520 to 5,840</td>"));
}

TEST_CASE("report/page: recorded figures stand beside simulated ones", "[unit][report]") {
  const std::string page = report_page(sample_report());
  const std::string table = figure_of(page, "unemployment");
  CHECK(holds(table, "<td class=\"n\">11.6%</td>"));
  CHECK(holds(figure_of(page, "foreign"), "1,900 <small>Nov 2009, simulated then "));
  CHECK(holds(figure_of(page, "sectors"), "131,250 <small>105,000 published</small>"));
  CHECK(holds(figure_of(page, "sectors"), "divided by the share of residents"));
  CHECK(holds(figure_of(page, "foreign"), "Invented heads. (Invented office, survey &lt;1&gt;)"));
  if (report_has_charts()) {
    const auto recorded = data_of(page)["figures"]["unemployment"]["panels"][0]["recorded"];
    CHECK(recorded.size() == 16);
    CHECK(recorded[0]["from"] == 0);
    CHECK(recorded[0]["months"] == 12);
    CHECK_THAT(recorded[0]["value"].get<double>(), WithinAbs(11.6, 1e-9));
  }
}

TEST_CASE("report/page: says what rose and fell only where intervals part", "[unit][report]") {
  ReportInput input = sample_report();
  input.breaks.clear();
  for (SummarySeries& series : input.summary.series) {
    if (series.variable != "vacancies" || !series.keys.empty()) continue;
    for (std::size_t i = 0; i < series.mean.size(); ++i) {
      series.mean[i] = i < 96 ? 10000.0 : 10200.0;
      series.p05[i] = series.mean[i] - 300.0;
      series.p95[i] = series.mean[i] + 300.0;
    }
  }
  const std::string page = report_page(input);
  const std::string verdict = between(page, "<p class=\"verdict\">", "</p>");
  CHECK(holds(verdict, "unemployment among Mongolian citizens falls from"));
  CHECK(holds(verdict, "the number of unfilled posts shows no clear change"));
  CHECK(holds(page, "no clear change since 2009"));
}

TEST_CASE("report/page: one replication has no intervals and says so", "[unit][report]") {
  const std::string page = report_page(sample_report({.replications = 1}));
  CHECK(holds(page, "One replication."));
  CHECK_FALSE(holds(between(page, "<p class=\"verdict\">", "</p>"), "rises"));
  CHECK_FALSE(holds(figure_of(page, "foreign-all"), " to "));
  if (report_has_charts()) {
    const auto panel = data_of(page)["figures"]["foreign-all"]["panels"][0];
    CHECK(panel.contains("mean"));
    CHECK_FALSE(panel.contains("p05"));
  }
}

TEST_CASE("report/page: cells of fewer than thirty simulated people are withheld",
          "[unit][report]") {
  CHECK_FALSE(holds(report_page(sample_report()), "Small cells withheld."));
  const std::string page = report_page(sample_report({.scale = 100}));
  CHECK(holds(page, "Small cells withheld."));
  CHECK(holds(page, "<li class=\"cx\""));
  const std::string table = figure_of(page, "regions");
  const std::string row = between(table, "<th scope=\"row\">Govisümber", "</tr>");
  CHECK(holds(row, "fewer than 30 simulated people"));
  CHECK_FALSE(holds(row, "%"));
  if (report_has_charts()) {
    const nlohmann::json regions = data_of(page)["figures"]["regions"];
    for (const auto& panel : regions["panels"]) {
      CHECK(panel["withheld"].get<bool>() != panel.contains("mean"));
    }
  }
}

TEST_CASE("report/page: what the run lacks is left out and named", "[unit][report]") {
  ReportInput input = sample_report();
  auto& series = input.summary.series;
  series.erase(std::remove_if(series.begin(), series.end(),
                              [](const SummarySeries& s) { return s.variable == "time_to_fill"; }),
               series.end());
  const std::string page = report_page(input);
  CHECK(figure_of(page, "fill").empty());
  CHECK_FALSE(holds(page, "href=\"#s-fill\""));
  CHECK(holds(page, "Not in this run."));
  CHECK(holds(page, "Time to fill"));
}

TEST_CASE("report/page: a run without results still makes a page", "[unit][report]") {
  ReportInput input = sample_report();
  input.summary = {};
  input.recorded.clear();
  const std::string page = report_page(input);
  CHECK(holds(page, "</html>"));
  CHECK_FALSE(holds(page, "<figure"));
}

TEST_CASE("report/page: a break in counting is said wherever levels are compared",
          "[unit][report]") {
  const std::string page = report_page(sample_report());
  CHECK(holds(between(page, "<p class=\"verdict\">", "</p>"), "counted differently from 2019"));
  CHECK(holds(between(page, "<ul class=\"tiles\">", "</ul>"), "counted differently from 2019"));
  CHECK(holds(between(page, "<p class=\"verdict\">", "</p>"), "which do not compare"));
  CHECK(holds(between(page, "<ul class=\"tiles\">", "</ul>"), "does not compare with 2009"));
  CHECK(holds(figure_of(page, "unemployment"), "Counted differently from 1 Jan 2019"));
  CHECK(holds(between(page, "id=\"s-warnings\"", "</section>"), "A break in counting."));
  ReportInput later = sample_report({.months = 108});
  CHECK_FALSE(holds(report_page(later), "ounted differently"));
}

TEST_CASE("report/page: what levers did stands with the policy, not among the warnings",
          "[unit][report]") {
  const std::string page = report_page(sample_report());
  const std::string policy = between(page, "id=\"s-policy\"", "</section>");
  CHECK(holds(policy, "<code>permits.sector_cap.trade</code>"));
  CHECK(holds(policy, "never binds: at most 40 % of it is used"));
  CHECK(holds(policy, "binds in 3 steps; 12 applications stopped"));
  const std::string warnings = between(page, "id=\"s-warnings\"", "</section>");
  CHECK(holds(warnings, "1 limits in force never bind"));
  CHECK(holds(warnings, "realization 3 took its time"));
  CHECK_FALSE(holds(warnings, "binds in 3 steps"));
  // Except what was found of the lever that the scenario itself moves.
  const std::string question = report_page(sample_report({.question = true}));
  CHECK(holds(between(question, "id=\"s-warnings\"", "</section>"), "binds in 3 steps"));
  // A page in another language words them in it.
  ReportOptions mongolian;
  mongolian.language = "mn";
  const std::string mn = report_page(sample_report({.question = true}), mongolian);
  CHECK_FALSE(holds(mn, "binds"));
  CHECK(holds(between(mn, "id=\"s-policy\"", "</section>"), "3 алхамд тулсан"));
}

TEST_CASE("report/levers: a limit that binds in some replications says in how many",
          "[unit][report]") {
  ReportInput input = sample_report();
  input.levers.resize(1);
  input.levers[0].effect.bound_in = 7;
  input.levers[0].effect.fewest_steps = 0;
  CHECK(lever_sentences(input, false) ==
        std::vector<std::string>{"permits.sector_cap.construction: binds in 0 to 3 steps, in 7 of "
                                 "20 replications; 12 applications stopped, mean of replications"});
  input.levers[0].effect.most_use = 1.4;
  CHECK(holds(lever_sentences(input, false).front(),
              "; was set below what was there: at most 140 % of it was used"));
  input.levers[0].effect.read = false;
  CHECK(lever_sentences(input, false) ==
        std::vector<std::string>{"permits.sector_cap.construction: no effect: no part of the "
                                 "chosen model reads it"});
}

TEST_CASE("report/page: a question's own change comes first and marks every chart",
          "[unit][report]") {
  const std::string page = report_page(sample_report({.question = true}));
  CHECK(holds(page, "One change set by this scenario"));
  CHECK(holds(page, "Changes taken over from the scenario it extends (9)"));
  CHECK(holds(between(page, "id=\"s-policy\"", "<details"), "3,644 → 1,822 people"));
  if (report_has_charts()) {
    const auto data = data_of(page);
    for (const char* const id : {"unemployment", "foreign", "abroad", "sectors"}) {
      CAPTURE(id);
      CHECK(data["figures"][id]["marks"].size() == 1);
      CHECK(data["figures"][id]["panels"][0]["marks"].size() == 1);
    }
  }
}

TEST_CASE("report/page: marks of a sector's levers stay on its panels", "[unit][report]") {
  if (!report_has_charts()) return;
  const auto figure = data_of(report_page(sample_report()))["figures"]["foreign"];
  const auto texts = [&](int panel) {
    std::string all;
    for (const auto& at : figure["panels"][panel]["marks"]) {
      all += figure["marks"][at.get<std::size_t>()]["text"].get<std::string>() + '\n';
    }
    return all;
  };
  const std::string mining = texts(0);
  const std::string construction = texts(1);
  CHECK(holds(mining, "25% → 20%"));
  CHECK_FALSE(holds(mining, "3,644"));
  CHECK(holds(construction, "3,644"));
  CHECK_FALSE(holds(construction, "25% → 20%"));
  CHECK_FALSE(holds(construction, "900 people"));
  CHECK(holds(mining, "Border closed"));
  CHECK(holds(construction, "Border closed"));
}

TEST_CASE("report/page: the script gets every month of every panel", "[unit][report]") {
  if (!report_has_charts()) return;
  const auto data = data_of(report_page(sample_report()));
  CHECK(data["format"] == "steppe-report/1");
  CHECK(data["months"] == 192);
  CHECK(data["firstYear"] == 2009);
  for (const auto& [id, figure] : data["figures"].items()) {
    CAPTURE(id);
    CHECK(!figure["panels"].empty());
    for (const auto& panel : figure["panels"]) {
      for (const char* const column : {"mean", "digits", "p05", "p25", "p50", "p75", "p95"}) {
        CHECK(panel[column].size() == 192);
      }
    }
  }
}

TEST_CASE("report/page: Mongolian words and numbers", "[unit][report]") {
  const std::string page = report_page(sample_report(), {"mn", true});
  CHECK(holds(page, "<html lang=\"mn\">"));
  CHECK(holds(page, "Гадаад ажилтан"));
  CHECK(holds(page, "Хуудсыг шалгах зохиомол тоо"));
  CHECK(holds(page, "3\u202F504\u202F000"));
  CHECK_FALSE(holds(page, "90% interval"));
}

TEST_CASE("report/page: a name in one language only is marked and warned of", "[unit][report]") {
  ReportInput input = sample_report();
  CHECK_FALSE(holds(report_page(input, {"mn", true}), "Өөр хэл дээрх үг."));
  input.dimensions.sectors[5].label = Label{{{"en", "Construction"}}};
  const std::string page = report_page(input, {"mn", true});
  CHECK(holds(page, "<span lang=\"en\">Construction</span>"));
  CHECK(holds(page, "Өөр хэл дээрх үг."));
}

TEST_CASE("report/page: occupations are shown where nothing else tells people apart",
          "[unit][report]") {
  ReportInput input = sample_report();
  std::vector<SummarySeries> series;
  for (const SummarySeries& each : input.summary.series) {
    if (each.variable != "time_to_fill" || each.keys.size() != 1) continue;
    for (const char* variable : {"unemployed", "employed"}) {
      series.push_back(each);
      series.back().variable = variable;
      series.back().unit = "person";
    }
  }
  REQUIRE(series.size() == 2 * input.dimensions.occupations.size());
  input.summary.series.insert(input.summary.series.end(), series.begin(), series.end());
  CHECK(figure_of(report_page(input), "occupations").empty());
  input.dimensions.sectors.resize(1);
  input.dimensions.regions.resize(1);
  const std::string page = report_page(input, tables_only());
  for (const char* id : {"occupations", "occupations-work"}) {
    const std::string figure = figure_of(page, id);
    INFO(id);
    for (const Member& occupation : input.dimensions.occupations) {
      CHECK(holds(figure, occupation.label.in("en")));
    }
  }
  CHECK(holds(page, "href=\"#s-occupations\""));
}
