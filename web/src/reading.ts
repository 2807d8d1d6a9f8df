import type { Figure, PageData, Panel, Values } from "./data";
import type { Formatter } from "./format";
import type { Drawn } from "./frame";

const SVG = "http://www.w3.org/2000/svg";

function recordedTexts(format: Formatter, panel: Panel, index: number, sign: boolean): string[] {
  const at = (panel.recorded ?? []).filter((r) => index >= r.from && index < r.from + r.months);
  return at.map((point) => {
    const digits = Number(point.value.toPrecision(6));
    const decimals = String(digits).split(".")[1]?.length ?? 0;
    return (
      `${format.word("term.recorded")} ` +
      `${format.number(digits, 10 ** -decimals, sign)}${panel.suffix} (${point.period})`
    );
  });
}

/** The sentence for one month of a panel. */
export function readingText(
  format: Formatter,
  figure: Figure,
  panel: Panel,
  index: number,
): string {
  const sign = figure.changes;
  const place = 10 ** (panel.digits?.[index] ?? 0);
  const shown = (value: number | null | undefined) =>
    format.number(value, place, sign) + panel.suffix;
  const parts = [`${format.word("term.mean")} ${shown(panel.mean?.[index])}`];
  const low = panel.p05?.[index];
  const high = panel.p95?.[index];
  if (low !== null && low !== undefined && high !== null && high !== undefined) {
    parts.push(`${format.word("term.interval90")} ${format.interval(low, high, place, sign)}`);
  }
  parts.push(...recordedTexts(format, panel, index, sign));
  return `${format.month(index)}: ${parts.join("; ")}`;
}

/** The sentence for one month of a pair: both runs, then what lies between them. */
export function pairText(format: Formatter, figure: Figure, panel: Panel, index: number): string {
  const place = 10 ** (panel.digits?.[index] ?? 0);
  const level = (name: string, values: Values | undefined) =>
    `${name} ${format.number(values?.[index], place)}${panel.suffix}`;
  const parts = [
    level(format.word("term.base"), panel.base?.mean),
    level(figure.names?.alternative ?? "", panel.mean),
  ];
  const { difference } = panel;
  if (difference) {
    const last = 10 ** (difference.digits?.[index] ?? 0);
    const value = difference.mean[index];
    let text = `${format.word("term.difference")} ${format.number(value, last, true)}`;
    if (value !== null && value !== undefined) text += difference.suffix ?? "";
    const low = difference.low?.[index];
    const high = difference.high?.[index];
    if (low !== null && low !== undefined && high !== null && high !== undefined) {
      text += ` (${format.word("term.interval90")} ${format.interval(low, high, last, true)})`;
    }
    parts.push(text);
  }
  parts.push(...recordedTexts(format, panel, index, false));
  return `${format.month(index)}: ${parts.join("; ")}`;
}

/** Where keys move the reading line; null for keys it does not know. */
export function stepOf(key: string, index: number, last: number): number | null {
  const moves: Record<string, number> = {
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    PageUp: index + 12,
    PageDown: index - 12,
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined ? null : Math.min(last, Math.max(0, to));
}

/** One of the plots a reading line crosses, and the lines it stops at there. */
export interface View {
  plot: HTMLElement;
  name: string;
  lines: { values: Values; colour: string }[];
}

interface Cursor extends View {
  drawn: Drawn | null;
  rule: SVGLineElement;
  points: SVGCircleElement[];
}

/**
 * A reading line over a plot, or over several at once, moved by pointer and keys, with its sentence
 * under `place`; it outlives redrawings.
 */
export class Reading {
  private index: number;
  private moved = false;
  private readonly output = document.createElement("p");
  private readonly cursors: Cursor[];

  constructor(
    private readonly page: PageData,
    private readonly sentence: (index: number) => string,
    hint: string,
    place: HTMLElement,
    views: View[],
  ) {
    this.index = page.months - 1;
    this.output.className = "read";
    place.after(this.output);
    this.cursors = views.map((view) => ({
      ...view,
      drawn: null,
      rule: reader("line", { stroke: "var(--ink)" }),
      points: view.lines.map(({ colour }) =>
        reader("circle", { r: "4.5", fill: colour, stroke: "var(--page)", "stroke-width": "2" }),
      ),
    }));
    for (const cursor of this.cursors) this.connect(cursor, hint);
  }

  attach(plot: HTMLElement, drawn: Drawn): void {
    const cursor = this.cursors.find((c) => c.plot === plot);
    if (!cursor) return;
    cursor.drawn = drawn;
    drawn.svg.append(cursor.rule, ...cursor.points);
    this.show();
  }

  private connect(cursor: Cursor, hint: string): void {
    const { plot, name } = cursor;
    plot.tabIndex = 0;
    plot.setAttribute("role", "slider");
    plot.setAttribute("aria-label", `${name}. ${hint}`);
    plot.setAttribute("aria-valuemin", "0");
    plot.setAttribute("aria-valuemax", String(this.page.months - 1));
    plot.addEventListener("keydown", (event) => {
      const to = stepOf(event.key, this.index, this.page.months - 1);
      if (to === null) return;
      event.preventDefault();
      this.move(to);
    });
    const follow = (event: PointerEvent) => {
      if (!cursor.drawn) return;
      const x = event.clientX - cursor.drawn.svg.getBoundingClientRect().left;
      const first = cursor.drawn.x(0);
      const step = this.page.months > 1 ? cursor.drawn.x(1) - first : 1;
      this.move(Math.min(this.page.months - 1, Math.max(0, Math.round((x - first) / step))));
    };
    plot.addEventListener("pointermove", follow);
    plot.addEventListener("pointerdown", follow);
  }

  private move(index: number): void {
    this.index = index;
    this.moved = true;
    this.show();
  }

  private show(): void {
    const sentence = this.sentence(this.index);
    this.output.textContent = sentence;
    for (const cursor of this.cursors) {
      cursor.plot.setAttribute("aria-valuenow", String(this.index));
      cursor.plot.setAttribute("aria-valuetext", sentence);
      this.showAt(cursor);
    }
  }

  private showAt({ drawn, rule, points, lines }: Cursor): void {
    const visible = this.moved && drawn !== null;
    rule.style.display = visible ? "" : "none";
    for (const point of points) point.style.display = "none";
    if (!visible) return;
    const x = String(drawn.x(this.index));
    rule.setAttribute("x1", x);
    rule.setAttribute("x2", x);
    rule.setAttribute("y1", String(drawn.top));
    rule.setAttribute("y2", String(drawn.bottom));
    points.forEach((point, i) => {
      const value = lines[i]?.values[this.index];
      if (value === null || value === undefined) return;
      point.style.display = "";
      point.setAttribute("cx", x);
      point.setAttribute("cy", String(drawn.y(value)));
    });
  }
}

function reader<K extends "line" | "circle">(
  kind: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
