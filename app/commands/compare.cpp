#include "app/compare.hpp"

#include "app/command.hpp"
#include "app/scenarios.hpp"
#include "sim/report/report.hpp"

namespace steppe::app {
namespace {

class Compare final : public Command {
 public:
  std::string name() const override { return "compare"; }
  std::string usage() const override { return "BASE ALT... [options]"; }
  std::string summary() const override {
    return "run scenarios side by side and tell what differs, and for whom";
  }
  std::string details() const override {
    return "All scenarios meet the same random numbers, so that a difference between two is the\n"
           "work of what they assume differently. Each ALT is judged against BASE: a sentence for\n"
           "every metric, its difference with an interval, who gained and who lost. The folder is\n"
           "OUTPUT/compare-BASE-ALT-HASH; one that is there already is kept.";
  }
  void declare(OptionSet& options) override {
    options.arguments("BASE or ALT", request_.files, 2, 0);
    options.list("metric", "M,...", "what is judged (the figures of a run's headline)",
                 request_.metrics);
    options.list("by", "DIM,...", "also by these, as sector,region", request_.by);
    options.text("at", "DATE",
                 "a year, a month or a span, as 2030-01..2032-06 (the last twelve months)",
                 request_.at);
    options.whole("ci", "N", "probability of the intervals, in per cent (90)", request_.confidence,
                  50, 99);
    options.text("fail-if", "EXPR",
                 "end with code 5 if it holds of an ALT's differences: 'employed < -500'",
                 request_.fail_if);
    declare_ensemble(options, request_, "runs of each with other random numbers");
    options.list("set", "PATH=VALUE", "change a value of all, as in time.end=2030-12-31", sets_);
    options.text("output,o", "DIR", "where the folder goes (runs)", output_);
    options.choice("lang", "language of the page (en)", request_.language, report_languages());
    options.flag("force", "make the comparison anew when it is there", request_.force);
    options.flag("check", "recount all accounts after every step", request_.check);
    options.flag("json", "print the outcome as JSON", request_.json);
    options.flag("quiet,q", "no progress and no warnings", request_.quiet);
  }
  int run() override {
    request_.overrides = parse_overrides(sets_);
    if (!output_.empty()) request_.output = output_;
    return compare(request_);
  }

 private:
  CompareRequest request_;
  std::vector<std::string> sets_;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_compare() { return std::make_unique<Compare>(); }

}  // namespace steppe::app
