#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/foreign_hiring/rules.hpp"
#include "sim/api/step.hpp"

namespace steppe::permits {

/// Somebody who is to work under a permit.
struct Applicant {
  FirmId firm;
  OccupationId occupation;
  OriginId origin;
  std::int16_t birth_month = 0;  ///< Month::index()
};

/// What may stand against one more permit, in the order in which it is asked.
enum class Rule : std::uint8_t {
  OriginBan,
  Occupation,     ///< it is on no list, or struck off
  Intake,         ///< closed for the sector in the region
  FirmSize,       ///< the employer is too large for the scheme
  Points,         ///< the applicant has too few
  SectorCap,      ///< heads of a sector
  TotalCap,       ///< heads of the country
  FirmShare,      ///< of the employer's staff
  NationalFloor,  ///< of a named project
  PeerRank,       ///< the employer has fewer nationals than most of its like
  Residents,      ///< foreigners among residents
  OneOrigin,      ///< one citizenship among residents
};
inline constexpr std::size_t kRuleCount = 12;

/// Who is counted against a ceiling before one more.
enum class Counted : std::uint8_t {
  Granted,    ///< those with a permit: a decision
  UnderWay,   ///< those applied for as well: an application
  AllOthers,  ///< those with a permit but the holder himself: a renewal
  Mover,      ///< a holder of the sector who comes from another employer: counted, but not here
};

/// The ceilings and bans in force, and what is counted against them.
class Ceilings {
 public:
  explicit Ceilings(Setup& setup);
  /// Finds the projects' firms.
  void start(const World& world);
  /// Takes the step's levers and forgets what was refused in the last.
  void read(Step& step);

  /// The first rule that stands against the permit, or none. What is about the person or the post,
  /// and not about heads, is asked of newcomers alone.
  [[nodiscard]] std::optional<Rule> hindrance(const Step& step, const Applicant& applicant,
                                              Counted counted);
  /// Counts a refusal.
  void refuse(Step& step, Rule rule, const Applicant& applicant);
  /// An application is on its way (+1) or decided (−1).
  void count_under_way(const World& world, const Applicant& applicant, int sign);
  /// Applications of a firm on their way.
  [[nodiscard]] std::int64_t under_way(FirmId firm) const { return pending_firm_[firm.at()]; }
  /// Permits that the sector's cap, or the country's if that is the narrower, leaves; in records.
  [[nodiscard]] double room(const World& world, SectorId sector) const;
  [[nodiscard]] bool is_banned(OriginId origin) const { return banned_[origin.at()]; }
  /// Tells the policy how far each ceiling is used and what it stopped.
  void tell(Step& step);

 private:
  /// A rule's lever, and what the rule stopped in this step by member of the lever's dimensions.
  struct Told {
    LeverId lever;
    std::vector<std::int64_t> refused;
  };

  [[nodiscard]] std::size_t member(const World& world, Rule rule, const Applicant& applicant) const;
  [[nodiscard]] Told& told(Rule rule) { return told_[static_cast<std::size_t>(rule)]; }
  void read_ranks(Step& step);
  [[nodiscard]] std::optional<Rule> of_newcomers(const Step& step,
                                                 const Applicant& applicant) const;
  [[nodiscard]] std::optional<Rule> of_firm(const World& world, const Applicant& applicant,
                                            Counted counted);
  /// Foreigners of the firm that its share does not count.
  [[nodiscard]] std::int64_t exempt(const World& world, const Firm& firm) const;
  /// Heads of named projects that count against no ceiling of the sector or the country.
  [[nodiscard]] double granted(const World& world, std::optional<SectorId> sector) const;
  [[nodiscard]] bool is_under_grant(const World& world, const Applicant& applicant,
                                    Counted counted) const;
  [[nodiscard]] std::int64_t heads(std::int64_t with_permit, std::int64_t under_way,
                                   Counted counted) const;
  [[nodiscard]] std::size_t share_class(const Firm& firm) const;

  std::array<Told, kRuleCount> told_;
  LeverId base_lever_, rounding_lever_, small_lever_, exempt_lever_, grant_lever_;
  LeverId window_lever_, age_lever_, skill_lever_, region_lever_;

  // In force in this step.
  std::vector<bool> banned_, closed_;
  std::vector<double> sector_cap_, one_origin_cap_, size_limit_, grant_, floor_, exempt_;
  double total_cap_ = 0.0, residents_cap_ = 0.0, small_ = 0.0, pass_mark_ = 0.0;
  bool local_base_ = false;
  Rounding rounding_ = Rounding::Down;
  Policy* policy_ = nullptr;  ///< of the step: levers by two dimensions are read where they are met

  std::vector<FirmId> project_firm_;
  std::vector<std::int64_t> pending_sector_, pending_origin_;
  std::vector<std::uint32_t> pending_firm_;
  std::int64_t pending_ = 0;
  std::vector<double> share_used_;  ///< highest use of a firm's share tried, by member of the lever
  std::vector<double> rank_share_;  ///< smoothed share of nationals, by firm; NaN: no foreigner yet
  std::vector<double> rank_least_;  ///< that a firm must have, by sector × class
};

}  // namespace steppe::permits
