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

constexpr Purpose kAgesDrawn("population/ages");
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
    const auto years = static_cast<std::size_t>(bands[b].hi - bands[b].lo) + 1;
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

/// Values in proportion to `wanted` that sum to `total`, none above its room.
void fill_to(std::vector<double>& wanted, const std::vector<double>& room, double total) {
  std::vector<bool> full(wanted.size());
  while (true) {
    double open = 0.0, left = total;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (full[i]) {
        left -= room[i];
      } else {
        open += wanted[i];
      }
    }
    if (open <= 0.0) break;
    bool over = false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (!full[i] && wanted[i] * left / open > room[i]) over = full[i] = true;
    }
    if (over) continue;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      wanted[i] = full[i] ? room[i] : wanted[i] * left / open;
    }
    return;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = full[i] ? room[i] : 0.0;
}

/// One table region × column out of another: who among `room` is picked, with whole sums by region
/// and whole sums by band of ages.
class Pick {
 public:
  /// @param seed relative chances by column
  Pick(const Scenario& scenario, std::string what, const Table& room, std::vector<double> seed)
      : scenario_(scenario), what_(std::move(what)), room_(room), seed_(std::move(seed)) {}

  /// @param rows  to be picked by region
  /// @param bands relative sums by band; empty: ages follow from the seed and the regions alone
  Table run(const std::vector<std::int64_t>& rows, const std::vector<AgeBand>& bands,
            const Draws& draws, Purpose purpose) const {
    std::vector<std::vector<std::size_t>> groups;
    std::vector<double> targets;
    for (const AgeBand& band : bands) {
      std::vector<std::size_t> columns;
      for (int age = band.lo; age <= band.hi; ++age) columns.push_back(column(band.sex, age));
      groups.push_back(std::move(columns));
      targets.push_back(band.records);
    }
    const std::int64_t total = std::accumulate(rows.begin(), rows.end(), std::int64_t{0});
    if (bands.empty()) {
      groups.emplace_back(kColumns);
      std::iota(groups[0].begin(), groups[0].end(), std::size_t{0});
      targets.push_back(1.0);
    }
    const std::vector<std::int64_t> sums = largest_remainder(targets, total);
    const Eigen::ArrayXXd picked = fit(rows, groups, sums);

    // Whole sums by region × band first, then whole cells within each band.
    const auto regions = static_cast<Eigen::Index>(room_.size());
    Eigen::ArrayXXd by_band(regions, static_cast<Eigen::Index>(groups.size()));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (Eigen::Index r = 0; r < regions; ++r) {
        double sum = 0.0;
        for (const std::size_t c : groups[g]) sum += picked(r, static_cast<Eigen::Index>(c));
        by_band(r, static_cast<Eigen::Index>(g)) = sum;
      }
    }
    const WholeTable whole = controlled_rounding(by_band, draws, purpose);
    Table out(room_.size(), std::vector<std::int64_t>(kColumns));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      Eigen::ArrayXXd cells(regions, static_cast<Eigen::Index>(groups[g].size()));
      for (Eigen::Index r = 0; r < regions; ++r) {
        std::vector<double> wanted, most;
        for (const std::size_t c : groups[g]) {
          wanted.push_back(picked(r, static_cast<Eigen::Index>(c)));
          most.push_back(static_cast<double>(room_[static_cast<std::size_t>(r)][c]));
        }
        fill_to(wanted, most, static_cast<double>(whole(r, static_cast<Eigen::Index>(g))));
        for (std::size_t i = 0; i < wanted.size(); ++i) {
          cells(r, static_cast<Eigen::Index>(i)) = wanted[i];
        }
      }
      const WholeTable rounded =
          controlled_rounding(cells, draws, purpose, static_cast<std::uint32_t>(g) + 1);
      for (std::size_t i = 0; i < groups[g].size(); ++i) {
        for (std::size_t r = 0; r < room_.size(); ++r) {
          out[r][groups[g][i]] =
              rounded(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(i));
        }
      }
    }
    return out;
  }

 private:
  /// Everybody is picked or not; so many are picked in each region and in each band.
  [[nodiscard]] Eigen::ArrayXXd fit(const std::vector<std::int64_t>& rows,
                                    const std::vector<std::vector<std::size_t>>& groups,
                                    const std::vector<std::int64_t>& sums) const {
    const std::size_t regions = room_.size(), half = kColumns * regions;
    const auto cell = [&](std::size_t r, std::size_t c) { return c * regions + r; };
    // The first half of the cells is picked by column × region, the second half is left over.
    Eigen::ArrayXd cells = Eigen::ArrayXd::Ones(static_cast<Eigen::Index>(2 * half));
    cells.head(static_cast<Eigen::Index>(half)).setZero();
    Margin everybody{"residents", std::vector<std::uint32_t>(2 * half), {}};
    Margin region{"region", std::vector<std::uint32_t>(2 * half, kNoGroup), {}};
    Margin band{"age and sex", std::vector<std::uint32_t>(2 * half, kNoGroup), {}};
    for (std::size_t c = 0; c < kColumns; ++c) {
      for (std::size_t r = 0; r < regions; ++r) {
        everybody.group[cell(r, c)] = everybody.group[half + cell(r, c)] =
            static_cast<std::uint32_t>(cell(r, c));
        everybody.target.push_back(static_cast<double>(room_[r][c]));
        region.group[cell(r, c)] = static_cast<std::uint32_t>(r);
      }
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (const std::size_t c : groups[g]) {
        for (std::size_t r = 0; r < regions; ++r) {
          cells[static_cast<Eigen::Index>(cell(r, c))] = seed_[c];
          band.group[cell(r, c)] = static_cast<std::uint32_t>(g);
        }
      }
    }
    // Where everybody is picked nobody is left over; said at once, as the fit would only creep
    // there.
    for (std::size_t r = 0; r < regions; ++r) {
      std::int64_t possible = 0;
      for (std::size_t c = 0; c < kColumns; ++c) {
        if (cells[static_cast<Eigen::Index>(cell(r, c))] > 0.0) possible += room_[r][c];
      }
      if (rows[r] != possible) continue;
      for (std::size_t c = 0; c < kColumns; ++c) {
        if (cells[static_cast<Eigen::Index>(cell(r, c))] > 0.0) {
          cells[static_cast<Eigen::Index>(half + cell(r, c))] = 0.0;
        }
      }
    }
    region.target.assign(rows.begin(), rows.end());
    band.target.assign(sums.begin(), sums.end());
    const std::vector<Margin> margins{std::move(everybody), std::move(region), std::move(band)};
    check(fit_proportionally(cells, margins), margins);
    return cells.head(static_cast<Eigen::Index>(half))
        .reshaped(static_cast<Eigen::Index>(regions), static_cast<Eigen::Index>(kColumns));
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
        "{}: the population tables contradict one another: the numbers of {} by region and by "
        "age and sex cannot all hold among the residents (worst at {}: off by {:.2f} %); compare "
        "age_sex, region, employed_age_sex, sector_region and labour_status, or choose a finer "
        "scale",
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
  const WholeTable whole = controlled_rounding(cells, draws, kAgesDrawn);
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
    // Some are at home everywhere, whatever a region's rate.
    most[r] = most[r] * 9 / 10;
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
