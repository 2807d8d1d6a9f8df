#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/matching/search.hpp"
#include "sim/api/step.hpp"

namespace steppe::matching {

/// Where seekers apply, and what vacancies ask of them.
struct ApplicationRules {
  std::span<const double> occupation_weight;  ///< from × to
  std::span<const double> region_weight;      ///< from × (to, fly-in last)
  std::span<const double> transferred;        ///< what counts of a skill, from × to occupation
  double tolerance;                           ///< below the norm, of a fresh vacancy
  double tolerance_growth;                    ///< [1/month]
};

/// Urn-ball matching with several applications a step, to vacancies all different. Every vacancy
/// offers itself to the most skilled of its applicants; who has several offers takes the best paid,
/// and the other vacancies stay open: those who apply do not know of one another, and nor do those
/// who offer.
/// @see Albrecht, Gautier, Vroman (2006), American Economic Review 96(4)
class SeveralApplications {
 public:
  /// @param search must outlive it
  SeveralApplications(Setup& setup, Search& search, int applications);
  void run(Step& step, const ApplicationRules& rules);

 private:
  struct Application {
    VacancyId vacancy;
    std::uint64_t rank = 0;  ///< skill before priority
  };
  /// What one has chosen so far.
  struct Chosen {
    std::size_t market;
    double weight;
    VacancyId vacancy;
  };
  void add_up_markets(const Step& step, const ApplicationRules& rules, const Active& seeker);
  void apply(const Step& step, const ApplicationRules& rules, const Active& seeker);
  [[nodiscard]] std::size_t choose_market(const Step& step, std::size_t source, double u) const;
  [[nodiscard]] VacancyId choose_vacancy(const Step& step, PersonId id, std::size_t market,
                                         std::uint32_t draw, std::uint32_t word) const;
  [[nodiscard]] bool is_chosen(VacancyId vacancy) const;
  [[nodiscard]] std::uint32_t chosen_in(std::size_t market) const;
  void take_offers(Step& step);
  [[nodiscard]] static double wage_of(const Step& step, VacancyId vacancy);

  Search& search_;
  std::size_t applications_;
  std::size_t regions_, occupations_;
  // By source market (region × occupation), made when somebody there first applies in a step.
  std::vector<double> sums_;             ///< running sums of odds over markets
  std::vector<double> weights_;          ///< odds of one vacancy, by market
  std::vector<std::int64_t> reachable_;  ///< vacancies with odds; −1: not made yet

  std::span<const Active> seekers_;
  std::vector<Application> sent_;      ///< one after another …
  std::vector<std::size_t> first_;     ///< … and where each seeker's begin, with the end
  std::vector<Chosen> chosen_;         ///< of the seeker under way
  std::vector<Draws::Block> words_;    ///< likewise
  std::vector<std::uint32_t> best_;    ///< by vacancy: the place in sent_, plus 1
  std::vector<std::uint32_t> sender_;  ///< by place in sent_: the place in seekers_
};

}  // namespace steppe::matching
