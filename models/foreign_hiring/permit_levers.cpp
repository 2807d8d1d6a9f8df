#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/foreign_hiring/rules.hpp"

namespace steppe::permits {
namespace {

constexpr const char* kLaw2001 = "Law on Sending and Receiving Labour of 2001, yearly resolutions";
constexpr const char* kLaw2021 = "Labour Migration Law of 2021";
constexpr const char* kStatusLaw = "Law on the Legal Status of Foreign Nationals, art. 27.4";

LeverDecl number(const char* name, const char* unit, double value, double min, double max, Dim by,
                 const char* source, const char* summary, Dim then = Dim::None) {
  return {name, unit, value, min, max, by, source, summary, then, {}};
}

LeverDecl choice(const char* name, std::vector<std::string> words, Dim by, const char* source,
                 const char* summary, Dim then = Dim::None) {
  const auto last = static_cast<double>(words.size() - 1);
  return {name, "1", 0.0, 0.0, last, by, source, summary, then, std::move(words)};
}

/// What Ceilings reads, and what else bears on who may enter.
constexpr std::array<std::string_view, 23> kOfEntry = {"permits.sector_cap",
                                                       "permits.total_cap",
                                                       "permits.firm_share",
                                                       "permits.firm_share_base",
                                                       "permits.firm_share_rounding",
                                                       "permits.small_firm",
                                                       "permits.exempt_heads",
                                                       "permits.project_grant",
                                                       "permits.national_floor",
                                                       "permits.firm_size_limit",
                                                       "permits.peer_rank",
                                                       "permits.peer_window",
                                                       "permits.resident_share_cap",
                                                       "permits.origin_share_cap",
                                                       "permits.origin_ban",
                                                       "permits.occupation",
                                                       "permits.intake",
                                                       "permits.points_pass",
                                                       "permits.points_age",
                                                       "permits.points_skill",
                                                       "permits.points_region",
                                                       "permits.border_closed",
                                                       "permits.labour_market_test"};

/// What Charges reads.
constexpr std::array<std::string_view, 9> kOfCharges = {
    "permits.fee",           "permits.fee_relief",
    "permits.fee_exempt",    "permits.project_fee_relief",
    "permits.levy",          "permits.share_fee",
    "permits.share_fee_for", "permits.training_levy",
    "permits.fund_share"};

std::vector<LeverDecl> chosen(std::span<const std::string_view> names) {
  const std::vector<LeverDecl> all = levers();
  std::vector<LeverDecl> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const LeverDecl& lever) {
    return std::find(names.begin(), names.end(), lever.name) != names.end();
  });
  return out;
}

}  // namespace

std::vector<LeverDecl> levers_of_entry() { return chosen(kOfEntry); }
std::vector<LeverDecl> levers_of_charges() { return chosen(kOfCharges); }

std::vector<LeverDecl> levers() {
  return {
      // How many.
      number("permits.sector_cap", "person", kNoLimit, 0.0, kNoLimit, Dim::Sector, kLaw2021,
             "Valid permits a sector may have"),
      number("permits.total_cap", "person", kNoLimit, 0.0, kNoLimit, Dim::None, kLaw2021,
             "Valid permits in the country"),
      choice("permits.allocation", {"queue", "pro_rata", "auction"}, Dim::None, "assumption",
             "Who gets the permits that a cap leaves: who has waited longest, each employer the "
             "same part of what he asks for, or who bids most"),
      number("permits.firm_share", "1", kNoLimit, 0.0, kNoLimit, Dim::Sector, kLaw2001,
             "Foreigners a firm may have, as a share of its staff; by its size too", Dim::Staff),
      choice("permits.firm_share_base", {"staff", "nationals"}, Dim::None,
             "all staff to 2019, nationals from 2020",
             "What the share is of, and what tells a firm's size for it"),
      choice("permits.firm_share_rounding", {"down", "nearest", "up"}, Dim::None,
             "assumption: the laws do not say",
             "What becomes of the fraction of a head that the share gives"),
      number("permits.small_firm", "person", 20.0, 0.0, 1e6, Dim::None,
             "Government resolution 192 of 2012",
             "Firms with fewer nationals may have one foreigner whatever the share"),
      number("permits.exempt_heads", "person", 0.0, 0.0, 1e6, Dim::Occupation,
             "Government resolution 420 of 2019: three managers",
             "Foreigners of an occupation that a firm may have outside its share"),
      number("permits.project_grant", "person", 0.0, 0.0, 1e9, Dim::Project,
             "Government resolutions 123 (2009), 209 (2016), 201 (2021)",
             "Foreigners of a named project who count against no share and no cap"),
      number("permits.national_floor", "1", 0.0, 0.0, 1.0, Dim::Project,
             "Oyu Tolgoi Investment Agreement of 2009, art. 8.5.1",
             "Share of nationals a project must keep to get and to renew permits"),
      number("permits.firm_size_limit", "person", kNoLimit, 0.0, kNoLimit, Dim::Sector,
             "Korea's Employment Permit System: fewer than 300",
             "Firms with as many persons or more get no new permits"),
      number("permits.peer_rank", "1", 0.0, 0.0, 1.0, Dim::Sector, "Saudi Arabia's Nitaqat, 2011",
             "Firms get no permits and no renewals whose share of nationals is among the lowest so "
             "many of those with foreigners, of their sector and size",
             Dim::Staff),
      number("permits.peer_window", "months", 3.0, 0.01, 120.0, Dim::None,
             "Saudi Arabia's Nitaqat: thirteen weeks",
             "Over how long a firm's share is averaged for its rank"),
      number("permits.resident_share_cap", "1", kNoLimit, 0.0, kNoLimit, Dim::None, kStatusLaw,
             "Foreigners as a share of residents"),
      number("permits.origin_share_cap", "1", kNoLimit, 0.0, kNoLimit, Dim::Origin, kStatusLaw,
             "Permit holders of one origin as a share of residents"),
      // Who and where.
      choice("permits.origin_ban", {"open", "banned"}, Dim::Origin, "UN Security Council, 2017",
             "Whether workers of the origin get permits and renewals"),
      choice("permits.occupation", {"open", "closed"}, Dim::Occupation,
             "Labour Migration Law of 2021: a list of skilled occupations",
             "Whether newcomers get permits for the occupation"),
      choice("permits.intake", {"open", "closed"}, Dim::Sector,
             "Canada, 26 September 2024: none where metropolitan unemployment is 6 % or more",
             "Whether newcomers get permits for the sector in the region", Dim::Region),
      number("permits.points_pass", "1", 0.0, 0.0, 1e6, Dim::None, "Australia: 65 points",
             "Points an applicant needs: of age, skill and region together"),
      number("permits.points_age", "1", 0.0, 0.0, 1e6, Dim::Years,
             "Australia: 25 points from 18 years, 30 from 25, 25 from 33, 15 from 40, 0 from 45",
             "Points for the applicant's age"),
      number("permits.points_skill", "1", 0.0, 0.0, 1e6, Dim::Skill, "assumption",
             "Points for the skill level of the occupation"),
      number("permits.points_region", "1", 0.0, 0.0, 1e6, Dim::Region,
             "Australia's regional visas: 15 points", "Points for a post in the region"),
      number("permits.border_closed", "1", 0.0, 0.0, 1.0, Dim::None, "pandemic of 2020-21",
             "Share of applications and arrivals that a closed border stops"),
      // What it costs.
      number("permits.fee", "MNT/month", 0.0, 0.0, 1e12, Dim::None,
             "Government resolution 139 of 2001: twice the minimum wage",
             "Workplace fee an employer pays for every permit"),
      number("permits.fee_relief", "1", 0.0, 0.0, 1.0, Dim::Sector,
             "Government resolution 209 of 2016", "Part of the workplace fee that is waived"),
      choice("permits.fee_exempt", {"no", "yes"}, Dim::Occupation,
             "Government resolution 139 of 2001", "Whether the occupation is free of the fee"),
      number("permits.project_fee_relief", "1", 0.0, 0.0, 1.0, Dim::Project,
             "Government resolution 209 of 2016",
             "Part of the workplace fee that is waived for a named project"),
      number("permits.share_fee", "MNT/month", 0.0, 0.0, 1e12, Dim::Sector,
             "Minerals Law of 2006, art. 43; tiers as in Malaysia and Saudi Arabia",
             "Fee by the share of foreigners in the firm's staff, for every permit", Dim::Share),
      choice("permits.share_fee_for", {"all", "excess"}, Dim::None,
             "all in Malaysia and Saudi Arabia, the excess in Mongolia's mines",
             "Whether all foreigners pay the fee of the firm's class, or each class pays its own"),
      number("permits.levy", "MNT/month", 0.0, 0.0, 1e12, Dim::Skill, "Singapore's levy",
             "Levy by the occupation's skill level and the worker's origin, for every permit",
             Dim::Origin),
      number("permits.wage_floor", "MNT/month", 0.0, 0.0, 1e12, Dim::None,
             "Australia's income threshold; Qatar's minimum wage of 2020",
             "Least wage of a foreigner"),
      number("permits.training_levy", "MNT/month", 0.0, 0.0, 1e12, Dim::Staff,
             "Australia's Skilling Australians Fund, 2018",
             "Levy for training by size of the firm, for every permit"),
      number("permits.fund_share", "1", 0.0, 0.0, 1.0, Dim::None, "assumption",
             "Part of the fees that pays for training places"),
      // Time.
      number("permits.labour_market_test", "days", 0.0, 0.0, 3650.0, Dim::Occupation, kLaw2021,
             "How long a vacancy must have been open to nationals before it may go abroad"),
      number("permits.term", "months", 12.0, 0.01, 1200.0, Dim::None, kLaw2021,
             "Longest term of a permit"),
      choice("permits.renewal", {"allowed", "none"}, Dim::None, kLaw2021,
             "Whether permits are renewed"),
      number("permits.total_limit", "months", kNoLimit, 0.01, kNoLimit, Dim::Occupation, kLaw2021,
             "Longest stay of a person, renewals included"),
      choice("permits.mobility", {"tied", "notice", "free"}, Dim::None,
             "Qatar's reform of 2020: a month's notice",
             "Whether a foreigner may change the employer within the sector and occupation"),
      number("permits.notice", "months", 1.0, 0.0, 120.0, Dim::None, "Qatar's reform of 2020",
             "Notice before a change"),
      // Without a permit.
      number("enforcement.inspection_rate", "1/month", 0.0, 0.0, 30.0, Dim::Sector, "assumption",
             "Hazard that an irregular worker is found"),
      number("enforcement.fine", "MNT", 0.0, 0.0, 1e12, Dim::None, "assumption",
             "Fine an employer pays for every irregular worker found"),
      number("enforcement.expulsion", "1", 1.0, 0.0, 1.0, Dim::None, "assumption",
             "Share of those found who are sent home; the others go on"),
      number("enforcement.entry_ban", "months", 0.0, 0.0, 1200.0, Dim::None,
             "Law on the Legal Status of Foreign Nationals: three to five years",
             "How long who was sent home may not come back"),
      number("enforcement.debarment", "months", 0.0, 0.0, 1200.0, Dim::None, "assumption",
             "How long an employer who was found gets no permits and no renewals"),
  };
}

}  // namespace steppe::permits
