import {
  areaY,
  axisX,
  axisY,
  dot,
  gridX,
  gridY,
  lineY,
  link,
  type Markish,
  plot,
  ruleX,
  ruleY,
  text,
} from "@observablehq/plot";
import { extent, labelledYears, type Ticks, ticksFor, ticksWithin, withZero } from "./axis";
import { type Figure, type Mark, monthPosition, type PageData, type Panel } from "./data";
import type { Formatter } from "./format";

/** A drawn chart and where its values stand in it. */
export interface Drawn {
  svg: SVGSVGElement;
  x: (index: number) => number;
  y: (value: number) => number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

interface Point {
  x: number;
  index: number;
}

const CHARACTER = 7.4; // px, about the width of a figure at 13 px

function points(page: PageData): Point[] {
  return Array.from({ length: page.months }, (_, index) => ({
    x: monthPosition(page, index),
    index,
  }));
}

function asSvg(element: ReturnType<typeof plot>): SVGSVGElement {
  const svg = element instanceof SVGSVGElement ? element : element.querySelector("svg");
  if (svg === null) throw new Error("no chart was drawn");
  return svg;
}

/** Values of all panels between which the y axis runs. */
export function range(panels: Panel[]): { low: number; high: number } | null {
  return extent(...panels.flatMap((p) => [p.mean, p.p05, p.p95, p.recorded?.map((r) => r.value)]));
}

function fanMarks(page: PageData, panel: Panel, small: boolean): Markish[] {
  const at = points(page);
  const x = (d: Point) => d.x;
  const of = (values: (number | null)[] | undefined) => (d: Point) =>
    values?.[d.index] ?? Number.NaN;
  const marks: Markish[] = [];
  if (panel.p05 && panel.p95) {
    marks.push(
      areaY(at, { x, y1: of(panel.p05), y2: of(panel.p95), fill: "var(--band-90)" }),
      areaY(at, { x, y1: of(panel.p25), y2: of(panel.p75), fill: "var(--band-50)" }),
    );
  }
  marks.push(
    lineY(at, {
      x,
      y: of(panel.p50 ?? panel.mean),
      stroke: "var(--series)",
      strokeWidth: small ? 1.6 : 2.2,
    }),
  );
  const recorded = panel.recorded ?? [];
  const start = (r: { from: number }) => monthPosition(page, r.from - 0.5);
  const end = (r: { from: number; months: number }) => monthPosition(page, r.from + r.months - 0.5);
  marks.push(
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
  );
  return marks;
}

/** `50%` and `90%` inside their bands, where the bands are wide enough to hold them. */
function bandLabels(page: PageData, panel: Panel, pxPerUnit: number, width: number): Markish[] {
  const { p05, p25, p50, p75, p95 } = panel;
  if (!p05 || !p25 || !p50 || !p75 || !p95) return [];
  const span = Math.max(2, Math.round((46 / width) * page.months));
  const room = (low: (number | null)[], high: (number | null)[]) => {
    for (let end = page.months - 1; end >= span; end -= Math.max(1, Math.floor(span / 4))) {
      let bottom = Number.NEGATIVE_INFINITY;
      let top = Number.POSITIVE_INFINITY;
      for (let i = end - span; i <= end; i++) {
        bottom = Math.max(bottom, low[i] ?? Number.POSITIVE_INFINITY);
        top = Math.min(top, high[i] ?? Number.NEGATIVE_INFINITY);
      }
      if ((top - bottom) * pxPerUnit > 15) {
        return { x: monthPosition(page, end - span / 2), y: (top + bottom) / 2 };
      }
    }
    return null;
  };
  const labels = [
    { place: room(p50, p75), label: "50%" },
    { place: room(p75, p95), label: "90%" },
  ].flatMap(({ place, label }) => (place ? [{ ...place, label }] : []));
  return [text(labels, { x: "x", y: "y", text: "label", fill: "var(--ink-2)" })];
}

function timeAxis(page: PageData, innerWidth: number, small: boolean): Markish[] {
  const first = page.firstYear;
  const last = Math.floor(monthPosition(page, page.months - 1));
  const starts = Array.from({ length: last - first + 2 }, (_, i) => first + i).filter(
    (year) => year >= monthPosition(page, -0.5) && year <= monthPosition(page, page.months - 0.5),
  );
  const labels = labelledYears(first, last, innerWidth, small ? 36 : 42);
  const low = monthPosition(page, -0.5);
  const high = monthPosition(page, page.months - 0.5);
  return [
    // In a small panel a tick for each year would be a hatch.
    axisX(small ? labels.filter((year) => starts.includes(year)) : starts, {
      tickFormat: () => "",
      tickSize: 5,
      label: null,
      color: "var(--control)",
    }),
    axisX(
      labels.map((year) => Math.min(high, Math.max(low, year + 0.5))),
      {
        tickFormat: (value: number) => String(Math.floor(value)),
        tickSize: 0,
        tickPadding: 8,
        label: null,
      },
    ),
  ];
}

/** Policy dates: a line each, and its number where there is room. */
function eventMarks(page: PageData, marks: Mark[], innerWidth: number, numbers: boolean) {
  const position = (mark: Mark) => monthPosition(page, mark.at - 0.5);
  const out: Markish[] = [ruleX(marks, { x: position, stroke: "var(--event)", strokeWidth: 1 })];
  if (!numbers) return out;
  const perMonth = innerWidth / page.months;
  let free = Number.NEGATIVE_INFINITY;
  const labelled = marks.filter((mark) => {
    const at = mark.at * perMonth;
    const needed = String(mark.number).length * CHARACTER + 3;
    if (at - needed / 2 < free) return false;
    free = at + needed / 2;
    return true;
  });
  out.push(
    text(labelled, {
      x: position,
      text: (mark: Mark) => String(mark.number),
      frameAnchor: "top",
      dy: -11,
      fill: "var(--event)",
    }),
  );
  return out;
}

interface Frame {
  width: number;
  height: number;
  ticks: Ticks;
  small: boolean;
}

function marksOf(figure: Figure, panel: Panel): Mark[] {
  return (panel.marks ?? []).flatMap((i) => figure.marks[i] ?? []);
}

/** One panel: bands, median, recorded dots, policy dates. */
export function drawFan(
  page: PageData,
  format: Formatter,
  figure: Figure,
  panel: Panel,
  frame: Frame,
): Drawn {
  const { ticks, width, height, small } = frame;
  const tickText = (value: number) =>
    format.number(value, ticks.place, figure.changes) + (small ? "" : panel.suffix);
  const longest = Math.max(...ticks.values.map((value) => tickText(value).length));
  const left = Math.ceil(longest * (small ? 6.8 : CHARACTER)) + 8;
  const right = small ? 4 : 10;
  const events = marksOf(figure, panel);
  const top = small ? 6 : events.length > 0 ? 24 : 10;
  const bottom = small ? 20 : 26;
  const innerWidth = Math.max(20, width - left - right);
  const low = monthPosition(page, -0.5);
  const high = monthPosition(page, page.months - 0.5);
  const pxPerUnit = (height - top - bottom) / (ticks.high - ticks.low);
  const chart = plot({
    width,
    height,
    marginLeft: left,
    marginRight: right,
    marginTop: top,
    marginBottom: bottom,
    style: { background: "none", overflow: "visible" },
    x: { type: "linear", domain: [low, high], label: null },
    y: { type: "linear", domain: [ticks.low, ticks.high], label: null },
    marks: [
      gridY(ticks.values, { stroke: "var(--grid)", strokeOpacity: 1 }),
      axisY(ticks.values, { tickFormat: tickText, tickSize: 0, tickPadding: 6, label: null }),
      ...timeAxis(page, innerWidth, small),
      ...eventMarks(page, events, innerWidth, !small),
      ...fanMarks(page, panel, small),
      ...(small ? [] : bandLabels(page, panel, pxPerUnit, innerWidth)),
      ruleY([figure.changes ? 0 : ticks.low], { stroke: "var(--ink-2)", strokeWidth: 1 }),
    ],
  });
  const x = chart.scale("x");
  const y = chart.scale("y");
  if (!x?.apply || !y?.apply) throw new Error("a chart has no scales");
  const applyX = x.apply;
  const applyY = y.apply;
  return {
    svg: asSvg(chart),
    x: (index) => Number(applyX(monthPosition(page, index))),
    y: (value) => Number(applyY(value)),
    top,
    bottom: height - bottom,
    left,
    right: width - right,
  };
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

/** One row a panel: the interval as a bar, the mean as a dot. */
export function drawDots(format: Formatter, figure: Figure, width: number): SVGSVGElement | null {
  const shown = figure.panels.filter((panel) => !panel.withheld && panel.end.mean !== null);
  const found = extent(...shown.map((p) => [0, p.end.mean, p.end.p05, p.end.p95]));
  if (!found) return null;
  const ticks = ticksFor(found.low, found.high, width < 500 ? 4 : 8);
  const suffix = shown[0]?.suffix ?? "";
  const longest = Math.max(...shown.map((panel) => panel.title.length));
  const left = Math.min(width * 0.5, Math.ceil(longest * 8) + 12);
  const chart = plot({
    width,
    height: shown.length * 28 + 40,
    marginLeft: left,
    marginRight: 24,
    marginTop: 4,
    marginBottom: 30,
    style: { background: "none", overflow: "visible" },
    x: { type: "linear", domain: [ticks.low, ticks.high], label: null },
    y: { type: "band", domain: shown.map((panel) => panel.title), label: null },
    marks: [
      gridX(ticks.values, { stroke: "var(--grid)", strokeOpacity: 1 }),
      axisX(ticks.values, {
        tickFormat: (value: number) => format.number(value, ticks.place) + suffix,
        tickSize: 0,
        tickPadding: 8,
        label: null,
      }),
      axisY({ tickSize: 0, tickPadding: 8, label: null }),
      link(
        shown.filter((panel) => panel.end.p05 !== null),
        {
          x1: (panel: Panel) => panel.end.p05,
          x2: (panel: Panel) => panel.end.p95,
          y1: "title",
          y2: "title",
          stroke: "var(--series)",
          strokeWidth: 3,
        },
      ),
      dot(shown, {
        x: (panel: Panel) => panel.end.mean,
        y: "title",
        r: 5,
        fill: "var(--series)",
        stroke: "var(--page)",
        strokeWidth: 1.5,
      }),
    ],
  });
  return asSvg(chart);
}
