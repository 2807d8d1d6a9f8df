#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <cmath>
#include <map>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

/// How far the weights of an occupation may be from a sum of 1 in a file of rounded figures.
constexpr double kRowTolerance = 1e-6;

/// Reads the two tables of a network and holds them against the rules of one.
class NetworkReader {
 public:
  NetworkReader(Context& context, const Section& section)
      : context_(context), faults_(context.faults), network_(context.scenario.network) {
    network_.source = section.source();
    network_.place = faults_.place(section.mark("nodes"));
    const NodePtr nodes = section.node("nodes");
    const NodePtr edges = section.node("edges");
    if (nodes == nullptr || edges == nullptr) return;  // reported as missing
    nodes_ = context.table(*nodes, "network.nodes", network_nodes_table());
    edges_ = context.table(*edges, "network.edges", network_edges_table());
  }

  void read() {
    if (nodes_ == nullptr || edges_ == nullptr) return;
    network_.nodes_file = nodes_->table.path;
    network_.edges_file = edges_->table.path;
    const std::size_t errors = faults_.error_count();
    read_nodes();
    if (context_.partial && context_.scenario.dimensions.occupations.empty()) return;
    read_edges();
    // What follows from a mistake is none of its own.
    if (faults_.error_count() == errors) check_rows();
    if (faults_.error_count() == errors) check_connected();
  }

 private:
  void read_nodes() {
    std::vector<Member>& occupations = context_.scenario.dimensions.occupations;
    const bool listed = !occupations.empty();
    const DataTable& table = nodes_->table;
    std::map<std::string, int> first_line;
    const int key_column = table.column("occupation");
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const std::string& key = nodes_->cell(row, key_column);
      const Mark mark = nodes_->mark(row, key_column);
      if (!is_key(key)) {
        faults_.data_error(mark, fmt::format("'{}' is no key: small letters, digits and _ are "
                                             "expected, a letter first",
                                             key));
        continue;
      }
      const auto [seen, fresh] = first_line.emplace(key, table.rows[row].line);
      if (!fresh) {
        faults_.data_error(mark, fmt::format("the occupation '{}' stands here twice, first in line "
                                             "{}",
                                             key, seen->second));
        continue;
      }
      if (!listed) {
        Member member;
        member.key = key;
        for (const auto& [language, column] : {std::pair{"en", "label"}, {"mn", "label_mn"}}) {
          const int c = table.column(column);
          if (c < 0 || nodes_->cell(row, c).empty()) continue;
          member.label.texts.emplace_back(language, nodes_->cell(row, c));
        }
        if (member.label.texts.empty()) member.label.texts = {{"en", key}};
        occupations.push_back(std::move(member));
      }
    }
    network_.employment.assign(occupations.size(), 0.0);
    network_.automation.assign(occupations.size(), 0.0);
    network_.wage.assign(occupations.size(), 1.0);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const std::string& key = nodes_->cell(row, key_column);
      const int at = context_.scenario.dimensions.find(Dim::Occupation, key);
      if (at < 0) {
        if (is_key(key)) {
          faults_.data_error(nodes_->mark(row, key_column),
                             fmt::format("'{}' is no occupation of dimensions.occupations", key));
        }
        continue;
      }
      const auto k = static_cast<std::size_t>(at);
      network_.employment[k] = figure(row, "employment", 0.0, 1e9).value_or(0.0);
      network_.automation[k] = figure(row, "automation_probability", 0.0, 1.0).value_or(0.0);
      network_.wage[k] = figure(row, "relative_wage", 0.0, 1e6).value_or(1.0);
    }
    for (const Member& member : occupations) {
      if (first_line.count(member.key) != 0) continue;
      faults_.data_error(nodes_->mark(0, key_column),
                         fmt::format("the occupation '{}' of dimensions.occupations has no row "
                                     "in this table",
                                     member.key));
    }
  }

  std::optional<double> figure(std::size_t row, const char* name, double min, double max) {
    const int column = nodes_->table.column(name);
    if (column < 0) return std::nullopt;
    const auto value = cell_number(nodes_->cell(row, column));
    if (value && !(*value >= min && *value <= max)) {
      faults_.data_error(nodes_->mark(row, column),
                         fmt::format("{} is {}, expected {} to {}", name, *value, min, max));
    }
    return value;
  }

  void read_edges() {
    const DataTable& table = edges_->table;
    const int from_column = table.column("from");
    const int to_column = table.column("to");
    const int weight_column = table.column("weight");
    std::map<std::pair<std::size_t, std::size_t>, int> first_line;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const auto from = node_at(row, from_column);
      const auto to = node_at(row, to_column);
      const auto weight = cell_number(edges_->cell(row, weight_column));
      if (weight && !(*weight > 0.0 && *weight <= 1.0)) {
        faults_.data_error(edges_->mark(row, weight_column),
                           fmt::format("weight is {}, expected more than 0 and at most 1: leave "
                                       "out the edge that nobody takes",
                                       *weight));
        continue;
      }
      if (!from || !to || !weight) continue;
      if (*from == *to) {
        faults_.data_error(edges_->mark(row, to_column),
                           "an edge from an occupation to itself: the weight of staying is the "
                           "parameter own_occupation");
        continue;
      }
      const auto [seen, fresh] = first_line.emplace(std::pair{*from, *to}, table.rows[row].line);
      if (!fresh) {
        faults_.data_error(edges_->mark(row, from_column),
                           fmt::format("the edge from '{}' to '{}' stands here twice, first in "
                                       "line {}",
                                       key(*from), key(*to), seen->second));
        continue;
      }
      network_.edges.push_back(
          {static_cast<std::uint32_t>(*from), static_cast<std::uint32_t>(*to), *weight});
      last_row_[*from] = row;
    }
    std::sort(network_.edges.begin(), network_.edges.end(),
              [](const OccupationNetwork::Edge& a, const OccupationNetwork::Edge& b) {
                return std::pair{a.from, a.to} < std::pair{b.from, b.to};
              });
  }

  std::optional<std::size_t> node_at(std::size_t row, int column) {
    const std::string& name = edges_->cell(row, column);
    const int at = context_.scenario.dimensions.find(Dim::Occupation, name);
    if (at >= 0) return static_cast<std::size_t>(at);
    std::vector<std::string> names;
    for (const Member& member : context_.scenario.dimensions.occupations) {
      names.push_back(member.key);
    }
    faults_.data_error(edges_->mark(row, column),
                       fmt::format("the edge leads to or from '{}', which is no node of {}", name,
                                   nodes_->table.path.filename().string()),
                       did_you_mean(name, names));
    return std::nullopt;
  }

  void check_rows() {
    const std::size_t n = context_.scenario.dimensions.occupations.size();
    std::vector<double> sums(n);
    for (const OccupationNetwork::Edge& edge : network_.edges) sums[edge.from] += edge.weight;
    if (n == 1) return;
    for (std::size_t k = 0; k < n; ++k) {
      const auto last = last_row_.find(k);
      if (last == last_row_.end()) {
        faults_.data_error(mark_of(k),
                           fmt::format("no edge leaves the occupation '{}': who loses such a job "
                                       "could go nowhere else",
                                       key(k)));
      } else if (std::abs(sums[k] - 1.0) > kRowTolerance) {
        faults_.data_error(edges_->mark(last->second, edges_->table.column("weight")),
                           fmt::format("the weights of the edges from '{}' sum to {:.9g}, expected "
                                       "1",
                                       key(k), sums[k]));
      }
    }
    // Files hold rounded figures; the model wants rows of exactly 1.
    for (OccupationNetwork::Edge& edge : network_.edges) edge.weight /= sums[edge.from];
  }

  void check_connected() {
    const std::size_t n = context_.scenario.dimensions.occupations.size();
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(n);
    for (const OccupationNetwork::Edge& edge : network_.edges) {
      boost::add_edge(edge.from, edge.to, graph);
    }
    std::vector<std::size_t> part(n);
    const auto parts = boost::strong_components(graph, part.data());
    if (parts <= 1) return;
    const auto other = static_cast<std::size_t>(
        std::find_if(part.begin(), part.end(), [&](std::size_t p) { return p != part[0]; }) -
        part.begin());
    faults_.data_error(
        mark_of(other),
        fmt::format("the network falls into {} parts between which workers cannot go to and fro: "
                    "between '{}' and '{}', for one, edges lead one way at most",
                    parts, key(0), key(other)));
  }

  /// The row of a node.
  [[nodiscard]] Mark mark_of(std::size_t k) const {
    const int column = nodes_->table.column("occupation");
    std::size_t row = 0;
    while (nodes_->cell(row, column) != key(k)) ++row;
    return nodes_->mark(row, column);
  }

  [[nodiscard]] const std::string& key(std::size_t k) const {
    return context_.scenario.dimensions.occupations[k].key;
  }

  Context& context_;
  Faults& faults_;
  OccupationNetwork& network_;
  const CsvTable* nodes_ = nullptr;
  const CsvTable* edges_ = nullptr;
  std::map<std::size_t, std::size_t> last_row_;  ///< of the edges that leave an occupation
};

}  // namespace

void read_network(Context& context, const Section& root) {
  if (!root.has("network")) return;
  NetworkReader(context, root.record("network")).read();
}

}  // namespace steppe::detail
