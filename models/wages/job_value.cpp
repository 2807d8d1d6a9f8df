#include "models/wages/job_value.hpp"

namespace steppe::wages {

std::vector<ParameterDecl> JobValue::parameters() {
  return {{"productivity",
           "p",
           "1",
           1.0177,
           0.0,
           100.0,
           Dim::None,
           {},
           "Shimer (2005): 1, over the wage of its steady state",
           "What a filled post makes, over the base wage of its cell",
           {}},
          {"posting_cost",
           "c",
           "1",
           0.2168,
           0.0001,
           100.0,
           Dim::None,
           {},
           "Shimer (2005): 0.213, over the wage of its steady state",
           "Cost of keeping a vacancy open, over the base wage of its cell",
           {}},
          {"nonwork_value",
           "z",
           "1",
           0.4071,
           0.0,
           100.0,
           Dim::None,
           {},
           "Shimer (2005): 0.4, over the wage of its steady state",
           "What not working is worth, over the base wage",
           {}}};
}

DriverDecl JobValue::driver() {
  return {"productivity", "1", "Output of a filled post; changes since the first month count"};
}

JobValue::JobValue(const ParameterReader& reader, const DriverTable& drivers)
    : productivity_(reader.parameter("productivity")),
      vacancy_cost_(reader.parameter("posting_cost")),
      nonwork_value_(reader.parameter("nonwork_value")),
      series_(drivers.find("productivity")) {
  if (series_.is_none()) return;
  const Date& start = reader.scenario.time.start;
  series_start_ = drivers.at(series_, Month(start.year, start.month));
}

}  // namespace steppe::wages
