#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/matching/meetings.hpp"
#include "models/matching/stock_flow_market.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kTurn{"matching/stock_flow/turn"};
constexpr Purpose kPostTurn{"matching/stock_flow/post_turn"};
constexpr Purpose kSuits{"matching/stock_flow/suits"};

/// New seekers meet the vacancies that stand open, new vacancies those who search; whoever met
/// before does not meet again.
class StockFlow {
 public:
  static VariantDecl declaration();
  explicit StockFlow(Setup& setup)
      : suitability_(setup.parameter("suitability")),
        meetings_(setup, matching::Segments::OccupationByRegion) {}
  void run(Step& step);

 private:
  using Entry = matching::Meetings::Entry;
  using Side = matching::StockFlowMarket::Side;
  struct Arrival {
    std::uint32_t turn, tie;
    Side side;
    std::uint32_t place;  ///< in the market's list
    auto operator<=>(const Arrival&) const = default;
  };
  /// Whether a seeker or post has come since the last step; one that began in it may have been seen
  /// by then already.
  static bool is_new(const Step& step, int since, std::uint32_t key,
                     const std::vector<std::uint32_t>& seen) {
    return since >= step.index - 1 && !std::binary_search(seen.begin(), seen.end(), key);
  }
  void meet(const Step& step, MarketId id, std::span<const Entry> seekers,
            std::span<const Entry> posts, matching::Meetings::Pairs& pairs);
  void remember(const World& world);

  double suitability_ = 0.0;
  matching::Meetings meetings_;
  matching::StockFlowMarket market_;                      ///< the one under way
  std::vector<Arrival> arrivals_;                         ///< in it
  std::vector<std::uint32_t> seen_seekers_, seen_posts_;  ///< of the last step, ascending
};

VariantDecl StockFlow::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "stock_flow";
  decl.summary = "Stock-flow: newcomers meet the stock on the other side, once";
  decl.reference = "Coles and Smith (1998); docs/models/matching/stock_flow.md";
  decl.gives = {"job_finding"};
  decl.parameters = {{"suitability",
                      "α",
                      "1",
                      0.02,
                      0.0,
                      1.0,
                      Dim::None,
                      {},
                      "assumption",
                      "Probability that a seeker and a vacancy of the same occupation suit each "
                      "other",
                      {}}};
  for (ParameterDecl& shared : matching::search_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

void StockFlow::run(Step& step) {
  meetings_.run(step,
                [&](MarketId id, std::span<const Entry> seekers, std::span<const Entry> posts,
                    matching::Meetings::Pairs& pairs) { meet(step, id, seekers, posts, pairs); });
  remember(step.world);
}

void StockFlow::meet(const Step& step, MarketId id, std::span<const Entry> seekers,
                     std::span<const Entry> posts, matching::Meetings::Pairs& pairs) {
  const World& world = step.world;
  const auto key_of = [&](std::size_t post) {
    return world.vacancy(meetings_.post(posts[post]).id).place_key;
  };
  market_.clear();
  arrivals_.clear();
  for (std::uint32_t s = 0; s < seekers.size(); ++s) {
    const PersonId who = meetings_.seeker(seekers[s]).id;
    if (is_new(step, world.persons[who].since, who.value(), seen_seekers_)) {
      const std::uint32_t turn = step.draws.block(kTurn.with(id.value()), who.value())[0];
      arrivals_.push_back({turn, who.value(), Side::Seeker, s});
    } else {
      market_.wait(Side::Seeker, {s, s});
    }
  }
  for (std::uint32_t p = 0; p < posts.size(); ++p) {
    const std::uint32_t key = key_of(p);
    if (is_new(step, meetings_.post(posts[p]).opened, key, seen_posts_)) {
      const std::uint32_t turn = step.draws.block(kPostTurn, key)[0];
      arrivals_.push_back({turn, key, Side::Post, p});
    } else {
      market_.wait(Side::Post, {p, p});
    }
  }
  std::sort(arrivals_.begin(), arrivals_.end());
  for (const Arrival& arrival : arrivals_) {
    const auto pair = [&](std::uint32_t newcomer, std::uint32_t stock) {
      return arrival.side == Side::Seeker ? std::pair(newcomer, stock) : std::pair(stock, newcomer);
    };
    // Lists are in the order of lots, which thus serve as such.
    const auto partner = market_.arrive(
        arrival.side, {arrival.place, arrival.place}, [&](const auto& newcomer, const auto& stock) {
          const auto [s, p] = pair(newcomer.id, stock.id);
          return step.draws.uniform(kSuits, meetings_.seeker(seekers[s]).id.value(), key_of(p)) <
                 suitability_;
        });
    if (partner) {
      const auto [s, p] = pair(arrival.place, partner->id);
      pairs.emplace_back(s, p);
    }
  }
}

void StockFlow::remember(const World& world) {
  seen_seekers_.clear();
  for (const matching::Active& seeker : meetings_.seekers()) {
    seen_seekers_.push_back(seeker.id.value());
  }
  seen_posts_.clear();
  for (const matching::OpenPost& post : meetings_.posts()) {
    seen_posts_.push_back(world.vacancy(post.id).place_key);
  }
  std::sort(seen_seekers_.begin(), seen_seekers_.end());
  std::sort(seen_posts_.begin(), seen_posts_.end());
}

}  // namespace

void register_matching_stock_flow(Registry& registry) { registry.add<StockFlow>(); }

}  // namespace steppe
