#include "models/matching/meetings.hpp"

#include <algorithm>

namespace steppe::matching {

void Meetings::run(Step& step, const Rule& rule) {
  const World& world = step.world;
  search_.begin(step);
  active_ = search_.seekers(step);
  open_ = search_.posts(step);
  hired_.assign(active_.size(), 0);
  seekers_.clear();
  for (std::uint32_t i = 0; i < active_.size(); ++i) {
    const Active& seeker = active_[i];
    const MarketId market = segments_ == Segments::Country
                                ? MarketId{world.market_count()}
                                : world.market_id(seeker.region, seeker.occupation);
    seekers_.push_back({market.value(), seeker.priority, seeker.id.value(), i});
  }
  sort_posts(world, false);
  match(step, rule);
  if (segments_ == Segments::OccupationByRegion) {
    sort_posts(world, true);
    if (!posts_.empty()) {
      seekers_.clear();
      for (std::uint32_t i = 0; i < active_.size(); ++i) {
        if (hired_[i] != 0) continue;
        // A lot of its own: those left over where the first round hired have the later ones of it.
        const Active& seeker = active_[i];
        seekers_.push_back(
            {world.national_market(seeker.occupation).value(), seeker.word, seeker.id.value(), i});
      }
      match(step, rule);
    }
  }
  search_.end(step);
}

void Meetings::sort_posts(const World& world, bool fly_in) {
  posts_.clear();
  for (std::uint32_t i = 0; i < open_.size(); ++i) {
    const OpenPost& post = open_[i];
    // Among equal lots the vacancy's own key decides: its number is a place that history left free.
    const std::uint32_t key = world.vacancy(post.id).place_key;
    if (segments_ == Segments::Country) {
      posts_.push_back({static_cast<std::uint32_t>(world.market_count()), post.priority, key, i});
    } else if (post.national == fly_in) {
      const MarketId market = fly_in ? world.national_market(post.occupation)
                                     : world.market_id(post.region, post.occupation);
      posts_.push_back({market.value(), post.priority, key, i});
    }
  }
}

void Meetings::match(Step& step, const Rule& rule) {
  std::sort(seekers_.begin(), seekers_.end());
  std::sort(posts_.begin(), posts_.end());
  auto seeker = seekers_.begin();
  auto post = posts_.begin();
  const auto end_of = [](auto from, auto end) {
    return std::find_if(from, end, [&](const Entry& e) { return e.market != from->market; });
  };
  while (seeker != seekers_.end() && post != posts_.end()) {
    if (seeker->market < post->market) {
      ++seeker;
    } else if (post->market < seeker->market) {
      ++post;
    } else {
      const auto last_seeker = end_of(seeker, seekers_.end());
      const auto last_post = end_of(post, posts_.end());
      const std::span<const Entry> who(seeker, last_seeker);
      const std::span<const Entry> what(post, last_post);
      pairs_.clear();
      rule(MarketId{seeker->market}, who, what, pairs_);
      for (const auto& [s, p] : pairs_) {
        hired_[who[s].index] = 1;
        search_.hire(step, active_[who[s].index].id, open_[what[p].index].id);
      }
      seeker = last_seeker;
      post = last_post;
    }
  }
}

void Meetings::run_by_lot(Step& step, const Number& number) {
  run(step, [&](MarketId market, std::span<const Entry> seekers, std::span<const Entry> posts,
                Pairs& pairs) {
    const std::int64_t matches = number(market, static_cast<std::int64_t>(seekers.size()),
                                        static_cast<std::int64_t>(posts.size()));
    for (std::size_t n = 0; n < static_cast<std::size_t>(matches); ++n) pairs.emplace_back(n, n);
  });
}

}  // namespace steppe::matching
