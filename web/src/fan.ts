import { areaY, dot, lineY, link, type Markish, text } from "@observablehq/plot";
import { extent, type Ticks, ticksFor, ticksWithin, withZero } from "./axis";
import { type Figure, monthPosition, type PageData, type Panel, type Values } from "./data";
import type { Formatter } from "./format";
import { baseRule, type Drawn, drawFrame, type Inside, marksOf, type Point, points } from "./frame";
import { type BandLabel, type Bands, bandLabels } from "./labels";

/** Bands of a series with quantiles; null in a run of one replication. */
export function bandsOf(series: Omit<Partial<Panel>, "id">): Bands | null {
  const { p05, p25, p50, p75, p95 } = series;
  if (!p05 || !p25 || !p50 || !p75 || !p95) return null;
  return { outer: "90%", low: p05, low50: p25, middle: p50, high50: p75, high: p95 };
}

function at(values: Values) {
  return (d: Point) => values[d.index] ?? Number.NaN;
}

export function bandMarks(page: PageData, bands: Bands): Markish[] {
  const x = (d: Point) => d.x;
  const { low, low50, high50, high } = bands;
  return [
    areaY(points(page), { x, y1: at(low), y2: at(high), fill: "var(--band-90)" }),
    areaY(points(page), { x, y1: at(low50), y2: at(high50), fill: "var(--band-50)" }),
  ];
}

export interface LineStyle {
  stroke: string;
  width: number;
  dashed?: boolean;
  className?: string;
}

export function lineMark(page: PageData, values: Values, style: LineStyle): Markish {
  return lineY(points(page), {
    x: (d: Point) => d.x,
    y: at(values),
    stroke: style.stroke,
    strokeWidth: style.width,
    ...(style.dashed ? { strokeDasharray: "6 3.5" } : {}),
    ...(style.className ? { className: style.className } : {}),
  });
}

/** Recorded figures: a dot over the months each stands for. */
export function recordedMarks(page: PageData, panel: Panel, small: boolean): Markish[] {
  const recorded = panel.recorded ?? [];
  const start = (r: { from: number }) => monthPosition(page, r.from - 0.5);
  const end = (r: { from: number; months: number }) => monthPosition(page, r.from + r.months - 0.5);
  return [
    link(
      recorded.filter((r) => r.months > 1),
      {
        x1: start,
        x2: end,
        y1: "value",
        y2: "value",
        stroke: "var(--ink)",
        strokeWidth: 1,
        strokeOpacity: 0.55,
      },
    ),
    dot(recorded, {
      x: (r) => (start(r) + end(r)) / 2,
      y: "value",
      r: small ? 1.7 : 2.8,
      fill: "var(--ink)",
      stroke: "var(--page)",
      strokeWidth: small ? 0.5 : 1,
    }),
  ];
}

/** `50%` and `90%` inside their bands, where the bands are wide enough to hold them. */
export function bandLabelMarks(
  page: PageData,
  bands: Bands | null,
  others: readonly Values[],
  inside: Inside,
): Markish[] {
  if (!bands) return [];
  const labels = bandLabels(bands, others, inside.pxPerUnit, inside.width / page.months);
  return [
    text(labels, {
      x: (d: BandLabel) => monthPosition(page, d.index),
      y: "value",
      text: "label",
      fill: "var(--ink)",
    }),
  ];
}

/** Values of all panels between which the y axis runs. */
function range(panels: Panel[]): { low: number; high: number } | null {
  return extent(...panels.flatMap((p) => [p.mean, p.p05, p.p95, p.recorded?.map((r) => r.value)]));
}

/** The y axis of one panel, or shared by several. */
export function ticksOf(
  panels: Panel[],
  count: number,
  changes: boolean,
  tight = false,
): Ticks | null {
  const found = range(panels);
  if (!found) return null;
  const { low, high } = changes
    ? { low: Math.min(0, found.low), high: Math.max(0, found.high) }
    : withZero(found.low, found.high);
  return tight ? ticksWithin(low, high, count) : ticksFor(low, high, count);
}

export interface FanSize {
  width: number;
  height: number;
  ticks: Ticks;
  small: boolean;
}

/** One panel: bands, median, recorded dots, policy dates. */
export function drawFan(
  page: PageData,
  format: Formatter,
  figure: Figure,
  panel: Panel,
  size: FanSize,
): Drawn {
  const { ticks, small } = size;
  const bands = bandsOf(panel);
  const frame = {
    ...size,
    sign: figure.changes,
    suffix: panel.suffix,
    events: marksOf(figure, panel),
    spans: figure.spans ?? [],
    aside: 0,
  };
  return drawFrame(page, format, frame, (inside) => [
    ...(bands ? bandMarks(page, bands) : []),
    baseRule(figure.changes ? 0 : ticks.low),
    lineMark(page, panel.p50 ?? panel.mean ?? [], {
      stroke: "var(--series)",
      width: small ? 1.6 : 2.2,
    }),
    ...recordedMarks(page, panel, small),
    ...(small ? [] : bandLabelMarks(page, bands, [], inside)),
  ]);
}
