#include "bench/macro/rows.hpp"

#include <cmath>
#include <cstdint>

#include "bench/macro/network.hpp"

namespace steppe::bench {
namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

std::string power(double persons) {
  return "1e" + std::to_string(static_cast<int>(std::lround(std::log10(persons))));
}

/// A textbook workload of another size; firms keep 20 persons each.
Overrides sized(double persons) {
  const auto whole = static_cast<std::int64_t>(persons);
  return {{"population.textbook.persons", std::to_string(whole)},
          {"population.textbook.firms", std::to_string(whole / 20)}};
}

}  // namespace

Plan make_plan(const std::filesystem::path& scenarios, const std::filesystem::path& scratch,
               bool quick, bool huge) {
  Plan plan;
  const int few = quick ? 1 : 3;
  const int many = quick ? 3 : 7;
  const auto workload = [&](const std::string& name, const std::string& title, double persons,
                            int repeats) {
    Row row;
    row.id = name + "/" + power(persons);
    row.title = title + ", " + power(persons) + " persons";
    row.job.scenario = scenarios / "workloads" / (name + ".yaml");
    row.job.overrides = sized(persons);
    row.repeats = repeats;
    return row;
  };

  // The common workloads.
  for (const double n : {1e4, 1e5, 1e6}) {
    plan.rows.push_back(workload("w1", "W1 months of search", n, many));
  }
  if (!quick) plan.rows.push_back(workload("w1", "W1 months of search", 1e7, few));
  if (huge) plan.rows.push_back(workload("w1", "W1 months of search", 1e8, 1));
  {
    Row recorded = workload("w1", "W1 with recording", 1e6, many);
    recorded.id = "w1/1e6/recorded";
    recorded.job.record = true;
    plan.rows.push_back(recorded);
    Row swept = workload("w1", "W1 visiting everybody", 1e6, few);
    swept.id = "w1/1e6/sweep";
    swept.job.sweep = true;
    plan.rows.push_back(swept);
  }
  plan.rows.push_back(workload("w2", "W2 a thousand cells", 1e6, many));
  if (!quick) plan.rows.push_back(workload("w2", "W2 a thousand cells", 1e7, few));
  // Search over a network: 464 occupations with a fifth of all ways, and 500 in the shock of 600
  // steps that the mean field and 1.5 million agents go through.
  const auto network = [&](const std::string& id, const std::string& title, double persons,
                           std::size_t occupations, int repeats) {
    const std::filesystem::path folder = scratch / ("network-" + std::to_string(occupations));
    if (std::filesystem::create_directories(folder)) write_network(folder, occupations);
    Row row;
    row.id = id;
    row.title = title;
    row.job.scenario = scenarios / "workloads" / "w3.yaml";
    // One vacancy for 84 persons at the start, as δ_v and δ_u have it.
    const auto whole = static_cast<std::int64_t>(persons);
    const auto posts = static_cast<std::int64_t>(std::llround(persons / 1.016 * 1.012));
    row.job.overrides = {{"network.nodes", (folder / "nodes.csv").string()},
                         {"network.edges", (folder / "edges.csv").string()},
                         {"population.textbook.persons", std::to_string(whole)},
                         {"population.textbook.staff", std::to_string(posts)}};
    row.repeats = repeats;
    return row;
  };
  for (const double n : {1e5, 1e6}) {
    plan.rows.push_back(network("w3/" + power(n),
                                "W3 search over a network, " + power(n) + " persons", n, 464, few));
  }
  if (!quick) {
    plan.rows.push_back(network("w3/1e7", "W3 search over a network, 1e7 persons", 1e7, 464, 1));
  }
  {
    Row agents =
        network("network-shock/agents",
                "automation in 500 occupations, 600 steps, 1.5 million persons", 1.5e6, 500, 1);
    agents.job.overrides.emplace_back("model.demand", "automation");
    agents.job.overrides.emplace_back("time.end", "2069-12-31");
    Row field = agents;
    field.id = "network-shock/mean-field";
    field.title = "automation in 500 occupations, 600 steps, mean field";
    field.job.mean_field = true;
    field.figure = Figure::Seconds;
    field.repeats = many;
    plan.rows.push_back(agents);
    plan.rows.push_back(field);
  }
  plan.rows.push_back(workload("w4", "W4 days with few events", 1e5, few));
  plan.rows.push_back(workload("w4", "W4 days with few events", 1e6, few));
  {
    Row swept = workload("w4", "W4 in its first year, visiting everybody", 1e6, few);
    swept.id = "w4/1e6/year/sweep";
    swept.job.overrides.emplace_back("time.end", "2020-12-30");
    swept.job.sweep = true;
    plan.rows.push_back(swept);
    // As many events among ten times the persons.
    Row sparse = workload("w4", "W4 as many events, ten times the persons", 1e7, few);
    sparse.id = "w4/1e7/same-events";
    sparse.job.overrides.emplace_back("parameters.separation_rate", "0.00152224 /month");
    sparse.job.overrides.emplace_back("time.end", "2020-12-30");
    Row dense = workload("w4", "W4 in its first year", 1e6, few);
    dense.id = "w4/1e6/year";
    dense.job.overrides.emplace_back("time.end", "2020-12-30");
    plan.rows.push_back(dense);
    plan.rows.push_back(sparse);
  }
  for (const int threads : {1, 2}) {
    for (const double n : {1e4, 1e5}) {
      Row row = workload("w1", "W5 replications of W1", n, few);
      row.id = "w5/" + power(n) + "/" + std::to_string(threads);
      row.title += ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
      row.job.replications = static_cast<int>(n == 1e4 ? 1000 : 100) / (quick ? 10 : 1);
      row.job.threads = threads;
      row.figure = Figure::Replications;
      plan.rows.push_back(row);
    }
  }

  // A nation's sixteen years.
  const auto nation = [&](const std::string& id, const std::string& title, double scale,
                          int repeats) {
    Row row;
    row.id = id;
    row.title = title;
    row.job.scenario = scenarios / "mongolia" / "history.yaml";
    row.job.scale = scale;
    row.job.record = true;
    row.repeats = repeats;
    return row;
  };
  plan.rows.push_back(nation("mongolia/1", "Mongolia 2009-2024, 1:1", 1.0, few));
  plan.rows.push_back(nation("mongolia/10", "Mongolia 2009-2024, 1:10", 10.0, few));
  plan.rows.push_back(nation("mongolia/100", "Mongolia 2009-2024, 1:100", 100.0, few));
  for (const double scale : {1.0, 10.0}) {
    if (quick && scale == 1.0) continue;
    const std::string size = scale == 1.0 ? "1" : "10";
    Row swept = nation("mongolia/" + size + "/sweep",
                       "Mongolia, 1:" + size + ", visiting everybody", scale, 1);
    swept.job.sweep = true;
    plan.rows.push_back(swept);
  }
  for (const int threads : {1, 2}) {
    Row row = nation("mongolia/10/threads-" + std::to_string(threads),
                     "Mongolia, 1:10, 8 replications, " + std::to_string(threads) +
                         (threads == 1 ? " thread" : " threads"),
                     10.0, few);
    row.job.replications = 8;
    row.job.threads = threads;
    row.figure = Figure::Replications;
    plan.rows.push_back(row);
  }
  if (huge) {
    Row row = workload("w1", "A hundred million persons, 24 months", 1e8, 1);
    row.id = "hundred-million";
    row.job.overrides.emplace_back("time.end", "2021-12-31");
    plan.rows.push_back(row);
  }

  // The program itself.
  const auto command = [&](const std::string& id, const std::string& title,
                           std::vector<std::string> words, int repeats) {
    Row row;
    row.id = id;
    row.title = title;
    row.job.command = std::move(words);
    row.figure = Figure::Seconds;
    row.repeats = repeats;
    plan.rows.push_back(row);
  };
  command("start-up", "start-up of the program", {"--version"}, 4 * many);
  command("validate", "validating history.yaml",
          {"validate", (scenarios / "mongolia" / "history.yaml").string(), "-q"}, many);
  command("first-report", "an invented country to its report",
          {"demo", "-q", "--force", "-o", scratch.string()}, few);

  plan.ratios = {
      {"Mongolia 1:10, events against visiting everybody", "mongolia/10", "mongolia/10/sweep",
       true},
      {"W1, events against visiting everybody", "w1/1e6", "w1/1e6/sweep", true},
      {"W4, events against visiting everybody", "w4/1e6/year", "w4/1e6/year/sweep", true},
      {"W4, ten times the persons at as many events: time of the fewer over the more",
       "w4/1e7/same-events", "w4/1e6/year", true},
      {"W1, speed with recording over speed without", "w1/1e6/recorded", "w1/1e6", false},
      {"W5 of 1e5, two threads over one", "w5/1e5/2", "w5/1e5/1", false},
      {"Mongolia 1:10, two threads over one", "mongolia/10/threads-2", "mongolia/10/threads-1",
       false}};
  if (!quick) {
    plan.ratios.insert(plan.ratios.begin(), {"Mongolia 1:1, events against visiting everybody",
                                             "mongolia/1", "mongolia/1/sweep", true});
  }
  return plan;
}

}  // namespace steppe::bench
