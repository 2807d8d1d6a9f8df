#include "models/matching/several_applications.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/core/error.hpp"

namespace steppe::matching {
namespace {

constexpr Purpose kApplication{"matching/urn/application"};
constexpr Purpose kAgain{"matching/urn/application_again"};
constexpr Purpose kTaking{"matching/urn/taking"};

}  // namespace

SeveralApplications::SeveralApplications(Setup& setup, Search& search, int applications)
    : search_(search),
      applications_(static_cast<std::size_t>(applications)),
      regions_(setup.world.base().sizes.regions),
      occupations_(setup.world.base().sizes.occupations),
      sums_(regions_ * occupations_ * (regions_ + 1) * occupations_),
      weights_(sums_.size()),
      words_(applications_) {}

void SeveralApplications::run(Step& step, const ApplicationRules& rules) {
  search_.begin(step);
  seekers_ = search_.seekers(step);
  reachable_.assign(regions_ * occupations_, -1);
  sent_.clear();
  sender_.clear();
  first_.clear();
  best_.assign(step.world.vacancies().size(), 0);
  for (const Active& seeker : seekers_) {
    first_.push_back(sent_.size());
    apply(step, rules, seeker);
  }
  first_.push_back(sent_.size());
  take_offers(step);
  search_.end(step);
}

void SeveralApplications::add_up_markets(const Step& step, const ApplicationRules& rules,
                                         const Active& seeker) {
  const std::size_t source = seeker.region.at() * occupations_ + seeker.occupation.at();
  const std::size_t targets = (regions_ + 1) * occupations_;
  double sum = 0.0;
  std::int64_t reachable = 0;
  for (std::size_t market = 0; market < targets; ++market) {
    const std::size_t region = market / occupations_;
    const std::size_t occupation = market % occupations_;
    const double weight =
        rules.region_weight[seeker.region.at() * (regions_ + 1) + region] *
        rules.occupation_weight[seeker.occupation.at() * occupations_ + occupation];
    const std::size_t open = step.world.market(MarketId{market}).size();
    if (weight > 0.0) reachable += static_cast<std::int64_t>(open);
    sum += weight * static_cast<double>(open);
    weights_[source * targets + market] = weight;
    sums_[source * targets + market] = sum;
  }
  reachable_[source] = reachable;
}

bool SeveralApplications::is_chosen(VacancyId vacancy) const {
  return std::any_of(chosen_.begin(), chosen_.end(),
                     [&](const Chosen& c) { return c.vacancy == vacancy; });
}

std::uint32_t SeveralApplications::chosen_in(std::size_t market) const {
  return static_cast<std::uint32_t>(std::count_if(
      chosen_.begin(), chosen_.end(), [&](const Chosen& c) { return c.market == market; }));
}

/// In proportion to the odds of the vacancies not chosen yet.
std::size_t SeveralApplications::choose_market(const Step& step, std::size_t source,
                                               double u) const {
  const std::size_t targets = (regions_ + 1) * occupations_;
  const double* sums = sums_.data() + source * targets;
  const auto sum_left = [&](std::size_t market) {
    double sum = sums[market];
    for (const Chosen& c : chosen_) sum -= c.market <= market ? c.weight : 0.0;
    return sum;
  };
  const auto has_left = [&](std::size_t market) {
    return weights_[source * targets + market] > 0.0 &&
           step.world.market(MarketId{market}).size() > chosen_in(market);
  };
  const double sought = u * sum_left(targets - 1);
  std::size_t low = 0;
  std::size_t high = targets - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (sum_left(middle) > sought) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  // Rounding may lead to a market that holds nothing more.
  std::size_t market = low;
  while (market < targets && !has_left(market)) ++market;
  if (market < targets) return market;
  while (!has_left(low)) --low;
  return low;
}

VacancyId SeveralApplications::choose_vacancy(const Step& step, PersonId id, std::size_t market,
                                              std::uint32_t draw, std::uint32_t word) const {
  // The draw is uniform over all of the market: drawn again, uniform over what is left of it.
  VacancyId vacancy = step.world.market(MarketId{market}).choose(word);
  for (std::uint32_t again = 0; is_chosen(vacancy); ++again) {
    const std::uint32_t address = again * static_cast<std::uint32_t>(applications_) + draw;
    vacancy = step.world.market(MarketId{market})
                  .choose(step.draws.block(kAgain, id.value(), address)[0]);
  }
  return vacancy;
}

void SeveralApplications::apply(const Step& step, const ApplicationRules& rules,
                                const Active& seeker) {
  const std::size_t source = seeker.region.at() * occupations_ + seeker.occupation.at();
  if (reachable_[source] < 0) add_up_markets(step, rules, seeker);
  const std::size_t number = std::min(applications_, static_cast<std::size_t>(reachable_[source]));
  if (number == 0) return;
  const std::size_t targets = (regions_ + 1) * occupations_;
  const auto place = static_cast<std::uint32_t>(first_.size() - 1);
  step.draws.blocks(kApplication, seeker.id.value(), 0, words_);
  chosen_.clear();
  for (std::uint32_t n = 0; n < number; ++n) {
    const Draws::Block& words = words_[n];
    const std::size_t market = choose_market(step, source, Draws::to_uniform(words[0], words[1]));
    const VacancyId id = choose_vacancy(step, seeker.id, market, n, words[2]);
    chosen_.push_back({market, weights_[source * targets + market], id});

    const double age = (step.index - step.world.vacancy(id).opened) * step.dt;
    const double skill =
        seeker.skill *
        rules.transferred[seeker.occupation.at() * occupations_ + market % occupations_];
    if (skill < 1.0 - rules.tolerance - rules.tolerance_growth * age) continue;
    // Skills are not negative, and such numbers are ordered as their bits are. A priority of one's
    // own at every vacancy: who is lucky at one need not be at another.
    const std::uint64_t rank =
        std::uint64_t{std::bit_cast<std::uint32_t>(static_cast<float>(skill))} << 32 | words[3];
    sent_.push_back({id, rank});
    sender_.push_back(place);
    std::uint32_t& best = best_[id.at()];
    const auto better = [&] {
      const Application& former = sent_[best - 1];
      if (rank != former.rank) return rank > former.rank;
      return seeker.id < seekers_[sender_[best - 1]].id;
    };
    if (best == 0 || better()) best = static_cast<std::uint32_t>(sent_.size());
  }
}

double SeveralApplications::wage_of(const Step& step, VacancyId vacancy) {
  const Cell& cell = step.world.cells[step.world.vacancy(vacancy).cell.at()];
  const Firm& firm = step.world.firms[cell.firm.at()];
  return step.signals
      .wage_index[step.world.ledger.wage_cell(firm.sector, cell.occupation, firm.region)];
}

void SeveralApplications::take_offers(Step& step) {
  for (std::size_t s = 0; s < seekers_.size(); ++s) {
    VacancyId taken;
    double wage = 0.0;
    std::uint32_t equals = 0;
    for (std::size_t n = first_[s]; n < first_[s + 1]; ++n) {
      const VacancyId offer = sent_[n].vacancy;
      if (best_[offer.at()] != n + 1) continue;
      const double offered = wage_of(step, offer);
      if (!taken.is_none() && offered < wage) continue;
      equals = !taken.is_none() && offered == wage ? equals + 1 : 1;
      wage = offered;
      // Of so many alike the last one seen is kept with its share of the chances.
      if (equals == 1 ||
          step.draws.uniform(kTaking, seekers_[s].id.value(), equals) * equals < 1.0) {
        taken = offer;
      }
    }
    if (!taken.is_none()) search_.hire(step, seekers_[s].id, taken);
  }
}

}  // namespace steppe::matching
