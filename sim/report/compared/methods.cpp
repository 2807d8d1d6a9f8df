#include "sim/report/compared/parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {

std::string comparison_sources(const Chapter& chapter) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  const auto paragraph = [&](std::string_view word) {
    return "<p>" +
           escape(words(word, {{"n", std::to_string(context.input.finished)},
                               {"interval", chapter.interval_word()}})) +
           "</p>\n";
  };
  return section_start("sources", words("section.sources"), words("sources.heading")) +
         "<div class=\"methods\"><div>" + paragraph("method.people") + paragraph("method.paired") +
         "</div><div>" + paragraph("method.pair_charts") + paragraph("method.pair_digits") +
         "</div></div>\n" + sources_list(context) +
         commands(context, chapter.input.command, chapter.input.name) + "</section>\n";
}

}  // namespace steppe::report_detail
