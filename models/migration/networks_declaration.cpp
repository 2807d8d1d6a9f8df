#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/migration/abroad.hpp"
#include "models/yes_or_no.hpp"
#include "sim/core/error.hpp"

namespace steppe::abroad {
namespace {

/// Those of the names, in their order.
template <class Declared>
std::vector<Declared> named(const std::vector<Declared>& all,
                            std::initializer_list<std::string_view> names) {
  std::vector<Declared> out;
  for (const std::string_view name : names) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Declared& one) { return one.name == name; });
    if (found == all.end()) throw ModelError("networks declares no " + std::string(name));
    out.push_back(*found);
  }
  return out;
}

}  // namespace

VariantDecl networks_declaration() {
  const Distribution none{};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey amenity = {{"ulaanbaatar", 0.6}};
  const ByKey education = {
      {"primary_or_none", 0.4}, {"lower_secondary", 0.6}, {"vocational", 1.2}, {"tertiary", 1.5}};
  const ByKey wages = {{"korea", 1800.0},   {"usa", 2500.0},       {"czechia", 1100.0},
                       {"china", 600.0},    {"japan", 2200.0},     {"russia", 650.0},
                       {"germany", 2500.0}, {"kazakhstan", 550.0}, {"europe_other", 1800.0}};
  const char* korea = "Korea's permit system: hudulmur.gov.mn 883 and recruitmentreform.org";
  VariantDecl decl;
  decl.slot = Slot::Migration;
  decl.name = "networks";
  decl.summary = "Random utility over regions and countries, with networks, quotas and return";
  decl.reference = "Beine, Docquier and Ozden (2011); docs/models/migration/networks.md";
  decl.needs = {"job_finding", "wage_index"};
  decl.parameters = {
      {"move_attention", "a_m", "1/month", 0.01, 0.0, 1.0, Dim::None, none, "assumption",
       "Hazard of considering another region, for those without work"},
      {"move_income", "", "1", 1.0, 0.0, 10.0, Dim::None, none, "assumption",
       "Response of the choice of region to the log of its wages"},
      {"move_employment", "", "1", 2.0, 0.0, 20.0, Dim::None, none, "assumption",
       "Response to the log of the share at work among those at work or available"},
      {"move_distance", "", "1", 0.6, 0.0, 10.0, Dim::None, none, "recalled: gravity literature",
       "Response to the log of one plus the distance in tiles"},
      {"move_network", "", "1", 1.0, 0.0, 2.0, Dim::None, none, "assumption",
       "Response to the log of a region's share of residents: whom one knows there"},
      {"move_cost", "", "1", 0.5, -20.0, 20.0, Dim::None, none, "assumption",
       "Log-odds against any move"},
      {"region_amenity", "", "1", 0.0, -10.0, 10.0, Dim::Region, none, "assumption",
       "Pull of a region beyond work and wages, in log-odds", amenity},
      {"emigration_attention", "a", "1/month", 0.002, 0.0, 1.0, Dim::None, none, "assumption",
       "Hazard of considering a country abroad at the ages that go most"},
      {"emigration_education", "", "1", 1.0, 0.0, 10.0, Dim::Education, none, "assumption",
       "Factor on considering to leave", education},
      {"emigration_income", "β_w", "1", 0.7, 0.0, 10.0, Dim::None, none,
       "recalled: Ortega and Peri (2013)", "Response to the log of the wage gap"},
      {"diaspora_elasticity", "g", "1", 0.6, 0.0, 0.95, Dim::None, none,
       "recalled: 0.4-0.75, Beine, Docquier and Ozden (2011)",
       "Response to the log of one plus the compatriots there"},
      {"destination_wage", "w_d", "USD/month", 1200.0, 1.0, 1e6, Dim::Destination, none,
       "recalled: orders of magnitude about 2010", "Monthly wage of migrants", wages},
      yes_or_no("destinations_anchored", true,
                "Whether constants hold the start's stocks abroad; without, destination_constant "
                "is used"),
      {"destination_constant", "c_d", "1", 0.0, -50.0, 50.0, Dim::Destination, none, "assumption",
       "Utility of a destination beyond wages and network, where not anchored"},
      {"diaspora_growth", "", "1/year", 0.015, -0.5, 0.5, Dim::None, none,
       "censuses of 2010 and 2020: 107140 and 122301 abroad",
       "Growth of the stocks abroad that the constants allow for"},
      {"return_rate", "h", "1/month", 0.007, 0.0, 1.0, Dim::None, none,
       "20-50 % within five years, OECD (2008)", "Hazard of returning home"},
      {"return_elasticity", "", "1", 0.3, 0.0, 5.0, Dim::None, none, "assumption",
       "Response of return to the chance of a job in the home region"},
      {"return_response", "", "1", 0.5, 0.0, 100.0, Dim::None, none, "assumption",
       "Rise of the return hazard per year's home wage of incentive"},
      {"return_skill_gain", "", "1", 0.1, 0.0, 5.0, Dim::None, none, "assumption",
       "Skill gained abroad, as a share"},
      {"remittance_share", "", "1", 0.12, 0.0, 1.0, Dim::None, none,
       "some USD 250 million a year for 107140 persons, World Bank 2010",
       "Share of the destination's wage sent home per person abroad"},
      {"home_wage_reference", "", "USD/month", 210.0, 1.0, 1e6, Dim::None, none,
       "300.5 thousand MNT at 1438 MNT/USD in 2009",
       "Mean wage at home at the start, used without an exchange rate"},
      {"quota_applicants", "", "1", 4.5, 0.0, 1000.0, Dim::None, none,
       "14000 candidates for 3100 places in 2010", "Applicants for a place under a quota"},
      {"quota_pass_rate", "", "1", 0.44, 0.0, 1.0, Dim::None, none,
       "44 % scored above 120 in the test of 2007", "Share of applicants who pass the test"},
      {"contract_reentry", "", "1", 0.3, 0.0, 1.0, Dim::None, none, "assumption",
       "Share of first contracts followed by the one re-entry allowed"},
      {"departure_fee", "", "months", 2.0, 0.0, 60.0, Dim::None, none,
       "assumption: surveys elsewhere find one to seven months' earnings",
       "What agencies take from who leaves, in mean wages at home"},
      {"departure_response", "", "1", 0.1, 0.0, 10.0, Dim::None, none, "assumption",
       "Rise of a destination's log-odds by a month's wage less to pay"},
      {"contract_overstay", "", "1", 0.35, 0.0, 1.0, Dim::None, none,
       "35-38 % of Mongolians in Korea without papers, 2010-19",
       "Share of last contracts after which the worker stays on"},
  };
  decl.levers = {
      {"migration.quota", "person/year", kNoLimit, 0.0, kNoLimit, Dim::Destination, korea,
       "Places a destination offers; no limit: its door is open"},
      {"migration.selection",
       "1",
       0.0,
       0.0,
       1.0,
       Dim::Destination,
       korea,
       "Who of those who passed the test gets a place under the quota",
       Dim::None,
       {"ballot", "score"}},
      {"migration.tenure", "months", 58.0, 1.0, 600.0, Dim::Destination, korea,
       "Length of a stay under a quota"},
      {"migration.reentry",
       "1",
       0.0,
       0.0,
       1.0,
       Dim::Destination,
       korea,
       "Whether a stay under a quota may be followed by a second",
       Dim::None,
       {"allowed", "none"}},
      {"migration.fee_cap", "MNT", kNoLimit, 0.0, kNoLimit, Dim::Destination, "assumption",
       "Most that agencies may take from who leaves for the destination"},
      {"migration.return_incentive", "MNT", 0.0, 0.0, 1e12, Dim::None, "assumption",
       "Paid to every national who returns"},
      {"migration.registration_friction", "1", 0.0, 0.0, 50.0, Dim::Region,
       "Registration in the capital was closed 2017-20", "Log-odds against moving into a region"},
  };
  decl.drivers = {{"exchange_rate", "MNT/USD", "Price of foreign money"}};
  return decl;
}

std::vector<ParameterDecl> parameters(std::initializer_list<std::string_view> names) {
  return named(networks_declaration().parameters, names);
}

std::vector<LeverDecl> levers(std::initializer_list<std::string_view> names) {
  return named(networks_declaration().levers, names);
}

}  // namespace steppe::abroad
