#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

/// What the posts of one industry become, as differences in the window.
struct Posts {
  DimKey sector;
  ShownEffect foreign, nationals, vacancies;
  /// Posts in all: staff and vacancies. Posts that employers no longer want are its fall.
  [[nodiscard]] double all() const {
    return foreign.difference.mean + nationals.difference.mean + vacancies.difference.mean;
  }
};

/// True when a changed lever names the industry.
bool is_touched(const Chapter& chapter, const DimKey& sector) {
  return std::any_of(chapter.alternative.changes.begin(), chapter.alternative.changes.end(),
                     [&](const ChangedAssumption& changed) {
                       return changed.lever &&
                              (changed.lever->key == sector || changed.lever->also == sector);
                     });
}

/// The industry whose foreign staff changes most, where that is clear of chance, among those that a
/// changed rule names; among all where the country's foreign workers clearly change.
std::optional<Posts> posts_of(const Chapter& chapter) {
  const auto country = chapter.effects.effect("foreign_workers");
  const bool any = country && verdict_key(country->verdict) == "likely";
  std::optional<Posts> most;
  bool most_touched = false;
  for (const Member& sector : chapter.context.input.dimensions.sectors) {
    const DimKey key{Dim::Sector, sector.key};
    const bool touched = is_touched(chapter, key);
    const auto foreign = chapter.effects.effect("foreign_workers", {key});
    const auto nationals = chapter.effects.effect("employed", {key});
    const auto vacancies = chapter.effects.effect("vacancies", {key});
    if (!foreign || !nationals || !vacancies || verdict_key(foreign->verdict) != "likely") continue;
    if (foreign->withheld || nationals->withheld || !(touched || any)) continue;
    const bool larger =
        !most || std::abs(foreign->difference.mean) > std::abs(most->foreign.difference.mean);
    if (most_touched > touched || (most_touched == touched && !larger)) continue;
    most = Posts{key, *foreign, *nationals, *vacancies};
    most_touched = touched;
  }
  return most;
}

std::string share_text(const Context& context, double share) {
  return context.numbers.number(100.0 * share, 1.0) + context.words("unit.percent");
}

/// Three parts of a bar that make up the posts foreigners no longer hold.
std::string stacked(const std::array<double, 3>& shares) {
  std::string out =
      "<svg class=\"stacked\" viewBox=\"0 0 600 36\" preserveAspectRatio=\"none\" "
      "aria-hidden=\"true\">";
  double left = 0.0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double width = 600.0 * shares[i];
    out += "<rect class=\"seg-" + std::to_string(i + 1) + "\" x=\"" + coordinate(left) +
           "\" y=\"2\" width=\"" + coordinate(width) + "\" height=\"32\"/>";
    left += width;
  }
  return out + "</svg>\n";
}

std::string row(const Chapter& chapter, const std::string& name, double mean, double place,
                const std::string& interval) {
  return "<tr><th scope=\"row\">" + escape(name) + "</th><td class=\"n\">" +
         escape(chapter.context.numbers.number(mean, place, true)) + "</td><td class=\"n\">" +
         escape(interval) + "</td></tr>\n";
}

}  // namespace

std::string posts_section(const Chapter& chapter) {
  const auto posts = posts_of(chapter);
  if (!posts) return {};
  const Context& context = chapter.context;
  const Words& words = context.words;
  const std::string sector = context.key_name(posts->sector).text;
  const double fewer = -posts->foreign.difference.mean;
  const std::array<double, 3> shares = {posts->nationals.difference.mean / fewer,
                                        posts->vacancies.difference.mean / fewer,
                                        -posts->all() / fewer};
  // A bar can show parts of a whole only where none is below nothing, and a share of something that
  // may be nothing says nothing.
  const bool whole =
      fewer > 0.0 && verdict_key(posts->nationals.verdict) == "likely" &&
      std::all_of(shares.begin(), shares.end(), [](double share) { return share >= 0.0; });
  const std::string heading =
      whole ? words("posts.heading_parts", {{"sector", sector},
                                            {"a", share_text(context, shares[0])},
                                            {"b", share_text(context, shares[1])},
                                            {"c", share_text(context, shares[2])}})
            : words("posts.heading", {{"sector", sector},
                                      {"citizens", context.citizens},
                                      {"f", effect_number(context, posts->foreign)},
                                      {"n", effect_number(context, posts->nationals)},
                                      {"v", effect_number(context, posts->vacancies)}});
  std::string out = section_start("posts" + chapter.suffix, words("section.posts"), heading);
  out += "<p class=\"unit\">" +
         escape(words("posts.unit", {{"sector", sector},
                                     {"window", chapter.window_text()},
                                     {"base", words("term.base")}})) +
         "</p>\n<figure class=\"posts\">\n";
  if (whole) {
    out += stacked(shares) + "<ul class=\"parts\">";
    constexpr std::array kParts = {"posts.nationals", "posts.open", "posts.withdrawn"};
    for (std::size_t i = 0; i < kParts.size(); ++i) {
      out +=
          "<li><svg class=\"swatch\" viewBox=\"0 0 28 14\" aria-hidden=\"true\"><rect "
          "class=\"seg-" +
          std::to_string(i + 1) + "\" width=\"28\" height=\"14\"/></svg>" +
          escape(words(kParts[i], {{"citizens", context.citizens}})) + ' ' +
          share_text(context, shares[i]) + "</li>";
    }
    out += "</ul>\n";
  }
  const double place =
      std::max({posts->foreign.place, posts->nationals.place, posts->vacancies.place});
  out += "<table><caption>" + escape(words("posts.caption")) + "</caption><thead><tr><td></td>" +
         "<th scope=\"col\" class=\"n\">" + escape(words("term.difference_head")) +
         "</th><th scope=\"col\" class=\"n\">" + escape(chapter.interval_word()) +
         "</th></tr></thead>\n<tbody>\n";
  const auto line = [&](std::string_view word, const ShownEffect& effect) {
    out += row(chapter, words(word, {{"citizens", context.citizens}}), effect.difference.mean,
               effect.place, effect_interval(context, effect));
  };
  line("posts.row_foreign", posts->foreign);
  line("posts.row_nationals", posts->nationals);
  line("posts.row_open", posts->vacancies);
  out += row(chapter, words("posts.row_all"), posts->all(), place, words("term.none"));
  return out + "</tbody></table>\n</figure>\n</section>\n";
}

}  // namespace steppe::report_detail
