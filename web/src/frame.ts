import {
  axisX,
  axisY,
  gridY,
  type Markish,
  plot,
  rectX,
  ruleX,
  ruleY,
  text,
} from "@observablehq/plot";
import { labelledYears, type Ticks } from "./axis";
import {
  type Figure,
  type Mark,
  monthPosition,
  type PageData,
  type Panel,
  type Span,
} from "./data";
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

/** What stands around the series of a panel: axes, policy dates, spans of other rules. */
export interface Frame {
  width: number;
  height: number;
  ticks: Ticks;
  small: boolean;
  sign: boolean; // values are differences
  suffix: string;
  events: Mark[];
  spans: Span[];
  aside: number; // px kept free for labels at the right
}

/** Room inside the axes. */
export interface Inside {
  width: number;
  height: number;
  top: number;
  bottom: number;
  pxPerUnit: number;
  end: number; // x where the axis ends
  unitsPerPx: number; // of x
}

export const CHARACTER = 7.4; // px, about the width of a figure at 13 px

let measuring: CanvasRenderingContext2D | null = null;

/** Width in px of a line of chart text. */
export function textWidth(line: string, bold = false): number {
  measuring ??= document.createElement("canvas").getContext("2d");
  if (!measuring) return line.length * CHARACTER;
  const { fontFamily } = getComputedStyle(document.body);
  measuring.font = `${bold ? 600 : 400} 13px ${fontFamily}`;
  return measuring.measureText(line).width;
}

export interface Point {
  x: number;
  index: number;
}

export function points(page: PageData): Point[] {
  return Array.from({ length: page.months }, (_, index) => ({
    x: monthPosition(page, index),
    index,
  }));
}

export function asSvg(element: ReturnType<typeof plot>): SVGSVGElement {
  const svg = element instanceof SVGSVGElement ? element : element.querySelector("svg");
  if (svg === null) throw new Error("no chart was drawn");
  return svg;
}

export function marksOf(figure: Figure, panel: Panel): Mark[] {
  return (panel.marks ?? []).flatMap((i) => figure.marks[i] ?? []);
}

/** The line values are measured from. */
export function baseRule(value: number): Markish {
  return ruleY([value], { stroke: "var(--zero)", strokeWidth: 1, className: "zero" });
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

function spanMarks(page: PageData, spans: readonly Span[]): Markish[] {
  const start = (index: number) =>
    monthPosition(page, Math.min(page.months, Math.max(0, index)) - 0.5);
  const inside = spans.filter((span) => span.to > 0 && span.from < page.months);
  if (inside.length === 0) return [];
  return [
    rectX(inside, {
      x1: (span: Span) => start(span.from),
      x2: (span: Span) => start(span.to),
      fill: "var(--span)",
      className: "span",
    }),
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

/** Draws what `content` makes for the room inside the frame. */
export function drawFrame(
  page: PageData,
  format: Formatter,
  frame: Frame,
  content: (inside: Inside) => Markish[],
): Drawn {
  const { ticks, width, height, small, events } = frame;
  const tickText = (value: number) =>
    format.number(value, ticks.place, frame.sign) + (small ? "" : frame.suffix);
  const longest = Math.max(...ticks.values.map((value) => tickText(value).length));
  const left = Math.ceil(longest * (small ? 6.8 : CHARACTER)) + 8;
  const right = (small ? 4 : 10) + frame.aside;
  const top = small ? 6 : events.length > 0 ? 24 : 10;
  const bottom = small ? 20 : 26;
  const innerWidth = Math.max(20, width - left - right);
  const low = monthPosition(page, -0.5);
  const high = monthPosition(page, page.months - 0.5);
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
      ...spanMarks(page, frame.spans),
      gridY(ticks.values, { stroke: "var(--grid)", strokeOpacity: 1 }),
      axisY(ticks.values, { tickFormat: tickText, tickSize: 0, tickPadding: 6, label: null }),
      ...timeAxis(page, innerWidth, small),
      ...eventMarks(page, events, innerWidth, !small),
      ...content({
        width: innerWidth,
        height: height - top - bottom,
        top,
        bottom: height - bottom,
        pxPerUnit: (height - top - bottom) / (ticks.high - ticks.low),
        end: high,
        unitsPerPx: (high - low) / innerWidth,
      }),
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
