import { type Figure, FORMAT, type PageData, type Panel } from "../src/data";

export function samplePanel(values: number[] = [1, 2, 3]): Panel {
  const average = { mean: 2, p05: 1, p25: 1.5, p50: 2, p75: 2.5, p95: 3 };
  return {
    id: "vacancies.mining",
    title: "Mining",
    unit: "posts",
    suffix: "",
    place: 1,
    withheld: false,
    start: average,
    end: average,
    mean: values,
    digits: values.map(() => 0),
    p05: values.map((v) => v - 1),
    p25: values.map((v) => v - 0.5),
    p50: values,
    p75: values.map((v) => v + 0.5),
    p95: values.map((v) => v + 1),
    recorded: [{ from: 1, months: 1, value: 2.25, period: "Feb 2009", source: "office" }],
    marks: [],
  };
}

export function sampleFigure(panels: Panel[] = [samplePanel()]): Figure {
  return { kind: "fans", title: "Unfilled posts", changes: false, marks: [], panels };
}

/** The sample panel in a comparison, whose baseline lies 500 higher. */
export function samplePair(values: number[] = [1000, 1100, 1200]): Panel {
  const by = (change: number) => values.map((v) => v + change);
  return {
    ...samplePanel(values),
    digits: values.map(() => 1),
    base: {
      mean: by(500),
      p05: by(400),
      p25: by(450),
      p50: by(500),
      p75: by(550),
      p95: by(600),
    },
    difference: {
      mean: values.map(() => -500),
      low: values.map(() => -520),
      high: values.map(() => -480),
      low50: values.map(() => -510),
      high50: values.map(() => -490),
      digits: values.map(() => 1),
    },
    verdict: "likely",
  };
}

export function samplePairs(panels: Panel[] = [samplePair()]): Figure {
  const names = { base: "Baseline", alternative: "Quota halved" };
  return { ...sampleFigure(panels), kind: "pairs", names, spans: [{ from: 1, to: 3 }] };
}

export function samplePage(): PageData {
  return {
    format: FORMAT,
    run: "sample-00000000",
    lang: "en",
    number: { decimal: ".", group: "," },
    firstYear: 2009,
    firstMonth: 1,
    months: 3,
    words: {
      "term.to": "{a} to {b}",
      "term.none": "–",
      "term.mean": "Mean",
      "term.interval90": "90% interval",
      "term.recorded": "Recorded",
      "term.base": "baseline",
      "term.difference": "difference",
      "format.month": "{mon} {y}",
      "month.01": "Jan",
      "month.02": "Feb",
      "month.11": "Nov",
    },
    figures: {},
  };
}
