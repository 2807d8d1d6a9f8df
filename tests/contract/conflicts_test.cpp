// Levers of one scenario that contradict each other: every declared contradiction is told with both
// sides, and no scenario that comes with the program holds one.

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

namespace fs = std::filesystem;
using Overrides = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kDemo = "scenarios/examples/demo.yaml";

bool is_same(const LeverConflict& a, const LeverConflict& b) {
  return a.meaning.text == b.meaning.text &&
         std::equal(
             a.sides.begin(), a.sides.end(), b.sides.begin(), b.sides.end(),
             [](const ConflictSide& x, const ConflictSide& y) { return x.lever == y.lever; });
}

/// Each rule once: variants of a slot share levers, and the rules of them.
std::vector<const LeverConflict*> all_conflicts() {
  std::vector<const LeverConflict*> out;
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    for (const LeverConflict& conflict : variant.conflicts) {
      const bool is_new = std::none_of(out.begin(), out.end(), [&](const LeverConflict* known) {
        return is_same(*known, conflict);
      });
      if (is_new) out.push_back(&conflict);
    }
  }
  return out;
}

/// The warnings of contradictions among all that the reader says.
std::vector<std::string> contradictions(const Scenario& scenario) {
  std::vector<std::string> out;
  for (const Diagnostic& warning : scenario.warnings) {
    for (const LeverConflict* conflict : all_conflicts()) {
      if (!warning.message.text.ends_with(": " + conflict->meaning.text)) continue;
      out.push_back(warning.message.text);
      break;
    }
  }
  return out;
}

struct Case {
  Overrides set;
  std::vector<std::string> told;  ///< words of the one warning: both sides and what comes of them
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {{{"policy.permits.project_grant.southern_mine", "100"},
        {"policy.permits.national_floor.southern_mine", "90 %"}},
       {"permits.national_floor.southern_mine is 0.9", "permits.project_grant.southern_mine 100",
        "projects.southern_mine", "posts at most", "fewer than the grant"}},
      {{{"policy.permits.exempt_heads.workers", "3"},
        {"policy.permits.occupation.workers", "closed"}},
       {"permits.occupation.workers is closed", "permits.exempt_heads.workers 3 person"}},
      {{{"policy.permits.origin_share_cap.neighbour", "0.1 %"},
        {"policy.permits.origin_ban.neighbour", "banned"}},
       {"permits.origin_ban.neighbour is banned", "permits.origin_share_cap.neighbour 0.001"}},
      {{{"policy.permits.levy.*.neighbour", "5000"},
        {"policy.permits.origin_ban.neighbour", "banned"}},
       {"permits.origin_ban.neighbour is banned", "permits.levy.*.neighbour 5000 MNT/month"}},
      {{{"policy.permits.firm_share.construction", "100 %"},
        {"policy.permits.intake.construction", "closed"}},
       {"permits.intake.construction is closed", "permits.firm_share.construction 1"}},
      {{{"policy.permits.firm_share.construction", "100 %"},
        {"policy.permits.sector_cap.construction", "0"}},
       {"permits.sector_cap.construction is 0 person", "permits.firm_share.construction 1"}},
      {{{"policy.permits.firm_share.trade", "0"}},
       {"permits.firm_share.trade is 0", "permits.small_firm", "may have one foreigner"}},
      {{{"policy.permits.points_pass", "65"},
        {"policy.permits.points_age.from_25", "30"},
        {"policy.permits.points_skill.high", "30"}},
       {"permits.points_skill.high is 30", "permits.points_pass 65",
        "permits.points_age.from_25 30", "permits.points_region 0 (the default)",
        "nobody is let in"}},
      {{{"policy.permits.total_cap", "100"}, {"policy.permits.sector_cap.trade", "101"}},
       {"permits.sector_cap.trade is 101 person", "permits.total_cap 100 person"}},
      {{{"policy.permits.resident_share_cap", "1 %"},
        {"policy.permits.origin_share_cap.neighbour", "3 %"}},
       {"permits.origin_share_cap.neighbour is 0.03", "permits.resident_share_cap 0.01"}},
      {{{"policy.permits.total_limit", "6 months"}},
       {"permits.total_limit is 6 months", "permits.term 12 months", "no permit runs its term"}},
      {{{"policy.permits.firm_share", "none"}, {"policy.permits.exempt_heads.workers", "3"}},
       {"permits.exempt_heads.workers is 3", "permits.firm_share none"}},
      {{{"policy.permits.sector_cap", "none"}, {"policy.permits.allocation", "auction"}},
       {"permits.allocation is auction", "permits.sector_cap none",
        "permits.total_cap none (the default)"}},
      {{{"policy.permits.notice", "2 months"}},
       {"permits.notice is 2 months", "permits.mobility tied (the default)"}},
      {{{"policy.permits.fee", "0"}, {"policy.permits.fee_relief", "50 %"}},
       {"permits.fee_relief is 0.5", "permits.fee 0 MNT/month"}},
      {{{"policy.permits.fee", "0"}, {"policy.permits.project_fee_relief.southern_mine", "1"}},
       {"permits.project_fee_relief.southern_mine is 1", "permits.fee 0 MNT/month"}},
      {{{"policy.permits.fee", "0"}, {"policy.permits.fee_exempt.workers", "yes"}},
       {"permits.fee_exempt.workers is yes", "permits.fee 0 MNT/month"}},
      {{{"policy.enforcement.inspection_rate", "0"}, {"policy.enforcement.fine", "100000"}},
       {"enforcement.fine is 100000 MNT", "enforcement.inspection_rate 0"}},
      {{{"policy.enforcement.inspection_rate", "0"}, {"policy.enforcement.entry_ban", "36"}},
       {"enforcement.entry_ban is 36 months", "enforcement.inspection_rate 0"}},
      {{{"policy.enforcement.inspection_rate", "0"}, {"policy.enforcement.debarment", "12"}},
       {"enforcement.debarment is 12 months", "enforcement.inspection_rate 0"}},
  };
  return all;
}

}  // namespace

TEST_CASE("contract/conflicts: both sides of every contradiction are told", "[contract][unit]") {
  std::size_t told = 0;
  for (const Case& one : cases()) {
    const std::vector<std::string> found = contradictions(test::read(kDemo, one.set));
    INFO(one.set.back().first << " = " << one.set.back().second);
    const auto said = std::find_if(found.begin(), found.end(), [&](const std::string& message) {
      return std::all_of(one.told.begin(), one.told.end(), [&](const std::string& words) {
        return message.find(words) != std::string::npos;
      });
    });
    for (const std::string& message : found) UNSCOPED_INFO(message);
    CHECK(said != found.end());
    ++told;
  }
  CHECK(told == all_conflicts().size());  // a rule added needs a case
}

TEST_CASE("contract/conflicts: what only meets side by side is no contradiction",
          "[contract][unit]") {
  const std::vector<Overrides> harmless = {
      // Ceilings of a sector and of a firm, a border that is closed, a country closed by its cap.
      {{"policy.permits.sector_cap.construction", "10"},
       {"policy.permits.firm_share.construction", "50 %"}},
      {{"policy.permits.border_closed", "1"}},
      {{"policy.permits.total_cap", "0"}},
      {{"policy.permits.origin_ban.neighbour", "banned"},
       {"policy.permits.origin_share_cap", "1 %"}},
      // Of different members, or of different years.
      {{"policy.permits.exempt_heads.workers", "3"},
       {"policy.permits.occupation.professionals", "closed"}},
      {{"policy.permits.exempt_heads.workers", "{2021-01-01: 3, 2022-01-01: 0}"},
       {"policy.permits.occupation.workers", "{2022-01-01: closed}"}},
      // A floor that leaves room, a share of large firms alone, points that can be had.
      {{"policy.permits.project_grant.southern_mine", "10"},
       {"policy.permits.national_floor.southern_mine", "60 %"}},
      {{"policy.permits.firm_share.*.from_50", "0"}},
      {{"policy.permits.points_pass", "60"},
       {"policy.permits.points_age.from_25", "30"},
       {"policy.permits.points_skill.high", "30"}},
  };
  for (const Overrides& one : harmless) {
    INFO(one.back().first << " = " << one.back().second);
    for (const std::string& message : contradictions(test::read(kDemo, one))) FAIL_CHECK(message);
  }
}

TEST_CASE("contract/conflicts: no scenario that comes with the program holds a contradiction",
          "[contract][unit]") {
  int read_count = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(STEPPE_SOURCE_DIR) / "scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    ReadOptions options;
    options.allow_overlay = true;
    const auto read = read_scenario(entry.path(), builtin_models().catalogue(), options);
    INFO(entry.path());
    REQUIRE(read);
    for (const std::string& message : contradictions(*read)) FAIL_CHECK(message);
    ++read_count;
  }
  CHECK(read_count > 20);
}
