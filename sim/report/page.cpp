#include <algorithm>
#include <cmath>

#include "sim/report/assets.hpp"
#include "sim/report/findings.hpp"
#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"
#include "sim/results/sha256.hpp"

namespace steppe {
namespace report_detail {
namespace {

/// Nothing may be fetched, and no script but the page's own may run, whatever a scenario's names
/// hold.
std::string content_policy(std::string_view script) {
  std::string policy =
      "default-src 'none'; base-uri 'none'; form-action 'none'; "
      "style-src 'unsafe-inline'";
  if (!script.empty()) {
    policy += "; script-src 'sha256-" + base64_of_hex(sha256_of(script)) + "'";
  }
  return policy;
}

std::string head(const Context& context, std::string_view script) {
  const ReportInput& input = context.input;
  const Text name = context.words.label(input.name, input.key);
  return "<!doctype html>\n<html lang=\"" + context.words.lang() +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         content_policy(script) +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" "
         "content=\"steppe " +
         escape(input.version) + "\">\n<title>" + escape(name.text) +
         " – steppe</title>\n<style>\n" + std::string(report_style()) + "\n</style>\n</head>\n";
}

std::string bar(const Context& context) {
  const Words& words = context.words;
  std::string out = "<div class=\"bar\"><div class=\"brand\">steppe <small>" +
                    escape(words("page.brand")) + "</small></div>\n";
  if (context.options.charts) {
    const auto button = [&](std::string_view attributes, std::string_view word) {
      return "<button type=\"button\" " + std::string(attributes) + '>' + escape(words(word)) +
             "</button>";
    };
    out += "<div class=\"controls\" hidden><div class=\"segments\" role=\"group\" aria-label=\"" +
           escape(words("page.theme")) + "\">" + button("data-theme-to=\"light\"", "page.light") +
           button("data-theme-to=\"dark\"", "page.dark") + "</div>" +
           button("data-action=\"tables\" aria-pressed=\"false\"", "page.all_tables") +
           button("data-action=\"print\"", "page.print") + "</div>\n";
  }
  return out + "</div>\n";
}

std::string run_line(const Context& context) {
  const ReportInput& input = context.input;
  const Words& words = context.words;
  const auto count = [&](auto n) { return context.numbers.count(static_cast<double>(n)); };
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

std::string contents(const Context& context, const std::vector<std::string>& sections) {
  std::string out =
      "<nav aria-label=\"" + escape(context.words("page.contents")) + "\"><ul class=\"contents\">";
  for (const std::string& id : sections) {
    out += "<li><a href=\"#s-" + id + "\">" + escape(context.words("section." + id)) + "</a></li>";
  }
  return out + "</ul></nav>\n";
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

std::string make_page(const Context& context, std::string_view script) {
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
  ids.emplace_back("warnings");
  ids.emplace_back("sources");
  body += warning_section(context, notes) + sources_section(context);

  const Words& words = context.words;
  std::string out = head(context, script);
  out += "<body" + std::string(context.options.charts ? "" : " class=\"tables-only\"") +
         ">\n<a class=\"skip\" href=\"#main\">" + escape(words("page.skip")) +
         "</a>\n<div class=\"wrap\">\n" + bar(context) + "<main id=\"main\">\n" + top(context);
  if (!context.options.charts) {
    out += "<p class=\"strip\">" + escape(words("page.no_charts")) + ' ' +
           escape(context.input.run_name) + "</p>\n";
  } else {
    out += "<noscript><p class=\"strip\">" + escape(words("page.no_script")) + "</p></noscript>\n";
  }
  out += warning_strip(context, notes) + contents(context, ids) + "</header>\n" + body +
         "</main>\n<footer>" +
         escape(words("page.foot",
                      {{"version", context.input.version}, {"id", context.input.run_name}})) +
         "</footer>\n</div>\n";
  if (context.options.charts) {
    out += "<script type=\"application/json\" id=\"steppe-data\">" +
           json_for_script(page_data(context, figures)) + "</script>\n<script>" +
           std::string(script) + "</script>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace report_detail

std::string report_page(const ReportInput& input, const ReportOptions& options) {
  ReportOptions possible = options;
  possible.charts = options.charts && report_has_charts();
  const report_detail::Context context(input, possible);
  return make_page(context, possible.charts ? report_detail::report_script() : std::string_view{});
}

bool report_has_charts() { return !report_detail::report_script().empty(); }

std::vector<std::string> report_languages() { return report_detail::Words::languages(); }

}  // namespace steppe
