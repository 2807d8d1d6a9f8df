#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/api/step.hpp"

namespace steppe::arrivals {

/// The vacancies that somebody from abroad may take in a step, in groups of like posts, each group
/// in an order drawn by lot.
class OpenPosts {
 public:
  enum class By : std::uint8_t { Sector, SectorAndOccupation };

  explicit OpenPosts(By by) : by_(by) {}
  /// Looks through all vacancies.
  /// @param test steps by occupation for which a vacancy must have been open to nationals; one at
  ///     least, so that they have searched on it
  void find(const Step& step, std::span<const int> test);

  [[nodiscard]] std::size_t groups() const { return first_.size() - 1; }
  /// Posts of a sector, or of sector × occupations + occupation.
  [[nodiscard]] std::span<const VacancyId> of(std::size_t group) const {
    return std::span(ids_).subspan(first_[group], first_[group + 1] - first_[group]);
  }

 private:
  struct Post {
    std::size_t group;
    std::uint32_t lot;
    std::uint32_t key;
    VacancyId id;
  };

  By by_;
  std::vector<Post> found_;
  std::vector<std::uint32_t> keys_;
  std::vector<Draws::Block> words_;
  std::vector<VacancyId> ids_;
  std::vector<std::size_t> first_ = {0};  ///< by group, and the end
};

}  // namespace steppe::arrivals
