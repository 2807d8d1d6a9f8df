#include "sim/core/expression.hpp"

#include <muParser.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "sim/core/suggest.hpp"

namespace steppe {

/// muParser has no way to read `vacancy_rate(construction)` as one value. So each such form is
/// replaced by a made-up name of the same length before parsing: positions in errors stay true.
struct Expression::Parsed {
  std::string text;
  std::string rewritten;
  std::vector<Indicator> indicators;
  std::vector<std::string> names;  ///< in `rewritten`, one an indicator
};

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
/// Belongs to made-up names alone.
constexpr char kMark = '#';
/// What formulas are written with. muParser would take more: strings, lists, `?:`, assignments.
constexpr const char* kCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_. (),+-*/^<>=!&|";
constexpr std::size_t kLongest = 2000;
const std::vector<std::string> kFunctions = {"abs", "exp", "log", "max", "min", "sqrt"};

bool is_missing(double a) { return std::isnan(a); }
double truth(bool b) { return b ? 1.0 : 0.0; }

double add(double a, double b) { return a + b; }
double subtract(double a, double b) { return a - b; }
double multiply(double a, double b) { return a * b; }
double divide(double a, double b) { return b == 0.0 ? kMissing : a / b; }
double power(double a, double b) { return std::pow(a, b); }
double less(double a, double b) { return is_missing(a) || is_missing(b) ? kMissing : truth(a < b); }
double greater(double a, double b) { return less(b, a); }
double at_most(double a, double b) {
  return is_missing(a) || is_missing(b) ? kMissing : truth(a <= b);
}
double at_least(double a, double b) { return at_most(b, a); }
double equal(double a, double b) {
  return is_missing(a) || is_missing(b) ? kMissing : truth(a == b);
}
double unequal(double a, double b) {
  return is_missing(a) || is_missing(b) ? kMissing : truth(a != b);
}
double negation(double a) { return is_missing(a) ? kMissing : truth(a == 0.0); }
double both(double a, double b) {
  if (a == 0.0 || b == 0.0) return 0.0;
  return is_missing(a) || is_missing(b) ? kMissing : 1.0;
}
double either(double a, double b) { return negation(both(negation(a), negation(b))); }
double absolute(double a) { return std::abs(a); }
double exponential(double a) { return std::exp(a); }
double logarithm(double a) { return a > 0.0 ? std::log(a) : kMissing; }
double root(double a) { return a >= 0.0 ? std::sqrt(a) : kMissing; }
double largest(const double* a, int n) {
  return std::any_of(a, a + n, is_missing) ? kMissing : *std::max_element(a, a + n);
}
double smallest(const double* a, int n) {
  return std::any_of(a, a + n, is_missing) ? kMissing : *std::min_element(a, a + n);
}

mu::Parser make_parser() {
  mu::Parser parser;
  // Own operators, since the built-in ones make infinity of a division by zero.
  parser.EnableBuiltInOprt(false);
  parser.DefineNameChars("0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ#");
  parser.DefineOprt("||", either, mu::prLOR);
  parser.DefineOprt("&&", both, mu::prLAND);
  parser.DefineOprt("<", less, mu::prCMP);
  parser.DefineOprt(">", greater, mu::prCMP);
  parser.DefineOprt("<=", at_most, mu::prCMP);
  parser.DefineOprt(">=", at_least, mu::prCMP);
  parser.DefineOprt("==", equal, mu::prCMP);
  parser.DefineOprt("!=", unequal, mu::prCMP);
  parser.DefineOprt("+", add, mu::prADD_SUB);
  parser.DefineOprt("-", subtract, mu::prADD_SUB);
  parser.DefineOprt("*", multiply, mu::prMUL_DIV);
  parser.DefineOprt("/", divide, mu::prMUL_DIV);
  parser.DefineOprt("^", power, mu::prPOW, mu::oaRIGHT);
  parser.DefineInfixOprt("!", negation);
  parser.ClearFun();
  parser.DefineFun("abs", absolute);
  parser.DefineFun("exp", exponential);
  parser.DefineFun("log", logarithm);
  parser.DefineFun("sqrt", root);
  parser.DefineFun("max", largest);
  parser.DefineFun("min", smallest);
  parser.ClearConst();
  return parser;
}

bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Reads `(key, key)` from `at`, which stands at the opening bracket.
/// @returns the position after the closing bracket, or npos when keys alone do not stand there
std::size_t read_keys(std::string_view text, std::size_t at, std::vector<std::string>& keys) {
  const auto skip = [&] {
    while (at < text.size() && text[at] == ' ') ++at;
  };
  ++at;
  for (;;) {
    skip();
    const std::size_t from = at;
    while (at < text.size() && in_name(text[at])) ++at;
    if (at == from) return std::string_view::npos;
    keys.emplace_back(text.substr(from, at - from));
    skip();
    if (at >= text.size()) return std::string_view::npos;
    if (text[at] == ')') return at + 1;
    if (text[at] != ',') return std::string_view::npos;
    ++at;
  }
}

ExpressionError translate(const mu::Parser::exception_type& error, const std::string& text) {
  const int end = static_cast<int>(text.size());
  const int position = std::clamp(error.GetPos(), 0, std::max(0, end - 1));
  std::string token = error.GetToken();
  while (!token.empty() && token.back() == ' ') token.pop_back();
  const int length = std::max(1, static_cast<int>(token.size()));
  switch (error.GetCode()) {
    case mu::ecUNEXPECTED_EOF:
      return {"the formula ends where a value should follow", std::max(0, end - 1), 1};
    case mu::ecMISSING_PARENS:
      return {"a closing bracket is missing", std::max(0, end - 1), 1};
    case mu::ecUNEXPECTED_PARENS:
      return {"a bracket stands where none belongs", position, 1};
    case mu::ecEMPTY_EXPRESSION:
      return {"the formula is empty", 0, 1};
    case mu::ecTOO_FEW_PARAMS:
    case mu::ecTOO_MANY_PARAMS:
      return {fmt::format("'{}' takes another number of values", token), position, length};
    default:
      if (token.rfind('=', 0) == 0 && token.rfind("==", 0) != 0) {
        return {"'=' does not compare; write '=='", position, 1};
      }
      return token.empty()
                 ? ExpressionError{"the formula cannot be read from here", position, 1}
                 : ExpressionError{fmt::format("'{}' cannot stand here", token), position, length};
  }
}

}  // namespace

Expected<Expression, ExpressionError> Expression::parse(std::string_view text) {
  auto parsed = std::make_shared<Parsed>();
  parsed->text = text;
  parsed->rewritten = text;
  // Line breaks of a folded text count as blanks.
  std::replace(parsed->rewritten.begin(), parsed->rewritten.end(), '\n', ' ');
  if (text.size() > kLongest) {
    return Unexpected{ExpressionError{"the formula is too long", 0, 1}};
  }
  const std::size_t odd = parsed->rewritten.find_first_not_of(kCharacters);
  if (odd != std::string::npos) {
    return Unexpected{ExpressionError{fmt::format("'{}' cannot stand in a formula", text[odd]),
                                      static_cast<int>(odd), 1}};
  }
  const std::string blank = parsed->rewritten;
  for (std::size_t at = 0; at < blank.size();) {
    const bool number =
        std::isdigit(static_cast<unsigned char>(blank[at])) != 0 || blank[at] == '.';
    if (number) {  // with the exponent, whose `e` is no name
      while (at < blank.size() && (in_name(blank[at]) || blank[at] == '.')) ++at;
      continue;
    }
    if (!starts_name(blank[at])) {
      ++at;
      continue;
    }
    const std::size_t from = at;
    while (at < blank.size() && in_name(blank[at])) ++at;
    Indicator indicator{blank.substr(from, at - from), {}, static_cast<int>(from)};
    std::size_t bracket = at;
    while (bracket < blank.size() && blank[bracket] == ' ') ++bracket;
    const bool call = bracket < blank.size() && blank[bracket] == '(';
    const bool known =
        std::find(kFunctions.begin(), kFunctions.end(), indicator.name) != kFunctions.end();
    if (known && call) continue;
    if (call) {
      const std::size_t end = read_keys(blank, bracket, indicator.keys);
      if (end == std::string_view::npos) {
        const std::string hint = did_you_mean(indicator.name, kFunctions);
        return Unexpected{ExpressionError{
            fmt::format("'{}' takes keys in its brackets, as in vacancy_rate(construction){}{}",
                        indicator.name, hint.empty() ? "" : "; ", hint),
            static_cast<int>(from), static_cast<int>(at - from)}};
      }
      at = end;
    }
    const auto seen = std::find(parsed->indicators.begin(), parsed->indicators.end(), indicator);
    const auto index = static_cast<std::size_t>(seen - parsed->indicators.begin());
    if (seen == parsed->indicators.end()) parsed->indicators.push_back(indicator);
    std::string name = indicator.name;
    if (call) {
      // Spaces inside the brackets lengthen the form, so one indicator may need several names.
      name = fmt::format("{}{}", kMark, index);
      if (name.size() < at - from) name.append(at - from - name.size(), kMark);
      parsed->rewritten.replace(from, at - from, name);
    }
    if (std::find(parsed->names.begin(), parsed->names.end(), name) == parsed->names.end()) {
      parsed->names.push_back(name);
    }
  }
  try {
    mu::Parser parser = make_parser();
    double any = 1.0;
    for (const std::string& name : parsed->names) parser.DefineVar(name, &any);
    parser.SetExpr(parsed->rewritten);
    static_cast<void>(parser.Eval());
    if (parser.GetNumResults() != 1) {
      return Unexpected{ExpressionError{"one formula belongs here, not a list", 0, 1}};
    }
  } catch (const mu::Parser::exception_type& error) {
    return Unexpected{translate(error, parsed->text)};
  }
  return Expression{std::move(parsed)};
}

const std::string& Expression::text() const { return parsed_->text; }

const std::vector<Indicator>& Expression::indicators() const { return parsed_->indicators; }

double Expression::evaluate(const std::function<double(const Indicator&)>& value) const {
  std::vector<double> values;
  values.reserve(parsed_->indicators.size());
  for (const Indicator& indicator : parsed_->indicators) values.push_back(value(indicator));
  // A parser of one's own: muParser's evaluation is not const and triggers run a few times a month.
  mu::Parser parser = make_parser();
  for (const std::string& name : parsed_->names) {
    std::size_t index = 0;
    if (name.front() == kMark) {
      index = static_cast<std::size_t>(std::stoul(name.substr(1)));
    } else {
      index =
          static_cast<std::size_t>(std::find(parsed_->indicators.begin(), parsed_->indicators.end(),
                                             Indicator{name, {}, 0}) -
                                   parsed_->indicators.begin());
    }
    parser.DefineVar(name, &values[index]);
  }
  parser.SetExpr(parsed_->rewritten);
  return parser.Eval();
}

bool Expression::holds(const std::function<double(const Indicator&)>& value) const {
  const double result = evaluate(value);
  return !is_missing(result) && result != 0.0;
}

bool Expression::is_condition() const {
  return parsed_->text.find_first_of("<>=!") != std::string::npos;
}

}  // namespace steppe
