#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/matching/occupation_weights.hpp"
#include "models/matching/search.hpp"
#include "models/matching/seen.hpp"
#include "models/matching/stable_matching.hpp"
#include "models/matching/transfer.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kSample{"matching/deferred_acceptance/sample"};

/// Seekers list some of the open posts they come across, the best paid and best liked first; firms
/// rank those who list them by skill; deferred acceptance makes the stable matching of the two.
class DeferredAcceptance {
 public:
  static VariantDecl declaration();
  explicit DeferredAcceptance(Setup& setup);
  void run(Step& step);

 private:
  /// One of a seeker's list.
  struct Listing {
    std::uint32_t firm = 0;  ///< position in cells_
    float skill = 0.0f;      ///< as it counts there
    double utility = 0.0;
    std::uint32_t draw = 0;  ///< decides between equals
  };
  /// A firm's occupation with posts to fill: posts_[first] to posts_[first + capacity), oldest
  /// first.
  struct Hiring {
    CellId cell;
    std::uint32_t first = 0;
    double norm = 0.0;  ///< the least skill its oldest post accepts
  };

  void gather_posts(const Step& step);
  void list_posts(const Step& step, const matching::Active& seeker);
  void hire_matched(Step& step, std::span<const matching::Active> seekers);
  /// Log of what the last job's cell pays now; minus infinity for those who never worked.
  [[nodiscard]] double usual_wage(const Step& step, const matching::Active& seeker) const;

  std::uint32_t list_length_ = 10;
  double taste_ = 0.0;
  double reservation_ = 0.0;
  bool firms_propose_ = false;
  double tolerance_ = 0.0;
  double tolerance_growth_ = 0.0;
  std::size_t occupations_ = 0;
  std::vector<double> transferred_;  ///< what counts of a skill, from × to
  matching::Search search_;

  std::vector<VacancyId> posts_;          ///< open ones by cell
  std::vector<Hiring> cells_;             ///< with open posts, by id
  std::vector<std::uint32_t> hiring_of_;  ///< by cell: position in cells_
  matching::SeenPosts seen_;
  std::vector<Draws::Block> words_;
  std::vector<Listing> list_;
  matching::StableMarket market_;
};

VariantDecl DeferredAcceptance::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "deferred_acceptance";
  decl.summary = "Stable matching: seekers rank posts by wage and taste, firms rank them by skill";
  decl.reference = "Gale and Shapley (1962); docs/models/matching/deferred_acceptance.md";
  decl.follows_network = true;
  decl.needs = {"wage_index"};
  decl.gives = {"job_finding"};
  decl.parameters = {
      {"list_length",
       "",
       "1",
       10.0,
       1.0,
       1000.0,
       Dim::None,
       {},
       "assumption",
       "Open posts that a seeker comes across in a step, in the own region and fly-in",
       {},
       true},
      {"taste_spread",
       "",
       "1",
       0.2,
       0.0,
       10.0,
       Dim::None,
       {},
       "assumption",
       "Standard deviation of a seeker's liking for a post, in log points of the wage",
       {}},
      {"reservation_share",
       "",
       "1",
       0.8,
       0.0,
       10.0,
       Dim::None,
       {},
       "assumption",
       "Wage below which a post is not listed, over what the last job pays now",
       {}},
      {"proposing",
       "",
       "1",
       0.0,
       0.0,
       1.0,
       Dim::None,
       {},
       "assumption",
       "Who proposes; the stable matching is the best for that side",
       {},
       false,
       {"seekers", "firms"}},
      matching::own_occupation_parameter(),
  };
  for (ParameterDecl& shared : matching::acceptance_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  for (ParameterDecl& shared : matching::search_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

DeferredAcceptance::DeferredAcceptance(Setup& setup)
    : list_length_(static_cast<std::uint32_t>(setup.whole("list_length"))),
      taste_(setup.parameter("taste_spread")),
      reservation_(std::log(setup.parameter("reservation_share"))),
      firms_propose_(setup.is("proposing", "firms")),
      tolerance_(setup.parameter("skill_tolerance")),
      tolerance_growth_(setup.parameter("tolerance_growth")),
      occupations_(setup.world.base().sizes.occupations),
      transferred_(matching::transferred_skill(setup)),
      search_(setup),
      seen_(setup),
      words_(list_length_) {}

void DeferredAcceptance::run(Step& step) {
  search_.begin(step);
  gather_posts(step);
  seen_.refresh();
  const std::span<const matching::Active> seekers = search_.seekers(step);
  for (const matching::Active& seeker : seekers) {
    list_posts(step, seeker);
    // Two lots are never the same, so that the order of the list of seekers decides nothing.
    market_.add_worker(std::uint64_t{seeker.priority} << 32 | seeker.id.value());
  }
  hire_matched(step, seekers);
  search_.end(step);
}

void DeferredAcceptance::gather_posts(const Step& step) {
  const World& world = step.world;
  posts_.clear();
  for (const matching::OpenPost& post : search_.posts(step)) posts_.push_back(post.id);
  std::sort(posts_.begin(), posts_.end(), [&](VacancyId a, VacancyId b) {
    const Vacancy &left = world.vacancy(a), &right = world.vacancy(b);
    if (left.cell != right.cell) return left.cell < right.cell;
    if (left.opened != right.opened) return left.opened < right.opened;
    return left.place_key < right.place_key;
  });
  market_.clear();
  cells_.clear();
  hiring_of_.resize(world.cells.size());
  for (std::size_t p = 0; p < posts_.size(); ++p) {
    const Vacancy& post = world.vacancy(posts_[p]);
    if (cells_.empty() || cells_.back().cell != post.cell) {
      const double age = (step.index - post.opened) * step.dt;
      hiring_of_[post.cell.at()] = static_cast<std::uint32_t>(cells_.size());
      cells_.push_back(
          {post.cell, static_cast<std::uint32_t>(p), 1.0 - tolerance_ - tolerance_growth_ * age});
      market_.capacity.push_back(0);
    }
    ++market_.capacity.back();
  }
}

double DeferredAcceptance::usual_wage(const Step& step, const matching::Active& seeker) const {
  const Person& person = step.world.persons[seeker.id];
  if (person.relative_wage == 0) return -kNoLimit;
  return std::log(step.signals.wage_index[step.world.ledger.wage_cell(
      person.sector, person.occupation, seeker.region)]);
}

void DeferredAcceptance::list_posts(const Step& step, const matching::Active& seeker) {
  const World& world = step.world;
  const double least = usual_wage(step, seeker) + reservation_;
  step.draws.blocks(kSample, seeker.id.value(), 0, words_);
  list_.clear();
  for (std::uint32_t n = 0; n < list_length_; ++n) {
    const Draws::Block& word = words_[n];
    const VacancyId post = seen_.choose(world, seeker.region, seeker.occupation, word[0], word[1]);
    if (post.is_none()) return;
    const CellId cell = world.vacancy(post).cell;
    const OccupationId k = world.cells[cell.at()].occupation;
    const std::uint32_t firm = hiring_of_[cell.at()];
    const auto met = [&](const Listing& one) { return one.firm == firm; };
    if (std::any_of(list_.begin(), list_.end(), met)) continue;
    const double skill =
        seeker.skill * transferred_[seeker.occupation.at() * occupations_ + k.at()];
    const Firm& employer = world.firms[world.cells[cell.at()].firm.at()];
    // Fly-in workers go on living where they do, and wages are those of the region of residence.
    const double wage = std::log(
        step.signals.wage_index[world.ledger.wage_cell(employer.sector, k, seeker.region)]);
    if (skill < cells_[firm].norm || wage < least) continue;
    // A logistic draw, scaled to the standard deviation wanted.
    const double u = (word[2] + 0.5) * 0x1.0p-32;
    constexpr double kLogisticScale = 0.5513288954217921;  // √3/π
    list_.push_back({firm, static_cast<float>(skill),
                     wage + taste_ * kLogisticScale * std::log(u / (1.0 - u)), n});
  }
  std::sort(list_.begin(), list_.end(), [](const Listing& a, const Listing& b) {
    return a.utility != b.utility ? a.utility > b.utility : a.draw < b.draw;
  });
  for (const Listing& one : list_) {
    market_.firm.push_back(one.firm);
    market_.score.push_back(one.skill);
  }
}

void DeferredAcceptance::hire_matched(Step& step, std::span<const matching::Active> seekers) {
  const matching::StableMatch match =
      firms_propose_ ? matching::firm_proposing(market_) : matching::worker_proposing(market_);
  // By cell the most skilled first, who take the posts that have stood longest.
  struct Hire {
    std::uint32_t firm = 0, worker = 0;
    float skill = 0.0f;
  };
  std::vector<Hire> hires;
  for (std::uint32_t w = 0; w < match.entry.size(); ++w) {
    const std::uint32_t entry = match.entry[w];
    if (entry == matching::kUnmatched) continue;
    hires.push_back({market_.firm[entry], w, market_.score[entry]});
  }
  std::sort(hires.begin(), hires.end(), [&](const Hire& a, const Hire& b) {
    if (a.firm != b.firm) return a.firm < b.firm;
    return a.skill != b.skill ? a.skill > b.skill : market_.lot[a.worker] > market_.lot[b.worker];
  });
  std::uint32_t taken = 0;
  for (std::size_t h = 0; h < hires.size(); ++h) {
    taken = h > 0 && hires[h].firm == hires[h - 1].firm ? taken + 1 : 0;
    search_.hire(step, seekers[hires[h].worker].id, posts_[cells_[hires[h].firm].first + taken]);
  }
}

}  // namespace

void register_matching_deferred_acceptance(Registry& registry) {
  registry.add<DeferredAcceptance>();
}

}  // namespace steppe
