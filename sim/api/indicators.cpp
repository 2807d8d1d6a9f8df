#include "sim/api/indicators.hpp"

#include <limits>

#include "sim/api/measures.hpp"

namespace steppe {

const std::vector<IndicatorName>& indicator_names() {
  static const std::vector<IndicatorName> names = {{"unemployment_rate", Dim::None},
                                                   {"unemployment_rate", Dim::Region},
                                                   {"unemployment_rate_national", Dim::None},
                                                   {"vacancy_rate", Dim::None},
                                                   {"vacancy_rate", Dim::Sector},
                                                   {"vacancies", Dim::None},
                                                   {"vacancies", Dim::Sector},
                                                   {"employed", Dim::None},
                                                   {"employed", Dim::Sector},
                                                   {"foreign_workers", Dim::None},
                                                   {"foreign_workers", Dim::Sector},
                                                   {"foreign_share", Dim::None},
                                                   {"foreign_share", Dim::Sector}};
  return names;
}

double indicator(const Scenario& scenario, const World& world, const Signals& signals,
                 const Indicator& wanted) {
  const std::string& name = wanted.name;
  const std::string key = wanted.keys.empty() ? std::string() : wanted.keys.front();
  const Measures m(scenario, world, signals, world.month);
  const int sector_index = scenario.dimensions.find(Dim::Sector, key);
  const bool all = key.empty();
  const bool in_sector = !all && sector_index >= 0;
  const SectorId sector{static_cast<std::size_t>(in_sector ? sector_index : 0)};
  const auto by = [&](double total, double part) { return in_sector ? part : total; };

  if (name == "unemployment_rate" && !all && !in_sector) {
    const int region_index = scenario.dimensions.find(Dim::Region, key);
    if (region_index < 0) return std::numeric_limits<double>::quiet_NaN();
    const RegionId region{static_cast<std::size_t>(region_index)};
    const double searching = m.status(Status::Searching, region);
    return ratio(searching, searching + m.employed(region));
  }
  if (!all && !in_sector) return std::numeric_limits<double>::quiet_NaN();
  const double searching = m.status(Status::Searching);
  const double employed = by(m.employed(), m.employed(sector));
  const double vacancies =
      by(m.weight * static_cast<double>(world.open_vacancies()), m.vacancies(sector));
  const double foreign =
      by(m.weight * static_cast<double>(world.ledger.foreigners()), m.foreign(sector));
  if (name == "unemployment_rate" && all) return ratio(searching, searching + employed);
  if (name == "unemployment_rate_national" && all) {
    const double available = searching + m.national_weight() * m.status(Status::Discouraged);
    return ratio(available, available + employed);
  }
  if (name == "vacancy_rate") {
    // Posts are with firms: herders stand outside them.
    const bool herding = all || sector == world.base().self_employed_sector;
    const double staff = employed + foreign - (herding ? m.status(Status::Herding) : 0.0);
    return ratio(vacancies, vacancies + staff);
  }
  if (name == "vacancies") return vacancies;
  if (name == "employed") return employed;
  if (name == "foreign_workers") return foreign;
  if (name == "foreign_share") return ratio(foreign, foreign + employed);
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace steppe
