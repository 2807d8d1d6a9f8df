#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/figures.hpp"

namespace steppe::report_detail {
namespace {

/// Which levers act on a variable at first hand; the rest is in the table of policy.
struct Bearing {
  std::string_view variable;
  std::string_view lever;  ///< start of the lever's name
};
constexpr std::array kBearings = {
    Bearing{"vacancies", "permits."},           Bearing{"foreign_workers", "permits."},
    Bearing{"foreign_workers", "enforcement."}, Bearing{"quota_use", "permits."},
    Bearing{"unemployment_rate", "training."},  Bearing{"unemployment_rate_national", "training."},
    Bearing{"real_wage", "minimum_wage"},       Bearing{"wage_mean", "minimum_wage"},
    Bearing{"nationals_abroad", "migration."},  Bearing{"emigration", "migration."},
};

bool bears(const PolicyEvent& event, const Panel& panel) {
  return std::any_of(kBearings.begin(), kBearings.end(), [&](const Bearing& b) {
    return panel.series->variable == b.variable &&
           event.lever.compare(0, b.lever.size(), b.lever) == 0;
  });
}

/// Levers that change more often are moved as a matter of course.
constexpr int kMostChanges = 8;

}  // namespace

double months_until(const Context& context, Date date) {
  const Month month(date.year, date.month);
  return (month - context.first_month()) + (date.day - 1) / 31.0;
}

Text lever_name(const Context& context, const LeverName& lever) {
  const std::string word = "lever." + lever.lever;
  Text name{context.words.has(word) ? context.words(word)
                                    : context.words.described(lever.summary, lever.lever),
            {}};
  for (const DimKey& key : {lever.key, lever.also}) {
    if (key.first != Dim::None) name.text += ", " + context.key_name(key).text;
  }
  return name;
}

std::string lever_unit(const Context& context, const std::string& unit) {
  return unit == "1" || unit.empty() ? std::string{} : ' ' + context.unit(unit);
}

std::string lever_value(const Context& context, const LeverName& lever, const std::string& unit,
                        const std::vector<std::string>& choices, double value, bool in_wages) {
  if (!choices.empty()) return context.choice(choices[static_cast<std::size_t>(value)]);
  // A share reads as per cent; other levers of unit 1 are switches and counts.
  const bool share = unit == "1" && lever.lever.find("share") != std::string::npos &&
                     lever.lever.find("base") == std::string::npos;
  std::string out = context.numbers.plain(share ? value * 100.0 : value);
  if (share && std::isfinite(value)) out += context.words("unit.percent");
  if (in_wages) out += ' ' + context.words("unit.minimum_wages");
  return out;
}

std::string lever_change(const Context& context, const PolicyEvent& event) {
  const auto shown = [&](double value, bool in_wages) {
    return lever_value(context, event, event.unit, event.choices, value, in_wages);
  };
  const bool plain = std::isinf(event.after) || event.after_in_wages || !event.choices.empty();
  return shown(event.before, event.before_in_wages) + " → " +
         shown(event.after, event.after_in_wages) + (plain ? "" : lever_unit(context, event.unit));
}

bool concerns(const DimKey& key, const Panel& panel) {
  if (key.first == Dim::None) return true;
  const auto& keys = panel.series->keys;
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<Mark> marks_for(const Context& context, const std::vector<Panel>& panels,
                            bool own_only) {
  const auto& policy = context.input.policy;
  const auto own = [](const PolicyEvent& event) { return event.own; };
  // Of a scenario that changes another one, its own changes are the question.
  const bool changes_another = std::any_of(policy.begin(), policy.end(), own) &&
                               !std::all_of(policy.begin(), policy.end(), own);
  if (own_only && !changes_another) return {};
  const auto seldom = [&](const PolicyEvent& event) {
    return std::count_if(policy.begin(), policy.end(), [&](const PolicyEvent& other) {
             return other.lever == event.lever && other.key == event.key &&
                    other.also == event.also;
           }) <= kMostChanges;
  };
  // A value for all sectors says nothing of one that has its own.
  const auto overruled = [&](const PolicyEvent& event, const Panel& panel) {
    return event.key.first == Dim::None &&
           std::any_of(policy.begin(), policy.end(), [&](const PolicyEvent& other) {
             return other.lever == event.lever && other.key.first != Dim::None &&
                    concerns(other.key, panel);
           });
  };
  std::vector<Mark> marks;
  for (const PolicyEvent& event : policy) {
    const bool wanted = std::any_of(panels.begin(), panels.end(), [&](const Panel& panel) {
      if (changes_another) return event.own;
      return bears(event, panel) && concerns(event.key, panel) && !overruled(event, panel) &&
             seldom(event);
    });
    const double at = months_until(context, event.from);
    if (!wanted || at < 0.0 || at > context.months()) continue;
    const std::string text = lever_name(context, event).text + ", " + lever_change(context, event);
    // A question's own change stands on every chart: it is what moves them.
    const DimKey key = changes_another ? DimKey{} : event.key;
    if (!marks.empty() && marks.back().at == at) {
      marks.back().text += "; " + text;
      marks.back().keys.push_back(key);
      continue;
    }
    marks.push_back({static_cast<int>(marks.size()) + 1,
                     at,
                     context.numbers.date(event.from) + ": " + text,
                     {key}});
  }
  return marks;
}

}  // namespace steppe::report_detail
