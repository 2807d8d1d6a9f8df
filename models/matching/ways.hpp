#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/matching/occupation_weights.hpp"
#include "sim/api/step.hpp"

namespace steppe::matching {

/// The ways from occupation to occupation along a network, and where they lead seekers in a step.
class Ways {
 public:
  explicit Ways(const Setup& setup);
  /// Weighs the occupations by the vacancies that are open as the step begins, and by their wages.
  void begin(const Step& step);
  /// The occupation in which somebody applies; none where nothing is open within reach.
  /// @param word 32 uniform bits
  [[nodiscard]] OccupationId find(OccupationId occupation, RegionId region, std::uint32_t word);
  /// Whether an occupation has vacancies that every region sees.
  [[nodiscard]] bool seen_everywhere(OccupationId occupation) const {
    return everywhere_[occupation.at()] != 0;
  }
  /// One of an occupation's vacancies that a region sees, each with the same chance.
  [[nodiscard]] static VacancyId choose(const World& world, RegionId region,
                                        OccupationId occupation, std::uint32_t word);

 private:
  void weigh_wages(const Step& step);
  /// Adds up the ways from the source's occupation, as its region sees them.
  void add_up(std::size_t source);

  double wage_pull_ = 0.0;
  OccupationWeights weights_;
  std::size_t occupations_ = 0;
  // In the step under way.
  std::vector<double> attraction_;        ///< of an occupation by its wage
  std::vector<std::uint8_t> everywhere_;  ///< by occupation: see seen_everywhere()
  std::vector<double> pull_;              ///< region × occupation: attraction × vacancies seen
  std::vector<std::uint8_t> ready_;       ///< region × occupation: sums are made
  std::vector<double> sums_;              ///< region × way: running sums of weight × pull
};

}  // namespace steppe::matching
