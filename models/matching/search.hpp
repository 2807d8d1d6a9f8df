#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/api/mean_field.hpp"
#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::matching {

/// The parameters by which every matching variant reads who searches and what is usual.
[[nodiscard]] std::vector<ParameterDecl> search_parameters();

/// Seekers and hires of the last three months, and the chances of a job that follow from them.
class Finding {
 public:
  Finding(Setup& setup, std::size_t regions);
  /// Begins a step: forgets the oldest month when a new one begins.
  void begin();
  /// Weighted seekers of a step [record × months].
  void seekers(RegionId region, double number) { seekers_[region.at()][slot_] += number; }
  /// A hire of a national who lived there.
  void hire(RegionId region) { hires_[region.at()][slot_] += 1.0; }
  /// Ends a step: writes the signals finding_rate and finding_ratio.
  void end(Step& step);

 private:
  static constexpr std::size_t kWindow = 3;  ///< months
  std::vector<std::array<double, kWindow>> seekers_, hires_;
  double reference_ = 0.0;  ///< f̄
  std::size_t slot_ = 0;
  bool fresh_month_ = true;
};

/// Gives people their jobs: relative wages, moves to the post's region, and the count of hires.
class JobTaking {
 public:
  explicit JobTaking(Setup& setup) : wage_spread_(setup.world.base().wage_spread) {}
  /// A seeker or herder takes the vacancy, with the wage of the last job or, in a first one, a
  /// draw.
  void hire(Step& step, Finding& finding, PersonId id, VacancyId vacancy) const;
  /// As above, at a wage that was offered.
  static void hire_at(Step& step, Finding& finding, PersonId id, VacancyId vacancy,
                      double relative_wage);
  /// Somebody at work takes the vacancy.
  static void change_job(Step& step, PersonId id, VacancyId vacancy, double relative_wage);

 private:
  double wage_spread_ = 0.0;
};

/// One who looks for work in this step.
struct Active {
  PersonId id;
  OccupationId occupation{std::uint16_t{0}};
  RegionId region{std::uint8_t{0}};
  std::uint32_t priority = 0;  ///< uniform; decides between equals
  std::uint32_t word = 0;      ///< a second uniform word, for a choice …
  std::uint32_t detail = 0;    ///< … and a third, for one within it
  double skill = 0.0;          ///< today's; 1 is the norm
};

/// An open post that seekers see.
struct OpenPost {
  VacancyId id;
  OccupationId occupation{std::uint16_t{0}};
  RegionId region{std::uint8_t{0}};
  bool national = false;       ///< fly-in work: seekers of every region see it
  std::uint32_t priority = 0;  ///< uniform; decides between equals
  int opened = 0;              ///< step
};

/// Who searches in a step, what they see, and what becomes of it: all of matching but the meeting.
///
/// A variant asks for the seekers and the posts, decides who meets whom, and says so by hire().
/// Both lists come in an order that depends on history; variants draw by `priority` and `word`,
/// which are addressed.
class Search {
 public:
  explicit Search(Setup& setup);
  /// Begins a step; reveals posts when search is in the same step.
  void begin(Step& step);
  /// Those who search, tired ones and available ones at their chances, herders at theirs.
  [[nodiscard]] std::span<const Active> seekers(Step& step);
  [[nodiscard]] std::span<const OpenPost> posts(const Step& step);
  void hire(Step& step, PersonId id, VacancyId vacancy) { jobs_.hire(step, finding_, id, vacancy); }
  void hire_at(Step& step, PersonId id, VacancyId vacancy, double relative_wage) {
    JobTaking::hire_at(step, finding_, id, vacancy, relative_wage);
  }
  void end(Step& step) { finding_.end(step); }

 private:
  template <class Chance>
  double visit(const Step& step, Status status, double weight, Chance&& chance);
  void visit_herders(const Step& step, double activity);

  double weight_discouraged_ = 0.0;
  double weight_herders_ = 0.0;
  std::vector<double> tired_;  ///< (1 + d)^−γ by steps of search
  Finding finding_;
  JobTaking jobs_;
  std::vector<std::int64_t> unseen_;  ///< by region: who began too late to search in this step
  std::vector<Active> seekers_;
  std::vector<OpenPost> posts_;
};

/// (1 + d)^−γ, d in whole months, by steps of search.
[[nodiscard]] std::vector<double> tiring_by_steps(double exponent, double months_per_step);

}  // namespace steppe::matching
