#include "models/matching/stable_matching.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/core/random_engine.hpp"
#include "support/catch.hpp"

using namespace steppe;
using namespace steppe::matching;

namespace {

constexpr Purpose kMarket{"test/stable_matching"};

/// Uniform on 0 … n − 1, near enough.
std::uint32_t below(RandomEngine& engine, std::uint32_t n) {
  return static_cast<std::uint32_t>(std::uint64_t{engine()} * n >> 32);
}

std::vector<std::uint32_t> shuffled(RandomEngine& engine, std::uint32_t n) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  for (std::uint32_t i = n; i > 1; --i) std::swap(order[i - 1], order[below(engine, i)]);
  return order;
}

/// Lists of random length in random order, few different scores so that lots decide, and places
/// from none to `places`.
StableMarket random_market(RandomEngine& engine, std::uint32_t workers, std::uint32_t firms,
                           std::uint32_t places) {
  StableMarket market;
  for (std::uint32_t w = 0; w < workers; ++w) {
    const std::vector<std::uint32_t> order = shuffled(engine, firms);
    const std::uint32_t length = below(engine, firms + 1);
    for (std::uint32_t n = 0; n < length; ++n) {
      market.firm.push_back(order[n]);
      market.score.push_back(static_cast<float>(below(engine, 4)));
    }
    market.add_worker(std::uint64_t{engine()} << 32 | w);
  }
  for (std::uint32_t j = 0; j < firms; ++j) market.capacity.push_back(below(engine, places + 1));
  return market;
}

/// Whether the firm of both entries prefers the first worker.
bool firm_prefers(const StableMarket& market, std::uint32_t worker, std::uint32_t entry,
                  std::uint32_t other, std::uint32_t other_entry) {
  if (market.score[entry] != market.score[other_entry]) {
    return market.score[entry] > market.score[other_entry];
  }
  return market.lot[worker] > market.lot[other];
}

std::vector<std::uint32_t> fill(const StableMarket& market, const StableMatch& match) {
  std::vector<std::uint32_t> number(market.capacity.size());
  for (const std::uint32_t entry : match.entry) {
    if (entry != kUnmatched) ++number[market.firm[entry]];
  }
  return number;
}

/// No firm holds more than it has places for, and no worker and firm would rather have each other:
/// every listed pair is looked at.
bool is_stable(const StableMarket& market, const StableMatch& match) {
  const std::vector<std::uint32_t> number = fill(market, match);
  for (std::size_t j = 0; j < number.size(); ++j) {
    if (number[j] > market.capacity[j]) return false;
  }
  // A firm would drop the worker whom it likes least.
  std::vector<std::uint32_t> least(number.size(), kUnmatched);
  for (std::uint32_t w = 0; w < market.workers(); ++w) {
    const std::uint32_t entry = match.entry[w];
    if (entry == kUnmatched) continue;
    std::uint32_t& worst = least[market.firm[entry]];
    if (worst == kUnmatched || firm_prefers(market, worst, match.entry[worst], w, entry)) worst = w;
  }
  for (std::uint32_t w = 0; w < market.workers(); ++w) {
    for (std::uint32_t e = market.first[w]; e < std::min(market.first[w + 1], match.entry[w]);
         ++e) {
      const std::uint32_t j = market.firm[e];
      if (number[j] < market.capacity[j]) return false;
      if (number[j] > 0 && firm_prefers(market, w, e, least[j], match.entry[least[j]]))
        return false;
    }
  }
  return true;
}

void check_market(RandomEngine& engine, std::uint32_t workers, std::uint32_t firms) {
  const StableMarket market = random_market(engine, workers, firms, 2 * workers / firms + 1);
  const StableMatch best = worker_proposing(market);
  const StableMatch worst = firm_proposing(market);
  CHECK(is_stable(market, best));
  CHECK(is_stable(market, worst));
  // A worker's entries stand best first, and nobody comes after all.
  for (std::uint32_t w = 0; w < workers; ++w) CHECK(best.entry[w] <= worst.entry[w]);
  // Rural hospitals: the same are matched, and firms are filled as far.
  for (std::uint32_t w = 0; w < workers; ++w) {
    CHECK((best.entry[w] == kUnmatched) == (worst.entry[w] == kUnmatched));
  }
  const std::vector<std::uint32_t> number = fill(market, best);
  CHECK(number == fill(market, worst));
  // … and those not full hold the same workers.
  for (std::uint32_t w = 0; w < workers; ++w) {
    const std::uint32_t e = best.entry[w];
    if (e == kUnmatched || number[market.firm[e]] == market.capacity[market.firm[e]]) continue;
    CHECK(worst.entry[w] == e);
  }
  CHECK(worker_proposing(market, shuffled(engine, workers)).entry == best.entry);
}

/// One place a firm, everybody lists all: ranks[side][i] orders the other side.
StableMarket marriage(const std::vector<std::vector<std::uint32_t>>& workers,
                      const std::vector<std::vector<std::uint32_t>>& firms) {
  StableMarket market;
  for (std::uint32_t w = 0; w < workers.size(); ++w) {
    for (const std::uint32_t j : workers[w]) {
      const auto rank = std::find(firms[j].begin(), firms[j].end(), w) - firms[j].begin();
      market.firm.push_back(j);
      market.score.push_back(-static_cast<float>(rank));
    }
    market.add_worker(w);
  }
  market.capacity.assign(firms.size(), 1);
  return market;
}

}  // namespace

TEST_CASE("matching/stable_matching: no pair blocks, in a thousand markets up to 200 x 50",
          "[model][matching]") {
  const Draws draws(12, 0);
  for (std::uint32_t run = 0; run < 1000; ++run) {
    RandomEngine engine(draws, kMarket, run);
    const std::uint32_t workers = 1 + below(engine, 200);
    const std::uint32_t firms = 1 + below(engine, 50);
    INFO(run << ": " << workers << " x " << firms);
    check_market(engine, workers, firms);
  }
}

TEST_CASE("matching/stable_matching: of all stable matchings, workers' best and workers' worst",
          "[model][matching]") {
  constexpr std::uint32_t kSize = 4;
  const Draws draws(13, 0);
  int several = 0;
  for (std::uint32_t run = 0; run < 300; ++run) {
    RandomEngine engine(draws, kMarket, run);
    std::vector<std::vector<std::uint32_t>> workers, firms;
    for (std::uint32_t i = 0; i < kSize; ++i) {
      workers.push_back(shuffled(engine, kSize));
      firms.push_back(shuffled(engine, kSize));
    }
    const StableMarket market = marriage(workers, firms);
    std::vector<std::uint32_t> best(kSize, kUnmatched), worst(kSize, 0), to(kSize);
    int stable = 0;
    std::iota(to.begin(), to.end(), 0u);
    do {
      StableMatch match;
      for (std::uint32_t w = 0; w < kSize; ++w) {
        std::uint32_t e = market.first[w];
        while (market.firm[e] != to[w]) ++e;
        match.entry.push_back(e);
      }
      if (!is_stable(market, match)) continue;
      ++stable;
      for (std::uint32_t w = 0; w < kSize; ++w) {
        best[w] = std::min(best[w], match.entry[w]);
        worst[w] = std::max(worst[w], match.entry[w]);
      }
    } while (std::next_permutation(to.begin(), to.end()));
    several += stable > 1 ? 1 : 0;
    CHECK(worker_proposing(market).entry == best);
    CHECK(firm_proposing(market).entry == worst);
  }
  CHECK(several > 30);
}

TEST_CASE("matching/stable_matching: three workers and three firms", "[model][matching]") {
  const StableMarket market =
      marriage({{0, 1, 2}, {1, 2, 0}, {2, 0, 1}}, {{1, 2, 0}, {2, 0, 1}, {0, 1, 2}});
  const auto firms = [&](const StableMatch& match) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t e : match.entry) out.push_back(market.firm[e]);
    return out;
  };
  const StableMatch workers_propose = worker_proposing(market);
  CHECK(firms(workers_propose) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(workers_propose.proposals == 3);
  const StableMatch firms_propose = firm_proposing(market);
  CHECK(firms(firms_propose) == std::vector<std::uint32_t>{2, 0, 1});
  CHECK(firms_propose.proposals == 3);
  StableMatch between;
  between.entry = {1, 4, 7};
  CHECK(is_stable(market, between));
  StableMatch blocked;
  blocked.entry = {0, 5, 7};  // 0 → 0, 1 → 0, 2 → 0 in a firm with one place
  CHECK_FALSE(is_stable(market, blocked));
}

// Six comparisons, three at 4 standard errors (false alarm 1e-4 in all). With memoryless proposals
// the number of them is that of draws until all n coupons are there: mean n H_n, standard deviation
// about n π/√6. A worker does not propose twice to one firm, which saves a few.
TEST_CASE("matching/stable_matching: with random preferences the proposing side has rank ln n",
          "[model][matching]") {
  const Draws draws(14, 0);
  for (const auto& [n, runs] :
       {std::pair{100u, 200u}, std::pair{300u, 25u}, std::pair{37u, 400u}}) {
    double own = 0.0, other = 0.0, harmonic = 0.0;
    for (std::uint32_t i = 1; i <= n; ++i) harmonic += 1.0 / i;
    for (std::uint32_t run = 0; run < runs; ++run) {
      RandomEngine engine(draws, kMarket, n * 1000 + run);
      std::vector<std::vector<std::uint32_t>> workers, firms;
      for (std::uint32_t i = 0; i < n; ++i) {
        workers.push_back(shuffled(engine, n));
        firms.push_back(shuffled(engine, n));
      }
      const StableMarket market = marriage(workers, firms);
      const StableMatch match = worker_proposing(market);
      for (std::uint32_t w = 0; w < n; ++w) {
        own += 1.0 + match.entry[w] - market.first[w];
        other += 1.0 - market.score[match.entry[w]];
      }
      CHECK(match.proposals <= n * n);
    }
    own /= n * runs;
    other /= n * runs;
    const double error = M_PI / std::sqrt(6.0 * runs);
    INFO("n = " << n << ": " << own << " and " << other);
    CHECK(own < harmonic + 4.0 * error);
    CHECK(own > 0.95 * harmonic - 4.0 * error);
    CHECK_THAT(other, WithinRel(n / std::log(n), 0.15));
  }
}

TEST_CASE("matching/stable_matching: firms that agree make a serial dictatorship",
          "[model][matching]") {
  const Draws draws(15, 0);
  for (std::uint32_t run = 0; run < 50; ++run) {
    RandomEngine engine(draws, kMarket, run);
    StableMarket market = random_market(engine, 60, 12, 6);
    const std::vector<std::uint32_t> rank = shuffled(engine, market.workers());
    for (std::uint32_t w = 0; w < market.workers(); ++w) {
      for (std::uint32_t e = market.first[w]; e < market.first[w + 1]; ++e) {
        market.score[e] = static_cast<float>(rank[w]);
      }
    }
    std::vector<std::uint32_t> order(rank.size());
    for (std::uint32_t w = 0; w < rank.size(); ++w) order[rank.size() - 1 - rank[w]] = w;
    std::vector<std::uint32_t> free = market.capacity;
    std::vector<std::uint32_t> chosen(rank.size(), kUnmatched);
    for (const std::uint32_t w : order) {
      std::uint32_t e = market.first[w];
      while (e < market.first[w + 1] && free[market.firm[e]] == 0) ++e;
      if (e == market.first[w + 1]) continue;
      chosen[w] = e;
      --free[market.firm[e]];
    }
    CHECK(worker_proposing(market).entry == chosen);
    CHECK(firm_proposing(market).entry == chosen);
  }
}
