#include "unit/report/sample_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "unit/report/sample.hpp"

namespace steppe::test {
namespace {

/// Months since the start of the results in which the quota is lower.
constexpr std::size_t kFrom = 120;
constexpr std::size_t kUntil = 156;

/// What the lower quota does to a variable, as a share of its level.
double share_of(const SummarySeries& series) {
  if (series.variable == "foreign_workers") return -0.1;
  if (series.variable == "employed") return 0.001;
  if (series.variable == "vacancies") return 0.02;
  if (series.variable == "real_wage") return 0.0;
  // Another sign in every other cell, so that some gain and some lose.
  return series.keys.empty() || series.keys.front().second.size() % 2 == 0 ? 0.002 : -0.004;
}

/// The alternative's level, and how it differs, by month.
DifferenceSeries move(SummarySeries& series, double strength, int pairs) {
  DifferenceSeries out;
  out.variable = series.variable;
  out.unit = series.unit;
  out.keys = series.keys;
  const double share = strength * share_of(series);
  const bool spread = pairs > 1;
  for (std::size_t m = 0; m < series.mean.size(); ++m) {
    const double level = series.mean[m];
    const double in_force = m < kFrom ? 0.0 : std::min(1.0, static_cast<double>(m - kFrom) / 12.0);
    const double difference = in_force * share * level;
    const double se = spread && in_force > 0.0 ? 0.0002 * std::abs(level) * (1.0 + in_force)
                      : spread                 ? 0.0
                                               : NAN;
    for (auto* const values :
         {&series.mean, &series.p05, &series.p25, &series.p50, &series.p75, &series.p95}) {
      (*values)[m] += difference;
    }
    out.base.push_back(level);
    out.alternative.push_back(level + difference);
    out.difference.push_back(difference);
    out.se.push_back(se);
    out.low.push_back(difference - 1.73 * se);
    out.high.push_back(difference + 1.73 * se);
    out.n.push_back(pairs);
  }
  return out;
}

DifferenceSeries over_window(const DifferenceSeries& months) {
  DifferenceSeries out;
  out.variable = months.variable;
  out.unit = months.unit;
  out.keys = months.keys;
  for (const auto member :
       {&DifferenceSeries::base, &DifferenceSeries::alternative, &DifferenceSeries::difference,
        &DifferenceSeries::se, &DifferenceSeries::low, &DifferenceSeries::high}) {
    double sum = 0.0;
    for (std::size_t m = kFrom; m < kUntil; ++m) sum += (months.*member)[m];
    (out.*member).push_back(sum / static_cast<double>(kUntil - kFrom));
  }
  out.n.push_back(months.n.front());
  return out;
}

/// Fill rate and supply over demand of an occupation, base and alternative.
void add_shortage(Differences& window, const std::string& occupation,
                  std::pair<double, double> fill, std::pair<double, double> supply, int n) {
  for (const auto& [variable, values] :
       {std::pair{"fill_rate", fill}, std::pair{"supply_demand_ratio", supply}}) {
    DifferenceSeries out;
    out.variable = variable;
    out.unit = "1";
    out.keys = {{Dim::Occupation, occupation}};
    out.base.push_back(values.first);
    out.alternative.push_back(values.second);
    out.difference.push_back(values.second - values.first);
    out.se.push_back(0.01);
    out.low.push_back(out.difference.front() - 0.02);
    out.high.push_back(out.difference.front() + 0.02);
    out.n.push_back(n);
    window.series.push_back(std::move(out));
  }
}

PeopleFigure persons(PersonChange change, std::string dim, std::string key, double mean, int n) {
  PeopleFigure out;
  out.change = change;
  out.dim = std::move(dim);
  out.key = std::move(key);
  out.persons.n = static_cast<std::size_t>(n);
  out.persons.value = mean;
  if (n > 1) {
    out.persons.se = 40.0;
    out.persons.interval = {mean - 69.0, mean + 69.0};
  }
  return out;
}

std::vector<PeopleFigure> people(const Dimensions& dimensions, int n) {
  std::vector<PeopleFigure> out;
  const auto add = [&](const std::string& dim, const std::string& key, double net, double size) {
    out.push_back(persons(PersonChange::Compared, dim, key, size, n));
    out.push_back(persons(PersonChange::AtWorkBoth, dim, key, 0.6 * size, n));
    out.push_back(persons(PersonChange::JobFound, dim, key, 500.0 + net, n));
    out.push_back(persons(PersonChange::JobLost, dim, key, 500.0, n));
    out.push_back(persons(PersonChange::WageHigher, dim, key, 800.0, n));
    out.push_back(persons(PersonChange::WageLower, dim, key, 700.0, n));
    out.push_back(persons(PersonChange::LeftCountry, dim, key, 90.0, n));
    out.push_back(persons(PersonChange::StayedHome, dim, key, 120.0, n));
    out.push_back(persons(PersonChange::NetJobs, dim, key, net, n));
  };
  add("", "", 640.0, 2.0e6);
  for (const Dim dim : kPeopleDims) {
    double net = 400.0;
    double size = 60000.0;
    for (const Member& member : dimensions.of(dim)) {
      add(std::string(to_string(dim)), member.key, net, size);
      net = net > 0.0 ? -0.6 * net : -0.9 * net;
      size = size > 100.0 ? 0.7 * size : 10.0;  // the last ones are too few to be shown
    }
  }
  return out;
}

ChangedAssumption lower_quota(double value) {
  FigureChange figure;
  figure.from = Date{2019, 1, 1};
  figure.until = Date{2021, 12, 31};
  Source official;
  official.title = "Resolution 359";
  official.kind = "official";
  Source assumed;
  assumed.note = "Half of it";
  assumed.kind = "assumption";
  figure.old.value = "3644";
  figure.old.place.file = "history.yaml";
  figure.old.sources.push_back(official);
  figure.fresh.value = std::to_string(static_cast<int>(value));
  figure.fresh.place.file = "quota.yaml";
  figure.fresh.sources.push_back(assumed);
  ChangedAssumption out;
  out.change.section = "policy";
  out.change.path = "policy.permits.sector_cap.construction";
  out.change.unit = "person";
  out.change.meaning = "Valid permits a sector may have";
  out.change.stands = true;
  out.change.figures.push_back(figure);
  out.lever = LeverName{"permits.sector_cap", {Dim::Sector, "construction"}, {}, ""};
  return out;
}

}  // namespace

ComparisonInput sample_comparison(const ComparisonSampleOptions& options) {
  ComparisonInput input;
  input.name = "compare-sample-quota-12345678";
  input.window = {Month(2019, 1), Month(2021, 12)};
  input.command = {"steppe",
                   "compare",
                   input.name + "/inputs/a.yaml",
                   input.name + "/inputs/quota.yaml",
                   "-n",
                   std::to_string(options.replications)};
  SampleOptions sample;
  sample.replications = options.replications;
  input.base = sample_report(sample);
  input.base.run_name = input.name;
  for (int i = 1; i <= options.alternatives; ++i) {
    sample.question = true;
    ComparedAlternative one;
    one.run = sample_report(sample);
    one.run.run_name = input.name;
    one.run.summary = input.base.summary;
    for (SummarySeries& series : one.run.summary.series) {
      one.months.series.push_back(move(series, i, options.replications));
      one.window.series.push_back(over_window(one.months.series.back()));
    }
    // One occupation is short by both methods in the base and by none in the alternative.
    add_shortage(one.window, "craft_trades", {0.4, 0.6}, {0.9, 1.2}, options.replications);
    add_shortage(one.window, "elementary", {0.8, 0.8}, {1.3, 1.3}, options.replications);
    one.months.dates = input.base.summary.months;
    one.window.dates = {"2019-01..2021-12"};
    one.outcome.scenario = "quota";
    for (const char* const name : {"unemployment_rate", "unemployment_rate_national", "employed",
                                   "vacancies", "foreign_workers", "real_wage"}) {
      const SummarySeries* const series = input.base.summary.find(name);
      if (series == nullptr) continue;
      JudgedMetric metric;
      metric.variable = name;
      metric.label = name;
      metric.unit = series->unit;
      metric.estimate = one.window.find(name)->at(0);
      metric.verdict = judge(metric.estimate, shown_as(name, series->unit, metric.estimate.base));
      one.outcome.metrics.push_back(metric);
    }
    one.outcome.people = people(input.base.dimensions, options.replications);
    one.outcome.per_100_foreign.value = -42.0;
    one.outcome.per_100_foreign.interval = {-68.0, -19.0};
    one.changes.push_back(lower_quota(3644.0 / (1 + i)));
    input.alternatives.push_back(std::move(one));
  }
  return input;
}

}  // namespace steppe::test
