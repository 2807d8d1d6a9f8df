#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "models/foreign_hiring/rules.hpp"

namespace steppe::permits {
namespace {

using Of = ConflictSide::Of;
using Values = std::vector<ConflictValue>;

ConflictSide each(const char* lever) { return {lever, Of::Each, false, false}; }
ConflictSide named(const char* lever) { return {lever, Of::Each, false, true}; }
ConflictSide or_default(const char* lever) { return {lever, Of::Each, true, false}; }
ConflictSide largest(const char* lever) { return {lever, Of::Largest, true, false}; }
ConflictSide least(const char* lever) { return {lever, Of::Least, true, false}; }

bool is_on(const ConflictValue& v) { return v.amount > 0.5; }  ///< of a choice: not its first word
bool is_some(const ConflictValue& v) { return v.amount > 0.0; }
bool is_none(const ConflictValue& v) { return v.amount == 0.0; }
bool is_limit(const ConflictValue& v) { return std::isfinite(v.amount); }

/// A ceiling that stops at an amount the other one never lets come about. One of 0 closes, as a
/// border does, and is meant to leave the others without effect.
bool first_is_beyond(const Values& v) {
  return is_limit(v[0]) && v[0].amount > v[1].amount && v[1].amount > 0.0;
}
bool some_with_none(const Values& v) { return is_some(v[0]) && is_none(v[1]); }
bool some_with_on(const Values& v) { return is_some(v[0]) && is_on(v[1]); }

/// The relief of a fee that is not charged.
LeverConflict relief(const char* lever) {
  return {{each(lever), or_default("permits.fee")},
          some_with_none,
          {"conflict.no_fee", "there is no fee that could be waived", {}}};
}
/// What befalls whom an inspection finds.
LeverConflict found(const char* lever) {
  return {{each(lever), largest("enforcement.inspection_rate")},
          some_with_none,
          {"conflict.no_inspection", "nobody is ever inspected, so that it befalls nobody", {}}};
}

}  // namespace

// Ceilings bind side by side, the tightest of them, and so are no contradiction; nor is a closed
// border, which leaves all else without effect for a time.
std::vector<LeverConflict> conflicts() {
  return {
      // What one rule lets in and another one keeps out.
      {{each("permits.project_grant"), each("permits.national_floor"), each(kProjectHeads)},
       [](const Values& v) {
         return is_some(v[0]) && is_some(v[1]) &&
                v[0].amount > (1.0 - v[1].amount) * v[2].amount * (1.0 + 1e-9);
       },
       {"conflict.grant_over_floor",
        "of the project's posts the floor leaves foreigners fewer than the grant, which cannot be "
        "used to the full",
        {}}},
      {{named("permits.exempt_heads"), each("permits.occupation")},
       some_with_on,
       {"conflict.occupation_closed",
        "newcomers of the occupation get no permits, so that nobody can make use of the exemption",
        {}}},
      {{named("permits.origin_share_cap"), named("permits.origin_ban")},
       some_with_on,
       {"conflict.share_of_banned",
        "nobody from there gets a permit, so that the share has no effect",
        {}}},
      {{named("permits.levy"), named("permits.origin_ban")},
       some_with_on,
       {"conflict.levy_of_banned",
        "nobody from there gets a permit, so that nobody pays the levy",
        {}}},
      {{named("permits.firm_share"), named("permits.intake")},
       [](const Values& v) { return v[0].amount >= 1.0 && is_on(v[1]); },
       {"conflict.nobody_from_abroad",
        "firms may have all their staff from abroad and get nobody from there",
        {}}},
      {{named("permits.firm_share"), named("permits.sector_cap")},
       [](const Values& v) { return v[0].amount >= 1.0 && is_none(v[1]); },
       {"conflict.nobody_from_abroad",
        "firms may have all their staff from abroad and get nobody from there",
        {}}},
      {{each("permits.firm_share"), or_default("permits.small_firm")},
       [](const Values& v) { return is_none(v[0]) && v[0].from < v[1].amount; },
       {"conflict.small_firm",
        "firms with fewer nationals than that may have one foreigner all the same; a small_firm of "
        "0 lets none have any",
        {}}},
      {{each("permits.points_pass"), largest("permits.points_age"), largest("permits.points_skill"),
        largest("permits.points_region")},
       [](const Values& v) { return v[0].amount > v[1].amount + v[2].amount + v[3].amount; },
       {"conflict.points_out_of_reach",
        "no applicant can have so many points, so that nobody is let in",
        {}}},
      // Ceilings that another one keeps out of reach.
      {{each("permits.sector_cap"), each("permits.total_cap")},
       first_is_beyond,
       {"conflict.sector_over_total",
        "the country never has so many permits, so that the sector's cap has no effect",
        {}}},
      {{each("permits.origin_share_cap"), each("permits.resident_share_cap")},
       first_is_beyond,
       {"conflict.origin_over_residents",
        "all foreigners together never are so many, so that the cap on one origin has no effect",
        {}}},
      {{each("permits.total_limit"), or_default("permits.term")},
       [](const Values& v) { return v[0].amount < v[1].amount * (1.0 - 1e-9); },
       {"conflict.stay_under_term",
        "a stay ends before its first permit, so that no permit runs its term",
        {}}},
      // What is said of something that there is not.
      {{each("permits.exempt_heads"), least("permits.firm_share")},
       [](const Values& v) { return is_some(v[0]) && !is_limit(v[1]); },
       {"conflict.exempt_without_share",
        "no firm has a share that somebody could be outside of",
        {}}},
      {{each("permits.allocation"), least("permits.sector_cap"), or_default("permits.total_cap")},
       [](const Values& v) { return is_on(v[0]) && !is_limit(v[1]) && !is_limit(v[2]); },
       {"conflict.nothing_to_allocate",
        "no cap makes permits scarce, so that there is nothing to allocate",
        {}}},
      {{each("permits.notice"), or_default("permits.mobility")},
       [](const Values& v) { return is_some(v[0]) && v[1].amount != 1.0; },
       {"conflict.notice_without_mobility", "notice is given only where mobility is `notice`", {}}},
      relief("permits.fee_relief"),
      relief("permits.project_fee_relief"),
      relief("permits.fee_exempt"),
      found("enforcement.fine"),
      found("enforcement.entry_ban"),
      found("enforcement.debarment"),
  };
}

std::vector<LeverConflict> conflicts_among(const std::vector<LeverDecl>& levers) {
  const auto has = [&](const ConflictSide& side) {
    return side.lever == kProjectHeads ||
           std::any_of(levers.begin(), levers.end(),
                       [&](const LeverDecl& lever) { return lever.name == side.lever; });
  };
  std::vector<LeverConflict> all = conflicts();
  std::vector<LeverConflict> out;
  for (LeverConflict& conflict : all) {
    if (std::all_of(conflict.sides.begin(), conflict.sides.end(), has)) {
      out.push_back(std::move(conflict));
    }
  }
  return out;
}

}  // namespace steppe::permits
