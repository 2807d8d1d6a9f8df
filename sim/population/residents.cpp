#include "sim/population/residents.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "sim/core/error.hpp"
#include "sim/population/ipf.hpp"
#include "sim/population/rounding.hpp"

namespace steppe {
namespace {

constexpr Purpose kAges_("population/ages");
constexpr Purpose kEmployed("population/employed");
constexpr Purpose kJobless("population/jobless");
constexpr Purpose kSearching("population/searching");

constexpr std::size_t kColumns = 2 * kAges;

using Table = std::vector<std::vector<std::int64_t>>;

std::size_t column(std::size_t sex, int age) { return sex * kAges + static_cast<std::size_t>(age); }

/// Splits whole numbers by band into single years. `weight` is by column.
std::vector<std::int64_t> by_year(const std::vector<AgeBand>& bands,
                                  const std::vector<double>& weight, std::int64_t total) {
  std::vector<double> records(bands.size());
  for (std::size_t b = 0; b < bands.size(); ++b) records[b] = bands[b].records;
  const std::vector<std::int64_t> whole = largest_remainder(records, total);
  std::vector<std::int64_t> out(kColumns);
  for (std::size_t b = 0; b < bands.size(); ++b) {
    const std::size_t first = column(bands[b].sex, bands[b].lo);
    const auto years = static_cast<std::size_t>(bands[b].hi - bands[b].lo + 1);
    const std::vector<std::int64_t> split =
        largest_remainder(std::span(weight).subspan(first, years), whole[b]);
    std::copy(split.begin(), split.end(), out.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return out;
}

/// Relative numbers by single year within a band: even, or falling by mortality where it is open.
std::vector<double> year_weights(const Country& country) {
  std::vector<double> weight(kColumns, 1.0);
  for (const AgeBand& band : country.residents) {
    if (band.hi < kAgeMax) continue;
    double alive = 1.0;
    for (int age = band.lo; age <= band.hi; ++age) {
      weight[column(band.sex, age)] = alive;
      const std::size_t at = static_cast<std::size_t>(age) * 2 + band.sex;
      const double monthly = country.mortality.empty() ? 0.1 / 12.0 : country.mortality[at];
      alive *= std::exp(-12.0 * monthly);
    }
  }
  return weight;
}

/// One table region × column out of another: who among `room` is picked, with whole row sums
/// `rows` and the sums of `bands` within columns.
class Pick {
 public:
  Pick(const Scenario& scenario, std::string what, const Table& room, std::vector<double> seed)
      : scenario_(scenario), what_(std::move(what)), room_(room), seed_(std::move(seed)) {}

  /// @param bands whole sums by band; empty: ages follow from the seed and the regions alone
  Table run(const std::vector<std::int64_t>& rows, const std::vector<AgeBand>& bands,
            const Draws& draws, Purpose purpose) const {
    const std::int64_t total = std::accumulate(rows.begin(), rows.end(), std::int64_t{0});
    std::vector<Margin> margins = base_margins(rows);
    if (!bands.empty()) margins.push_back(band_margin(bands, total));
    Eigen::ArrayXd cells = start();
    check(fit_proportionally(cells, margins), margins);

    // Whole sums by single year, which keep those of the bands, then whole cells.
    const std::vector<std::int64_t> years = whole_years(cells, bands, total);
    margins = base_margins(rows);
    margins.push_back(year_margin(years));
    check(fit_proportionally(cells, margins), margins);
    const auto n = static_cast<Eigen::Index>(room_.size());
    const Eigen::ArrayXXd picked = cells.head(n * static_cast<Eigen::Index>(kColumns))
                                       .reshaped(n, static_cast<Eigen::Index>(kColumns));
    const WholeTable whole = controlled_rounding(picked, draws, purpose);
    Table out(room_.size(), std::vector<std::int64_t>(kColumns));
    for (std::size_t r = 0; r < room_.size(); ++r) {
      for (std::size_t c = 0; c < kColumns; ++c) {
        out[r][c] = whole(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c));
      }
    }
    return out;
  }

 private:
  // Cells: picked by column × region, then left over by column × region.
  [[nodiscard]] std::size_t cell(std::size_t r, std::size_t c, bool left) const {
    return (left ? kColumns * room_.size() : 0) + c * room_.size() + r;
  }
  [[nodiscard]] std::size_t size() const { return 2 * kColumns * room_.size(); }

  [[nodiscard]] Eigen::ArrayXd start() const {
    Eigen::ArrayXd cells(static_cast<Eigen::Index>(size()));
    for (std::size_t c = 0; c < kColumns; ++c) {
      for (std::size_t r = 0; r < room_.size(); ++r) {
        cells[static_cast<Eigen::Index>(cell(r, c, false))] = seed_[c];
        cells[static_cast<Eigen::Index>(cell(r, c, true))] = 1.0;
      }
    }
    return cells;
  }

  /// Everybody is picked or not; so many are picked in each region.
  [[nodiscard]] std::vector<Margin> base_margins(const std::vector<std::int64_t>& rows) const {
    Margin everybody{"residents", std::vector<std::uint32_t>(size()), {}};
    Margin regions{"region", std::vector<std::uint32_t>(size(), kNoGroup), {}};
    for (std::size_t c = 0; c < kColumns; ++c) {
      for (std::size_t r = 0; r < room_.size(); ++r) {
        const auto group = static_cast<std::uint32_t>(everybody.target.size());
        everybody.group[cell(r, c, false)] = everybody.group[cell(r, c, true)] = group;
        everybody.target.push_back(static_cast<double>(room_[r][c]));
        regions.group[cell(r, c, false)] = static_cast<std::uint32_t>(r);
      }
    }
    regions.target.assign(rows.begin(), rows.end());
    return {std::move(everybody), std::move(regions)};
  }

  [[nodiscard]] Margin band_margin(const std::vector<AgeBand>& bands, std::int64_t total) const {
    Margin margin{"age and sex", std::vector<std::uint32_t>(size(), kNoGroup), {}};
    std::vector<double> records(bands.size());
    for (std::size_t b = 0; b < bands.size(); ++b) {
      records[b] = bands[b].records;
      for (int age = bands[b].lo; age <= bands[b].hi; ++age) {
        for (std::size_t r = 0; r < room_.size(); ++r) {
          margin.group[cell(r, column(bands[b].sex, age), false)] = static_cast<std::uint32_t>(b);
        }
      }
    }
    const std::vector<std::int64_t> whole = largest_remainder(records, total);
    margin.target.assign(whole.begin(), whole.end());
    return margin;
  }

  [[nodiscard]] Margin year_margin(const std::vector<std::int64_t>& years) const {
    Margin margin{"year of age", std::vector<std::uint32_t>(size(), kNoGroup), {}};
    for (std::size_t c = 0; c < kColumns; ++c) {
      for (std::size_t r = 0; r < room_.size(); ++r) {
        margin.group[cell(r, c, false)] = static_cast<std::uint32_t>(c);
      }
    }
    margin.target.assign(years.begin(), years.end());
    return margin;
  }

  [[nodiscard]] std::vector<std::int64_t> whole_years(const Eigen::ArrayXd& cells,
                                                      const std::vector<AgeBand>& bands,
                                                      std::int64_t total) const {
    std::vector<double> sums(kColumns);
    for (std::size_t c = 0; c < kColumns; ++c) {
      for (std::size_t r = 0; r < room_.size(); ++r) {
        sums[c] += cells[static_cast<Eigen::Index>(cell(r, c, false))];
      }
    }
    return bands.empty() ? largest_remainder(sums, total) : by_year(bands, sums, total);
  }

  void check(const Fit& fit, const std::vector<Margin>& margins) const {
    if (fit.worst <= 1e-6) return;
    const Margin& margin = margins[fit.margin];
    std::string where = margin.name;
    const auto& regions = scenario_.dimensions.regions;
    if (fit.margin == 0) {
      where = "the residents of " + (regions.empty() ? std::string("the country")
                                                     : regions[fit.group % room_.size()].key);
    } else if (fit.margin == 1 && fit.group < regions.size()) {
      where = "region " + regions[fit.group].key;
    }
    throw DataError(fmt::format(
        "{}: the population tables contradict one another: the numbers of {} by region and by age "
        "and "
        "sex cannot all hold among the residents (worst at {}: off by {:.2f} %); compare age_sex, "
        "region, employed_age_sex, sector_region and labour_status",
        scenario_.file, what_, where, 100.0 * fit.worst));
  }

  const Scenario& scenario_;
  std::string what_;
  const Table& room_;
  std::vector<double> seed_;
};

/// Whole shares of `total` by region in proportion to `weights`, at most `most` in each.
std::vector<std::int64_t> at_most(std::vector<double> weights, std::int64_t total,
                                  const std::vector<std::int64_t>& most) {
  std::vector<std::int64_t> out(weights.size());
  std::vector<std::int64_t> room = most;
  // What a full region cannot take goes to the others, in as many rounds as regions fill up.
  while (total > 0) {
    for (std::size_t r = 0; r < room.size(); ++r) {
      if (room[r] == 0) weights[r] = 0.0;
    }
    if (std::accumulate(weights.begin(), weights.end(), 0.0) <= 0.0) break;
    const std::vector<std::int64_t> part = largest_remainder(weights, total);
    for (std::size_t r = 0; r < room.size(); ++r) {
      const std::int64_t given = std::min(part[r], room[r]);
      out[r] += given;
      room[r] -= given;
      total -= given;
    }
  }
  return out;
}

Table minus(const Table& a, const Table& b) {
  Table out = a;
  for (std::size_t r = 0; r < a.size(); ++r) {
    for (std::size_t c = 0; c < a[r].size(); ++c) out[r][c] -= b[r][c];
  }
  return out;
}

}  // namespace

std::int64_t Residents::total(std::size_t region, Activity activity) const {
  std::int64_t sum = 0;
  const std::span<const std::int64_t> kinds = this->region(region);
  for (std::size_t n = static_cast<std::size_t>(activity); n < kinds.size(); n += kActivities) {
    sum += kinds[n];
  }
  return sum;
}

Table count_residents(const Country& country, const Draws& draws) {
  double persons = 0.0;
  for (const AgeBand& band : country.residents) persons += band.records;
  const std::int64_t total = std::llround(persons);
  const std::vector<std::int64_t> rows = largest_remainder(country.region, total);
  const std::vector<std::int64_t> columns =
      by_year(country.residents, year_weights(country), total);
  Eigen::ArrayXXd cells(static_cast<Eigen::Index>(rows.size()),
                        static_cast<Eigen::Index>(kColumns));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < kColumns; ++c) {
      cells(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) =
          static_cast<double>(rows[r]) * static_cast<double>(columns[c]) /
          static_cast<double>(total);
    }
  }
  const WholeTable whole = controlled_rounding(cells, draws, kAges_);
  Table out(rows.size(), std::vector<std::int64_t>(kColumns));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < kColumns; ++c) {
      out[r][c] = whole(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c));
    }
  }
  return out;
}

Residents assign_activities(const Scenario& scenario, const Country& country,
                            const PopulationSettings& settings, const Table& residents,
                            const std::vector<std::int64_t>& employed, const Draws& draws) {
  const std::size_t regions = residents.size();
  Table adults = residents;
  for (auto& region : adults) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      for (int age = 0; age < kWorkingAge; ++age) region[column(sex, age)] = 0;
    }
  }
  // Without a table of ages, those past the usual end of working life stay at home.
  constexpr int kWorkingLife = 64;
  const auto between = [](int lo, int hi) {
    std::vector<double> seed(kColumns);
    for (std::size_t sex = 0; sex < 2; ++sex) {
      for (int age = lo; age <= hi; ++age) seed[column(sex, age)] = 1.0;
    }
    return seed;
  };
  const bool by_age = !country.employed_bands.empty();
  const Table at_work = Pick(scenario, "employed persons", adults,
                             between(kWorkingAge, by_age ? kAgeMax : kWorkingLife))
                            .run(employed, country.employed_bands, draws, kEmployed);

  const Table others = minus(adults, at_work);
  const int oldest = static_cast<int>(settings("seeker_age_max"));
  const std::vector<double> seekers = between(kWorkingAge, std::min(oldest, kAgeMax));
  std::vector<double> weights(regions);
  std::vector<std::int64_t> most(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    weights[r] = country.unemployment_odds[r] * static_cast<double>(employed[r]);
    for (std::size_t c = 0; c < kColumns; ++c) most[r] += seekers[c] > 0.0 ? others[r][c] : 0;
  }
  const std::int64_t searching = std::llround(country.searching);
  const std::int64_t jobless = searching + std::llround(country.discouraged);
  const std::vector<std::int64_t> jobless_by_region = at_most(weights, jobless, most);
  if (std::accumulate(jobless_by_region.begin(), jobless_by_region.end(), std::int64_t{0}) <
      jobless) {
    throw DataError(
        fmt::format("{}: labour_status has more unemployed than there are residents of working age "
                    "without work",
                    scenario.file));
  }
  const Table without_work = Pick(scenario, "jobless persons", others, seekers)
                                 .run(jobless_by_region, {}, draws, kJobless);
  const std::vector<double> jobless_weights(jobless_by_region.begin(), jobless_by_region.end());
  const Table search =
      Pick(scenario, "searching persons", without_work, seekers)
          .run(at_most(jobless_weights, searching, jobless_by_region), {}, draws, kSearching);

  Residents out(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      for (int age = 0; age <= kAgeMax; ++age) {
        const std::size_t c = column(sex, age);
        const auto years = static_cast<std::size_t>(age);
        if (age < kWorkingAge) {
          out.at(r, sex, years, Activity::Child) = residents[r][c];
          continue;
        }
        out.at(r, sex, years, Activity::Employed) = at_work[r][c];
        out.at(r, sex, years, Activity::Searching) = search[r][c];
        out.at(r, sex, years, Activity::Discouraged) = without_work[r][c] - search[r][c];
        out.at(r, sex, years, Activity::Inactive) =
            residents[r][c] - at_work[r][c] - without_work[r][c];
      }
    }
  }
  return out;
}

}  // namespace steppe
