#include "app/command.hpp"
#include "app/scenarios.hpp"
#include "app/simulate.hpp"
#include "sim/report/report.hpp"
#include "sim/results/run_info.hpp"

namespace steppe::app {
namespace {

class Run final : public Command {
 public:
  std::string name() const override { return "run"; }
  std::string usage() const override { return "FILE [options]"; }
  std::string summary() const override { return "simulate a scenario and write a run folder"; }
  std::string details() const override {
    return "The folder is OUTPUT/NAME-HASH, the hash taken from all that the results depend on. A\n"
           "run that is there already is kept. The same scenario, seed and program give the same\n"
           "results on any number of threads. The mean field is a solution without chance, of "
           "scenarios\n"
           "whose variants all have a map (steppe models list): it takes no -n, --seed, "
           "--threads,\n"
           "--scale and --check.";
  }
  void declare(OptionSet& options) override {
    options.arguments("FILE", files_, 1, 1);
    options.note_given(request_.given);
    options.choice("engine", "what computes it: persons, or their expected stocks (agents)",
                   request_.engine, {"agents", kMeanFieldModel});
    declare_ensemble(options, request_, "runs with other random numbers");
    options.list("set", "PATH=VALUE", "change a value, as in time.end=2015-12-31", sets_);
    options.text("output,o", "DIR", "where the run folder goes (runs)", output_);
    options.choice("lang", "language of the report (en)", request_.language, report_languages());
    options.flag("force", "make the run anew when it is there", request_.force);
    options.flag("check", "recount all accounts after every step", request_.check);
    options.flag("profile", "tell the time each phase took", request_.profile);
    options.flag("json", "print the headline as JSON", request_.json);
    options.flag("quiet,q", "no progress and no warnings", request_.quiet);
    options.flag("verbose,v", "tell more", request_.verbose);
  }
  int run() override {
    request_.file = files_.front();
    request_.overrides = parse_overrides(sets_);
    if (!output_.empty()) request_.output = output_;
    return simulate(request_);
  }

 private:
  RunRequest request_;
  std::vector<std::string> files_;
  std::vector<std::string> sets_;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_run() { return std::make_unique<Run>(); }

}  // namespace steppe::app
