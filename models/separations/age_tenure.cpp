#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "models/separations/rate.hpp"
#include "models/yes_or_no.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

constexpr Purpose kMatchEnd{"separations/age_tenure/match_end"};
constexpr Purpose kAfter{"separations/age_tenure/after"};
constexpr Purpose kExit{"separations/age_tenure/exit"};
constexpr Purpose kLayoff{"separations/age_tenure/layoff"};

/// Last age of which demography asks for the hazard of leaving work.
constexpr int kOldestAge = 110;
/// Below this age [years] jobs end at the rate of the young.
constexpr int kYouth = 25;

/// Job matches end at a hazard by sector, age and tenure; older workers retire; firms lay off what
/// exceeds their desired staff.
class AgeTenure {
 public:
  static VariantDecl declaration();
  explicit AgeTenure(Setup& setup);
  void run(Step& step);

 private:
  void end_matches(Step& step);
  template <class End>
  void end_jobs(Step& step, End&& end);
  void retire(Step& step);
  void lay_off(Step& step);
  [[nodiscard]] double exit_hazard(int age_years, Sex sex) const {
    return age_years >= (sex == Sex::Female ? retirement_women_ : retirement_men_) ? exit_retired_
                                                                                   : exit_base_;
  }
  [[nodiscard]] Status after_job(const Person& person, const Draws::Block& words) const;
  /// The next to go from a cell: foreigners first when the scenario says so, else the latest hired.
  [[nodiscard]] PersonId next_to_go(const World& world, const Cell& cell) const;

  std::vector<double> rate_;  ///< h_s [1/month]
  double highest_rate_ = 0.0;
  double youth_factor_ = 1.0;
  double new_job_factor_ = 1.0;
  double searching_share_ = 1.0;
  double exit_base_ = 0.0;
  double exit_retired_ = 0.0;
  int retirement_women_ = 0;
  int retirement_men_ = 0;
  double layoff_rate_ = 0.0;
  double layoff_slack_ = 0.0;
  bool foreign_first_ = false;
  std::vector<PersonId> leaving_;    ///< whose job ends in the phase under way …
  std::vector<std::uint32_t> keys_;  ///< … and their random numbers
  std::vector<Draws::Block> words_;
};

VariantDecl AgeTenure::declaration() {
  const Distribution none{};
  VariantDecl decl;
  decl.slot = Slot::Separations;
  decl.name = "age_tenure";
  decl.summary =
      "Jobs end at hazards by sector, age and tenure; retirement; layoff of excess staff";
  decl.reference = "docs/models/separations/age_tenure.md";
  decl.needs = {"targets"};
  decl.parameters = {
      separations::rate_parameter(),
      {"youth_separation",
       "",
       "1",
       2.3,
       0.0,
       20.0,
       Dim::None,
       none,
       "assumption",
       "Factor on the hazard below age 25",
       {}},
      {"new_job_separation",
       "",
       "1",
       1.5,
       0.0,
       20.0,
       Dim::None,
       none,
       "assumption",
       "Factor on the hazard in a job's first year",
       {}},
      {"search_after_job",
       "",
       "1",
       0.85,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Share of those who lose a job that searches at once; the rest is available only",
       {}},
      {"exit_rate",
       "",
       "1/month",
       0.0015,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Hazard of leaving work for inactivity before retirement age",
       {}},
      {"retirement_rate",
       "",
       "1/month",
       0.03,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Hazard of leaving work from retirement age on",
       {}},
      {"retirement_age_women",
       "",
       "years",
       55.0,
       30.0,
       100.0,
       Dim::None,
       none,
       "assumption",
       "Age from which women retire",
       {},
       true},
      {"retirement_age_men",
       "",
       "years",
       60.0,
       30.0,
       100.0,
       Dim::None,
       none,
       "assumption",
       "Age from which men retire",
       {},
       true},
      {"layoff_rate",
       "λ⁻",
       "1/month",
       0.15,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Share of excess staff laid off in a month",
       {}},
      {"layoff_slack",
       "b",
       "1",
       0.02,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Excess over desired staff, as a share, that a firm keeps",
       {}},
      yes_or_no(
          "foreign_first", false,
          "Whether foreigners are laid off before nationals; without, the latest hired go first"),
  };
  return decl;
}

AgeTenure::AgeTenure(Setup& setup)
    : rate_(setup.parameters("separation_rate")),
      highest_rate_(rate_.empty() ? 0.0 : *std::max_element(rate_.begin(), rate_.end())),
      youth_factor_(setup.parameter("youth_separation")),
      new_job_factor_(setup.parameter("new_job_separation")),
      searching_share_(setup.parameter("search_after_job")),
      exit_base_(setup.parameter("exit_rate")),
      exit_retired_(setup.parameter("retirement_rate")),
      retirement_women_(setup.whole("retirement_age_women")),
      retirement_men_(setup.whole("retirement_age_men")),
      layoff_rate_(setup.parameter("layoff_rate")),
      layoff_slack_(setup.parameter("layoff_slack")),
      foreign_first_(setup.is("foreign_first", "yes")) {
  for (int age = 0; age <= kOldestAge; ++age) {
    for (const Sex sex : {Sex::Female, Sex::Male}) {
      setup.signals.exit_hazard.push_back(exit_hazard(age, sex));
    }
  }
}

void AgeTenure::run(Step& step) {
  end_matches(step);
  retire(step);
  lay_off(step);
}

Status AgeTenure::after_job(const Person& person, const Draws::Block& words) const {
  if (!person.is_national()) return Status::Gone;
  return Draws::to_uniform(words[0], words[1]) < searching_share_ ? Status::Searching
                                                                  : Status::Discouraged;
}

void AgeTenure::end_matches(Step& step) {
  const int working_age = step.world.base().working_age;
  const auto bound = [&](const Stretch& who) {
    if (who.oldest < working_age) return 0.0;
    const double youth = who.youngest < kYouth ? std::max(1.0, youth_factor_) : 1.0;
    return highest_rate_ * youth * std::max(1.0, new_job_factor_);
  };
  const int year = step.world.clock().steps_in(12.0);
  for_candidates(step, kMatchEnd, bound, [&](PersonId id, double u) {
    const Person& person = step.world.persons[id];
    if (person.status != Status::Employed) return;
    double rate = rate_[person.sector.at()];
    if (person.age_years(step.month) < kYouth) rate *= youth_factor_;
    if (step.index - person.since < year) rate *= new_job_factor_;
    if (strikes(u, rate, step.dt)) leaving_.push_back(id);
  });
  keys_.clear();
  for (const PersonId id : leaving_) keys_.push_back(id.value());
  words_.resize(keys_.size());
  step.draws.blocks(kAfter, keys_, words_);
  const Draws::Block* words = words_.data();
  end_jobs(step, [&](PersonId id) {
    step.world.separate(id, after_job(step.world.persons[id], *words++));
  });
}

/// Ends the jobs of those noted.
template <class End>
void AgeTenure::end_jobs(Step& step, End&& end) {
  const World& world = step.world;
  in_stages(
      std::span(leaving_), [&](PersonId id) { world.fetch_person(id); },
      [&](PersonId id) { world.fetch_firm_of(id); }, [&](PersonId id) { world.fetch_cell_of(id); },
      end);
  leaving_.clear();
}

void AgeTenure::retire(Step& step) {
  if (exit_base_ == 0.0 && exit_retired_ == 0.0) return;
  const auto bound = [&](const Stretch& who) {
    if (!who.nationals) return 0.0;
    return highest_in(step.signals.exit_hazard, who, step.world.base().working_age);
  };
  for_candidates(step, kExit, bound, [&](PersonId id, double u) {
    const Person& person = step.world.persons[id];
    if (!person.is_national() || person.status != Status::Employed) return;
    const double rate = exit_hazard(person.age_years(step.month), person.sex());
    if (strikes(u, rate, step.dt)) leaving_.push_back(id);
  });
  end_jobs(step, [&](PersonId id) { step.world.separate(id, Status::Inactive, Flow::Exit); });
}

PersonId AgeTenure::next_to_go(const World& world, const Cell& cell) const {
  if (foreign_first_ && cell.foreigners > 0) {
    for (PersonId id = cell.first_staff; !id.is_none(); id = world.persons[id].next_staff) {
      if (!world.persons[id].is_national()) return id;
    }
  }
  return cell.first_staff;
}

void AgeTenure::lay_off(Step& step) {
  World& world = step.world;
  const double share = std::min(1.0, layoff_rate_ * step.dt);
  world.overstaffed().for_each([&](std::size_t c) {
    const Cell& cell = world.cells[c];
    const std::uint32_t staff = cell.staff();
    if (staff <= (1.0 + layoff_slack_) * cell.target) return;
    const double excess = staff - cell.target;
    const auto number = static_cast<std::uint32_t>(
        excess * share + step.draws.uniform(kLayoff, world.draw_key(CellId{c})));
    for (std::uint32_t n = 0; n < number; ++n) {
      const PersonId id = next_to_go(world, cell);
      const Status after = after_job(world.persons[id], step.draws.block(kAfter, id.value()));
      world.separate(id, after, Flow::Layoff);
    }
  });
}

}  // namespace

void register_separations_age_tenure(Registry& registry) { registry.add<AgeTenure>(); }

}  // namespace steppe
