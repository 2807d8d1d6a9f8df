#include <algorithm>
#include <array>
#include <map>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

using Group = SourcedValue::Group;
constexpr std::array kGroups = {
    std::pair{Group::Parameter, "sources.group.parameter"},
    std::pair{Group::Policy, "sources.group.policy"},
    std::pair{Group::Driver, "sources.group.driver"},
    std::pair{Group::Project, "sources.group.project"},
    std::pair{Group::Population, "sources.group.population"},
    std::pair{Group::Observation, "sources.group.observation"},
    std::pair{Group::Record, "sources.group.record"},
};

std::string kind_word(const Context& context, const Source& source) {
  if (!source.kind.empty()) return context.kind(source.kind);
  return context.words(source.empty() ? "sources.none" : "term.none");
}

std::string citation(const Context& context, const Source& source) {
  const Words& words = context.words;
  if (source.empty()) return "<b>" + escape(words("sources.none")) + "</b>";
  std::string out = source.title.empty() ? "" : web_link(source.url, words.quoted(source.title));
  const auto add = [&](const Text& text) {
    if (!text.text.empty()) out += (out.empty() ? "" : "; ") + escape(text);
  };
  add(words.quoted(source.table));
  add(words.quoted(source.note));
  if (!source.accessed.empty()) {
    const std::string date = context.numbers.written(source.accessed);
    add({words("sources.accessed", {{"d", date}}), {}});
  }
  return out.empty() ? escape(words("term.none")) : out;
}

/// What describes a figure: its label where that is in the page's language, or the record's words.
std::string description(const Context& context, const SourcedValue& value) {
  const Text label = context.words.label(value.label, {});
  const Text text =
      label.lang.empty() && !label.text.empty() ? label : context.words.quoted(value.quote);
  return text.text.empty() ? "" : "<br><small>" + escape(text) + "</small>";
}

std::string source_row(const Context& context, const SourcedValue& value) {
  const Words& words = context.words;
  const auto labelled = [&](std::string_view word, const std::string& content) {
    return "<td data-label=\"" + escape(words(word)) + "\">" + content + "</td>";
  };
  const std::string name = "<code>" + escape(value.name) + "</code>" + description(context, value);
  std::string amount = escape(amount_text(context, value));
  if (!value.unit.empty() && value.unit != "1") amount += ' ' + escape(context.unit(value.unit));
  return "<tr><th scope=\"row\">" + name + "</th>" + labelled("sources.value", amount) +
         labelled("sources.source", citation(context, value.source)) +
         labelled("sources.kind", escape(kind_word(context, value.source))) + "</tr>\n";
}

/// `212 official · 31 assumption · …`, the most frequent first.
std::string kinds_line(const Context& context) {
  std::map<std::string, int> counts;
  for (const SourcedValue& value : context.input.sources) {
    ++counts[kind_word(context, value.source)];
  }
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  for (const auto& [kind, n] : sorted) {
    out += (out.empty() ? "" : " · ") + std::to_string(n) + ' ' + kind;
  }
  return out;
}

std::string sources_table(const Context& context) {
  const Words& words = context.words;
  std::string out = "<details id=\"all-sources\"" +
                    std::string(context.options.charts ? "" : " open") + "><summary>" +
                    escape(words("sources.show")) +
                    "</summary>\n<table class=\"stack\"><thead><tr>";
  for (const char* const word :
       {"sources.name", "sources.value", "sources.source", "sources.kind"}) {
    out += "<th scope=\"col\">" + escape(words(word)) + "</th>";
  }
  out += "</tr></thead>\n";
  for (const auto& [group, word] : kGroups) {
    std::string rows;
    for (const SourcedValue& value : context.input.sources) {
      if (value.group == group) rows += source_row(context, value);
    }
    if (rows.empty()) continue;
    out += "<tbody><tr class=\"group\"><th colspan=\"4\" scope=\"rowgroup\">" +
           escape(words(word)) + "</th></tr>\n" + rows + "</tbody>\n";
  }
  return out + "</table></details>\n";
}

std::string quoted(const std::string& word) {
  const bool safe = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-_./=:,@%+").find(c) != std::string_view::npos;
  });
  if (safe) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string methods(const Context& context) {
  const Words& words = context.words;
  const auto paragraph = [&](std::string_view word, std::initializer_list<Fill> fills = {}) {
    return "<p>" + escape(words(word, fills)) + "</p>\n";
  };
  std::string out = "<div class=\"methods\"><div>";
  if (context.input.mean_field) {
    out += paragraph("method.mean_field");
  } else {
    out += paragraph("method.people");
    out += context.has_intervals()
               ? paragraph("method.figures", {{"n", std::to_string(context.input.finished)}})
               : paragraph("method.figure_one");
  }
  out += "</div><div>";
  if (context.has_intervals()) out += paragraph("method.digits");
  if (!context.input.recorded.empty()) out += paragraph("method.recorded");
  out += "<p>" + escape(words("method.model")) + ": ";
  for (int i = 0; i < kSlotCount; ++i) {
    out += (i == 0 ? "<code>" : ", <code>") + escape(to_string(static_cast<Slot>(i))) + ": " +
           escape(context.input.model[static_cast<std::size_t>(i)]) + "</code>";
  }
  return out + "</p></div></div>\n";
}

}  // namespace

std::string commands(const Context& context, const std::vector<std::string>& words,
                     const std::string& name) {
  const ReportInput& input = context.input;
  const auto command = [&](std::string_view word, const std::string& line) {
    return "<p class=\"note\">" + escape(context.words(word)) + "</p>\n<code class=\"command\">" +
           escape(line) + "</code>\n";
  };
  std::string run;
  for (const std::string& word : words) {
    if (!run.empty()) run += ' ';
    run += quoted(word);
  }
  std::string out = command("repro.run", run);
  out += command("repro.report", "steppe report " + quoted(name));
  return out + "<p class=\"note\">" +
         escape(context.words("repro.cite", {{"version", input.version},
                                             {"id", name},
                                             {"hash", input.source_hash.substr(0, 8)}})) +
         "</p>\n";
}

std::string sources_list(const Context& context) {
  const Words& words = context.words;
  if (context.input.sources.empty()) return {};
  return "<p class=\"note\">" +
         escape(words("sources.summary", {{"n", std::to_string(context.input.sources.size())}})) +
         ". " + escape(words("sources.kinds")) + ' ' + escape(kinds_line(context)) + ".</p>\n" +
         sources_table(context);
}

std::string amount_text(const Context& context, const SourcedValue& value) {
  if (!value.choice.empty()) return context.choice(value.choice);
  std::string out;
  for (const auto& [date, number] : value.figures) {
    out += (out.empty() ? "" : " … ") + context.numbers.plain(number);
    if (date) out += " (" + context.numbers.date(*date) + ")";
  }
  if (value.figures.size() > 1) {
    out += ", " + context.words("sources.points", {{"n", std::to_string(value.points)}});
  }
  return out.empty() ? context.words("term.none") : out;
}

std::string sources_section(const Context& context) {
  const Words& words = context.words;
  return section_start("sources", words("section.sources"), words("sources.heading")) +
         methods(context) + sources_list(context) +
         commands(context, context.input.command, context.input.run_name) + "</section>\n";
}

}  // namespace steppe::report_detail
