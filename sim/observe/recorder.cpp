#include "sim/observe/recorder.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/observe/own_indicators.hpp"

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr int kNoAgeLimit = 150;

std::pair<int, int> band_limits(std::size_t band) {
  return {kAgeBandStart[band], band + 1 < kAgeBandCount ? kAgeBandStart[band + 1] : kNoAgeLimit};
}

Variable make(std::string name, std::string unit, std::string long_name, VariableKind kind,
              std::vector<Dim> dims, int digits) {
  return {std::move(name), std::move(unit), std::move(long_name), kind, std::move(dims), true,
          digits};
}

}  // namespace

std::vector<IndicatorDecl> recorded_variables() {
  // One member a dimension is enough for every table to be there.
  Scenario scenario;
  Dimensions& d = scenario.dimensions;
  for (auto* members : {&d.sectors, &d.occupations, &d.regions, &d.origins, &d.destinations,
                        &d.education, &d.fields}) {
    members->resize(1);
  }
  scenario.time.start = scenario.time.end = Date{2000, 1, 1};
  std::vector<IndicatorDecl> variables;
  for (const Variable& variable : Recorder(scenario).variables()) {
    if (variable.dims.size() > 1) continue;
    const bool share = is_share(variable.name, variable.unit);
    variables.push_back(
        {variable.name, variable.dims.empty() ? Dim::None : variable.dims.front(), share});
  }
  return variables;
}

int age_band(int age_years) {
  int band = 0;
  while (band + 1 < kAgeBandCount && age_years >= kAgeBandStart[band + 1]) ++band;
  return band;
}

const char* age_band_key(int band) {
  static constexpr std::array<const char*, kAgeBandCount> keys = {
      "0_14", "15_24", "25_34", "35_44", "45_54", "55_64", "65_plus"};
  return keys[static_cast<std::size_t>(band)];
}

Recording recording_layout(const Scenario& scenario) {
  Recording layout;
  layout.tables = Recorder(scenario).tables();
  const Clock clock = scenario.clock();
  for (int step = 0; step < clock.steps(); ++step) {
    const Month month = clock.month(step);
    if (clock.closes_month(step) && month >= scenario.time.first_recorded()) {
      layout.months.push_back(month);
    }
  }
  return layout;
}

Recorder::Recorder(const Scenario& scenario)
    : scenario_(scenario), first_(scenario.time.first_recorded()) {
  add_stocks();
  add_flows();
  add_rates();
  add_indicators();
  add_money();
  add_cross_tables();
}

std::size_t Recorder::extent(Dim dim) const {
  switch (dim) {
    case Dim::Sex:
      return 2;
    case Dim::Age:
      return kAgeBandCount;
    case Dim::Skill:
      return 3;
    default:
      return scenario_.dimensions.of(dim).size();
  }
}

void Recorder::add(Variable variable, Fill fill) {
  Table table;
  for (const Dim dim : variable.dims) table.shape.push_back(extent(dim));
  if (table.cells() == 0) return;  // the scenario has no such dimension
  table.variable = std::move(variable);
  recording_.tables.push_back(std::move(table));
  fills_.push_back(std::move(fill));
}

std::vector<Variable> Recorder::variables() const {
  std::vector<Variable> variables;
  for (const Table& table : recording_.tables) variables.push_back(table.variable);
  return variables;
}

void Recorder::on_month(const MonthView& view) {
  year_.add(view.world.ledger);
  if (view.month < first_) return;
  recording_.months.push_back(view.month);
  const Measures measures(view.scenario, view.world, view.signals, view.month);
  for (std::size_t i = 0; i < fills_.size(); ++i) {
    Table& table = recording_.tables[i];
    const std::size_t from = table.data.size();
    table.data.resize(from + table.cells(), kMissing);
    fills_[i](measures, view, table.data.data() + from);
  }
}

Recording Recorder::finish(const RunSummary& summary, const World& world, const Policy& policy) {
  recording_.phase_times = summary.phases;
  recording_.levers = policy.uses(scenario_, world.weight());
  recording_.persons = world.persons.records();
  recording_.events = summary.events;
  recording_.bytes = world.bytes();
  recording_.seconds = summary.seconds;
  recording_.checks = summary.checks;
  add_own_indicators(scenario_, recording_);
  recording_.reality = judge_reality(scenario_, recording_);
  return std::move(recording_);
}

void Recorder::add_stocks() {
  const auto national = [&](const char* name, const char* text, auto value) {
    add(make(name, "person", text, VariableKind::Stock, {}, 0),
        [value](const Measures& m, const MonthView&, double* out) { *out = value(m); });
  };
  national("population", "Residents, foreigners included",
           [](const Measures& m) { return m.weight * static_cast<double>(m.ledger.residents()); });
  national("population_working_age", "Resident nationals of working age",
           [](const Measures& m) { return m.working_age(); });
  national("labour_force", "Nationals employed or searching",
           [](const Measures& m) { return m.employed() + m.status(Status::Searching); });
  national("employed", "Nationals at work, herders included",
           [](const Measures& m) { return m.employed(); });
  const std::pair<const char*, std::pair<const char*, Status>> by_status[] = {
      {"herders", {"Self-employed herders", Status::Herding}},
      {"unemployed", {"Nationals without work who search", Status::Searching}},
      {"discouraged", {"Nationals without work, available, not searching", Status::Discouraged}},
      {"inactive", {"Nationals of working age outside the labour force", Status::Inactive}},
      {"in_training", {"Nationals on a training course", Status::Training}},
      {"nationals_abroad", {"Nationals living abroad", Status::Abroad}}};
  for (const auto& [name, rest] : by_status) {
    const Status status = rest.second;
    national(name, rest.first, [status](const Measures& m) { return m.status(status); });
  }
  national("foreign_workers", "Foreign workers, irregular ones included",
           [](const Measures& m) { return m.foreign(); });
  national("permits", "Valid work permits",
           [](const Measures& m) { return m.weight * static_cast<double>(m.ledger.permits()); });
  national("irregular_workers", "Foreigners working without a permit",
           [](const Measures& m) { return m.weight * static_cast<double>(m.ledger.irregular()); });

  // The main stocks, each by one dimension alone.
  const auto by = [&](const char* name, const char* unit, const char* text, Dim dim, auto value) {
    add(make(name, unit, text, VariableKind::Stock, {dim}, 0),
        [value, n = extent(dim)](const Measures& m, const MonthView&, double* out) {
          for (std::size_t i = 0; i < n; ++i) out[i] = value(m, i);
        });
  };
  by("population", "person", "Residents, foreigners included", Dim::Region,
     [](const Measures& m, std::size_t i) { return m.residents(RegionId{i}); });
  by("employed", "person", "Nationals at work, herders included", Dim::Sector,
     [](const Measures& m, std::size_t i) { return m.employed(SectorId{i}); });
  by("employed", "person", "Nationals at work, herders included", Dim::Occupation,
     [](const Measures& m, std::size_t i) { return m.employed(OccupationId{i}); });
  by("employed", "person", "Nationals at work, herders included", Dim::Region,
     [](const Measures& m, std::size_t i) { return m.employed(RegionId{i}); });
  by("employed", "person", "Nationals at work, herders included", Dim::Age,
     [](const Measures& m, std::size_t i) {
       const auto [from, to] = band_limits(i);
       return m.employed(Sex::Female, from, to) + m.employed(Sex::Male, from, to);
     });
  by("employed", "person", "Nationals at work, herders included", Dim::Sex,
     [](const Measures& m, std::size_t i) {
       return m.employed(static_cast<Sex>(i), 0, kNoAgeLimit);
     });
  by("unemployed", "person", "Nationals without work who search", Dim::Region,
     [](const Measures& m, std::size_t i) { return m.status(Status::Searching, RegionId{i}); });
  by("unemployed", "person", "Nationals without work who search", Dim::Occupation,
     [](const Measures& m, std::size_t i) {
       return m.weight *
              static_cast<double>(m.ledger.nationals(Status::Searching, OccupationId{i}));
     });
  by("unemployed", "person", "Nationals without work who search", Dim::Education,
     [](const Measures& m, std::size_t i) {
       return m.weight * static_cast<double>(m.ledger.nationals(Status::Searching, EducationId{i}));
     });
  by("foreign_workers", "person", "Foreign workers, irregular ones included", Dim::Sector,
     [](const Measures& m, std::size_t i) { return m.foreign(SectorId{i}); });
  by("foreign_workers", "person", "Foreign workers, irregular ones included", Dim::Occupation,
     [](const Measures& m, std::size_t i) { return m.foreign(OccupationId{i}); });
  by("foreign_workers", "person", "Foreign workers, irregular ones included", Dim::Origin,
     [](const Measures& m, std::size_t i) { return m.foreign(OriginId{i + 1}); });
  by("foreign_workers", "person", "Foreign workers, irregular ones included", Dim::Region,
     [](const Measures& m, std::size_t i) { return m.foreign(RegionId{i}); });
  by("nationals_abroad", "person", "Nationals living abroad", Dim::Destination,
     [](const Measures& m, std::size_t i) {
       return m.weight * static_cast<double>(m.ledger.abroad(DestinationId{i}));
     });
  add(make("vacancies", "post", "Unfilled posts", VariableKind::Stock, {}, 0),
      [](const Measures& m, const MonthView&, double* out) { *out = m.vacancies(); });
  by("vacancies", "post", "Unfilled posts", Dim::Sector,
     [](const Measures& m, std::size_t i) { return m.vacancies(SectorId{i}); });
  by("vacancies", "post", "Unfilled posts", Dim::Occupation,
     [](const Measures& m, std::size_t i) { return m.vacancies(OccupationId{i}); });
  by("vacancies", "post", "Unfilled posts", Dim::Region, [](const Measures& m, std::size_t i) {
    return m.weight * static_cast<double>(m.world.vacancies_in(RegionId{i}));
  });
  add(make("posts_wanted", "post", "Posts wanted, filled or not", VariableKind::Stock, {}, 0),
      [](const Measures& m, const MonthView&, double* out) {
        *out = 0.0;
        for (const double posts : m.signals.posts_wanted) *out += m.weight * posts;
      });
  by("posts_wanted", "post", "Posts wanted, filled or not", Dim::Sector,
     [](const Measures& m, std::size_t i) { return m.weight * m.signals.posts_wanted[i]; });
}

void Recorder::add_flows() {
  const auto total = [&](const char* name, const char* unit, const char* text, Flow flow) {
    add(make(name, unit, text, VariableKind::Flow, {}, 0),
        [flow](const Measures& m, const MonthView&, double* out) {
          *out = m.weight * static_cast<double>(m.ledger.total(flow));
        });
  };
  total("hires", "person/month", "Nationals hired", Flow::HireNational);
  total("hires_foreign", "person/month", "Foreigners hired", Flow::HireForeign);
  total("separations", "person/month", "Jobs ended", Flow::Separation);
  total("job_to_job", "person/month", "Nationals who changed one job for another at once",
        Flow::JobToJob);
  total("layoffs", "person/month", "Jobs ended by layoff", Flow::Layoff);
  total("exits", "person/month", "Jobs ended by retirement or leaving work", Flow::Exit);
  total("vacancies_opened", "post/month", "Vacancies opened", Flow::VacancyOpened);
  total("vacancies_filled", "post/month", "Vacancies filled", Flow::VacancyFilled);
  total("vacancies_withdrawn", "post/month", "Vacancies withdrawn", Flow::VacancyWithdrawn);
  total("permits_issued", "permit/month", "Work permits issued", Flow::PermitIssued);
  total("permits_renewed", "permit/month", "Work permits renewed", Flow::PermitRenewed);
  total("permits_ended", "permit/month", "Work permits ended", Flow::PermitExpired);
  total("permits_refused", "permit/month", "Permit applications refused", Flow::PermitRefused);
  total("expulsions", "person/month", "Foreigners expelled", Flow::Expelled);
  total("births", "person/month", "Births", Flow::Birth);
  total("deaths", "person/month", "Deaths, of nationals abroad included", Flow::Death);
  total("arrivals", "person/month", "Foreign workers arriving", Flow::Arrival);
  total("departures", "person/month", "Foreign workers leaving", Flow::Departure);
  total("emigration", "person/month", "Nationals leaving the country", Flow::Emigration);
  total("return_migration", "person/month", "Nationals returning", Flow::ReturnMigration);
  total("internal_moves", "person/month", "Moves between regions", Flow::InternalMove);
  total("training_starts", "person/month", "Courses begun", Flow::TrainingStart);
  total("training_completions", "person/month", "Courses completed", Flow::TrainingEnd);

  const auto by_sector = [&](const char* name, const char* unit, const char* text, Flow flow) {
    add(make(name, unit, text, VariableKind::Flow, {Dim::Sector}, 0),
        [flow, n = extent(Dim::Sector)](const Measures& m, const MonthView&, double* out) {
          for (std::size_t i = 0; i < n; ++i) {
            out[i] = m.weight * static_cast<double>(m.ledger.by(flow, SectorId{i}));
          }
        });
  };
  by_sector("hires", "person/month", "Nationals hired", Flow::HireNational);
  by_sector("hires_foreign", "person/month", "Foreigners hired", Flow::HireForeign);
  by_sector("separations", "person/month", "Jobs ended", Flow::Separation);
  by_sector("permits_refused", "permit/month", "Permit applications refused", Flow::PermitRefused);
}

void Recorder::add_rates() {
  const auto rate = [&](const char* name, const char* unit, const char* text, auto value) {
    add(make(name, unit, text, VariableKind::Rate, {}, 6),
        [value](const Measures& m, const MonthView& view, double* out) { *out = value(m, view); });
  };
  rate("unemployment_rate", "1", "Unemployment rate of nationals, searching (strict)",
       [](const Measures& m, const MonthView&) { return m.unemployment_rate(); });
  rate("unemployment_rate_national", "1",
       "Unemployment rate of nationals, available non-searchers included as the survey did",
       [](const Measures& m, const MonthView&) { return m.unemployment_rate_national(); });
  rate("participation_rate", "1",
       "Labour force (national definition) over residents of working age",
       [](const Measures& m, const MonthView&) {
         const double active = m.employed() + m.status(Status::Searching) +
                               m.national_weight() * m.status(Status::Discouraged);
         return ratio(active, m.working_age());
       });
  rate("vacancy_rate", "1", "Unfilled posts over posts filled or not",
       [](const Measures& m, const MonthView&) { return m.vacancy_rate(); });
  rate("tightness", "1", "Unfilled posts per searching national",
       [](const Measures& m, const MonthView&) {
         return ratio(m.vacancies(), m.status(Status::Searching));
       });
  rate("job_finding_rate", "1/month", "Hires over weighted seekers, last three months",
       [](const Measures& m, const MonthView&) { return m.signals.finding_rate; });
  rate("foreign_share", "1", "Foreigners among all at work",
       [](const Measures& m, const MonthView&) { return m.foreign_share(); });
  rate("youth_unemployment_rate", "1", "Unemployment rate of nationals aged 15–24, searching",
       [](const Measures& m, const MonthView&) { return m.unemployment_rate(15, 25); });
  rate("long_term_share", "1", "Searching for twelve months or longer, share of all who search",
       [](const Measures& m, const MonthView&) {
         const int year = m.world.clock().steps_in(12.0);
         const int ever = kSpellsBefore + m.world.step;
         return ratio(static_cast<double>(m.ledger.searching_for(m.world.step, year, ever)),
                      static_cast<double>(m.ledger.nationals(Status::Searching)));
       });
  rate("time_to_fill", "month", "Mean age of vacancies when filled",
       [](const Measures& m, const MonthView&) {
         double steps = 0.0;
         double count = 0.0;
         for (std::size_t k = 0; k < m.world.base().sizes.occupations; ++k) {
           steps += static_cast<double>(m.ledger.filled_steps(OccupationId{k}));
           count += static_cast<double>(m.ledger.filled_count(OccupationId{k}));
         }
         return ratio(steps * m.world.clock().months_per_step(), count);
       });

  const auto by = [&](const char* name, const char* unit, const char* text, Dim dim, int digits,
                      auto value) {
    add(make(name, unit, text, VariableKind::Rate, {dim}, digits),
        [value, n = extent(dim)](const Measures& m, const MonthView& view, double* out) {
          for (std::size_t i = 0; i < n; ++i) out[i] = value(m, view, i);
        });
  };
  by("unemployment_rate", "1", "Unemployment rate of nationals, searching (strict)", Dim::Region, 5,
     [](const Measures& m, const MonthView&, std::size_t i) {
       return m.unemployment_rate(RegionId{i});
     });
  by("unemployment_rate", "1", "Unemployment rate of nationals, searching (strict)", Dim::Age, 5,
     [](const Measures& m, const MonthView&, std::size_t i) {
       const auto [from, to] = band_limits(i);
       return m.unemployment_rate(from, to);
     });
  by("unemployment_rate", "1", "Unemployment rate of nationals, searching (strict)", Dim::Sex, 5,
     [](const Measures& m, const MonthView&, std::size_t i) {
       return m.unemployment_rate(static_cast<Sex>(i));
     });
  by("vacancy_rate", "1", "Unfilled posts over posts filled or not", Dim::Sector, 5,
     [](const Measures& m, const MonthView&, std::size_t i) {
       return m.vacancy_rate(SectorId{i});
     });
  by("output_share", "1", "Share of full output that present staff can make", Dim::Sector, 4,
     [](const Measures& m, const MonthView&, std::size_t i) { return m.signals.quality[i]; });
  by("quota_use", "1", "Valid permits over the sector's ceiling", Dim::Sector, 4,
     [](const Measures& m, const MonthView& view, std::size_t i) {
       const double cap = view.policy.look("permits.sector_cap", i);
       const double held = m.weight * static_cast<double>(m.ledger.permits(SectorId{i}));
       return std::isfinite(cap) ? ratio(held, cap) : kMissing;
     });
  by("time_to_fill", "month", "Mean age of vacancies when filled", Dim::Occupation, 2,
     [](const Measures& m, const MonthView&, std::size_t i) {
       return ratio(static_cast<double>(m.ledger.filled_steps(OccupationId{i})) *
                        m.world.clock().months_per_step(),
                    static_cast<double>(m.ledger.filled_count(OccupationId{i})));
     });
}

void Recorder::add_money() {
  const auto index = [&](const char* name, const char* unit, const char* text, int digits,
                         auto value) {
    add(make(name, unit, text, VariableKind::Index, {}, digits),
        [value](const Measures& m, const MonthView&, double* out) { *out = value(m); });
  };
  index("wage_mean", "MNT/month", "Mean wage of nationals on a staff", 0,
        [](const Measures& m) { return m.wage_mean(); });
  index("real_wage", "MNT/month", "Mean wage of nationals on a staff, at prices of the start", 0,
        [](const Measures& m) { return m.wage_mean() / m.signals.price_index; });
  index("price_index", "1", "Consumer prices, 1 at the start", 4,
        [](const Measures& m) { return m.signals.price_index; });
  index("output", "1", "Output, 1 at full staff in the first year", 4,
        [](const Measures& m) { return m.signals.output; });
  const auto paid = [&](const char* name, const char* text, Payment what) {
    add(make(name, "MNT/month", text, VariableKind::Flow, {}, 0),
        [what](const Measures& m, const MonthView&, double* out) {
          *out = m.weight * static_cast<double>(m.ledger.paid(what));
        });
  };
  paid("wage_bill", "Wages paid to nationals", Payment::WagesNationals);
  paid("wage_bill_foreign", "Wages paid to foreigners", Payment::WagesForeigners);
  paid("fee_revenue", "Workplace fees paid for foreign workers", Payment::WorkplaceFee);
  paid("permit_auctions", "Prices paid for permits in auctions", Payment::PermitAuction);
  paid("fines", "Fines for irregular employment", Payment::Fine);
  paid("departure_fees", "Paid to agencies by nationals who leave", Payment::DepartureFee);
  paid("remittances_in", "Money sent home by nationals abroad", Payment::RemittanceIn);
  paid("remittances_out", "Money sent home by foreign workers", Payment::RemittanceOut);
  add(make("wage_mean", "MNT/month", "Mean wage of nationals on a staff", VariableKind::Index,
           {Dim::Sector}, 0),
      [n = extent(Dim::Sector)](const Measures& m, const MonthView&, double* out) {
        for (std::size_t i = 0; i < n; ++i) out[i] = m.wage_mean(SectorId{i});
      });
}

void Recorder::add_cross_tables() {
  const std::size_t occupations = extent(Dim::Occupation);
  const std::size_t origins = extent(Dim::Origin);
  const std::size_t sectors = extent(Dim::Sector);
  Variable nationals = make("employed", "person", "Nationals at work, herders included",
                            VariableKind::Stock, {Dim::Sector, Dim::Occupation}, 0);
  nationals.in_tidy = false;
  add(nationals, [=](const Measures& m, const MonthView&, double* out) {
    for (std::size_t s = 0; s < sectors; ++s) {
      for (std::size_t k = 0; k < occupations; ++k) {
        *out++ = m.employed(SectorId{s}, OccupationId{k});
      }
    }
  });
  Variable foreign = make("foreign_workers", "person", "Foreign workers, irregular ones included",
                          VariableKind::Stock, {Dim::Sector, Dim::Skill, Dim::Origin}, 0);
  foreign.in_tidy = false;
  add(foreign, [=](const Measures& m, const MonthView&, double* out) {
    for (std::size_t i = 0; i < sectors * 3 * origins; ++i) out[i] = 0.0;
    for (std::size_t s = 0; s < sectors; ++s) {
      for (std::size_t k = 0; k < occupations; ++k) {
        const std::size_t level = m.world.base().skill_level[k];
        for (std::size_t o = 0; o < origins; ++o) {
          out[(s * 3 + level) * origins + o] +=
              m.weight *
              static_cast<double>(m.ledger.staff(SectorId{s}, OccupationId{k}, OriginId{o + 1}));
        }
      }
    }
  });
}

}  // namespace steppe
