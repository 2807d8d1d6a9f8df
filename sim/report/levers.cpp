#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe {
namespace report_detail {
namespace {

/// Below, a ceiling counts as not reached.
constexpr double kReached = 0.995;

std::string range(const Context& context, double low, double high) {
  const std::string from = context.numbers.count(low);
  const std::string to = context.numbers.count(high);
  return from == to ? from : context.words("levers.range", {{"a", from}, {"b", to}});
}

}  // namespace

bool is_idle(const LeverEffect& effect) {
  if (!effect.read) return true;
  if (!effect.when.empty() && effect.most_on == 0) return true;
  return effect.ceiling && effect.bound_in == 0 && effect.most_use < kReached;
}

namespace {

/// Below it, more than the ceiling is a matter of rounding.
constexpr double kOver = 1.005;

std::string binding_text(const Context& context, const LeverEffect& effect) {
  const Words& words = context.words;
  if (effect.bound_in == 0) {
    if (effect.most_use >= kReached) return words("levers.full");
    return words("levers.never",
                 {{"p", range(context, 100.0 * effect.least_use, 100.0 * effect.most_use)}});
  }
  const std::string steps = range(context, static_cast<double>(effect.fewest_steps),
                                  static_cast<double>(effect.most_steps));
  const std::string stopped = context.numbers.count(effect.refused);
  if (effect.bound_in == effect.realizations) {
    return words("levers.binds", {{"n", steps}, {"r", stopped}});
  }
  return words("levers.binds_in_some", {{"n", steps},
                                        {"r", stopped},
                                        {"k", std::to_string(effect.bound_in)},
                                        {"m", std::to_string(effect.realizations)}});
}

/// What was there when a ceiling came down on it may run on for a while.
std::string ceiling_text(const Context& context, const LeverEffect& effect) {
  std::string out = binding_text(context, effect);
  if (effect.most_use > kOver) {
    out += "; " +
           context.words("levers.over", {{"p", context.numbers.count(100.0 * effect.most_use)}});
  }
  return out;
}

std::string condition_text(const Context& context, const LeverEffect& effect) {
  if (effect.most_on == 0) return context.words("levers.never_on", {{"c", effect.when}});
  return context.words("levers.on", {{"n", range(context, static_cast<double>(effect.fewest_on),
                                                 static_cast<double>(effect.most_on))},
                                     {"c", effect.when}});
}

}  // namespace

std::string lever_text(const Context& context, const LeverEffect& effect) {
  if (!effect.read) return context.words("levers.unread");
  std::string out;
  if (!effect.when.empty()) out = condition_text(context, effect);
  if (effect.ceiling) out += (out.empty() ? "" : "; ") + ceiling_text(context, effect);
  return out;
}

std::string lever_table(const Context& context) {
  const auto& levers = context.input.levers;
  if (levers.empty()) return {};
  const Words& words = context.words;
  const std::string heading = words("levers.what");
  std::string out = "<details" + std::string(context.options.charts ? "" : " open") + "><summary>" +
                    escape(words("levers.heading", {{"n", std::to_string(levers.size())}})) +
                    "</summary>\n<table class=\"stack\"><thead><tr><th scope=\"col\">" +
                    escape(words("policy.lever")) + "</th><th scope=\"col\">" + escape(heading) +
                    "</th></tr></thead>\n<tbody>\n";
  for (const LeverOutcome& lever : levers) {
    out += "<tr><th scope=\"row\">" + escape(lever_name(context, lever)) + "<br><code>" +
           escape(lever_path(lever)) + "</code></th><td data-label=\"" + escape(heading) + "\">" +
           escape_marked({lever_text(context, lever.effect), {}}) + "</td></tr>\n";
  }
  return out + "</tbody></table></details>\n";
}

}  // namespace report_detail

std::vector<std::string> lever_sentences(const ReportInput& input, bool own_only) {
  const ReportOptions english;
  const report_detail::Context context(input, english);
  std::vector<std::string> out;
  for (const LeverOutcome& lever : input.levers) {
    if (own_only && !lever.own) continue;
    out.push_back(report_detail::lever_path(lever) + ": " +
                  report_detail::unmarked(report_detail::lever_text(context, lever.effect)));
  }
  return out;
}

}  // namespace steppe
