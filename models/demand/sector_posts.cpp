#include "models/demand/sector_posts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

namespace steppe::drivers {

SectorPosts::SectorPosts(Setup& setup)
    : first_month_(setup.scenario.time.start.year, setup.scenario.time.start.month),
      trend_(setup.parameters("demand_trend")) {
  const auto channel = [&](std::string_view driver, std::string_view elasticity, int smoothing,
                           int lag) {
    Channel c;
    c.driver = setup.driver(driver);
    if (c.driver.is_none()) return;  // a country without the series: the channel is silent
    c.elasticity = setup.parameters(elasticity);
    c.smoothing = smoothing;
    c.lag = lag;
    channels_.push_back(std::move(c));
  };
  channel("copper_price", "copper_elasticity", setup.whole("copper_smoothing"), 0);
  channel("coal_exports", "coal_elasticity", 1, 0);
  channel("real_income", "income_elasticity", 1, 0);
  channel("copper_price", "copper_budget_elasticity", setup.whole("budget_smoothing"),
          setup.whole("budget_lag"));
  for (Channel& c : channels_) {
    double sum = 0.0;
    for (int m = 0; m < 12; ++m) {
      sum += setup.drivers.trailing(c.driver, first_month_ + m, c.smoothing, c.lag);
    }
    c.reference = sum / 12.0;
  }
  for (double& g : trend_) g /= 12.0;
  const std::vector<double> winter = setup.parameters("season_winter");
  const std::vector<double> summer = setup.parameters("season_summer");
  for (std::size_t s = 0; s < winter.size(); ++s) {
    // Three months of winter, four of summer; the other five bring the mean to 1.
    const double rest = std::max(0.0, (12.0 - 3.0 * winter[s] - 4.0 * summer[s]) / 5.0);
    std::array<double, 12> months{};
    months.fill(rest);
    for (const std::size_t m : {0u, 1u, 2u}) months[m] = winter[s];
    for (const std::size_t m : {5u, 6u, 7u, 8u}) months[m] = summer[s];
    season_.push_back(months);
  }
}

double SectorPosts::of_sector(const Step& step, std::size_t sector) const {
  double posts = step.world.base().posts[sector];
  const int months = step.month - first_month_;
  posts *= std::exp(trend_[sector] * months);
  for (const Channel& c : channels_) {
    if (c.elasticity[sector] == 0.0) continue;
    const double x = step.drivers.trailing(c.driver, step.month, c.smoothing, c.lag);
    posts *= std::pow(x / c.reference, c.elasticity[sector]);
  }
  return posts * season_[sector][static_cast<std::size_t>(step.month.month() - 1)];
}

double SectorPosts::of_project(const Step& step, std::size_t project) {
  const auto& heads = step.scenario.projects[project].heads;
  const std::int64_t today = days_since_epoch(Date{step.month.year(), step.month.month(), 15});
  double value = heads.empty() ? 0.0 : heads.front().second;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::int64_t from = days_since_epoch(heads[i].first);
    if (today < from) break;
    value = heads[i].second;
    if (i + 1 < heads.size()) {
      const std::int64_t to = days_since_epoch(heads[i + 1].first);
      if (today < to) {
        const double part = static_cast<double>(today - from) / static_cast<double>(to - from);
        value += part * (heads[i + 1].second - heads[i].second);
      }
    }
  }
  return value / step.world.weight();
}

}  // namespace steppe::drivers
