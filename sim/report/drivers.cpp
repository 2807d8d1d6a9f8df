#include <algorithm>
#include <cmath>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

/// More columns of years do not fit a screen.
constexpr std::size_t kMostYears = 6;

using Year = DriverOutlook::Year;

/// Four digits tell levels apart; no figure is rounded above its units.
std::string value_text(const Context& context, double value) {
  const double place = value == 0.0 ? 1.0 : std::min(1.0, place_for_digits(value, 4, 1e-9));
  return context.numbers.number(value, place);
}

std::string value_cell(const Context& context, const Year& year) {
  std::string out = "<td class=\"n\" data-label=\"" + std::to_string(year.year) + "\">" +
                    escape(value_text(context, year.mean));
  if (year.held) out += "<br><small>" + escape(context.words("drivers.held")) + "</small>";
  return out + "</td>";
}

std::string driver_row(const Context& context, const DriverOutlook& driver,
                       const std::vector<std::size_t>& shown) {
  const Words& words = context.words;
  const auto labelled = [&](std::string_view word, const std::string& text) {
    return "<td data-label=\"" + escape(words(word)) + "\">" + escape(text) + "</td>";
  };
  const std::string name = driver_name(context, driver);
  std::string out = "<tr><th scope=\"row\">";
  if (name != driver.name) out += escape(name) + "<br>";
  out +=
      "<code>" + escape(driver.name) + "</code></th>" +
      labelled("sheet.unit", driver.unit == "1" ? words("term.none") : context.unit(driver.unit));
  for (const std::size_t i : shown) out += value_cell(context, driver.years[i]);
  const std::string kind = driver.kind.empty() ? words("sources.none") : context.kind(driver.kind);
  return out + labelled("sources.kind", kind) + "</tr>\n";
}

std::string heading(const Context& context) {
  const auto& drivers = context.input.drivers;
  const auto held = std::count_if(drivers.begin(), drivers.end(), [](const DriverOutlook& d) {
    return std::any_of(d.years.begin(), d.years.end(), [](const Year& y) { return y.held; });
  });
  return held == 0 ? context.words("drivers.heading")
                   : context.words("drivers.heading_held", {{"k", std::to_string(held)},
                                                            {"n", std::to_string(drivers.size())}});
}

}  // namespace

std::vector<std::size_t> shown_years(std::size_t years) {
  std::vector<std::size_t> shown;
  if (years == 0) return shown;
  const std::size_t step = std::max<std::size_t>(1, (years + kMostYears - 3) / (kMostYears - 1));
  for (std::size_t i = 0; i + 1 < years; i += step) shown.push_back(i);
  shown.push_back(years - 1);
  return shown;
}

std::string driver_name(const Context& context, const DriverOutlook& driver) {
  const std::string word = "driver." + driver.name.substr(0, driver.name.find('.'));
  if (!context.words.has(word)) return driver.name;
  return context.words(word) + (driver.key ? ", " + context.key_name(*driver.key).text : "");
}

std::string held_years(const Context& context, const DriverOutlook& driver) {
  std::string out;
  for (std::size_t i = 0; i < driver.years.size(); ++i) {
    if (!driver.years[i].held) continue;
    const std::size_t first = i;
    while (i + 1 < driver.years.size() && driver.years[i + 1].held) ++i;
    if (!out.empty()) out += ", ";
    out += std::to_string(driver.years[first].year);
    if (i > first) out += "–" + std::to_string(driver.years[i].year);
  }
  return out.empty() ? context.words("term.none") : out;
}

std::string driver_section(const Context& context) {
  const auto& drivers = context.input.drivers;
  if (drivers.empty()) return {};
  const Words& words = context.words;
  const std::vector<std::size_t> shown = shown_years(drivers.front().years.size());
  std::string out = section_start("drivers", words("section.drivers"), heading(context));
  out += "<p class=\"note\">" + escape(words("drivers.note")) +
         "</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
         escape(words("section.drivers")) + "\"><table class=\"stack\"><thead><tr>";
  const auto head = [&](const std::string& text, std::string_view attributes) {
    out += "<th scope=\"col\"" + std::string(attributes) + '>' + escape(text) + "</th>";
  };
  head(words("drivers.name"), {});
  head(words("sheet.unit"), {});
  for (const std::size_t i : shown) {
    head(std::to_string(drivers.front().years[i].year), " class=\"n\"");
  }
  head(words("sources.kind"), {});
  out += "</tr></thead>\n<tbody>\n";
  for (const DriverOutlook& driver : drivers) out += driver_row(context, driver, shown);
  return out + "</tbody></table></div>\n</section>\n";
}

}  // namespace steppe::report_detail
