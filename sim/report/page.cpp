#include <algorithm>
#include <cmath>

#include "sim/report/assets.hpp"
#include "sim/report/findings.hpp"
#include "sim/report/frame.hpp"
#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe {
namespace report_detail {
namespace {

std::string run_line(const Context& context) {
  const ReportInput& input = context.input;
  const Words& words = context.words;
  const auto count = [&](auto n) { return context.numbers.count(static_cast<double>(n)); };
  if (input.mean_field) {
    return "<p class=\"sub\">" + escape(words("page.mean_field")) + " · " +
           escape(words("page.run_name", {{"id", input.run_name}})) + "</p>\n";
  }
  std::string out = input.finished == 1 ? words("page.run_one")
                                        : words("page.runs", {{"n", count(input.finished)}});
  out += " · ";
  out += input.scale == 1
             ? words("page.scale_full", {{"n", count(input.records)}})
             : words("page.scale_coarse", {{"k", count(input.scale)}, {"n", count(input.records)}});
  const Month start(input.start.year, input.start.month);
  if (context.months() > 0 && start < context.first_month()) {
    out += " · " + words("page.from", {{"t", context.numbers.month(start)},
                                       {"s", context.numbers.month(context.first_month())}});
  }
  out += " · " + words("page.seed", {{"n", std::to_string(input.seed)}}) + " · " +
         words("page.run_name", {{"id", input.run_name}});
  return "<p class=\"sub\">" + escape(out) + "</p>\n";
}

std::string top(const Context& context) {
  const ReportInput& input = context.input;
  const Words& words = context.words;
  const std::string country = "country." + input.country;
  const std::string years =
      context.years().size() > 1
          ? words("page.years", {{"a", context.start().label}, {"b", context.end().label}})
          : context.start().label;
  const std::string kick =
      words.has(country) || !input.country.empty()
          ? words("page.kick", {{"place", words.has(country) ? words(country) : input.country},
                                {"years", years}})
          : words("page.kick_no_place", {{"years", years}});
  std::string out = "<header class=\"top\">\n<p class=\"kick\">" + escape(kick) + "</p>\n<h1>" +
                    escape(words.label(input.name, input.key)) + "</h1>\n" + run_line(context);
  const std::vector<Panel> panels = headline_panels(context);
  if (!panels.empty()) {
    out += "<p class=\"verdict\">" + escape(capitalised(headline(context, panels))) + "</p>\n";
    // Where a scenario changes another's rules a reader takes these changes for their effect.
    const auto own = [](const PolicyEvent& event) { return event.own; };
    if (std::any_of(input.policy.begin(), input.policy.end(), own) &&
        !std::all_of(input.policy.begin(), input.policy.end(), own)) {
      out += "<p class=\"stand\">" + escape(words("page.over_time")) + "</p>\n";
    }
  }
  if (!input.question.texts.empty()) {
    out += "<p class=\"stand\"><b>" + escape(words("page.question")) + "</b> " +
           escape(words.label(input.question, {})) + "</p>\n";
  }
  if (!input.description.texts.empty()) {
    out += "<p class=\"stand\">" + escape(words.label(input.description, {})) + "</p>\n";
  }
  if (!panels.empty()) {
    out += tiles(context, panels);
    out +=
        "<p class=\"note\">" +
        escape(context.has_intervals()
                   ? words("term.tiles", {{"a", context.start().label}, {"b", context.end().label}})
                   : words("term.mean_of", {{"y", context.end().label}})) +
        "</p>\n";
  }
  return out;
}

}  // namespace

std::string run_page(const Context& context, std::string_view script) {
  std::vector<std::string> missing;
  const std::vector<Section> sections = make_sections(context, missing);
  const Figure regions = region_figure(context);
  const std::vector<Notice> notes = notices(context, regions, missing);

  std::vector<std::string> ids = {"policy"};
  std::vector<const Figure*> figures;
  std::string body = policy_section(context);
  for (const Section& section : sections) {
    ids.push_back(section.id);
    body += chart_section(context, section);
    for (const Figure& figure : section.figures) figures.push_back(&figure);
    // Regions follow industries, both being where people work.
    if (section.id == "sectors" && !regions.panels.empty()) {
      ids.emplace_back("regions");
      body += region_section(context, regions);
      figures.push_back(&regions);
    }
  }
  if (!context.input.drivers.empty()) ids.emplace_back("drivers");
  ids.emplace_back("warnings");
  ids.emplace_back("sources");
  body += driver_section(context) + warning_section(context, notes) + sources_section(context);

  const std::string header = top(context) + script_notes(context) + warning_strip(context, notes) +
                             contents(context, ids) + "</header>\n";
  return framed(context, script, header + body, page_data(context, figures));
}

}  // namespace report_detail

std::string report_page(const ReportInput& input, const ReportOptions& options) {
  ReportOptions possible = options;
  possible.charts = options.charts && report_has_charts();
  const report_detail::Context context(input, possible);
  return run_page(context, possible.charts ? report_detail::report_script() : std::string_view{});
}

bool report_has_charts() { return !report_detail::report_script().empty(); }

std::vector<std::string> report_languages() { return report_detail::Words::languages(); }

}  // namespace steppe
