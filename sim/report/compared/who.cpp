#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

/// Columns of the table: what became of people, net first.
constexpr std::array kColumns = {PersonChange::NetJobs,    PersonChange::JobFound,
                                 PersonChange::JobLost,    PersonChange::WageHigher,
                                 PersonChange::WageLower,  PersonChange::StayedHome,
                                 PersonChange::LeftCountry};

const Mean* figure_of(const Chapter& chapter, PersonChange change, const std::string& dim,
                      const std::string& key) {
  for (const PeopleFigure& figure : chapter.alternative.outcome.people) {
    if (figure.change == change && figure.dim == dim && figure.key == key) return &figure.persons;
  }
  return nullptr;
}

bool is_small(const Chapter& chapter, const std::string& dim, const std::string& key) {
  const Mean* const compared = figure_of(chapter, PersonChange::Compared, dim, key);
  return compared == nullptr || std::isnan(compared->value) ||
         chapter.effects.is_small(compared->value);
}

std::string dim_word(const Words& words, Dim dim) {
  return words("term." + std::string(to_string(dim)));
}

Text key_text(const Context& context, Dim dim, const std::string& key) {
  return key == kNoJob ? Text{context.words("people.no_job"), {}} : context.key_name({dim, key});
}

/// Calls `use(dim, member)` for every row, group by group.
template <class Use>
void for_rows(const Chapter& chapter, const Use& use) {
  for (const Dim dim : kPeopleDims) {
    for (const Member& member : chapter.context.input.dimensions.of(dim)) use(dim, member.key);
    if (is_of_job(dim)) use(dim, std::string(kNoJob));
  }
}

std::string cell(const Chapter& chapter, PersonChange change, const std::string& dim,
                 const std::string& key) {
  const Mean* const persons = figure_of(chapter, change, dim, key);
  if (persons == nullptr || std::isnan(persons->value)) {
    return "<td class=\"n\">" + escape(chapter.words()("term.none")) + "</td>";
  }
  const ShownEffect effect = chapter.effects.people(*persons);
  const bool net = change == PersonChange::NetJobs;
  std::string out = "<td class=\"n" +
                    std::string(!net || verdict_key(effect.verdict) != "likely" ? ""
                                : persons->value > 0.0                          ? " gain"
                                                                                : " loss") +
                    "\">";
  out += escape(chapter.context.numbers.number(persons->value, effect.place, net));
  if (net) {
    out +=
        "<span class=\"vh\"> " +
        escape(chapter.words()("verdict." + std::string(verdict_key(effect.verdict)) + "_effect")) +
        "</span>" + verdict_dot(change_of(effect.verdict)) + "<br><small>" +
        escape(effect_interval(chapter.context, effect)) + "</small>";
  }
  return out + "</td>";
}

std::string table_row(const Chapter& chapter, const std::string& name, const std::string& dim,
                      const std::string& key) {
  std::string out = "<tr><th scope=\"row\">" + escape(name) + "</th>";
  if (is_small(chapter, dim, key)) {
    const Mean* const compared = figure_of(chapter, PersonChange::Compared, dim, key);
    const bool nobody = compared != nullptr && compared->value == 0.0;
    return out + "<td class=\"n\" colspan=\"" + std::to_string(kColumns.size()) + "\">" +
           escape(chapter.words()(nobody ? "people.nobody" : "term.withheld")) + "</td></tr>\n";
  }
  for (const PersonChange change : kColumns) out += cell(chapter, change, dim, key);
  return out + "</tr>\n";
}

std::string table(const Chapter& chapter) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  std::string out = "<thead><tr><th scope=\"col\">" + escape(words("term.group")) + "</th>";
  for (const PersonChange change : kColumns) {
    out += "<th scope=\"col\" class=\"n\">" +
           escape(words("people." + std::string(to_string(change)))) + "</th>";
  }
  out += "</tr></thead>\n<tbody>" + table_row(chapter, words("people.all"), "", "");
  Dim group = Dim::None;
  for_rows(chapter, [&](Dim dim, const std::string& key) {
    if (dim != group) {
      group = dim;
      out += "</tbody>\n<tbody><tr class=\"group\"><th colspan=\"" +
             std::to_string(kColumns.size() + 1) + "\" scope=\"rowgroup\">" +
             escape(dim_word(words, dim)) + "</th></tr>\n";
    }
    out += table_row(chapter, key_text(context, dim, key).text, std::string(to_string(dim)), key);
  });
  return out + "</tbody>";
}

/// How many of those at work in the base are among the people compared.
std::string coverage_text(const Chapter& chapter) {
  const Mean* const both = figure_of(chapter, PersonChange::AtWorkBoth, "", "");
  const Mean* const lost = figure_of(chapter, PersonChange::JobLost, "", "");
  const DifferenceSeries* const employed = chapter.alternative.months.find("employed");
  if (both == nullptr || lost == nullptr || employed == nullptr) return {};
  const int last = chapter.input.window.last - chapter.context.first_month();
  if (last < 0 || last >= static_cast<int>(employed->base.size())) return {};
  const Context& context = chapter.context;
  const double all = employed->base[static_cast<std::size_t>(last)];
  const double share = 100.0 * (both->value + lost->value) / all;
  return ' ' + context.words("people.coverage", {{"p", context.numbers.number(share, 1.0)},
                                                 {"citizens", context.citizens},
                                                 {"start", context.simulated_from()}});
}

std::string heading(const Chapter& chapter) {
  const Words& words = chapter.words();
  const Mean* const net = figure_of(chapter, PersonChange::NetJobs, "", "");
  // One pair tells no chance, so that nothing can be said to lie within it.
  if (net == nullptr || std::isnan(net->se)) return words("section.people");
  const ShownEffect effect = chapter.effects.people(*net);
  const std::string n = chapter.context.numbers.number(std::abs(net->value), effect.place);
  const std::initializer_list<Fill> fills = {{"n", n}, {"citizens", chapter.context.citizens}};
  switch (effect.verdict) {
    case Verdict::LikelyHigher:
      return words("find.people_more", fills);
    case Verdict::LikelyLower:
      return words("find.people_fewer", fills);
    case Verdict::NoDetectableChange:
    case Verdict::Unclear:
      break;
  }
  return words("find.people_unclear", fills);
}

}  // namespace

Figure people_figure(const Chapter& chapter) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  Figure figure;
  figure.kind = FigureKind::Dots;
  figure.id = "people" + chapter.suffix;
  figure.title = words("figure.people", {{"citizens", context.citizens}});
  figure.note = words("define.people", {{"month", context.numbers.month(chapter.input.window.last)},
                                        {"interval", chapter.interval_word()}});
  figure.column = words("term.group");
  figure.changes = true;
  figure.differences = true;
  if (!chapter.alternative.outcome.people_comparable) return figure;
  for_rows(chapter, [&](Dim dim, const std::string& key) {
    const std::string name{to_string(dim)};
    const Mean* const net = figure_of(chapter, PersonChange::NetJobs, name, key);
    if (net == nullptr || std::isnan(net->value) || is_small(chapter, name, key)) return;
    const ShownEffect effect = chapter.effects.people(*net);
    Panel panel;
    panel.id = "net_jobs." + key;
    panel.title = key_text(context, dim, key);
    panel.display = effect.display;
    panel.start = panel.end = effect.difference;
    panel.place = effect.place;
    panel.verdict = effect.verdict;
    panel.group = dim_word(words, dim);
    figure.panels.push_back(std::move(panel));
  });
  if (!figure.panels.empty()) figure.table = table(chapter);
  return figure;
}

std::string people_section(const Chapter& chapter, const Figure& figure) {
  const Words& words = chapter.words();
  std::string out =
      section_start("people" + chapter.suffix, words("section.people"), heading(chapter));
  if (!chapter.alternative.outcome.people_comparable) {
    return out + "<p class=\"note\">" + escape(words("people.other_start")) + "</p>\n</section>\n";
  }
  return out + "<p class=\"note\">" + escape(words("people.note") + coverage_text(chapter)) +
         "</p>\n" + figure_html(chapter.context, figure) + "</section>\n";
}

}  // namespace steppe::report_detail
