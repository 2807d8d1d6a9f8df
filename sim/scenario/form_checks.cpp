#include "sim/scenario/form.hpp"

namespace steppe::detail {

const Form& indicator_form() {
  static const Form form{
      "indicator",
      "An indicator of the scenario's own: a formula over the recorded variables of a month, "
      "written "
      "to the results like any of them.",
      {
          {.key = "formula",
           .shape = Shape::Formula,
           .summary = "over variables, `vacancies(mining)`, and other indicators",
           .required = true},
          {.key = "unit", .shape = Shape::Text, .summary = "of its value", .required = true},
          {.key = "label", .shape = Shape::Label, .summary = "name for readers"},
          {.key = "by",
           .shape = Shape::Choice,
           .summary =
               "evaluated for each member; names without a key read the member's value where "
               "there is one, else the country's",
           .choices = {"sector", "occupation", "region", "origin", "destination", "education",
                       "sex", "age"}},
          {.key = "smooth",
           .shape = Shape::Number,
           .summary = "mean over so many months, up to this one",
           .unit = "months",
           .min = 1.0,
           .max = 1200.0},
          {.key = "lag",
           .shape = Shape::Number,
           .summary = "the value of so many months ago",
           .unit = "months",
           .min = 0.0,
           .max = 1200.0},
      }};
  return form;
}

const Form& reality_check_form() {
  static const Form form{
      "reality check",
      "What has to hold. One without 'given' is judged in every run, the others by "
      "'steppe validate --reality', which runs the scenario so changed.",
      {
          {.key = "given",
           .shape = Shape::Overrides,
           .summary = "levers and parameters set for it: `policy.permits.total_cap: 0`"},
          {.key = "expect",
           .shape = Shape::Formula,
           .summary = "condition on the recorded variables, in every month it has a value",
           .required = true},
          {.key = "from", .shape = Shape::Day, .summary = "first month judged; all without it"},
          {.key = "until", .shape = Shape::LastDay, .summary = "last month judged; all without it"},
          {.key = "share",
           .shape = Shape::Number,
           .summary = "least share of replications in which it holds; all without it",
           .unit = "1",
           .min = 0.0,
           .max = 1.0},
          {.key = "source",
           .shape = Shape::Record,
           .summary = "why it has to hold",
           .form = &source_form()},
      }};
  return form;
}

}  // namespace steppe::detail
