// W1 and W4 as objects: agents behind a base class, each stepped by a virtual call.
#include <memory>
#include <random>
#include <vector>

#include "bench/peers/peer.hpp"

namespace {

class Firm;

/// What the agents share.
struct Market {
  std::mt19937_64 random;
  double separation = 0.0;
  int target = 0;
  std::vector<Firm*> vacancies;
  double uniform() { return std::uniform_real_distribution<double>(0.0, 1.0)(random); }
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  }
};

class Agent {
 public:
  virtual ~Agent() = default;
  virtual void step(Market& market) = 0;
};

class Firm final : public Agent {
 public:
  void step(Market& market) override {
    for (int open = staff_; open < market.target; ++open) market.vacancies.push_back(this);
  }
  void join() { ++staff_; }
  void leave() { --staff_; }
  [[nodiscard]] int staff() const { return staff_; }

 private:
  int staff_ = 0;
};

class Worker final : public Agent {
 public:
  void step(Market& market) override {
    if (employer_ == nullptr || market.uniform() >= market.separation) return;
    employer_->leave();
    employer_ = nullptr;
  }
  void hire(Firm& firm) {
    employer_ = &firm;
    firm.join();
  }
  [[nodiscard]] bool searches() const { return employer_ == nullptr; }

 private:
  Firm* employer_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
  const peer::Workload w = peer::workload(argc, argv);
  const double begin = peer::now();
  Market market{std::mt19937_64(w.seed), w.separation, w.target, {}};
  std::vector<std::unique_ptr<Firm>> firms;
  for (std::size_t j = 0; j < w.persons / 20; ++j) firms.push_back(std::make_unique<Firm>());
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < w.persons; ++i) {
    workers.push_back(std::make_unique<Worker>());
    if (i < firms.size() * static_cast<std::size_t>(w.target)) {
      workers.back()->hire(*firms[i % firms.size()]);
    }
  }
  const double ready = peer::now();

  std::vector<double> unemployed, vacant;
  std::vector<Worker*> chosen;
  std::vector<int> applicants;
  for (int t = 0; t < w.steps; ++t) {
    for (const auto& worker : workers) worker->step(market);
    market.vacancies.clear();
    for (const auto& firm : firms) firm->step(market);
    if (!market.vacancies.empty()) {
      chosen.assign(market.vacancies.size(), nullptr);
      applicants.assign(market.vacancies.size(), 0);
      for (const auto& worker : workers) {
        if (!worker->searches()) continue;
        // One applicant in as many as have come stays: a uniform choice among all.
        const std::size_t v = market.below(market.vacancies.size());
        const auto come = static_cast<std::size_t>(++applicants[v]);
        if (come == 1 || market.below(come) == 0) chosen[v] = worker.get();
      }
      for (std::size_t v = 0; v < chosen.size(); ++v) {
        if (chosen[v] != nullptr) chosen[v]->hire(*market.vacancies[v]);
      }
    }
    long at_work = 0;
    for (const auto& firm : firms) at_work += firm->staff();
    const auto n = static_cast<double>(w.persons);
    unemployed.push_back((n - static_cast<double>(at_work)) / n);
    vacant.push_back(static_cast<double>(static_cast<long>(firms.size()) * w.target - at_work) / n);
  }
  peer::report("objects", w, ready - begin, peer::now() - ready, unemployed, vacant);
}
