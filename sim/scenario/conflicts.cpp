#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "sim/scenario/resolve.hpp"
#include "sim/scenario/values.hpp"

namespace steppe::detail {
namespace {

using Of = ConflictSide::Of;

/// One value of a side on a date, and where it was set.
struct Speaking {
  std::string name;  ///< of the lever, with its key
  std::string text;  ///< its value, with its unit
  std::string code;  ///< likewise without English words
  ConflictValue value;
  SourcePlace place;  ///< empty: the declared default
};

/// Members that all sides speak of, by dimension.
using Members = std::map<Dim, int>;

/// What may stand for a side: a timeline, a project, or the declared default.
struct Candidate {
  const LeverTimeline* timeline = nullptr;
  const Project* project = nullptr;
  LeverKey key;
};

/// Without folders, which a report of the run should not hold.
std::string file_name(const SourcePlace& place) {
  return std::filesystem::path(place.file).filename().string();
}

class ConflictCheck {
 public:
  explicit ConflictCheck(Context& context)
      : context_(context), policy_(context.scenario.policy), time_(context.scenario.time) {
    for (const VariantDecl* variant : context.in_force()) {
      for (const LeverDecl& lever : variant->levers) levers_[lever.name] = &lever;
    }
    const auto& stack = context.layers.stack;
    for (std::size_t i = 0; i < stack.size(); ++i) rank_[stack[i].file] = static_cast<int>(i);
  }

  void check(const LeverConflict& conflict) {
    for (const ConflictSide& side : conflict.sides) {
      if (side.lever != kProjectHeads && levers_.count(side.lever) == 0) return;
    }
    std::vector<Candidate> chosen;
    choose(conflict, chosen, {});
  }

 private:
  [[nodiscard]] const LeverDecl* decl(const ConflictSide& side) const {
    const auto found = levers_.find(side.lever);
    return found == levers_.end() ? nullptr : found->second;
  }

  /// The dimensions of a side with the member a key names in each, -1 for all.
  [[nodiscard]] std::vector<std::pair<Dim, int>> coordinates(const ConflictSide& side,
                                                             LeverKey key) const {
    if (side.lever == kProjectHeads) return {{Dim::Project, key.first}};
    const LeverDecl& lever = *decl(side);
    std::vector<std::pair<Dim, int>> out;
    if (lever.by != Dim::None && !is_open(lever.by)) out.emplace_back(lever.by, key.first);
    if (lever.then != Dim::None && !is_open(lever.then)) out.emplace_back(lever.then, key.second);
    return out;
  }

  [[nodiscard]] std::vector<Candidate> candidates(const ConflictSide& side) const {
    std::vector<Candidate> out;
    if (side.of != Of::Each) return {Candidate{}};
    if (side.lever == kProjectHeads) {
      const auto& projects = context_.scenario.projects;
      for (std::size_t p = 0; p < projects.size(); ++p) {
        out.push_back({nullptr, &projects[p], {static_cast<int>(p)}});
      }
      return out;
    }
    bool all = false;
    for (const LeverTimeline& timeline : policy_) {
      if (timeline.decl->name != side.lever) continue;
      all = all || timeline.key.is_all();
      // Under a condition, whether they meet shows in the run alone.
      if (timeline.when.empty()) out.push_back({&timeline, nullptr, timeline.key});
    }
    if (side.or_default && !all) out.push_back({});
    return out;
  }

  /// Tries every value of the next side that speaks of the same members as those before.
  void choose(const LeverConflict& conflict, std::vector<Candidate>& chosen,
              const Members& members) {
    if (chosen.size() == conflict.sides.size()) {
      if (holds_for_somebody(conflict, chosen, members)) judge(conflict, chosen);
      return;
    }
    const ConflictSide& side = conflict.sides[chosen.size()];
    for (const Candidate& candidate : candidates(side)) {
      Members joint = members;
      bool fits = true;
      if (side.of == Of::Each) {
        for (const auto& [dim, at] : coordinates(side, candidate.key)) {
          int& member = joint.try_emplace(dim, -1).first->second;
          fits = fits && (member < 0 || at < 0 || member == at);
          member = std::max(member, at);
        }
      }
      if (!fits) continue;
      chosen.push_back(candidate);
      choose(conflict, chosen, joint);
      chosen.pop_back();
    }
  }

  /// Whether each value is the one in force for the members, and named by them where it must be.
  [[nodiscard]] bool holds_for_somebody(const LeverConflict& conflict,
                                        const std::vector<Candidate>& chosen,
                                        const Members& members) const {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const ConflictSide& side = conflict.sides[i];
      if (side.of != Of::Each || side.lever == kProjectHeads) continue;
      const LeverDecl& lever = *decl(side);
      LeverKey key = chosen[i].key;
      for (const auto& [dim, at] : coordinates(side, key)) {
        const bool shared = is_shared(conflict, i, dim);
        if (side.named && shared && at < 0) return false;
        if (!shared) continue;
        (dim == lever.by ? key.first : key.second) = members.at(dim);
      }
      if (governing(policy_, lever, key) != chosen[i].timeline) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_shared(const LeverConflict& conflict, std::size_t side, Dim dim) const {
    for (std::size_t i = 0; i < conflict.sides.size(); ++i) {
      if (i == side || conflict.sides[i].of != Of::Each) continue;
      for (const auto& coordinate : coordinates(conflict.sides[i], {})) {
        if (coordinate.first == dim) return true;
      }
    }
    return false;
  }

  /// Days of the run on which some value of a side changes, and its last.
  [[nodiscard]] std::set<Date> days(const LeverConflict& conflict,
                                    const std::vector<Candidate>& chosen) const {
    std::set<Date> out{time_.start, time_.end};
    const auto add = [&](const LeverTimeline& timeline) {
      for (const auto* const points : {&timeline.points, &timeline.otherwise}) {
        for (const LeverPoint& point : *points) {
          if (point.from > time_.start && point.from < time_.end) out.insert(point.from);
        }
      }
    };
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (conflict.sides[i].of == Of::Each) {
        if (chosen[i].timeline != nullptr) add(*chosen[i].timeline);
        continue;
      }
      for (const LeverTimeline& timeline : policy_) {
        if (timeline.decl->name == conflict.sides[i].lever) add(timeline);
      }
    }
    return out;
  }

  [[nodiscard]] static SourcePlace place_at(const LeverTimeline& timeline, Date date) {
    SourcePlace place;
    for (const LeverPoint& point : timeline.points) {
      if (point.from <= date) place = point.place;
    }
    return place;
  }

  [[nodiscard]] Speaking told(const LeverDecl& lever, LeverKey key, double amount,
                              SourcePlace place) const {
    const bool plain = lever.unit == "1" || !lever.choices.empty() || !std::isfinite(amount);
    const LeverDecl& decl = lever;
    const int from = is_open(decl.by) ? key.first : is_open(decl.then) ? key.second : 0;
    const std::string text = (std::isinf(amount) ? "none" : value_text(lever.choices, amount)) +
                             (plain ? "" : " " + lever.unit);
    return {lever.name + lever_key_text(lever, key, context_.scenario.dimensions),
            text,
            text,
            {amount, std::max(0, from)},
            std::move(place)};
  }

  [[nodiscard]] Speaking speaking(const ConflictSide& side, const Candidate& candidate,
                                  Date date) const {
    if (candidate.project != nullptr) {
      double most = 0.0;
      for (const auto& [day, heads] : candidate.project->heads) most = std::max(most, heads);
      return {std::string(kProjectHeads) + "." + candidate.project->key,
              number_text(most) + " posts at most",
              "≤ " + number_text(most),
              {most},
              candidate.project->place};
    }
    const LeverDecl& lever = *decl(side);
    if (side.of != Of::Each) return extreme(side, lever, date);
    if (candidate.timeline == nullptr) return told(lever, {}, lever.value, {});
    return told(lever, candidate.key, candidate.timeline->at(date),
                place_at(*candidate.timeline, date));
  }

  /// The largest or least value that a lever has on a date for any member.
  [[nodiscard]] Speaking extreme(const ConflictSide& side, const LeverDecl& lever,
                                 Date date) const {
    const auto beats = [&](double a, double b) { return side.of == Of::Largest ? a > b : a < b; };
    std::optional<Speaking> best;
    bool all = false;
    for (const LeverTimeline& timeline : policy_) {
      if (timeline.decl->name != lever.name) continue;
      all = all || timeline.key.is_all();
      std::vector<double> amounts{timeline.at(date)};
      if (!timeline.when.empty()) amounts.push_back(timeline.otherwise_at(date));
      for (const double amount : amounts) {
        if (best && !beats(amount, best->value.amount)) continue;
        best = told(lever, timeline.key, amount, place_at(timeline, date));
      }
    }
    if (!all && (!best || beats(lever.value, best->value.amount))) {
      best = told(lever, {}, lever.value, {});
    }
    return *best;
  }

  /// Looks for the first days on which the values contradict each other, and tells of them.
  void judge(const LeverConflict& conflict, const std::vector<Candidate>& chosen) {
    std::optional<Date> from;
    std::optional<Date> until;
    std::vector<Speaking> sides;
    for (const Date day : days(conflict, chosen)) {
      std::vector<Speaking> now;
      std::vector<ConflictValue> values;
      bool set = true;  // before a timeline's first date its default holds, which nobody wrote
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        const ConflictSide& side = conflict.sides[i];
        now.push_back(speaking(side, chosen[i], day));
        values.push_back(now.back().value);
        set = set && (side.or_default || side.of != Of::Each || !now.back().place.file.empty());
      }
      if (set && conflict.holds(values)) {
        if (from) continue;
        from = day;
        sides = std::move(now);
      } else if (from) {
        until = date_from_days(days_since_epoch(day) - 1);
        break;
      }
    }
    if (from) tell(conflict, sides, *from, until);
  }

  /// At the side that was set last, which names the others and where they stand.
  void tell(const LeverConflict& conflict, const std::vector<Speaking>& sides, Date from,
            std::optional<Date> until) {
    Faults& faults = context_.faults;
    const auto latest =
        std::max_element(sides.begin(), sides.end(), [&](const Speaking& a, const Speaking& b) {
          return order(faults.mark(a.place)) < order(faults.mark(b.place));
        });
    const Mark mark = faults.mark(latest->place);
    std::string others;
    std::string codes;
    for (const Speaking& side : sides) {
      if (&side == &*latest) continue;
      const std::string where = side.place.file.empty()
                                    ? "the default"
                                    : fmt::format("{}:{}", file_name(side.place), side.place.line);
      others +=
          fmt::format("{}{} {} ({})", others.empty() ? "" : ", ", side.name, side.text, where);
      codes += fmt::format("{}{} {}", codes.empty() ? "" : ", ", side.name, side.code);
    }
    // A value for all members that stands in the place of several is told of once.
    if (!told_.emplace(mark.file, mark.line, mark.column, conflict.meaning.text).second) return;
    std::vector<Fill> fills = {{"name", latest->name},
                               {"value", latest->text},
                               {"others", others},
                               {"from", to_string(from)},
                               {"meaning", conflict.meaning.text}};
    if (until) fills.emplace_back("until", to_string(*until));
    Message message =
        until ? Message("conflict.between",
                        "{name} is {value}, against {others}, from {from} to {until}: {meaning}",
                        fills)
              : Message("conflict.from",
                        "{name} is {value}, against {others}, from {from} on: {meaning}", fills);
    message.set("value", latest->code);
    message.set("others", codes);
    message.set("meaning", conflict.meaning.code);
    faults.warning(mark, std::move(message));
  }

  [[nodiscard]] std::array<int, 3> order(const Mark& mark) const {
    const auto found = rank_.find(mark.file);
    return {found == rank_.end() ? -1 : found->second, mark.line, mark.column};
  }

  Context& context_;
  const std::vector<LeverTimeline>& policy_;
  const TimeSpec& time_;
  std::map<std::string, const LeverDecl*, std::less<>> levers_;
  std::map<int, int> rank_;  ///< of files, in the order in which they are laid over one another
  std::set<std::tuple<int, int, int, std::string>> told_;
};

}  // namespace

void check_conflicts(Context& context) {
  // A layer alone does not hold the other side.
  if (context.partial) return;
  ConflictCheck check(context);
  for (const VariantDecl* variant : context.in_force()) {
    for (const LeverConflict& conflict : variant->conflicts) check.check(conflict);
  }
}

}  // namespace steppe::detail
