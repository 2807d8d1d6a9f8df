import { axisX, dot, gridX, type Markish, plot, ruleX, ruleY, text } from "@observablehq/plot";
import { extent, ticksFor } from "./axis";
import type { Figure, Panel, Verdict } from "./data";
import type { Formatter } from "./format";
import { asSvg, textWidth } from "./frame";
import { wrap } from "./labels";

const LINE_HEIGHT = 16; // px
const ROW = 28;

/** How a row's mean is drawn: the shape tells the verdict, also without colour. */
export type Shape = "full" | "open" | "bar";

export function shapeOf(verdict: Verdict | undefined): Shape {
  if (verdict === "unclear") return "open";
  return verdict === "none" ? "bar" : "full";
}

/** Only a likely change has a colour of its own; without a verdict all have the series'. */
export function colourOf(panel: Panel, changes: boolean): string {
  if (panel.verdict === "unclear" || panel.verdict === "none") return "var(--base)";
  const loss = panel.verdict !== undefined && changes && (panel.end.mean ?? 0) < 0;
  return loss ? "var(--loss)" : "var(--series)";
}

/** A heading or a panel, and where it stands. */
export interface Row {
  lines: string[];
  panel: Panel | null; // null: a heading
  top: number;
  middle: number;
}

/** Rows from the top down, a heading before each run of panels of one group. */
export function rowsOf(
  panels: readonly Panel[],
  limit: number,
  widthOf: (line: string) => number,
): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let height = 0;
  let group: string | undefined;
  const add = (lines: string[], panel: Panel | null, size: number) => {
    rows.push({ lines, panel, top: height, middle: height + size / 2 });
    height += size;
  };
  for (const panel of panels) {
    if (panel.group !== undefined && panel.group !== group) {
      if (rows.length > 0) height += 10;
      add([panel.group], null, ROW);
    }
    group = panel.group;
    const lines = wrap(panel.title, limit, 3, widthOf);
    add(lines, panel, Math.max(ROW, lines.length * LINE_HEIGHT + 6));
  }
  return { rows, height };
}

function meanMarks(panel: Panel, y: number, figure: Figure): Markish[] {
  const { mean, p05, p95 } = panel.end;
  const shape = shapeOf(panel.verdict);
  const colour = colourOf(panel, figure.changes);
  const width = shape === "full" ? 3 : 2;
  const interval =
    p05 === null || p95 === null
      ? []
      : [ruleY([y], { x1: p05, x2: p95, y, stroke: colour, strokeWidth: width })];
  const named = { className: `mean ${shape}` };
  if (shape === "bar") {
    const bar = { x: mean, y1: y - 8, y2: y + 8, stroke: colour, strokeWidth: 3, ...named };
    return [...interval, ruleX([mean], bar)];
  }
  const full = shape === "full";
  return [
    ...interval,
    dot([mean], {
      x: mean,
      y,
      r: full ? 5 : 4.5,
      fill: full ? colour : "var(--page)",
      stroke: full ? "var(--page)" : colour,
      strokeWidth: full ? 1.5 : 2,
      ...named,
    }),
  ];
}

/** One row a panel: the interval as a line, the mean as a dot. */
export function drawDots(format: Formatter, figure: Figure, width: number): SVGSVGElement | null {
  const shown = figure.panels.filter((panel) => !panel.withheld && panel.end.mean !== null);
  const found = extent(...shown.map((p) => [0, p.end.mean, p.end.p05, p.end.p95]));
  if (!found) return null;
  const ticks = ticksFor(found.low, found.high, width < 500 ? 4 : 8);
  const suffix = shown[0]?.suffix ?? "";
  const longest = Math.max(...shown.map((panel) => textWidth(panel.title)));
  const left = Math.ceil(Math.min(width * 0.45, longest + 18));
  const { rows, height } = rowsOf(shown, left - 16, textWidth);
  const means = rows.filter((row) => row.panel !== null);
  const headings = rows.filter((row) => row.panel === null);
  const labels = {
    y: "middle",
    text: (row: Row) => row.lines.join("\n"),
    frameAnchor: "left",
    textAnchor: "start",
    lineHeight: LINE_HEIGHT / 13,
    dx: -left,
  } as const;
  const chart = plot({
    width,
    height: height + 34,
    marginLeft: left,
    marginRight: 24,
    marginTop: 4,
    marginBottom: 30,
    style: { background: "none", overflow: "visible" },
    x: { type: "linear", domain: [ticks.low, ticks.high], label: null },
    y: { type: "linear", domain: [height, 0], axis: null },
    marks: [
      gridX(ticks.values, { stroke: "var(--grid)", strokeOpacity: 1 }),
      ruleY(means, { y: "top", stroke: "var(--grid)", insetLeft: -left }),
      axisX(ticks.values, {
        tickFormat: (value: number) => format.number(value, ticks.place, figure.changes) + suffix,
        tickSize: 0,
        tickPadding: 8,
        label: null,
      }),
      text(means, labels),
      text(headings, { ...labels, fill: "var(--ink)", fontWeight: 600, className: "heading" }),
      ...(figure.changes ? [ruleX([0], { stroke: "var(--zero)", className: "zero" })] : []),
      ...means.flatMap((row) => (row.panel ? meanMarks(row.panel, row.middle, figure) : [])),
    ],
  });
  return asSvg(chart);
}
