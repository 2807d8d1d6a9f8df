#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/analysis/paired.hpp"
#include "sim/core/declaration.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// What became of a person in the alternative, compared with the same person in the base.
enum class PersonChange : std::uint8_t {
  Compared,     ///< lives in both worlds: all who are looked at
  AtWorkBoth,   ///< at work in both
  JobFound,     ///< at work in the alternative only
  JobLost,      ///< at work in the base only
  WageHigher,   ///< at work for wages in both, by more than 1 % higher in the alternative
  WageLower,    ///< … lower
  LeftCountry,  ///< abroad in the alternative only
  StayedHome,   ///< abroad in the base only
  NetJobs,      ///< JobFound less JobLost
};
inline constexpr std::size_t kPersonChangeCount = 9;
/// `job_found`.
[[nodiscard]] std::string_view to_string(PersonChange change);
/// @throws IoError for a name there is not
[[nodiscard]] PersonChange change_named(std::string_view name);

/// By what people's changes are counted, beside the total.
inline constexpr std::array<Dim, 5> kPeopleDims = {Dim::Region, Dim::Sector, Dim::Occupation,
                                                   Dim::Sex, Dim::Age};

/// True for those by which a person counts through the job: who had none has a key of its own,
/// behind those of the dimension.
[[nodiscard]] constexpr bool is_of_job(Dim dim) {
  return dim == Dim::Sector || dim == Dim::Occupation;
}
/// What that key is called in tables.
inline constexpr std::string_view kNoJob = "no_job";

/// Compares nationals person by person at the end of one month.
///
/// An address is given once and means the same person in every world that starts from the same
/// population; so persons are looked at who were there at the start. One world at a time needs to
/// be in memory: of the base 6 bytes a person and realization are kept, of an alternative the
/// counts alone.
///
/// Run the base with `base_observer`, then each alternative with `observer`. Observers of different
/// realizations may run in parallel.
class People {
 public:
  /// @param month        at whose end persons are compared
  /// @param keys         at whose end their region, sector and occupation are taken, by which
  ///                     changes are counted; none: as the run begins. It must lie before the
  ///                     worlds part: what somebody is afterwards depends on what is compared, so
  ///                     that those who are at work in a sector could only lose.
  /// @param alternatives number of them
  People(const Dimensions& dimensions, Month month, std::optional<Month> keys, int replications,
         std::size_t alternatives);
  ~People();
  People(const People&) = delete;
  People& operator=(const People&) = delete;

  /// @param start the world at step 0
  [[nodiscard]] std::unique_ptr<Observer> base_observer(int realization, const World& start);
  /// @param alternative from 0
  [[nodiscard]] std::unique_ptr<Observer> observer(std::size_t alternative, int realization,
                                                   const World& start);

  /// False when an alternative started from other people than the base: then nobody is compared,
  /// and all counts are missing.
  [[nodiscard]] bool comparable(std::size_t alternative) const;

  /// Counts of a change by realization [persons], NaN where one of the two is missing.
  /// @param dim Dim::None for the total, else one of kPeopleDims; keys are those the base has
  [[nodiscard]] std::vector<double> counts(std::size_t alternative, PersonChange change, Dim dim,
                                           std::size_t key) const;
  /// Size of a dimension of the counts; 1 for Dim::None.
  [[nodiscard]] std::size_t extent(Dim dim) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace steppe
