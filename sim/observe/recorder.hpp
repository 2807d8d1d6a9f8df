#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "sim/api/measures.hpp"
#include "sim/api/trailing_year.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/observe/recording.hpp"

namespace steppe {

/// Turns each month into rows of the recording's tables.
class Recorder final : public Observer {
 public:
  /// Months before `scenario.time.report_from` are run but not recorded.
  explicit Recorder(const Scenario& scenario);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  void on_month(const MonthView& view) override;
  /// In the order recorded.
  [[nodiscard]] std::vector<Variable> variables() const;

  /// What is recorded of the scenario: tables without values until the first month is over.
  [[nodiscard]] const std::vector<Table>& tables() const { return recording_.tables; }

  /// The recording, with the run's own figures; the recorder is empty afterwards.
  [[nodiscard]] Recording finish(const RunSummary& summary, const World& world,
                                 const Policy& policy);

 private:
  /// Writes one month of a table: as many values as the table has cells.
  using Fill = std::function<void(const Measures&, const MonthView&, double*)>;
  void add(Variable variable, Fill fill);
  [[nodiscard]] std::size_t extent(Dim dim) const;
  void add_stocks();
  void add_flows();
  void add_rates();
  /// Shortage, mismatch, unused labour, and how migrants fare: sim/api has the definitions.
  void add_indicators();
  void add_money();
  void add_cross_tables();

  const Scenario& scenario_;
  Month first_;
  TrailingYear year_;  ///< runs from the first step, so that reports begin with whole years
  Recording recording_;
  std::vector<Fill> fills_;
};

/// What a run will record: its months, and tables without values.
[[nodiscard]] Recording recording_layout(const Scenario& scenario);

/// What a country with every dimension records, for formulas: a variable once for each dimension it
/// is given by, in the order recorded; cross tables are left out.
[[nodiscard]] std::vector<IndicatorDecl> recorded_variables();

}  // namespace steppe
