#include "sim/report/frame.hpp"

#include "sim/report/assets.hpp"
#include "sim/report/html.hpp"
#include "sim/results/sha256.hpp"

namespace steppe::report_detail {
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

}  // namespace

std::string contents(const Context& context, const std::vector<std::string>& sections) {
  std::string out =
      "<nav aria-label=\"" + escape(context.words("page.contents")) + "\"><ul class=\"contents\">";
  for (const std::string& id : sections) {
    out += "<li><a href=\"#s-" + id + "\">" + escape(context.words("section." + id)) + "</a></li>";
  }
  return out + "</ul></nav>\n";
}

std::string script_notes(const Context& context) {
  const Words& words = context.words;
  if (context.options.charts) {
    return "<noscript><p class=\"strip\">" + escape(words("page.no_script")) + "</p></noscript>\n";
  }
  const std::string text = words("page.no_charts", {{"id", context.input.run_name}});
  return "<p class=\"strip\">" + escape_marked({text, {}}) + "</p>\n";
}

std::string framed(const Context& context, std::string_view script, const std::string& main,
                   const std::string& data) {
  const Words& words = context.words;
  std::string out = head(context, script);
  out += "<body" + std::string(context.options.charts ? "" : " class=\"tables-only\"") +
         ">\n<a class=\"skip\" href=\"#main\">" + escape(words("page.skip")) +
         "</a>\n<div class=\"wrap\">\n" + bar(context) + "<main id=\"main\">\n" + main +
         "</main>\n<footer>" +
         escape(words("page.foot",
                      {{"version", context.input.version}, {"id", context.input.run_name}})) +
         "</footer>\n</div>\n";
  if (context.options.charts) {
    out += "<script type=\"application/json\" id=\"steppe-data\">" + json_for_script(data) +
           "</script>\n<script>" + std::string(script) + "</script>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace steppe::report_detail
