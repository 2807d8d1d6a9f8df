#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/report/benchmark_parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

// Of a chart's drawing, in its own units.
constexpr double kLeft = 46.0, kRight = 296.0, kTop = 8.0, kBottom = 138.0, kHeight = 156.0;
/// Lines that stand out beside the scenario's own.
constexpr std::size_t kNearest = 3;

/// Months up to which a line has a point for each; else one a quarter.
constexpr std::size_t kFewMonths = 60;

std::string tenths(long value) {
  std::string out = value < 0 ? "-" : "";
  out += std::to_string(std::abs(value) / 10);
  if (value % 10 != 0) out += "." + std::to_string(std::abs(value) % 10);
  return out;
}

/// Values and months as places in the drawing.
class Scale {
 public:
  Scale(double low, double high, int months) : low_(low), high_(high), months_(months) {
    if (!(high_ > low_)) {
      const double room = std::max(1e-9, std::abs(low_) * 0.05);
      low_ -= room;
      high_ += room;
    }
  }
  [[nodiscard]] double x(double month) const {
    return kLeft + (kRight - kLeft) * month / std::max(1, months_ - 1);
  }
  [[nodiscard]] double y(double value) const {
    return kBottom - (kBottom - kTop) * (value - low_) / (high_ - low_);
  }
  [[nodiscard]] double low() const { return low_; }
  [[nodiscard]] double high() const { return high_; }

 private:
  double low_, high_;
  int months_;
};

/// The middle of a period, from the first month shown.
double middle_of(const RecordedPoint& point, Month first) {
  return (point.first - first) + 0.5 * (point.months - 1);
}

Scale scale_of(const Benchmark& benchmark, std::size_t series,
               const std::vector<DrawnLine>& lines) {
  double low = INFINITY, high = -INFINITY;
  const auto take = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const RecordedPoint& point : benchmark.series[series].points) take(point.value);
  for (const DrawnLine& line : lines) {
    for (const double value : line.composition->means[series]) take(value);
  }
  return {low, high, static_cast<int>(benchmark.months.size())};
}

/// A line through the means of so many months each. Steps are relative and in tenths, which keeps
/// pages of many compositions small.
std::string path_of(const std::vector<double>& means, const Scale& scale) {
  const std::size_t stride = means.size() > kFewMonths ? 3 : 1;
  std::string out;
  bool drawing = false;
  long at_x = 0, at_y = 0;
  for (std::size_t m = 0; m + stride <= means.size(); m += stride) {
    double sum = 0.0;
    for (std::size_t i = m; i < m + stride; ++i) sum += means[i];
    if (!std::isfinite(sum)) {
      drawing = false;
      continue;
    }
    const auto count = static_cast<double>(stride);
    const long x = std::lround(10.0 * scale.x(static_cast<double>(m) + 0.5 * (count - 1.0)));
    const long y = std::lround(10.0 * scale.y(sum / count));
    out += drawing ? "l" + tenths(x - at_x) + ' ' + tenths(y - at_y)
                   : "M" + tenths(x) + ' ' + tenths(y);
    at_x = x;
    at_y = y;
    drawing = true;
  }
  return out;
}

/// The naive forecast: from each figure that is held to the last that it stands for.
std::string first_held(const BenchmarkSeries& series, const Scale& scale, Month first) {
  std::string out;
  for (std::size_t i = 0; i < series.scored.size(); ++i) {
    const std::size_t held = series.scored[i].first;
    if (i + 1 < series.scored.size() && series.scored[i + 1].first == held) continue;
    out += "M" + coordinate(scale.x(middle_of(series.points[held], first))) + ' ' +
           coordinate(scale.y(series.points[held].value)) + 'H' +
           coordinate(scale.x(middle_of(series.at(series.scored[i]), first)));
  }
  return out;
}

std::string axes(const Context& context, const Benchmark& benchmark, const Scale& scale,
                 const Display& display) {
  std::string out;
  const auto text = [](double x, double y, std::string_view anchor, const std::string& shown) {
    return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\">" + escape(shown) + "</text>";
  };
  const double range = (scale.high() - scale.low()) * display.factor;
  const double place = digit_place(0.02 * range, display.finest);
  for (const double value : {scale.low(), 0.5 * (scale.low() + scale.high()), scale.high()}) {
    const double y = scale.y(value);
    out += "<path class=\"bench-axis\" d=\"M" + coordinate(kLeft) + ' ' + coordinate(y) + 'H' +
           coordinate(kRight) + "\"/>";
    out += text(kLeft - 5.0, y + 4.0, "end",
                context.numbers.number(value * display.factor, place) + display.suffix);
  }
  const Month last = benchmark.months.back();
  out += text(kLeft, kHeight - 4.0, "start", std::to_string(benchmark.months.front().year()));
  return out + text(kRight, kHeight - 4.0, "end", std::to_string(last.year()));
}

}  // namespace

std::vector<DrawnLine> drawn_lines(const Benchmark& benchmark) {
  std::vector<DrawnLine> out;
  std::vector<DrawnLine> marked;
  std::size_t nearest = 0;
  for (const Composition* one : benchmark.ranked()) {
    if (one->name == kScenarioComposition) {
      marked.push_back({one, "bench-line bench-own", true});
    } else if (nearest < kNearest) {
      marked.push_back({one, "bench-line bench-" + std::to_string(++nearest), true});
    } else {
      out.push_back({one, "bench-line", false});
    }
  }
  out.insert(out.end(), marked.rbegin(), marked.rend());
  return out;
}

std::string benchmark_key(const Context& context, const std::vector<DrawnLine>& lines) {
  const auto item = [](const std::string& shape, const std::string& word) {
    return "<li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\">" + shape + "</svg>" +
           escape(word) + "</li>";
  };
  const auto line = [](const std::string& style) {
    return "<path class=\"" + style + "\" d=\"M0 7H28\"/>";
  };
  const auto dot = [](const std::string& style) {
    return "<circle class=\"" + style + "\" cx=\"14\" cy=\"7\" r=\"3.5\"/>";
  };
  std::string out = "<ul class=\"key\">";
  for (auto one = lines.rbegin(); one != lines.rend(); ++one) {
    if (one->named) out += item(line(one->style), composition_name(context, *one->composition));
  }
  if (!lines.empty() && !lines.front().named) {
    out += item(line("bench-line"), context.words("bench.others"));
  }
  out += item(line("bench-naive"), naive_name(context, Naive::First));
  out += item(dot("bench-counts"), context.words("bench.counts"));
  return out + item(dot("bench-open"), context.words("bench.open")) + "</ul>\n";
}

std::string benchmark_chart(const Context& context, const Benchmark& benchmark, std::size_t series,
                            const std::vector<DrawnLine>& lines) {
  const BenchmarkSeries& one = benchmark.series[series];
  const Scale scale = scale_of(benchmark, series, lines);
  SummarySeries shown;
  shown.variable = one.variable;
  shown.unit = one.unit;
  const Display display = context.display(shown);
  const std::string name = series_name(context, one);
  std::string out = "<figure><h4>" + escape(name) + "</h4>";
  if (!display.unit.empty()) out += "<p class=\"unit\">" + escape(display.unit) + "</p>";
  out += "<svg viewBox=\"0 0 300 " + coordinate(kHeight) + "\" role=\"img\" aria-label=\"" +
         escape(name) + "\">";
  out += axes(context, benchmark, scale, display);
  const Month first = benchmark.months.front();
  out += "<path class=\"bench-naive\" d=\"" + first_held(one, scale, first) + "\"/>";
  for (const DrawnLine& line : lines) {
    out += "<path class=\"" + line.style + "\" d=\"" +
           path_of(line.composition->means[series], scale) + "\"><title>" +
           escape(composition_name(context, *line.composition)) + "</title></path>";
  }
  for (std::size_t i = 0; i < one.points.size(); ++i) {
    const RecordedPoint& point = one.points[i];
    const bool counts = std::any_of(one.scored.begin(), one.scored.end(),
                                    [&](const auto& scored) { return scored.point == i; });
    out += "<circle class=\"" + std::string(counts ? "bench-counts" : "bench-open") + "\" cx=\"" +
           coordinate(scale.x(middle_of(point, first))) + "\" cy=\"" +
           coordinate(scale.y(point.value)) + "\" r=\"2.6\"><title>" +
           escape(context.numbers.period(point.period)) + ": " +
           escape(context.shown(point.value * display.factor, display.finest, display) +
                  (point.value == point.published
                       ? ""
                       : context.words("bench.published",
                                       {{"x", context.shown(point.published * display.factor,
                                                            display.finest, display)}})) +
                  " · " + point.source) +
           "</title></circle>";
  }
  return out + "</svg></figure>\n";
}

}  // namespace steppe::report_detail
