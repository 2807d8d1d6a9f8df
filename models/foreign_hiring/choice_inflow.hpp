#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/choice.hpp"
#include "models/foreign_hiring/arrivals.hpp"
#include "models/foreign_hiring/ceilings.hpp"
#include "models/foreign_hiring/open_posts.hpp"
#include "sim/api/step.hpp"

namespace steppe::choice_inflow {

/// What tells the variants apart that let foreigners choose.
struct Kind {
  bool network = false;  ///< compatriots draw others after them
  bool nested = false;   ///< occupations of a sector are more alike than others
};

/// The declaration of a variant of a kind.
[[nodiscard]] VariantDecl declaration(std::string_view name, std::string_view summary,
                                      std::string_view reference, Kind kind);

/// People of each origin consider coming now and then, and choose between staying and the sectors
/// and occupations with open posts; who finds one comes, and goes home at a constant hazard.
class Inflow {
 public:
  Inflow(Setup& setup, std::string_view name, Kind kind);
  void start(Step& step) { ceilings_.start(step.world); }
  void run(Step& step);

 private:
  /// A sector and occupation with posts open to foreigners.
  struct Option {
    std::size_t cell;  ///< sector × occupations + occupation
    double pull;       ///< utility that is the same for all origins [log points]
  };
  /// Somebody who has chosen and tries a post.
  struct Attempt {
    std::uint32_t lot;
    OriginId origin;
    std::size_t cell;
    VacancyId vacancy;
  };

  void read_levers(Step& step);
  void weigh_options(const Step& step);
  /// Utilities of staying, first, and of the options, for somebody from an origin.
  [[nodiscard]] std::vector<double> utilities(const Step& step, std::size_t origin) const;
  void anchor(const Step& step);
  void choose(const Step& step);
  void come(Step& step);
  /// People of an origin who are not here [records].
  [[nodiscard]] std::int64_t pool(const Step& step, std::size_t origin) const;

  Kind kind_;
  permits::Ceilings ceilings_;
  arrivals::OpenPosts posts_{arrivals::OpenPosts::By::SectorAndOccupation};

  // Parameters.
  arrivals::Traits traits_;
  double attention_ = 0.0, wage_ = 0.0, employment_ = 0.0, vacancy_pull_ = 0.0, openness_ = 0.0;
  double network_ = 0.0, dissimilarity_ = 1.0, return_rate_ = 0.0;
  double recruitment_cost_ = 0.0, sent_home_ = 0.0, money_start_ = 1.0;
  bool anchored_ = true;
  std::vector<double> pool_;      ///< by origin − 1 [person]
  std::vector<double> constant_;  ///< by origin − 1
  LeverId border_lever_, test_lever_;
  DriverId exchange_;

  bool is_anchored_ = false;         ///< the constants have been set
  std::vector<double> start_share_;  ///< foreigners on the staff of a cell at the start
  double border_ = 0.0;              ///< here and below: of the step
  std::vector<int> test_;            ///< by occupation [steps]
  std::vector<std::int64_t> stock_;  ///< foreigners here, by origin [records]
  std::vector<Option> options_;
  Nests nests_;  ///< staying alone, then the sectors
  std::vector<Attempt> attempts_;
};

}  // namespace steppe::choice_inflow
