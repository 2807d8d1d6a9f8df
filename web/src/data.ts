// What the page carries for its charts: docs/formats/report.md describes it field by field.

export type Values = (number | null)[];

export interface Average {
  mean: number | null;
  p05: number | null;
  p25: number | null;
  p50: number | null;
  p75: number | null;
  p95: number | null;
}

export interface Recorded {
  from: number; // months since the start of the run
  months: number;
  value: number;
  period: string;
  source: string;
}

/** Monthly series of the baseline beside a panel's own, which are the alternative's. */
export interface Levels {
  mean: Values;
  // The quantiles are absent with one replication.
  p05?: Values;
  p25?: Values;
  p50?: Values;
  p75?: Values;
  p95?: Values;
}

/** The paired difference, alternative less baseline, by month; one replication has no bands. */
export interface Difference {
  mean: Values;
  low?: Values | null;
  high?: Values | null;
  low50?: Values | null;
  high50?: Values | null;
  digits?: number[];
  suffix?: string; // a share's difference is in points, not in per cent
}

/** Whether the 90% interval leaves zero out, holds it, or lies within the margin about it. */
export type Verdict = "likely" | "unclear" | "none";

export interface Panel {
  id: string;
  title: string;
  unit: string;
  suffix: string;
  place: number; // last digit worth printing of the figures of start and end
  withheld: boolean;
  start: Average;
  end: Average;
  // Absent when withheld; the quantiles also in a run of one replication.
  mean?: Values;
  digits?: number[]; // power of ten of the last digit worth printing, by month
  p05?: Values;
  p25?: Values;
  p50?: Values;
  p75?: Values;
  p95?: Values;
  recorded?: Recorded[];
  marks?: number[]; // positions in the figure's marks
  // Comparisons only.
  base?: Levels;
  difference?: Difference;
  verdict?: Verdict;
  group?: string; // heading above the rows that share it
}

export interface Mark {
  number: number;
  at: number; // months since the start of the run
  text: string;
}

/** Months in which the rules of the two runs differ; since the start of the run, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

export interface Figure {
  kind: "fans" | "multiples" | "dots" | "tiles" | "pairs";
  title: string;
  changes: boolean;
  marks: Mark[];
  panels: Panel[];
  names?: { base: string; alternative: string };
  spans?: Span[];
}

export interface PageData {
  format: string;
  run: string;
  lang: string;
  number: { decimal: string; group: string };
  firstYear: number;
  firstMonth: number;
  months: number;
  confidence?: number; // of a comparison's intervals, in per cent
  words: Record<string, string>;
  figures: Record<string, Figure>;
}

export const FORMAT = "steppe-report/1";

export function parsePage(text: string): PageData {
  const page = JSON.parse(text) as PageData;
  if (page.format !== FORMAT) throw new Error(`report data of format ${page.format}`);
  return page;
}

/** The middle of a month as a number of years: 2009-01 is 2009 + 1/24. */
export function monthPosition(page: PageData, index: number): number {
  return page.firstYear + (page.firstMonth - 1 + index + 0.5) / 12;
}

/** The calendar month of a position in the series. */
export function calendarMonth(page: PageData, index: number): { year: number; month: number } {
  const months = page.firstMonth - 1 + index;
  return { year: page.firstYear + Math.floor(months / 12), month: (months % 12) + 1 };
}
