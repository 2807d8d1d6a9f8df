#include <algorithm>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

/// With fewer, a quantile at 5 % lies below the second lowest value.
constexpr int kFewReplications = 20;

constexpr std::string_view kWarningSign =
    "<svg class=\"sign\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M8 1.5 15 14H1Z\"/>"
    "<path d=\"M8 6v4M8 11.4v1.2\"/></svg>";
std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// True when a label of the scenario lacks the page's language.
bool lacks_language(const Context& context) {
  const auto lacks = [&](const Label& label) {
    return !label.texts.empty() && !context.words.label(label, {}).lang.empty();
  };
  const Dimensions& d = context.input.dimensions;
  const auto any = [&](const std::vector<Member>& members) {
    return std::any_of(members.begin(), members.end(),
                       [&](const Member& member) { return lacks(member.label); });
  };
  return lacks(context.input.name) || lacks(context.input.question) || any(d.sectors) ||
         any(d.occupations) || any(d.regions) || any(d.origins) || any(d.destinations);
}

}  // namespace

Text warning_text(const Context& context, const Warning& warning) {
  const Message& message = warning.message;
  const std::string key = "message." + message.code;
  if (context.words.lang() == "en" || !context.words.has(key)) {
    return context.words.label({}, warning.sentence());
  }
  std::vector<Fill> fills;
  for (const auto& [name, value] : message.values) {
    const std::string sentence = "message." + value;
    fills.emplace_back(name, context.words.has(sentence) ? context.words(sentence)
                                                         : context.numbers.written(value));
  }
  Warning worded = warning;
  worded.message.text = context.words.filled(key, fills);
  return {worded.sentence(), {}};
}

std::vector<Notice> notices(const Context& context, const Figure& regions,
                            const std::vector<std::string>& missing) {
  const ReportInput& input = context.input;
  const Words& words = context.words;
  const Numbers& numbers = context.numbers;
  std::vector<Notice> out;
  const auto add = [&](std::string_view name, std::initializer_list<Fill> fills = {}) {
    const std::string key = "warn." + std::string(name);
    out.push_back({words(key + ".title"), {words(key + ".text", fills), {}}});
  };
  if (input.finished < input.replications) {
    add("failed",
        {{"k", std::to_string(input.finished)}, {"n", std::to_string(input.replications)}});
  }
  if (input.mean_field) {
    add("mean_field");
  } else if (input.finished == 1) {
    add("single");
  } else if (input.finished < kFewReplications) {
    add("few", {{"n", std::to_string(input.finished)}});
  }
  for (const Warning& warning : input.warnings) {
    out.push_back({words("warn.run.title"), warning_text(context, warning)});
  }
  for (const LeverOutcome& lever : input.levers) {
    if (!lever.own) continue;
    out.push_back({words("warn.own.title"),
                   {words("warn.own.text", {{"lever", lever_name(context, lever).text},
                                            {"what", lever_text(context, lever.effect)}}),
                    {}}});
  }
  const auto idle = std::count_if(input.levers.begin(), input.levers.end(),
                                  [](const LeverOutcome& lever) { return is_idle(lever.effect); });
  if (idle > 0) add("idle", {{"n", std::to_string(idle)}});
  for (const CountingBreak& each : input.breaks) {
    const auto panel = make_panel(context, each.variable);
    if (panel && !panel->breaks.empty()) {
      add("break", {{"what", panel->title.text}, {"d", numbers.date(each.from)}});
    }
  }
  if (input.scale > 1) add("coarse", {{"k", numbers.count(static_cast<double>(input.scale))}});
  if (input.draws == 1 && !input.mean_field) add("parameters");

  const auto of_kind = [&](std::string_view kind) {
    return std::count_if(input.sources.begin(), input.sources.end(),
                         [&](const SourcedValue& value) { return value.source.kind == kind; });
  };
  const auto unsourced =
      std::count_if(input.sources.begin(), input.sources.end(),
                    [](const SourcedValue& value) { return value.source.empty(); });
  const auto assumed = of_kind("assumption");
  const auto recalled = of_kind("recalled");
  if (assumed + recalled > 0) {
    add("assumed", {{"a", std::to_string(assumed)},
                    {"r", std::to_string(recalled)},
                    {"n", std::to_string(input.sources.size())}});
  }
  if (unsourced > 0) add("unsourced", {{"n", std::to_string(unsourced)}});

  std::vector<std::string> small;
  for (const Panel& panel : regions.panels) {
    if (panel.withheld) small.push_back(panel.title.text);
  }
  if (!small.empty()) add("small", {{"list", joined(small)}});
  if (!missing.empty()) add("missing", {{"list", joined(missing)}});
  if (lacks_language(context)) add("language");
  return out;
}

std::string warning_strip(const Context& context, const std::vector<Notice>& notices) {
  std::vector<std::string> titles;
  for (const Notice& notice : notices) {
    std::string title = notice.title;
    if (!title.empty() && title.back() == '.') title.pop_back();
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) {
      titles.push_back(title);
    }
  }
  if (titles.empty()) return {};
  std::string list;
  for (const std::string& title : titles) list += (list.empty() ? "" : " · ") + title;
  const std::string count =
      notices.size() == 1 ? context.words("warn.strip_one")
                          : context.words("warn.strip", {{"n", std::to_string(notices.size())}});
  return "<p class=\"strip\">" + std::string(kWarningSign) + "<b>" + escape(count) + "</b> " +
         escape(list) + ". <a href=\"#s-warnings\">" + escape(context.words("warn.read")) +
         "</a></p>\n";
}

std::string warning_section(const Context& context, const std::vector<Notice>& notices) {
  std::string out =
      section_start("warnings", context.words("section.warnings"),
                    context.words(notices.empty() ? "warn.heading_none" : "warn.heading"));
  out += "<ul class=\"warnings\">\n";
  for (const Notice& notice : notices) {
    out += "<li><b>" + std::string(kWarningSign) + escape(notice.title) + "</b> " +
           escape_marked(notice.text) + "</li>\n";
  }
  return out + "</ul>\n</section>\n";
}

}  // namespace steppe::report_detail
