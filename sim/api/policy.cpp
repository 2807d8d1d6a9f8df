#include "sim/api/policy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

/// Where the classes of a lever's open dimension begin: at 0, and wherever the scenario says.
std::vector<int> bounds_of(const LeverDecl& decl, const Scenario& scenario) {
  std::vector<int> bounds{0};
  for (const LeverTimeline& timeline : scenario.policy) {
    if (timeline.decl == nullptr || timeline.decl->name != decl.name) continue;
    const int bound = is_open(decl.by) ? timeline.key.first : timeline.key.second;
    if (bound > 0) bounds.push_back(bound);
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  return bounds;
}

/// What a coordinate of the lever's key may be.
std::vector<int> members_of(Dim dim, const Scenario& scenario, const std::vector<int>& bounds) {
  if (dim == Dim::None) return {-1};
  if (is_open(dim)) return bounds;
  std::vector<int> out(scenario.dimensions.of(dim).size());
  std::iota(out.begin(), out.end(), 0);
  return out;
}

}  // namespace

LeverId Policy::add(const LeverDecl& decl, const Scenario& scenario) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].decl.name == decl.name) return LeverId{i};
  }
  Entry entry;
  entry.decl = decl;
  if (is_open(decl.by) || is_open(decl.then)) entry.bounds = bounds_of(decl, scenario);
  const std::vector<int> firsts = members_of(decl.by, scenario, entry.bounds);
  const std::vector<int> seconds = members_of(decl.then, scenario, entry.bounds);
  entry.seconds = seconds.size();
  std::vector<LeverKey> keys;
  for (const int first : firsts) {
    for (const int second : seconds) keys.emplace_back(first, second);
  }
  for (const LeverKey& key : keys) {
    const std::string text = lever_key_text(decl, key, scenario.dimensions);
    entry.keys.push_back(text.empty() ? text : text.substr(1));
  }
  const std::size_t n = entry.keys.size();
  entry.values.assign(n, decl.value);
  entry.timelines.assign(n, nullptr);
  entry.triggers.assign(n, nullptr);
  entry.highest_use.assign(n, -1.0);
  entry.refused.assign(n, 0);
  entry.steps_bound.assign(n, 0);
  entry.steps_on.assign(n, 0);
  for (std::size_t k = 0; k < n; ++k) {
    const LeverTimeline* const timeline = governing(scenario.policy, decl, keys[k]);
    if (timeline == nullptr) continue;
    entry.set = true;
    entry.timelines[k] = timeline;
    if (timeline->when.empty()) continue;
    // The reader refuses what cannot be read; a scenario made in code may still hold it.
    const auto parsed = Expression::parse(timeline->when);
    if (!parsed) throw ConfigError(decl.name + ": when: " + parsed.error().message);
    entry.triggers[k] = std::make_shared<const Expression>(*parsed);
  }
  entries_.push_back(std::move(entry));
  return LeverId{entries_.size() - 1};
}

void Policy::used(LeverId lever, std::size_t key, double amount, double limit,
                  std::int64_t refused) {
  Entry& entry = entries_[lever.at()];
  if (std::isfinite(limit) && limit > 0.0) {
    entry.highest_use[key] = std::max(entry.highest_use[key], amount / limit);
  }
  entry.refused[key] += refused;
  entry.steps_bound[key] += refused > 0;
}

std::size_t Policy::class_of(LeverId lever, double amount) const {
  const Entry& entry = entries_[lever.at()];
  const std::vector<int>& bounds = entry.bounds;
  // A class of staff holds its bound (`from_21`), a class of shares does not (`above_10`).
  const bool open_below = entry.decl.by == Dim::Share || entry.decl.then == Dim::Share;
  const auto next = open_below ? std::lower_bound(bounds.begin(), bounds.end(), amount)
                               : std::upper_bound(bounds.begin(), bounds.end(), amount);
  return next == bounds.begin() ? 0 : static_cast<std::size_t>(next - bounds.begin()) - 1;
}

void Policy::update(Date date, const IndicatorLookup& indicator) {
  Entry* const wage = find(kMinimumWageLever);
  if (wage != nullptr) update(*wage, date, 0.0, indicator);
  const double minimum_wage = wage != nullptr ? wage->values[0] : 0.0;
  for (Entry& entry : entries_) {
    if (&entry != wage) update(entry, date, minimum_wage, indicator);
  }
}

void Policy::update(Entry& entry, Date date, double minimum_wage,
                    const IndicatorLookup& indicator) {
  for (std::size_t k = 0; k < entry.keys.size(); ++k) {
    const LeverTimeline* timeline = entry.timelines[k];
    if (timeline == nullptr) continue;
    const bool on = entry.triggers[k] == nullptr || entry.triggers[k]->holds(indicator);
    entry.values[k] =
        on ? timeline->at(date, minimum_wage) : timeline->otherwise_at(date, minimum_wage);
    if (on && entry.triggers[k] != nullptr) {
      entry.steps_on[k] += entry.values[k] != timeline->otherwise_at(date, minimum_wage);
    }
  }
}

Policy::Entry* Policy::find(std::string_view lever) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.decl.name == lever; });
  return found == entries_.end() ? nullptr : &*found;
}

double Policy::look(std::string_view lever, std::size_t key) const {
  for (const Entry& entry : entries_) {
    if (entry.decl.name == lever) return entry.values[key];
  }
  return std::numeric_limits<double>::quiet_NaN();
}

std::vector<LeverUse> Policy::uses(const Scenario& scenario, double weight) const {
  std::vector<LeverUse> out;
  for (const LeverTimeline& timeline : scenario.policy) {
    if (timeline.decl == nullptr) continue;
    const std::string& name = timeline.decl->name;
    const auto known = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.decl.name == name; });
    if (known != entries_.end() && known->read) continue;
    const bool told =
        std::any_of(out.begin(), out.end(), [&](const LeverUse& use) { return use.lever == name; });
    if (told) continue;
    LeverUse& unread = out.emplace_back();
    unread.lever = name;
    unread.read = false;
  }
  for (const Entry& entry : entries_) {
    for (std::size_t k = 0; k < entry.keys.size(); ++k) {
      if (entry.timelines[k] == nullptr) continue;
      LeverUse use;
      use.lever = entry.decl.name;
      use.key = entry.keys[k];
      use.ceiling = entry.highest_use[k] >= 0.0;
      use.when = entry.timelines[k]->when;
      if (!entry.read || (!use.ceiling && use.when.empty())) continue;
      if (!use.ceiling && entry.timelines[k]->key.is_all()) {
        if (k > 0) continue;  // one timeline, one condition for all keys
        use.key.clear();
      }
      if (use.ceiling) use.highest_use = entry.highest_use[k];
      use.refused = static_cast<double>(entry.refused[k]) * weight;
      use.steps_bound = entry.steps_bound[k];
      if (!use.when.empty()) use.steps_on = entry.steps_on[k];
      out.push_back(std::move(use));
    }
  }
  return out;
}

void Policy::forget_uses() {
  for (Entry& entry : entries_) {
    std::fill(entry.highest_use.begin(), entry.highest_use.end(), -1.0);
    std::fill(entry.refused.begin(), entry.refused.end(), 0);
    std::fill(entry.steps_bound.begin(), entry.steps_bound.end(), 0);
    std::fill(entry.steps_on.begin(), entry.steps_on.end(), 0);
  }
}

}  // namespace steppe
