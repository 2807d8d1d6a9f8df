#include "sim/api/indicators.hpp"

#include <limits>
#include <optional>

#include "sim/api/measures.hpp"

namespace steppe {

const std::vector<IndicatorName>& indicator_names() {
  static const std::vector<IndicatorName> names = {{"unemployment_rate", Dim::None, true},
                                                   {"unemployment_rate", Dim::Region, true},
                                                   {"unemployment_rate_national", Dim::None, true},
                                                   {"vacancy_rate", Dim::None, true},
                                                   {"vacancy_rate", Dim::Sector, true},
                                                   {"vacancies", Dim::None, false},
                                                   {"vacancies", Dim::Sector, false},
                                                   {"employed", Dim::None, false},
                                                   {"employed", Dim::Sector, false},
                                                   {"foreign_workers", Dim::None, false},
                                                   {"foreign_workers", Dim::Sector, false},
                                                   {"foreign_share", Dim::None, true},
                                                   {"foreign_share", Dim::Sector, true}};
  return names;
}

double indicator(const Scenario& scenario, const World& world, const Signals& signals,
                 const Indicator& wanted) {
  const std::string& name = wanted.name;
  const std::string key = wanted.keys.empty() ? std::string() : wanted.keys.front();
  const Measures m(scenario, world, signals, world.month);
  std::optional<SectorId> sector;
  std::optional<RegionId> region;
  if (const int index = scenario.dimensions.find(Dim::Sector, key); index >= 0) {
    sector = SectorId{static_cast<std::size_t>(index)};
  } else if (const int other = scenario.dimensions.find(Dim::Region, key); other >= 0) {
    region = RegionId{static_cast<std::size_t>(other)};
  }
  if (name == "unemployment_rate" && region) return m.unemployment_rate(*region);
  if (key.empty()) {
    if (name == "unemployment_rate") return m.unemployment_rate();
    if (name == "unemployment_rate_national") return m.unemployment_rate_national();
  }
  if (key.empty() || sector) {
    if (name == "vacancy_rate") return m.vacancy_rate(sector);
    if (name == "vacancies") return sector ? m.vacancies(*sector) : m.vacancies();
    if (name == "employed") return sector ? m.employed(*sector) : m.employed();
    if (name == "foreign_workers") return sector ? m.foreign(*sector) : m.foreign();
    if (name == "foreign_share") return m.foreign_share(sector);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace steppe
