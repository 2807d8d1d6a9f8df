#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/foreign_hiring/rules.hpp"
#include "models/yes_or_no.hpp"
#include "sim/core/error.hpp"

namespace steppe::permits {

VariantDecl declaration() {
  const Distribution none{};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey training = {{"low", 0.5}, {"medium", 3.0}, {"high", 8.0}};
  const ByKey distance = {{"china", 1.2},   {"korea_north", 1.8}, {"russia", 1.5},   {"korea", 2.0},
                          {"vietnam", 3.0}, {"usa", 10.0},        {"australia", 9.0}};
  const ByKey home_wage = {{"china", 480.0},     {"korea_north", 100.0}, {"russia", 650.0},
                           {"korea", 2600.0},    {"vietnam", 150.0},     {"usa", 3500.0},
                           {"australia", 4500.0}};
  VariantDecl decl;
  decl.slot = Slot::ForeignHiring;
  decl.name = "permit_queue";
  decl.summary = "Old vacancies go abroad where cheaper and allowed; permits with queue and term";
  decl.reference = "docs/models/foreign_hiring/permit_queue.md";
  decl.needs = {"targets", "wage_index"};
  decl.parameters = {
      {"foreign_recruitment", "a", "1/month", 20.0, 0.0, 1e12, Dim::None, none,
       "assumption: chosen after seeing the record",
       "Hazard that a vacancy's employer looks abroad, per unit of foreign share at the start"},
      {"foreign_openness", "ω", "1", 0.0005, 0.0, 1.0, Dim::None, none, "assumption",
       "Share added to that of the start, so that new cells can open"},
      {"cost_scale", "s", "1", 0.5, 0.0, 10.0, Dim::None, none,
       "assumption: chosen after seeing the record",
       "Spread of employers around equal cost, in logs; 0: the bare comparison"},
      {"foreign_wage_growth", "g_F", "1/year", 0.06, -0.5, 0.5, Dim::None, none,
       "recalled: wages in China grew faster in these years",
       "Growth of the foreign wage in foreign money"},
      {"vacancy_cost", "v", "1", 1.5, 0.0, 20.0, Dim::None, none, "assumption",
       "Output lost in a month of vacancy, in national monthly wages"},
      {"training_cost", "τ", "months", 3.0, 0.0, 60.0, Dim::Skill, none, "assumption",
       "Training of a national for the post, in monthly wages", training},
      {"recruitment_cost", "", "months", 1.0, 0.0, 60.0, Dim::None, none, "assumption",
       "Bringing a foreigner into the country, in monthly foreign wages"},
      {"permit_cost", "", "months", 0.1, 0.0, 60.0, Dim::None, none, "assumption",
       "Paperwork of a permit, in national monthly wages"},
      {"foreign_job_duration", "D", "months", 24.0, 0.1, 600.0, Dim::None, none, "assumption",
       "Expected length of the job, over which one-off costs are spread"},
      {"replacement_wait", "", "months", 4.0, 0.0, 60.0, Dim::None, none, "assumption",
       "Wait for a national that an employer expects who decides on a renewal"},
      {"permit_delay", "", "months", 2.0, 0.0, 60.0, Dim::None, none, "assumption",
       "From application to arrival"},
      {"foreign_return_rate", "", "1/month", 0.01, 0.0, 2.0, Dim::None, none, "assumption",
       "Hazard of going home before the permit ends"},
      {"irregular_willingness", "", "1", 0.02, 0.0, 1.0, Dim::None, none, "assumption",
       "Share of employers who hire without a permit where rules or fees stand against one"},
      {"origin_network", "β_n", "1", 0.5, 0.0, 1.0, Dim::None, none,
       "recalled: elasticity of flows to diaspora 0.4-0.75, Beine, Docquier and Ozden (2011)",
       "Response of the choice of origin to the log of one plus the workers from there"},
      yes_or_no("origin_anchored", true,
                "Whether constants reproduce the origins of the start; without, distance and home "
                "wage decide"),
      {"origin_distance", "d_o", "1", 5.0, 0.01, 100.0, Dim::Origin, none,
       "recalled: rough distances", "Distance of an origin in thousand kilometres", distance},
      {"origin_distance_elasticity", "β_d", "1", 0.6, 0.0, 10.0, Dim::None, none,
       "recalled: gravity literature", "Response of the choice of origin to the log of distance"},
      {"origin_wage", "w_o", "USD/month", 500.0, 1.0, 1e6, Dim::Origin, none,
       "recalled: orders of magnitude about 2010", "Monthly wage in the origin", home_wage},
      {"origin_wage_elasticity", "β_w", "1", 0.7, 0.0, 10.0, Dim::None, none,
       "recalled: Ortega and Peri (2013)", "Response to the log of the wage gap"},
      {"returning_share", "", "1", 0.2, 0.0, 1.0, Dim::None, none, "assumption",
       "Share of applicants who have worked here before, whom a ban on entry can meet"},
      {"foreign_mobility", "", "1/month", 0.02, 0.0, 10.0, Dim::None, none,
       "assumption: about the job-to-job rate of nationals elsewhere",
       "Hazard that a foreigner who may change the employer looks for another"},
      {"free_worker_premium", "", "1", 0.1, 0.0, 2.0, Dim::None, none, "assumption",
       "What being free to leave adds to a foreigner's wage; half of it where notice is due"},
      {"arrival_male_share", "", "1", 0.85, 0.0, 1.0, Dim::None, none,
       "NSO 2019-24: 81 to 88 % men", "Share of men among arrivals"},
      {"arrival_skill", "", "1", 1.1, 0.0, 4.0, Dim::None, none, "assumption",
       "Skill of arrivals, relative to the occupation's norm"},
      {"foreign_remittance_share", "", "1", 0.5, 0.0, 1.0, Dim::None, none, "assumption",
       "Share of their wages that foreigners send home"},
  };
  decl.levers = levers();
  decl.conflicts = conflicts();
  decl.drivers = {{"exchange_rate", "MNT/USD", "Price of foreign money"}};
  return decl;
}

std::vector<ParameterDecl> parameters(std::initializer_list<std::string_view> names) {
  const VariantDecl all = declaration();
  std::vector<ParameterDecl> out;
  for (const std::string_view name : names) {
    const auto found =
        std::find_if(all.parameters.begin(), all.parameters.end(),
                     [&](const ParameterDecl& parameter) { return parameter.name == name; });
    if (found == all.parameters.end()) {
      throw ModelError("permit_queue has no parameter " + std::string(name));
    }
    out.push_back(*found);
  }
  return out;
}

}  // namespace steppe::permits
