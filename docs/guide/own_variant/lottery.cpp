#include <algorithm>
#include <utility>
#include <vector>

#include "models/matching/large_market.hpp"
#include "models/matching/search.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kFill{"matching/lottery/fill"};

// [class]
/// Every vacancy that seekers see is filled at a hazard, by a seeker of its occupation drawn by
/// lot.
class Lottery {
 public:
  static VariantDecl declaration();
  explicit Lottery(Setup& setup);
  void run(Step& step);

  /// The same, of a market of many.
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup);
    void run(MeanFieldStep& step);

   private:
    std::vector<double> rate_;
  };

 private:
  std::vector<double> rate_;  ///< q by occupation [1/month]
  matching::Search search_;
  std::vector<std::vector<matching::Active>> seekers_;  ///< by occupation
  std::vector<std::vector<matching::OpenPost>> drawn_;  ///< posts to be filled, likewise
};
// [/class]

// [declaration]
VariantDecl Lottery::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "lottery";
  decl.summary = "Vacancies are filled at a hazard, by seekers of their occupation drawn by lot";
  decl.reference = "docs/guide/own-variant.md";
  decl.gives = {"job_finding"};
  decl.parameters = matching::search_parameters();
  ParameterDecl rate;
  rate.name = "filling_rate";
  rate.symbol = "q_k";
  rate.unit = "1/month";
  rate.value = 0.5;
  rate.min = 0.0;
  rate.max = 20.0;
  rate.by = Dim::Occupation;
  rate.source = "assumption";
  rate.summary = "Hazard at which a vacancy is filled while there are seekers";
  decl.parameters.push_back(rate);
  return decl;
}
// [/declaration]

// [run]
Lottery::Lottery(Setup& setup)
    : rate_(setup.parameters("filling_rate")),
      search_(setup),
      seekers_(rate_.size()),
      drawn_(rate_.size()) {}

void Lottery::run(Step& step) {
  search_.begin(step);
  for (auto& list : seekers_) list.clear();
  for (auto& list : drawn_) list.clear();

  for (const matching::Active& seeker : search_.seekers(step)) {
    seekers_[seeker.occupation.at()].push_back(seeker);
  }
  for (const matching::OpenPost& post : search_.posts(step)) {
    const std::size_t k = post.occupation.at();
    const double u = step.draws.uniform(kFill, step.world.vacancy(post.id).place_key);
    if (strikes(u, rate_[k], step.dt)) drawn_[k].push_back(post);
  }

  // Lots of 32 bits meet now and then; what decides then must not be the order of the list.
  const auto first_seeker = [](const matching::Active& a, const matching::Active& b) {
    return std::pair{a.priority, a.id.value()} < std::pair{b.priority, b.id.value()};
  };
  const auto key = [&](const matching::OpenPost& post) {
    return std::pair{post.priority, step.world.vacancy(post.id).place_key};
  };
  const auto first_post = [&](const auto& a, const auto& b) { return key(a) < key(b); };
  for (std::size_t k = 0; k < rate_.size(); ++k) {
    std::sort(seekers_[k].begin(), seekers_[k].end(), first_seeker);
    std::sort(drawn_[k].begin(), drawn_[k].end(), first_post);
    const std::size_t hires = std::min(seekers_[k].size(), drawn_[k].size());
    for (std::size_t i = 0; i < hires; ++i) {
      search_.hire(step, seekers_[k][i].id, drawn_[k][i].id);
    }
  }
  search_.end(step);
}
// [/run]

// [mean-field]
Lottery::MeanField::MeanField(MeanFieldSetup& setup) : rate_(setup.parameters("filling_rate")) {
  matching::require_for_map(setup, "lottery", "duration_dependence", 0.0);
}

void Lottery::MeanField::run(MeanFieldStep& step) {
  const Eigen::ArrayXd visible = step.visible();
  const Eigen::ArrayXd seekers = step.seekers();
  for (Eigen::Index k = 0; k < visible.size(); ++k) {
    const double filled = probability(rate_[static_cast<std::size_t>(k)], step.dt) * visible[k];
    step.field.hires[k] = std::min(filled, seekers[k]);
  }
  step.field.found = step.field.hires;
}
// [/mean-field]

}  // namespace

void register_matching_lottery(Registry& registry) { registry.add<Lottery>(); }

}  // namespace steppe
