#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

class RunFolder;

/// How a reality check fared over realizations.
class RealityTally {
 public:
  explicit RealityTally(RealityCheck check) : check_(std::move(check)) {}
  void add(int realization, const RealityOutcome& outcome);

  [[nodiscard]] const RealityCheck& check() const { return check_; }
  [[nodiscard]] int judged() const { return realizations_; }
  [[nodiscard]] const std::vector<int>& failed() const { return failed_; }
  /// The first month in which it failed in any realization; none where it had no value either.
  [[nodiscard]] std::optional<Month> first() const { return first_; }
  /// Whether it held in the share of realizations that the scenario asks for.
  [[nodiscard]] bool held() const;
  /// What was expected, under what, and how it fared.
  [[nodiscard]] Message message() const;

 private:
  RealityCheck check_;
  int realizations_ = 0;
  std::vector<int> failed_;
  std::optional<Month> first_;
};

/// The sentences of the reality checks that did not hold in a run. @throws IoError
[[nodiscard]] std::vector<std::string> failed_reality_checks(const RunFolder& run);

/// What can be said of a run's results, for checks.json: which realizations are there, whether
/// values are possible, whether the scenario's reality checks hold. Holds nothing that differs
/// between two runs of the same hash.
class ChecksBuilder {
 public:
  /// @param checks of the scenario; those with `given` are for `validate --reality` and left out
  explicit ChecksBuilder(const std::vector<RealityCheck>& checks = {});
  void add(int realization, const Recording& recording);
  void fail(int realization);
  [[nodiscard]] std::string to_json() const;
  /// What is to be said of the reality checks that do not hold.
  [[nodiscard]] std::vector<Message> failed_reality() const;

 private:
  struct Realization {
    int number;
    std::uint64_t persons, events;
  };
  /// Where a value is impossible: infinite, or below zero in a stock or flow.
  struct Impossible {
    std::string variable;
    int realization;
    std::string month;
    std::string value;
  };
  std::vector<std::pair<std::size_t, RealityTally>> reality_;  ///< by place in the scenario
  std::vector<Realization> done_;
  std::vector<int> failed_;
  std::vector<Impossible> impossible_;
  std::uint64_t impossible_count_ = 0;
  std::uint64_t values_ = 0, missing_ = 0;
};

}  // namespace steppe
