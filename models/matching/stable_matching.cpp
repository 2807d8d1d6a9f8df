#include "models/matching/stable_matching.hpp"

#include <algorithm>
#include <cstddef>

namespace steppe::matching {
namespace {

/// A worker as a firm sees it.
struct Candidate {
  float score = 0.0f;
  std::uint32_t worker = 0;
  std::uint64_t lot = 0;
  std::uint32_t entry = 0;
};

/// Whether a firm prefers the first.
bool preferred(const Candidate& a, const Candidate& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.lot != b.lot) return a.lot > b.lot;
  return a.worker < b.worker;
}

/// Where each firm's part of a common array begins, and the end.
std::vector<std::size_t> starts_of(const std::vector<std::uint32_t>& sizes) {
  std::vector<std::size_t> starts(sizes.size() + 1);
  for (std::size_t j = 0; j < sizes.size(); ++j) starts[j + 1] = starts[j] + sizes[j];
  return starts;
}

/// How many workers list each firm.
std::vector<std::uint32_t> listed(const StableMarket& market) {
  std::vector<std::uint32_t> number(market.capacity.size());
  for (const std::uint32_t j : market.firm) ++number[j];
  return number;
}

}  // namespace

void StableMarket::clear() {
  first.assign(1, 0);
  firm.clear();
  score.clear();
  lot.clear();
  capacity.clear();
}

void StableMarket::add_worker(std::uint64_t worker_lot) {
  first.push_back(static_cast<std::uint32_t>(firm.size()));
  lot.push_back(worker_lot);
}

StableMatch worker_proposing(const StableMarket& market, std::span<const std::uint32_t> order) {
  const std::uint32_t workers = market.workers();
  // A firm never holds more than list it, so that room does not grow with idle places.
  std::vector<std::uint32_t> room = listed(market);
  for (std::size_t j = 0; j < room.size(); ++j) room[j] = std::min(room[j], market.capacity[j]);
  const std::vector<std::size_t> start = starts_of(room);
  std::vector<Candidate> held(start.back());       // by firm a heap, the least preferred first
  std::vector<std::uint32_t> number(room.size());  // held by the firm
  std::vector<std::uint32_t> next(market.first.begin(), market.first.end() - 1);
  StableMatch match;
  match.entry.assign(workers, kUnmatched);

  for (std::uint32_t i = 0; i < workers; ++i) {
    // Whoever is turned out proposes on at once: the chain ends where nobody is, or gives up.
    std::uint32_t worker = order.empty() ? i : order[i];
    while (next[worker] < market.first[worker + 1]) {
      const std::uint32_t entry = next[worker]++;
      const std::uint32_t firm = market.firm[entry];
      ++match.proposals;
      if (room[firm] == 0) continue;
      const Candidate proposer{market.score[entry], worker, market.lot[worker], entry};
      Candidate* const heap = held.data() + start[firm];
      if (number[firm] < room[firm]) {
        heap[number[firm]++] = proposer;
        std::push_heap(heap, heap + number[firm], preferred);
        match.entry[worker] = entry;
        break;
      }
      if (!preferred(proposer, heap[0])) continue;
      std::pop_heap(heap, heap + number[firm], preferred);
      Candidate& last = heap[number[firm] - 1];
      const std::uint32_t rejected = last.worker;
      last = proposer;
      std::push_heap(heap, heap + number[firm], preferred);
      match.entry[worker] = entry;
      match.entry[rejected] = kUnmatched;
      worker = rejected;
    }
  }
  return match;
}

StableMatch firm_proposing(const StableMarket& market) {
  const std::uint32_t workers = market.workers();
  const std::size_t firms = market.capacity.size();
  const std::vector<std::size_t> start = starts_of(listed(market));
  std::vector<Candidate> lists(start.back());
  std::vector<std::size_t> next(start.begin(), start.end() - 1);
  for (std::uint32_t w = 0; w < workers; ++w) {
    for (std::uint32_t e = market.first[w]; e < market.first[w + 1]; ++e) {
      lists[next[market.firm[e]]++] = {market.score[e], w, market.lot[w], e};
    }
  }
  for (std::size_t j = 0; j < firms; ++j) {
    std::sort(lists.begin() + static_cast<std::ptrdiff_t>(start[j]),
              lists.begin() + static_cast<std::ptrdiff_t>(start[j + 1]), preferred);
    next[j] = start[j];
  }
  StableMatch match;
  match.entry.assign(workers, kUnmatched);
  std::vector<std::uint32_t> vacant = market.capacity;
  std::vector<std::uint32_t> waiting;  // firms that have a place and may propose
  for (std::size_t j = firms; j-- > 0;) waiting.push_back(static_cast<std::uint32_t>(j));
  while (!waiting.empty()) {
    const std::uint32_t firm = waiting.back();
    waiting.pop_back();
    while (vacant[firm] > 0 && next[firm] < start[firm + 1]) {
      const Candidate& candidate = lists[next[firm]++];
      ++match.proposals;
      std::uint32_t& entry = match.entry[candidate.worker];
      // A worker's entries stand in the order of preference, so the smaller is the better.
      if (candidate.entry >= entry) continue;
      if (entry != kUnmatched) {
        const std::uint32_t left = market.firm[entry];
        if (vacant[left]++ == 0) waiting.push_back(left);
      }
      entry = candidate.entry;
      --vacant[firm];
    }
  }
  return match;
}

}  // namespace steppe::matching
