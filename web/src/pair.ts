// A comparison in two plots: what both runs come to, and the difference between them.
import { link, type Markish, text } from "@observablehq/plot";
import { extent, type Ticks, ticksFor, withZero } from "./axis";
import type { Difference, Figure, PageData, Panel, Values } from "./data";
import { bandLabelMarks, bandMarks, bandsOf, type LineStyle, lineMark, recordedMarks } from "./fan";
import type { Formatter } from "./format";
import { baseRule, type Drawn, drawFrame, type Inside, marksOf, textWidth } from "./frame";
import { type Bands, spread, wrap } from "./labels";

const LINE_HEIGHT = 15; // px
const LEADER = 8; // px from the end of a line to its name

const BASE_LINE: LineStyle = { stroke: "var(--base)", width: 1.8, dashed: true, className: "base" };
const ALTERNATIVE_LINE: LineStyle = {
  stroke: "var(--series)",
  width: 2.4,
  className: "alternative",
};

/** The line drawn of a series: its median, or its mean in a run of one replication. */
export function lineOf(series: { mean?: Values; p50?: Values }): Values {
  return series.p50 ?? series.mean ?? [];
}

/** A line without the months before it leaves `other`, which would be hidden beneath it. */
export function sinceApart(line: Values, other: Values): Values {
  const first = line.findIndex((value, i) => value !== other[i]);
  return first < 1 ? line : line.map((value, i) => (i < first - 1 ? null : value));
}

/** Bands of a difference; null in a run of one replication. */
export function differenceBands(difference: Difference, outer = "90%"): Bands | null {
  const { mean, low, low50, high50, high } = difference;
  if (!low || !low50 || !high50 || !high) return null;
  return { outer, low, low50, middle: mean, high50, high };
}

function levelTicks(panel: Panel): Ticks | null {
  const found = extent(
    panel.base?.p05,
    panel.base?.p95,
    lineOf(panel.base ?? {}),
    lineOf(panel),
    panel.recorded?.map((r) => r.value),
  );
  if (!found) return null;
  const { low, high } = withZero(found.low, found.high);
  return ticksFor(low, high, 5);
}

function differenceTicks(difference: Difference): Ticks | null {
  const found = extent([0], difference.mean, difference.low ?? [], difference.high ?? []);
  return found ? ticksFor(found.low, found.high, 5) : null;
}

interface Name {
  lines: string[];
  value: string;
  end: number; // where the line ends, in units
  style: LineStyle;
}

/** The name at the end of a line, with the mean there: what the reading line's sentence says. */
function nameOf(
  format: Formatter,
  panel: Panel,
  name: string,
  series: { mean?: Values; p50?: Values },
  width: number,
  style: LineStyle,
): Name[] {
  const line = lineOf(series);
  for (let i = line.length - 1; i >= 0; i--) {
    const end = line[i];
    if (end === null || end === undefined) continue;
    const value =
      format.number(series.mean?.[i] ?? end, 10 ** (panel.digits?.[i] ?? 0)) + panel.suffix;
    const lines = wrap(name, width, 3, (line) => textWidth(line, true));
    return [{ lines, value, end, style }];
  }
  return [];
}

/** Names and last values beside the ends of the lines. */
function nameMarks(names: Name[], ticks: Ticks, inside: Inside): Markish[] {
  const y = (value: number) => inside.top + (ticks.high - value) * inside.pxPerUnit;
  const boxes = names.map((name) => ({
    at: y(name.end),
    height: (name.lines.length + 1) * LINE_HEIGHT + 3,
  }));
  const tops = spread(boxes, inside.top - 8, inside.bottom + 8);
  const anchored = {
    frameAnchor: "top-right",
    textAnchor: "start",
    lineAnchor: "top",
    lineHeight: LINE_HEIGHT / 13,
    dx: LEADER + 3,
  } as const;
  return names.flatMap((name, i) => {
    const top = tops[i] ?? 0;
    const middle = top + ((boxes[i]?.height ?? 0) - 3) / 2;
    const { stroke } = name.style;
    return [
      link([name], {
        x1: inside.end,
        x2: inside.end + LEADER * inside.unitsPerPx,
        y1: "end",
        y2: ticks.high - (middle - inside.top) / inside.pxPerUnit,
        stroke,
        strokeWidth: 1,
      }),
      text([name.lines.join("\n")], {
        ...anchored,
        text: (d: string) => d,
        dy: top - inside.top,
        fill: stroke,
        fontWeight: 600,
        className: "name",
      }),
      text([name.value], {
        ...anchored,
        text: (d: string) => d,
        dy: top - inside.top + name.lines.length * LINE_HEIGHT,
        fill: stroke,
        className: "name-value",
      }),
    ];
  });
}

export interface PairSize {
  width: number;
  height: number;
}

/** The baseline's fan with both medians, named at their ends. */
export function drawLevels(
  page: PageData,
  format: Formatter,
  figure: Figure,
  panel: Panel,
  size: PairSize,
): Drawn | null {
  const ticks = levelTicks(panel);
  if (!ticks) return null;
  const base = lineOf(panel.base ?? {});
  const alternative = lineOf(panel);
  const bands = bandsOf(panel.base ?? {});
  const room = size.width < 420 ? 90 : 124; // px
  const names = [
    ...nameOf(format, panel, figure.names?.base ?? "", panel.base ?? {}, room, BASE_LINE),
    ...nameOf(format, panel, figure.names?.alternative ?? "", panel, room, ALTERNATIVE_LINE),
  ];
  const widths = names.flatMap(({ lines, value }) => [
    ...lines.map((line) => textWidth(line, true)),
    textWidth(value),
  ]);
  const frame = {
    ...size,
    ticks,
    small: false,
    sign: false,
    suffix: panel.suffix,
    events: marksOf(figure, panel),
    spans: figure.spans ?? [],
    aside: LEADER + Math.ceil(Math.max(0, ...widths)),
  };
  return drawFrame(page, format, frame, (inside) => [
    ...(bands ? bandMarks(page, bands) : []),
    baseRule(ticks.low),
    lineMark(page, base, BASE_LINE),
    lineMark(page, sinceApart(alternative, base), ALTERNATIVE_LINE),
    ...recordedMarks(page, panel, false),
    ...bandLabelMarks(page, bands, [alternative], inside),
    ...nameMarks(names, ticks, inside),
  ]);
}

/** The difference with its bands about the zero line. */
export function drawDifference(
  page: PageData,
  format: Formatter,
  figure: Figure,
  panel: Panel,
  size: PairSize,
): Drawn | null {
  const { difference } = panel;
  const ticks = difference ? differenceTicks(difference) : null;
  if (!difference || !ticks) return null;
  const bands = differenceBands(difference, `${page.confidence ?? 90}%`);
  const zero = difference.mean.map(() => 0);
  const frame = {
    ...size,
    ticks,
    small: false,
    sign: true,
    suffix: difference.suffix ?? "",
    events: marksOf(figure, panel),
    spans: figure.spans ?? [],
    aside: 0,
  };
  return drawFrame(page, format, frame, (inside) => [
    ...(bands ? bandMarks(page, bands) : []),
    baseRule(0),
    lineMark(page, difference.mean, { ...ALTERNATIVE_LINE, className: "difference" }),
    ...bandLabelMarks(page, bands, [zero], inside),
  ]);
}
