#include "unit/report/sample.hpp"

#include <cmath>
#include <numbers>

namespace steppe::test {
namespace {

Label label(std::string en, std::string mn) {
  return Label{{{"en", std::move(en)}, {"mn", std::move(mn)}}};
}

Member member(std::string key, std::string code, std::string en, std::string mn, double row = 0.0,
              double column = 0.0) {
  Member out;
  out.key = std::move(key);
  out.code = std::move(code);
  out.label = label(std::move(en), std::move(mn));
  out.row = row;
  out.column = column;
  return out;
}

Dimensions dimensions() {
  Dimensions d;
  d.sectors = {member("agriculture", "A", "Agriculture, forestry and fishing", "Хөдөө аж ахуй"),
               member("mining", "B", "Mining and quarrying", "Уул уурхай, олборлолт"),
               member("manufacturing", "C", "Manufacturing", "Боловсруулах үйлдвэрлэл"),
               member("electricity_gas", "D", "Electricity and gas", "Цахилгаан, хий"),
               member("water_waste", "E", "Water and waste", "Ус, хог хаягдал"),
               member("construction", "F", "Construction", "Барилга"),
               member("trade", "G", "Wholesale and retail trade; repair of vehicles", "Худалдаа"),
               member("transport", "H", "Transport and storage", "Тээвэр, агуулах"),
               member("hotels_restaurants", "I", "Accommodation and food service", "Зочид буудал"),
               member("ict", "J", "Information and communication", "Мэдээлэл, холбоо"),
               member("finance", "K", "Finance and insurance", "Санхүү, даатгал"),
               member("real_estate", "L", "Real estate", "Үл хөдлөх хөрөнгө"),
               member("professional", "M", "Professional, scientific and technical", "Мэргэжлийн"),
               member("admin_support", "N", "Administrative and support services", "Удирдлагын"),
               member("public_admin", "O", "Public administration and defence", "Төрийн удирдлага"),
               member("education", "P", "Education", "Боловсрол"),
               member("health", "Q", "Health and social work", "Эрүүл мэнд"),
               member("arts", "R", "Arts and recreation", "Урлаг"),
               member("other_services", "S", "Other services", "Бусад үйлчилгээ"),
               member("households", "T", "Households as employers", "Өрх"),
               member("extraterritorial", "U", "International organisations", "Олон улсын")};
  d.occupations = {member("managers", "1", "Managers", "Менежер"),
                   member("professionals", "2", "Professionals", "Мэргэжилтэн"),
                   member("technicians", "3", "Technicians and associate professionals", "Техникч"),
                   member("clerical", "4", "Clerical support workers", "Контор"),
                   member("service_sales", "5", "Service and sales workers", "Худалдаа"),
                   member("skilled_agriculture", "6", "Skilled agricultural workers", "ХАА"),
                   member("craft_trades", "7", "Craft and related trades workers", "Гар урлал"),
                   member("machine_operators", "8", "Plant and machine operators", "Оператор"),
                   member("elementary", "9", "Elementary occupations", "Энгийн ажил")};
  d.regions = {member("uvs", "MN-046", "Uvs", "Увс", 1, 2),
               member("khuvsgul", "MN-041", "Khövsgöl", "Хөвсгөл", 1, 4),
               member("bulgan", "MN-067", "Bulgan", "Булган", 1, 5),
               member("selenge", "MN-049", "Selenge", "Сэлэнгэ", 1, 6),
               member("darkhan_uul", "MN-037", "Darkhan-Uul", "Дархан-Уул", 1, 7),
               member("bayan_ulgii", "MN-071", "Bayan-Ölgii", "Баян-Өлгий", 2, 1),
               member("khovd", "MN-043", "Khovd", "Ховд", 2, 2),
               member("zavkhan", "MN-057", "Zavkhan", "Завхан", 2, 3),
               member("arkhangai", "MN-073", "Arkhangai", "Архангай", 2, 4),
               member("orkhon", "MN-035", "Orkhon", "Орхон", 2, 5),
               member("tuv", "MN-047", "Töv", "Төв", 2, 6),
               member("ulaanbaatar", "MN-1", "Ulaanbaatar", "Улаанбаатар", 2, 7),
               member("khentii", "MN-039", "Khentii", "Хэнтий", 2, 8),
               member("dornod", "MN-061", "Dornod", "Дорнод", 2, 9),
               member("govi_altai", "MN-065", "Govi-Altai", "Говь-Алтай", 3, 3),
               member("bayankhongor", "MN-069", "Bayankhongor", "Баянхонгор", 3, 4),
               member("uvurkhangai", "MN-055", "Övörkhangai", "Өвөрхангай", 3, 5),
               member("dundgovi", "MN-059", "Dundgovi", "Дундговь", 3, 6),
               member("govisumber", "MN-064", "Govisümber", "Говьсүмбэр", 3, 7),
               member("sukhbaatar", "MN-051", "Sükhbaatar", "Сүхбаатар", 3, 8),
               member("umnugovi", "MN-053", "Ömnögovi", "Өмнөговь", 4, 6),
               member("dornogovi", "MN-063", "Dornogovi", "Дорноговь", 4, 7)};
  d.origins = {member("china", "CHN", "China", "Хятад"), member("russia", "RUS", "Russia", "ОХУ"),
               member("korea_north", "PRK", "North Korea", "БНАСАУ"),
               member("korea", "KOR", "South Korea", "БНСУ"),
               member("other", "", "Other", "Бусад")};
  d.destinations = {member("korea", "KOR", "South Korea", "БНСУ"),
                    member("usa", "USA", "United States", "АНУ"),
                    member("japan", "JPN", "Japan", "Япон"), member("other", "", "Other", "Бусад")};
  return d;
}

/// A path with a slow swing, a season and a drift, the same at every call.
struct Path {
  double start = 0.0;
  double end = 0.0;
  double swing = 0.0;    ///< of the cycle, share of the level
  double season = 0.0;   ///< share of the level
  double spread = 0.01;  ///< standard deviation between replications, share of the level
};

class Builder {
 public:
  explicit Builder(const SampleOptions& options) : options_(options) {
    for (int i = 0; i < options.months; ++i) {
      const Month month = first_ + i;
      const std::string number = std::to_string(month.month());
      summary_.months.push_back(std::to_string(month.year()) + (number.size() < 2 ? "-0" : "-") +
                                number);
    }
  }

  void add(const std::string& variable, const std::string& unit, std::vector<DimKey> keys,
           const Path& path) {
    SummarySeries series;
    series.variable = variable;
    series.unit = unit;
    series.keys = std::move(keys);
    const double n = options_.replications;
    const double phase = static_cast<double>(summary_.series.size() % 7) * 0.4;
    for (int i = 0; i < options_.months; ++i) {
      const double t = i / 192.0;
      const double level =
          (path.start + (path.end - path.start) * t) *
          (1.0 + path.swing * std::sin(2.0 * std::numbers::pi * (1.6 * t) + phase) +
           path.season * std::cos(2.0 * std::numbers::pi * i / 12.0));
      const double sd = level * path.spread * std::min(1.0, 0.3 + i / 60.0);
      const bool spread = options_.replications > 1;
      const auto quantile = [&](double z) { return spread ? level + z * sd : level; };
      series.mean.push_back(level);
      series.se_mc.push_back(spread ? sd / std::sqrt(n) : std::nan(""));
      series.p05.push_back(quantile(-1.645));
      series.p25.push_back(quantile(-0.674));
      series.p50.push_back(quantile(0.02));
      series.p75.push_back(quantile(0.674));
      series.p95.push_back(quantile(1.645));
      series.n.push_back(options_.replications);
    }
    summary_.series.push_back(std::move(series));
  }

  [[nodiscard]] Summary take() { return std::move(summary_); }

 private:
  SampleOptions options_;
  Month first_{2009, 1};
  Summary summary_;
};

Summary summary(const SampleOptions& options, const Dimensions& d) {
  Builder build(options);
  build.add("unemployment_rate_national", "1", {}, {0.112, 0.062, 0.16, 0.03, 0.02});
  build.add("unemployment_rate", "1", {}, {0.058, 0.05, 0.2, 0.03, 0.02});
  build.add("vacancies", "post", {}, {11000, 19000, 0.2, 0.1, 0.03});
  build.add("foreign_workers", "person", {}, {14500, 7200, 0.4, 0.12, 0.04});
  build.add("real_wage", "MNT/month", {}, {298000, 435000, 0.05, 0.0, 0.006});
  build.add("output", "1", {}, {1.0, 2.3, 0.06, 0.08, 0.01});
  build.add("nationals_abroad", "person", {}, {107000, 151000, 0.02, 0.0, 0.004});
  build.add("emigration", "person/month", {}, {620, 930, 0.1, 0.05, 0.06});
  build.add("time_to_fill", "months", {}, {1.9, 2.6, 0.1, 0.05, 0.02});
  double share = 1.0;
  for (std::size_t i = 0; i < d.sectors.size(); ++i) {
    const std::string& key = d.sectors[i].key;
    share *= 0.82;
    const double level = i == 0 ? 374000.0 : 160000.0 * share;
    const double growth = i % 3 == 0 ? 0.9 : i % 3 == 1 ? 1.5 : 1.1;
    const std::vector<DimKey> keys = {{Dim::Sector, key}};
    build.add("employed", "person", keys, {level, level * growth, 0.05, 0.02, 0.006});
    build.add("vacancies", "post", keys, {level * 0.012, level * 0.02, 0.25, 0.2, 0.08});
    build.add("foreign_workers", "person", keys, {level * 0.02, level * 0.01, 0.4, 0.2, 0.07});
    build.add("wage_mean", "MNT/month", keys, {310000, 1950000, 0.03, 0.0, 0.006});
  }
  for (std::size_t i = 0; i < d.regions.size(); ++i) {
    const std::vector<DimKey> keys = {{Dim::Region, d.regions[i].key}};
    const double rate = 0.03 + 0.006 * static_cast<double>(i * 7 % 13);
    build.add("unemployment_rate", "1", keys, {rate * 1.2, rate, 0.1, 0.03, 0.04});
    // The smallest region has so few that a coarse run cannot show it.
    const double employed = d.regions[i].key == "govisumber" ? 2900.0 : 32000.0;
    build.add("employed", "person", keys, {employed, employed * 1.1, 0.02, 0.02, 0.004});
  }
  for (const char* const key : {"female", "male"}) {
    build.add("unemployment_rate", "1", {{Dim::Sex, key}}, {0.055, 0.05, 0.1, 0.03, 0.03});
  }
  double young = 0.16;
  for (const char* const key : {"15_24", "25_34", "35_44", "45_54", "55_64", "65_plus"}) {
    build.add("unemployment_rate", "1", {{Dim::Age, key}}, {young, young * 0.9, 0.1, 0.03, 0.03});
    young *= 0.62;
  }
  double size = 9800.0;
  for (const Member& origin : d.origins) {
    build.add("foreign_workers", "person", {{Dim::Origin, origin.key}},
              {size, size * 0.5, 0.4, 0.1, 0.06});
    size *= 0.4;
  }
  size = 52000.0;
  for (const Member& destination : d.destinations) {
    build.add("nationals_abroad", "person", {{Dim::Destination, destination.key}},
              {size, size * 1.4, 0.03, 0.0, 0.01});
    size *= 0.5;
  }
  double wait = 4.0;
  for (const Member& occupation : d.occupations) {
    build.add("time_to_fill", "months", {{Dim::Occupation, occupation.key}},
              {wait, wait * 1.2, 0.1, 0.05, 0.03});
    wait *= 0.8;
  }
  return build.take();
}

std::vector<Variable> variables() {
  const auto variable = [](std::string name, std::string unit, VariableKind kind) {
    Variable out;
    out.long_name = name;
    out.name = std::move(name);
    out.unit = std::move(unit);
    out.kind = kind;
    return out;
  };
  return {variable("unemployment_rate_national", "1", VariableKind::Rate),
          variable("unemployment_rate", "1", VariableKind::Rate),
          variable("vacancies", "post", VariableKind::Stock),
          variable("foreign_workers", "person", VariableKind::Stock),
          variable("real_wage", "MNT/month", VariableKind::Index),
          variable("output", "1", VariableKind::Index),
          variable("nationals_abroad", "person", VariableKind::Stock),
          variable("emigration", "person/month", VariableKind::Flow),
          variable("employed", "person", VariableKind::Stock),
          variable("wage_mean", "MNT/month", VariableKind::Index),
          variable("time_to_fill", "months", VariableKind::Rate)};
}

std::vector<RecordedPoint> recorded(const SampleOptions& options) {
  std::vector<RecordedPoint> out;
  const auto add = [&](std::string variable, std::vector<DimKey> keys, std::string period,
                       Month first, int months, double value) {
    RecordedPoint point;
    point.published = value;
    // An invented survey that covers four fifths.
    point.value = variable == "employed" ? value / 0.8 : value;
    point.variable = std::move(variable);
    point.keys = std::move(keys);
    point.period = std::move(period);
    point.first = first;
    point.months = months;
    point.source = "Invented office, survey <1>";
    point.quality = "official";
    point.definition = "Invented heads.";
    out.push_back(std::move(point));
  };
  const double rates[] = {0.116, 0.099, 0.077, 0.082, 0.079, 0.079, 0.075, 0.10,
                          0.088, 0.078, 0.099, 0.067, 0.083, 0.064, 0.053, 0.059};
  for (int i = 0; i < std::min(16, options.months / 12); ++i) {
    const int year = 2009 + i;
    const std::string name = std::to_string(year);
    const double rate = rates[i];
    add("unemployment_rate_national", {}, name, Month(year, 1), 12, rate);
    add("unemployment_rate", {}, name, Month(year, 1), 12, rate * 0.55);
    add("employed", {{Dim::Sector, "mining"}}, name, Month(year, 1), 12, 105000.0 + 2400.0 * i);
    add("foreign_workers", {{Dim::Sector, "construction"}}, name + "-11", Month(year, 11), 1,
        1900.0 - 90.0 * i);
  }
  return out;
}

std::vector<PolicyEvent> policy(bool question) {
  const auto event = [](std::string lever, DimKey key, std::string unit, Date from, double before,
                        double after) {
    PolicyEvent out;
    out.lever = std::move(lever);
    out.key = std::move(key);
    out.summary = "invented lever";
    out.unit = std::move(unit);
    out.from = from;
    out.before = before;
    out.after = after;
    out.source.title = "Invented resolution";
    out.source.kind = "official";
    out.place = "sample.yaml:9";
    return out;
  };
  const double none = kNoLimit;
  std::vector<PolicyEvent> events = {
      event("permits.fee", {}, "MNT/month", {2011, 4, 5}, 216000, 280800),
      event("minimum_wage", {}, "MNT/month", {2011, 4, 5}, 108000, 140400),
      event("permits.firm_share", {Dim::Sector, "mining"}, "1", {2013, 1, 1}, 0.25, 0.2),
      event("permits.fee", {}, "MNT/month", {2013, 9, 1}, 280800, 384000),
      event("permits.border_closed", {}, "1", {2020, 2, 1}, 0, 1),
      event("permits.border_closed", {}, "1", {2022, 2, 14}, 1, 0),
      event("permits.firm_share", {Dim::Sector, "construction"}, "1", {2022, 6, 8}, 0.2, none),
      event("permits.sector_cap", {Dim::Sector, "construction"}, "person", {2023, 1, 1}, none,
            3644),
      event("permits.sector_cap", {Dim::Sector, "trade"}, "person", {2023, 1, 1}, none, 900)};
  if (question) {
    events.push_back(event("permits.sector_cap", {Dim::Sector, "construction"}, "person",
                           {2023, 7, 1}, 3644, 1822));
    events.back().own = true;
  } else {
    for (PolicyEvent& each : events) each.own = true;
  }
  return events;
}

}  // namespace

ReportInput sample_report(const SampleOptions& options) {
  ReportInput input;
  input.key = "sample";
  input.hash = std::string(8, '0') + std::string(56, 'f');
  input.run_name = "sample-00000000";
  input.name = label("Invented numbers for testing the page", "Хуудсыг шалгах зохиомол тоо");
  input.question = label("Does the page read well?", "Хуудас уншигдахуйц уу?");
  input.description = label("Every number of this run is invented.", "Бүх тоо зохиомол.");
  input.country = "MNG";
  input.start = {2009, 1, 1};
  input.dimensions = dimensions();
  input.model = {"series",       "drivers",    "age_tenure", "desired_staff", "urn",
                 "permit_queue", "wage_curve", "places",     "cohort",        "networks"};
  input.version = "0.1.0";
  input.source_hash = std::string(64, 'a');
  input.replications = options.replications;
  input.finished = options.replications;
  input.scale = options.scale;
  input.records = 3504000 / static_cast<std::uint64_t>(options.scale);
  input.command = {"steppe",
                   "run",
                   "sample-00000000/inputs/sample.yaml",
                   "--replications",
                   std::to_string(options.replications),
                   "--seed",
                   "1"};
  input.summary = summary(options, input.dimensions);
  input.variables = variables();
  input.recorded = recorded(options);
  input.policy = policy(options.question);
  const auto sourced = [&](SourcedValue::Group group, std::string name, double value,
                           std::string unit, std::string title, std::string kind) {
    SourcedValue out;
    out.group = group;
    out.name = std::move(name);
    out.label = Label{{{"en", "An invented figure"}}};
    out.figures = {{std::nullopt, value}};
    out.unit = std::move(unit);
    out.source.title = std::move(title);
    out.source.kind = std::move(kind);
    input.sources.push_back(std::move(out));
  };
  using Group = SourcedValue::Group;
  sourced(Group::Parameter, "separation_rate.mining", 0.021, "1/month", "", "assumption");
  sourced(Group::Parameter, "matching.range", 9, "1", "Author (2001)", "secondary");
  sourced(Group::Parameter, "wages.slope", 0.1, "1", "", "");
  sourced(Group::Driver, "copper_price", 3000, "USD/tonne", "Price office", "official");
  sourced(Group::Population, "age_sex", 34, "rows", "Census", "recalled");
  input.warnings = {Warning(Message("realization 3 took its time"))};
  DriverOutlook copper{"copper_price", "USD/tonne", "official", {}};
  for (int year = 2009; year <= 2024; ++year) {
    copper.years.push_back({year, 5163.4 + 250.0 * (year - 2009), year > 2020});
  }
  input.drivers = {copper};
  const auto outcome = [&](const char* sector, LeverEffect effect, bool own) {
    LeverOutcome out;
    out.lever = effect.lever = "permits.sector_cap";
    out.key = {Dim::Sector, sector};
    effect.key = sector;
    out.effect = effect;
    out.own = own;
    input.levers.push_back(out);
  };
  outcome("construction", {{}, {}, true, 20, true, 20, 1.0, 1.0, 3, 3, 12.0, {}, 0, 0},
          options.question);
  outcome("trade", {{}, {}, true, 20, true, 0, 0.4, 0.4, 0, 0, 0.0, {}, 0, 0}, false);
  input.breaks = {{"unemployment_rate_national", {2019, 1, 1}}};
  return input;
}

}  // namespace steppe::test
