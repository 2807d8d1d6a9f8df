#include <algorithm>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {

std::string source_html(const Context& context, const Source& source, const std::string& place) {
  const auto quoted = [&](const std::string& text) { return escape(context.words.quoted(text)); };
  const std::string& title = source.title.empty() ? source.note : source.title;
  std::string out;
  if (!title.empty()) out = web_link(source.url, context.words.quoted(title));
  if (!source.table.empty()) out += (out.empty() ? "" : ", ") + quoted(source.table);
  if (!source.title.empty() && !source.note.empty()) {
    out += "<br><small>" + quoted(source.note) + "</small>";
  }
  if (!source.kind.empty()) {
    out += (out.empty() ? "" : "<br>") + std::string("<small class=\"kind\">") +
           escape(context.kind(source.kind)) + "</small>";
  }
  if (!out.empty()) return out;
  return place.empty() ? escape(context.words("sources.none"))
                       : "<code>" + escape(place) + "</code>";
}

namespace {

/// All changes of one lever for one key.
using Timeline = std::vector<const PolicyEvent*>;

std::vector<Timeline> timelines(const std::vector<const PolicyEvent*>& events) {
  std::vector<Timeline> out;
  for (const PolicyEvent* const event : events) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const Timeline& timeline) {
      return timeline.front()->lever == event->lever && timeline.front()->key == event->key &&
             timeline.front()->also == event->also;
    });
    if (same == out.end()) {
      out.push_back({event});
    } else {
      same->push_back(event);
    }
  }
  return out;
}

std::string change_text(const Context& context, const PolicyEvent& event) {
  const Words& words = context.words;
  std::string out = "<span class=\"date\">" + escape(context.numbers.date(event.from)) +
                    "</span> " + escape(lever_change(context, event));
  const auto also = [&](const std::string& text) {
    out += " <small>" + escape_marked({text, {}}) + "</small>";
  };
  if (event.ramp_months > 0.0) {
    also(words("policy.ramp", {{"n", context.numbers.plain(event.ramp_months)}}));
  }
  if (!event.when.empty()) also(words("policy.when", {{"c", event.when}}));
  return out;
}

std::string row(const Context& context, const Timeline& timeline) {
  const Words& words = context.words;
  const auto labelled = [&](std::string_view word) {
    return "<td data-label=\"" + escape(words(word)) + "\">";
  };
  const PolicyEvent& first = *timeline.front();
  std::string changes;
  std::vector<std::string> sources;
  for (const PolicyEvent* const event : timeline) {
    changes += "<li>" + change_text(context, *event) + "</li>";
    std::string source = source_html(context, event->source, event->place);
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(std::move(source));
    }
  }
  std::string cited;
  for (const std::string& source : sources) cited += (cited.empty() ? "" : "<br>") + source;
  return "<tr><th scope=\"row\">" + escape(lever_name(context, first)) + "<br><code>" +
         escape(lever_path(first)) + "</code></th>" + labelled("policy.change") +
         "<ul class=\"plain\">" + changes + "</ul></td>" + labelled("policy.source") + cited +
         "</td></tr>\n";
}

std::string table(const Context& context, const std::vector<const PolicyEvent*>& events) {
  const Words& words = context.words;
  std::string out = "<table class=\"stack\"><thead><tr>";
  for (const char* const word : {"policy.lever", "policy.change", "policy.source"}) {
    out += "<th scope=\"col\">" + escape(words(word)) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const Timeline& timeline : timelines(events)) out += row(context, timeline);
  return out + "</tbody></table>\n";
}

}  // namespace

std::string policy_section(const Context& context) {
  const Words& words = context.words;
  std::vector<const PolicyEvent*> own;
  std::vector<const PolicyEvent*> inherited;
  for (const PolicyEvent& event : context.input.policy) {
    (event.own ? own : inherited).push_back(&event);
  }
  const bool changes_another = !own.empty() && !inherited.empty();
  const auto n = [&](const auto& events) { return std::to_string(events.size()); };
  std::string heading = words("policy.heading_none");
  if (changes_another) {
    heading = own.size() == 1 ? words("policy.heading_own_one")
                              : words("policy.heading_own", {{"n", n(own)}});
  } else if (!context.input.policy.empty()) {
    heading = words("policy.heading_all", {{"n", n(context.input.policy)}});
  }
  std::string out = section_start("policy", words("section.policy"), heading);
  if (changes_another) out += table(context, own);
  const auto& rest = own.empty() ? inherited : changes_another ? inherited : own;
  if (!rest.empty()) {
    const std::string shown =
        changes_another ? words("policy.inherited", {{"n", n(rest)}}) : words("policy.table");
    // A long list would push the results off the first screens.
    const bool open = !changes_another && (timelines(rest).size() <= 6 || !context.options.charts);
    out += "<details" + std::string(open ? " open" : "") + "><summary>" + escape(shown) +
           "</summary>\n" + table(context, rest) + "</details>\n";
  }
  return out + lever_table(context) + "</section>\n";
}

}  // namespace steppe::report_detail
