#include "sim/api/drivers.hpp"

namespace steppe {

DriverId DriverTable::find(std::string_view name) const {
  for (std::size_t i = 0; i < series_.size(); ++i) {
    if (series_[i]->name == name) return DriverId{i};
  }
  return DriverId::none();
}

DriverId DriverTable::add(const DriverSeries& series) {
  series_.push_back(&series);
  return DriverId{series_.size() - 1};
}

double DriverTable::at(DriverId id, Month month) const {
  const Month when = held_ ? held_month_ : month;
  return series_[id.at()]->at(Date{when.year(), when.month(), 15});
}

double DriverTable::trailing(DriverId id, Month month, int months, int lag) const {
  double sum = 0.0;
  for (int back = 0; back < months; ++back) sum += at(id, month - (lag + back));
  return sum / months;
}

void DriverTable::hold(Month month) {
  held_ = true;
  held_month_ = month;
}

}  // namespace steppe
