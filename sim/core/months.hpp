#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace steppe {

/// A day of the proleptic Gregorian calendar.
struct Date {
  int year = 1970;
  int month = 1;  ///< 1–12
  int day = 1;    ///< 1–31
  constexpr auto operator<=>(const Date&) const = default;
};

/// Days since 1970-01-01 (negative before).
[[nodiscard]] std::int64_t days_since_epoch(Date date);
[[nodiscard]] Date date_from_days(std::int64_t days);
/// `2026-07-01`.
[[nodiscard]] std::string to_string(Date date);
[[nodiscard]] bool is_valid(Date date);

/// A calendar month counted from 1900-01 (= 0), so that birth months of everybody alive fit 16
/// bits.
class Month {
 public:
  constexpr Month() = default;
  constexpr explicit Month(int index) : index_(index) {}
  constexpr Month(int year, int month) : index_((year - 1900) * 12 + month - 1) {}
  [[nodiscard]] constexpr int index() const { return index_; }
  [[nodiscard]] constexpr int year() const { return 1900 + floor_div(index_, 12); }
  /// 1–12.
  [[nodiscard]] constexpr int month() const { return index_ - floor_div(index_, 12) * 12 + 1; }
  [[nodiscard]] constexpr Date first_day() const { return {year(), month(), 1}; }
  constexpr auto operator<=>(const Month&) const = default;
  constexpr Month operator+(int months) const { return Month(index_ + months); }
  constexpr Month operator-(int months) const { return Month(index_ - months); }
  constexpr int operator-(Month other) const { return index_ - other.index_; }

 private:
  static constexpr int floor_div(int a, int b) { return a / b - (a % b < 0 ? 1 : 0); }
  int index_ = 0;
};

enum class StepLength : std::uint8_t { Month, Week, Day };

/// Turns step numbers into dates. Step t covers the time from its start to the next step's start;
/// stocks recorded for it hold at its end.
class Clock {
 public:
  /// @param start first day of step 0 (first of a month when steps are months)
  /// @param end   last day of the run, inclusive
  Clock(Date start, Date end, StepLength length);
  Clock() : Clock({2000, 1, 1}, {2000, 12, 31}, StepLength::Month) {}

  [[nodiscard]] int steps() const { return steps_; }
  [[nodiscard]] StepLength length() const { return length_; }
  /// Length of a step in months (1 for months, 12/52.1775 for weeks, 12/365.25 for days): the Δ
  /// by which a monthly hazard h becomes the probability 1 − exp(−hΔ).
  [[nodiscard]] double months_per_step() const;
  /// First day of the step; `date(steps())` is the day after the run.
  [[nodiscard]] Date date(int step) const;
  /// The calendar month in which the step ends (results of a step belong to it).
  [[nodiscard]] Month month(int step) const;
  /// True when the step is the last one that ends in its calendar month.
  [[nodiscard]] bool closes_month(int step) const;
  /// The step is the first of the run that ends in a January of its year.
  [[nodiscard]] bool begins_year(int step) const;
  /// Steps nearest to a span of months, at least 1.
  [[nodiscard]] int steps_in(double months) const;
  /// The first step that starts on or after the date (may be negative or beyond the end).
  [[nodiscard]] int step_at(Date date) const;
  [[nodiscard]] Date start() const { return start_; }
  [[nodiscard]] Date end() const { return end_; }

 private:
  Date start_;
  Date end_;
  StepLength length_;
  int steps_ = 0;
};

}  // namespace steppe
