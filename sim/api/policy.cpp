#include "sim/api/policy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/error.hpp"

namespace steppe {

LeverId Policy::add(const LeverDecl& decl, const Scenario& scenario) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].decl.name == decl.name) return LeverId{i};
  }
  Entry entry;
  entry.decl = decl;
  if (decl.by == Dim::None) {
    entry.keys = {""};
  } else {
    for (const Member& member : scenario.dimensions.of(decl.by)) entry.keys.push_back(member.key);
  }
  const std::size_t n = entry.keys.size();
  entry.values.assign(n, decl.value);
  entry.timelines.assign(n, nullptr);
  entry.triggers.assign(n, nullptr);
  entry.highest_use.assign(n, -1.0);
  entry.refused.assign(n, 0);
  entry.steps_bound.assign(n, 0);
  entry.steps_on.assign(n, 0);
  for (const LeverTimeline& timeline : scenario.policy) {
    if (timeline.decl == nullptr || timeline.decl->name != decl.name) continue;
    for (std::size_t k = 0; k < n; ++k) {
      // A timeline of the bare name sets every key that has none of its own.
      const bool own = timeline.key == static_cast<int>(k);
      if (!own && (timeline.key >= 0 || entry.timelines[k] != nullptr)) continue;
      entry.timelines[k] = &timeline;
      entry.triggers[k] = nullptr;
      if (timeline.when.empty()) continue;
      // The reader refuses what cannot be read; a scenario made in code may still hold it.
      const auto parsed = Expression::parse(timeline.when);
      if (!parsed) throw ConfigError(decl.name + ": when: " + parsed.error().message);
      entry.triggers[k] = std::make_shared<const Expression>(*parsed);
    }
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

void Policy::update(Date date, const IndicatorLookup& indicator) {
  for (Entry& entry : entries_) {
    for (std::size_t k = 0; k < entry.keys.size(); ++k) {
      const LeverTimeline* timeline = entry.timelines[k];
      if (timeline == nullptr) continue;
      const bool on = entry.triggers[k] == nullptr || entry.triggers[k]->holds(indicator);
      entry.values[k] = on ? timeline->at(date) : timeline->otherwise_at(date);
      if (on && entry.triggers[k] != nullptr) {
        entry.steps_on[k] += entry.values[k] != timeline->otherwise_at(date);
      }
    }
  }
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
      if (!use.ceiling && entry.timelines[k]->key < 0) {
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
