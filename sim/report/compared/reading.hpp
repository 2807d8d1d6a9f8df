#pragma once

#include <memory>
#include <vector>

#include "sim/report/compared/parts.hpp"

namespace steppe::report_detail {

/// The comparison in the page's language: contexts of all runs and a chapter an alternative.
class Reading {
 public:
  Reading(const ComparisonInput& input, const ReportOptions& options) : base_(input.base, options) {
    const bool several = input.alternatives.size() > 1;
    for (std::size_t i = 0; i < input.alternatives.size(); ++i) {
      const ComparedAlternative& alternative = input.alternatives[i];
      contexts_.push_back(std::make_unique<Context>(alternative.run, options));
      effects_.push_back(std::make_unique<Effects>(input, alternative, base_, *contexts_.back()));
      chapters_.push_back({input,
                           alternative,
                           base_,
                           *contexts_.back(),
                           *effects_.back(),
                           several ? '-' + std::to_string(i + 1) : std::string{},
                           {},
                           {}});
      mark_changes(chapters_.back());
    }
  }

  [[nodiscard]] const Context& base() const { return base_; }
  [[nodiscard]] const std::vector<Chapter>& chapters() const { return chapters_; }

 private:
  Context base_;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<std::unique_ptr<Effects>> effects_;
  std::vector<Chapter> chapters_;
};

}  // namespace steppe::report_detail
