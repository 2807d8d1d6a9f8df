#include "sim/report/assets.hpp"
#include "sim/report/compared/parts.hpp"
#include "sim/report/compared/reading.hpp"
#include "sim/report/frame.hpp"
#include "sim/report/html.hpp"

namespace steppe {
namespace report_detail {
namespace {

std::string kick(const Chapter& chapter) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  const std::string& code = context.input.country;
  const std::string country = words.has("country." + code) ? words("country." + code) : code;
  const std::string years =
      context.years().size() > 1
          ? words("page.years", {{"a", context.start().label}, {"b", context.end().label}})
          : context.start().label;
  return country.empty() ? words("compare.kick_no_place", {{"years", years}})
                         : words("compare.kick", {{"place", country}, {"years", years}});
}

std::string run_line(const Chapter& chapter) {
  const ReportInput& input = chapter.base.input;
  const Words& words = chapter.words();
  const auto count = [&](auto n) { return chapter.context.numbers.count(static_cast<double>(n)); };
  std::string out = words("compare.pairs", {{"n", count(input.finished)}});
  out += " · ";
  out += input.scale == 1
             ? words("page.scale_full", {{"n", count(input.records)}})
             : words("page.scale_coarse", {{"k", count(input.scale)}, {"n", count(input.records)}});
  out +=
      " · " + words("page.seed", {{"n", std::to_string(input.seed)}}) + " · " + chapter.input.name;
  return "<p class=\"sub\">" + escape(out) + "</p>\n";
}

Text name_of(const Context& context) {
  return context.words.label(context.input.name, context.input.key);
}

/// What is said of one alternative before its charts.
std::string statement(const Chapter& chapter) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  std::string out;
  const std::string verdict = verdict_text(chapter);
  if (!verdict.empty()) out += "<p class=\"verdict\">" + escape(verdict) + "</p>\n";
  const std::string displacement = displacement_text(chapter);
  if (!displacement.empty()) out += "<p class=\"stand\">" + escape(displacement) + "</p>\n";
  const auto own = [](const Label& label, const Label& base) {
    return !label.texts.empty() && label.texts != base.texts;
  };
  // What a layer does not ask or say itself it takes over from the base.
  if (own(context.input.question, chapter.base.input.question)) {
    out += "<p class=\"stand\"><b>" + escape(words("page.question")) + "</b> " +
           escape(words.label(context.input.question, {})) + "</p>\n";
  }
  if (own(context.input.description, chapter.base.input.description)) {
    out += "<p class=\"stand\">" + escape(words.label(context.input.description, {})) + "</p>\n";
  }
  out += effect_tiles(chapter);
  return out + "<p class=\"note\">" +
         escape(words("compare.tiles",
                      {{"window", chapter.window_text()}, {"interval", chapter.interval_word()}})) +
         "</p>\n";
}

/// Hatching for parts that colour alone would tell apart.
constexpr std::string_view kPatterns =
    "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern "
    "id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\"/><path "
    "d=\"M0 0v6\"/></pattern><pattern id=\"speckle\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\"/><circle "
    "cx=\"3\" cy=\"3\" r=\"1\"/></pattern></defs></svg>\n";

struct Body {
  std::string html;
  std::vector<std::string> ids;  ///< of sections
  std::vector<Section> sections;
  Figure people;
};

/// What stands on one alternative below its statement.
Body body_of(const Chapter& chapter) {
  Body body;
  const auto add = [&](const std::string& id, const std::string& html) {
    if (html.empty()) return;
    body.ids.push_back(id);
    body.html += html;
  };
  add("changes", changes_section(chapter));
  add("posts", posts_section(chapter));
  body.sections = effect_sections(chapter);
  for (const Section& section : body.sections) {
    const std::size_t end = section.id.size() - chapter.suffix.size();
    add(section.id.substr(0, end), effect_section(chapter, section));
  }
  body.people = people_figure(chapter);
  add("people", people_section(chapter, body.people));
  add("shortages", shortage_section(chapter));
  return body;
}

std::string chapter_links(const std::vector<Chapter>& chapters, const Words& words) {
  std::string out =
      "<nav aria-label=\"" + escape(words("page.contents")) + "\"><ul class=\"contents\">";
  for (const Chapter& chapter : chapters) {
    out += "<li><a href=\"#c" + chapter.suffix + "\">" + escape(name_of(chapter.context)) +
           "</a></li>";
  }
  for (const char* const id : {"warnings", "sources"}) {
    out += "<li><a href=\"#s-" + std::string(id) + "\">" +
           escape(words("section." + std::string(id))) + "</a></li>";
  }
  return out + "</ul></nav>\n";
}

}  // namespace

std::string comparison_html(const ComparisonInput& input, const ReportOptions& options,
                            std::string_view script) {
  const Reading reading(input, options);
  const std::vector<Chapter>& chapters = reading.chapters();
  const Chapter& first = chapters.front();
  const Words& words = first.words();
  const bool several = chapters.size() > 1;

  std::vector<Body> bodies;
  std::vector<std::string> withheld;
  for (const Chapter& chapter : chapters) {
    bodies.push_back(body_of(chapter));
    withheld.push_back(withheld_cells(bodies.back().sections));
  }
  const std::vector<Notice> notes = comparison_notices(chapters, withheld);
  std::vector<const Figure*> figures;
  for (const Body& body : bodies) {
    for (const Section& section : body.sections) {
      for (const Figure& figure : section.figures) figures.push_back(&figure);
    }
    if (!body.people.panels.empty()) figures.push_back(&body.people);
  }

  std::string main =
      "<header class=\"top\">\n<p class=\"kick\">" + escape(kick(first)) + "</p>\n<h1>" +
      (several ? escape(words("compare.title_several", {{"n", std::to_string(chapters.size())}}))
               : escape(name_of(first.context))) +
      "</h1>\n" + run_line(first) + "<p class=\"sub\">" + escape(words("compare.base")) + ' ' +
      escape(name_of(first.base)) + "</p>\n";
  main += several ? options_table(chapters) + "<p class=\"note\">" +
                        escape(words("compare.likely", {{"interval", first.interval_word()}})) +
                        "</p>\n"
                  : statement(first);
  main += script_notes(first.context) + warning_strip(first.context, notes);
  if (several) {
    main += chapter_links(chapters, words);
  } else {
    std::vector<std::string> ids = bodies.front().ids;
    if (!first.context.input.drivers.empty()) ids.emplace_back("drivers");
    ids.insert(ids.end(), {"warnings", "sources"});
    main += contents(first.context, ids);
  }
  main += "</header>\n";
  main += kPatterns;
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    if (several) {
      main += "<div class=\"chapter\" id=\"c" + chapters[i].suffix + "\">\n<h2>" +
              escape(name_of(chapters[i].context)) + "</h2>\n" + statement(chapters[i]) +
              "</div>\n";
    }
    main += bodies[i].html;
  }
  main += driver_section(first.context) + warning_section(first.context, notes) +
          comparison_sources(first);
  return framed(first.context, script, main, page_data(first.context, figures, input.confidence));
}

}  // namespace report_detail

std::string comparison_page(const ComparisonInput& input, const ReportOptions& options) {
  ReportOptions possible = options;
  possible.charts = options.charts && report_has_charts();
  return report_detail::comparison_html(
      input, possible, possible.charts ? report_detail::report_script() : std::string_view{});
}

}  // namespace steppe
