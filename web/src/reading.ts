import type { Drawn } from "./chart";
import type { Figure, PageData, Panel } from "./data";
import type { Formatter } from "./format";

const SVG = "http://www.w3.org/2000/svg";

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
  for (const point of panel.recorded ?? []) {
    if (index < point.from || index >= point.from + point.months) continue;
    const digits = Number(point.value.toPrecision(6));
    const decimals = String(digits).split(".")[1]?.length ?? 0;
    parts.push(
      `${format.word("term.recorded")} ` +
        `${format.number(digits, 10 ** -decimals, sign)}${panel.suffix} (${point.period})`,
    );
  }
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

/** A reading line over a panel, moved by pointer and keys; it outlives redrawings. */
export class Reading {
  private index: number;
  private moved = false;
  private drawn: Drawn | null = null;
  private readonly output: HTMLElement;
  private readonly line = document.createElementNS(SVG, "line");
  private readonly point = document.createElementNS(SVG, "circle");

  constructor(
    private readonly page: PageData,
    private readonly format: Formatter,
    private readonly figure: Figure,
    private readonly panel: Panel,
    private readonly plot: HTMLElement,
  ) {
    this.index = page.months - 1;
    this.output = document.createElement("p");
    this.output.className = "read";
    plot.after(this.output);
    this.line.setAttribute("stroke", "var(--ink)");
    this.point.setAttribute("r", "4.5");
    this.point.setAttribute("fill", "var(--series)");
    this.point.setAttribute("stroke", "var(--page)");
    this.point.setAttribute("stroke-width", "2");
    plot.tabIndex = 0;
    plot.setAttribute("role", "slider");
    plot.setAttribute("aria-label", `${panel.title}. ${format.word("term.hint")}`);
    plot.setAttribute("aria-valuemin", "0");
    plot.setAttribute("aria-valuemax", String(page.months - 1));
    plot.addEventListener("keydown", (event) => {
      const to = stepOf(event.key, this.index, this.page.months - 1);
      if (to === null) return;
      event.preventDefault();
      this.move(to);
    });
    plot.addEventListener("pointermove", (event) => this.follow(event));
    plot.addEventListener("pointerdown", (event) => this.follow(event));
  }

  attach(drawn: Drawn): void {
    this.drawn = drawn;
    drawn.svg.append(this.line, this.point);
    this.show();
  }

  private follow(event: PointerEvent): void {
    if (!this.drawn) return;
    const x = event.clientX - this.drawn.svg.getBoundingClientRect().left;
    const first = this.drawn.x(0);
    const step = this.page.months > 1 ? this.drawn.x(1) - first : 1;
    this.move(Math.min(this.page.months - 1, Math.max(0, Math.round((x - first) / step))));
  }

  private move(index: number): void {
    this.index = index;
    this.moved = true;
    this.show();
  }

  private show(): void {
    const sentence = readingText(this.format, this.figure, this.panel, this.index);
    this.output.textContent = sentence;
    this.plot.setAttribute("aria-valuenow", String(this.index));
    this.plot.setAttribute("aria-valuetext", sentence);
    const value = (this.panel.p50 ?? this.panel.mean)?.[this.index] ?? null;
    const visible = this.moved && this.drawn !== null;
    this.line.style.display = visible ? "" : "none";
    this.point.style.display = visible && value !== null ? "" : "none";
    if (!this.drawn || !visible) return;
    const x = String(this.drawn.x(this.index));
    this.line.setAttribute("x1", x);
    this.line.setAttribute("x2", x);
    this.line.setAttribute("y1", String(this.drawn.top));
    this.line.setAttribute("y2", String(this.drawn.bottom));
    this.point.setAttribute("cx", x);
    if (value !== null) this.point.setAttribute("cy", String(this.drawn.y(value)));
  }
}
