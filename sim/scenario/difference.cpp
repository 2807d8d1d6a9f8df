#include "sim/scenario/difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace steppe {
namespace {

constexpr std::array<std::string_view, 11> kSections = {
    "model",      "time",        "parameters", "policy",     "drivers",       "projects",
    "population", "observation", "dimensions", "indicators", "reality_checks"};

std::size_t section_place(std::string_view section) {
  return static_cast<std::size_t>(std::find(kSections.begin(), kSections.end(), section) -
                                  kSections.begin());
}

std::string section_of(const Explanation& e) { return e.path.substr(0, e.path.find('.')); }

Date day_before(Date date) { return date_from_days(days_since_epoch(date) - 1); }

using Figures = std::vector<ExplainedFigure>;

FigureSide side_of(const Explanation& e, std::string value) {
  return {std::move(value), e.place, e.sources};
}

/// The figure that stands on a date of a timeline; not set before its first.
FigureSide standing(const Figures& figures, const std::optional<Date>& date) {
  FigureSide side;
  for (const ExplainedFigure& figure : figures) {
    if (!figure.date || (date && *figure.date <= *date)) {
      side = {figure.value, figure.place, {figure.source}};
    }
  }
  return side;
}

/// Stretches of time on which two timelines hold different figures.
void compare_timelines(const Figures& a, const Figures& b, const std::string& when,
                       std::vector<FigureChange>& out) {
  std::set<Date> dates;
  for (const Figures* figures : {&a, &b}) {
    for (const ExplainedFigure& figure : *figures) {
      if (figure.date) dates.insert(*figure.date);
    }
  }
  std::vector<std::optional<Date>> starts{std::nullopt};
  starts.insert(starts.end(), dates.begin(), dates.end());
  bool open = false;  // the last change goes on
  for (const auto& start : starts) {
    FigureChange change{start, {}, {}, when, standing(a, start), standing(b, start)};
    const bool differs = change.old.value != change.fresh.value;
    if (open && differs && out.back().old.value == change.old.value &&
        out.back().fresh.value == change.fresh.value) {
      continue;
    }
    if (open) out.back().until = day_before(*start);
    if (differs) out.push_back(std::move(change));
    open = differs;
  }
}

/// Figures that stand under a date or label of their own.
void compare_points(const Explanation& a, const Explanation& b, std::vector<FigureChange>& out) {
  using Key = std::pair<std::optional<Date>, std::string>;
  std::map<Key, std::size_t> place;
  std::vector<FigureChange> all;
  const auto at = [&](const ExplainedFigure& figure) -> FigureChange& {
    const auto [found, is_new] = place.emplace(Key{figure.date, figure.label}, all.size());
    if (is_new) {
      all.push_back({figure.date, {}, figure.label, {}, side_of(a, ""), side_of(b, "")});
    }
    return all[found->second];
  };
  for (const ExplainedFigure& figure : a.figures) at(figure).old.value = figure.value;
  for (const ExplainedFigure& figure : b.figures) at(figure).fresh.value = figure.value;
  std::stable_sort(all.begin(), all.end(),
                   [](const FigureChange& x, const FigureChange& y) { return x.from < y.from; });
  for (FigureChange& change : all) {
    if (change.old.value != change.fresh.value) out.push_back(std::move(change));
  }
}

std::vector<FigureChange> compare(const Explanation& a, const Explanation& b) {
  std::vector<FigureChange> out;
  const auto whole = [&] {
    out.push_back({{}, {}, {}, {}, side_of(a, a.value), side_of(b, b.value)});
  };
  if (a.figures.empty() || b.figures.empty()) {
    if (a.value != b.value) whole();
  } else if (!a.stands) {
    compare_points(a, b, out);
  } else if (a.when == b.when) {
    compare_timelines(a.figures, b.figures, a.when, out);
    compare_timelines(a.otherwise, b.otherwise, "otherwise", out);
  } else {
    whole();  // under other conditions no date tells
  }
  return out;
}

/// The values of one scenario by path.
class Values {
 public:
  explicit Values(const std::vector<Explanation>& all) {
    for (const Explanation& e : all) by_path_[e.path] = &e;
  }

  /// What holds for a path: its own value, else that of the class it lies in, else the one under
  /// the bare name, which holds for every key that has none of its own. Of two keys the first
  /// decides before the second, as for levers.
  [[nodiscard]] const Explanation* find(std::string path) const {
    while (!path.empty()) {
      if (const Explanation* const found = at(path)) return found;
      if (const Explanation* const found = class_of(path)) return found;
      const std::size_t dot = path.rfind('.');
      if (dot == std::string::npos) return nullptr;
      const std::string last = path.substr(dot);
      path.resize(dot);
      if (const Explanation* const found = at(path)) return found;
      const std::size_t before = path.rfind('.');
      if (before == std::string::npos) continue;
      if (const Explanation* const found = at(path.substr(0, before) + ".*" + last)) return found;
    }
    return nullptr;
  }

  /// Some of its paths stand below this one, so that they are compared instead.
  [[nodiscard]] bool has_below(const std::string& path) const {
    const auto next = by_path_.lower_bound(path + '.');
    return next != by_path_.end() && next->first.compare(0, path.size() + 1, path + '.') == 0;
  }

 private:
  [[nodiscard]] const Explanation* at(const std::string& path) const {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : found->second;
  }

  /// Where the class begins that a path ends in, as in `from_21`.
  static std::optional<int> bound_of(const std::string& path) {
    const std::string key = path.substr(path.rfind('.') + 1);
    const auto staff = open_bound(Dim::Staff, key);
    return staff ? staff : open_bound(Dim::Share, key);
  }

  /// The nearest class that begins below one that a path names: `from_11` for `from_21`.
  [[nodiscard]] const Explanation* class_of(const std::string& path) const {
    const std::optional<int> wanted = bound_of(path);
    if (!wanted) return nullptr;
    const std::string stem = path.substr(0, path.find_last_not_of("0123456789") + 1);
    const Explanation* nearest = nullptr;
    std::optional<int> best;
    for (auto it = by_path_.lower_bound(stem); it != by_path_.end() && it->first.starts_with(stem);
         ++it) {
      const std::optional<int> bound = bound_of(it->first);
      if (!bound || *bound > *wanted || (best && *bound < *best)) continue;
      best = bound;
      nearest = it->second;
    }
    return nearest;
  }

  std::map<std::string, const Explanation*, std::less<>> by_path_;
};

AssumptionChange change_of(const std::string& path, const Explanation* a, const Explanation* b) {
  const Explanation& shown = b != nullptr ? *b : *a;
  AssumptionChange change{section_of(shown), path, {}, shown.meaning, shown.stands, {}};
  if (a == nullptr) {
    change.figures.push_back({{}, {}, {}, {}, {}, side_of(*b, b->value)});
  } else if (b == nullptr) {
    change.figures.push_back({{}, {}, {}, {}, side_of(*a, a->value), {}});
  } else {
    change.figures = compare(*a, *b);
    // Whole values have their unit in them.
    if (!a->figures.empty() && !b->figures.empty() && a->when == b->when) change.unit = b->unit;
  }
  return change;
}

}  // namespace

std::vector<AssumptionChange> differences(const std::vector<Explanation>& a,
                                          const std::vector<Explanation>& b) {
  const Values old(a);
  const Values fresh(b);
  std::vector<AssumptionChange> out;
  const auto add = [&](const Explanation& e, const Explanation* in_a, const Explanation* in_b) {
    if (section_place(section_of(e)) == kSections.size()) return;
    AssumptionChange change = change_of(e.path, in_a, in_b);
    if (!change.figures.empty()) out.push_back(std::move(change));
  };
  for (const Explanation& e : b) {
    const Explanation* const other = old.find(e.path);
    if (other == nullptr && old.has_below(e.path)) continue;
    add(e, other, &e);
  }
  for (const Explanation& e : a) {
    const Explanation* const other = fresh.find(e.path);
    if (other != nullptr && other->path == e.path) continue;  // was compared above
    if (other == nullptr && fresh.has_below(e.path)) continue;
    add(e, &e, other);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const AssumptionChange& x, const AssumptionChange& y) {
                     return section_place(x.section) < section_place(y.section);
                   });
  return out;
}

std::optional<Date> first_difference(const std::vector<AssumptionChange>& changes) {
  std::optional<Date> first;
  for (const AssumptionChange& change : changes) {
    for (const FigureChange& figure : change.figures) {
      if (!change.stands || !figure.from) return std::nullopt;
      if (!first || *figure.from < *first) first = figure.from;
    }
  }
  return first;
}

}  // namespace steppe
