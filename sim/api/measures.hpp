#pragma once

#include <optional>

#include "sim/api/step.hpp"

namespace steppe {

/// Stocks and rates of the country at this moment, in persons (records × weight). The one place in
/// which a word of the results gets its definition.
class Measures {
 public:
  Measures(const Scenario& scenario, const World& world, const Signals& signals, Month month);

  /// Nationals in jobs or herding.
  [[nodiscard]] double employed() const;
  [[nodiscard]] double employed(RegionId region) const;
  /// Nationals on the staff of a sector; herders included in theirs.
  [[nodiscard]] double employed(SectorId sector) const;
  [[nodiscard]] double employed(OccupationId occupation) const;
  [[nodiscard]] double employed(SectorId sector, OccupationId occupation) const;
  [[nodiscard]] double employed(Sex sex, int from_age, int to_age) const;
  [[nodiscard]] double foreign() const;
  [[nodiscard]] double foreign(SectorId sector) const;
  [[nodiscard]] double foreign(OccupationId occupation) const;
  [[nodiscard]] double foreign(OriginId origin) const;
  [[nodiscard]] double foreign(RegionId region) const;
  [[nodiscard]] double vacancies() const;
  [[nodiscard]] double vacancies(SectorId sector) const;
  [[nodiscard]] double vacancies(OccupationId occupation) const;
  [[nodiscard]] double status(Status status) const;
  [[nodiscard]] double status(Status status, RegionId region) const;
  [[nodiscard]] double status(Status status, Sex sex, int from_age, int to_age) const;
  [[nodiscard]] double residents(RegionId region) const;
  [[nodiscard]] double working_age() const;
  /// ψ (docs/theory/model.md): the weight of available non-searchers in the national rate; 1
  /// without a rule.
  [[nodiscard]] double national_weight() const;

  // Rates; missing (NaN) where nobody counts.
  /// Nationals who search, among those and the employed: the strict count.
  [[nodiscard]] double unemployment_rate() const;
  [[nodiscard]] double unemployment_rate(RegionId region) const;
  [[nodiscard]] double unemployment_rate(Sex sex) const;
  [[nodiscard]] double unemployment_rate(int from_age, int to_age) const;
  /// As the survey counts: available non-searchers are unemployed with their weight.
  [[nodiscard]] double unemployment_rate_national() const;
  /// Unfilled posts among all; herders hold none.
  [[nodiscard]] double vacancy_rate(std::optional<SectorId> sector = {}) const;
  /// Foreigners among all at work.
  [[nodiscard]] double foreign_share(std::optional<SectorId> sector = {}) const;

  /// Mean monthly wage of nationals on a staff [MNT/month]; the country's when no sector is given.
  [[nodiscard]] double wage_mean(std::optional<SectorId> sector = {}) const;

  const Scenario& scenario;
  const World& world;
  const Ledger& ledger;
  const Signals& signals;
  Month month;
  double weight;
};

/// a / b, missing (NaN) when b is 0.
[[nodiscard]] double ratio(double a, double b);

}  // namespace steppe
