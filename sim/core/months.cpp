#include "sim/core/months.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace steppe {
namespace {

std::chrono::year_month_day to_chrono(Date date) {
  return std::chrono::year{date.year} / std::chrono::month{static_cast<unsigned>(date.month)} /
         std::chrono::day{static_cast<unsigned>(date.day)};
}

constexpr double kDaysPerMonth = 365.25 / 12.0;

}  // namespace

std::int64_t days_since_epoch(Date date) {
  return std::chrono::sys_days{to_chrono(date)}.time_since_epoch().count();
}

Date date_from_days(std::int64_t days) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::string to_string(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

bool is_valid(Date date) { return to_chrono(date).ok(); }

Clock::Clock(Date start, Date end, StepLength length) : start_(start), end_(end), length_(length) {
  const std::int64_t days = days_since_epoch(end) - days_since_epoch(start) + 1;
  switch (length) {
    case StepLength::Month:
      steps_ = Month(end.year, end.month) - Month(start.year, start.month) + 1;
      break;
    case StepLength::Week:
      steps_ = static_cast<int>(days / 7);
      break;
    case StepLength::Day:
      steps_ = static_cast<int>(days);
      break;
  }
  steps_ = std::max(steps_, 0);
}

double Clock::months_per_step() const {
  switch (length_) {
    case StepLength::Month:
      return 1.0;
    case StepLength::Week:
      return 7.0 / kDaysPerMonth;
    case StepLength::Day:
      return 1.0 / kDaysPerMonth;
  }
  return 1.0;
}

Date Clock::date(int step) const {
  if (length_ == StepLength::Month) {
    return (Month(start_.year, start_.month) + step).first_day();
  }
  return date_from_days(days_since_epoch(start_) + step * (length_ == StepLength::Week ? 7 : 1));
}

Month Clock::month(int step) const {
  if (length_ == StepLength::Month) return Month(start_.year, start_.month) + step;
  const Date last = date_from_days(days_since_epoch(date(step + 1)) - 1);
  return {last.year, last.month};
}

bool Clock::closes_month(int step) const { return month(step + 1) != month(step); }

bool Clock::begins_year(int step) const {
  return month(step).month() == 1 && (step == 0 || month(step - 1) != month(step));
}

int Clock::steps_in(double months) const {
  return std::max(1, static_cast<int>(std::lround(months / months_per_step())));
}

int Clock::step_at(Date when) const {
  if (length_ == StepLength::Month) {
    const int months = Month(when.year, when.month) - Month(start_.year, start_.month);
    return when.day > 1 ? months + 1 : months;
  }
  const std::int64_t days = days_since_epoch(when) - days_since_epoch(start_);
  const std::int64_t width = length_ == StepLength::Week ? 7 : 1;
  // Round up: a step begins on or after the date.
  return static_cast<int>(days >= 0 ? (days + width - 1) / width : -((-days) / width));
}

}  // namespace steppe
