import { figureCsv } from "./csv";
import { type Figure, type PageData, type Panel, parsePage } from "./data";
import { drawDots } from "./dots";
import { drawFan, ticksOf } from "./fan";
import { Formatter } from "./format";
import { enliven } from "./map";
import { drawDifference, drawLevels, lineOf } from "./pair";
import { pairText, Reading, readingText, type View } from "./reading";

// Width of the text on a sheet of A4, in px at the browser's print scale.
const PRINT_WIDTH = 680;

// As compare.css lays a pair out.
const PAIR_GAP = 26;
const LEVELS_SHARE = 0.62;

type Theme = "light" | "dark";

class Report {
  private readonly format: Formatter;
  private readonly readings = new Map<HTMLElement, Reading>();
  private printing = false;

  constructor(private readonly page: PageData) {
    this.format = new Formatter(page);
  }

  draw(): void {
    for (const element of document.querySelectorAll<HTMLElement>("[data-figure]")) {
      const figure = this.page.figures[element.dataset.figure ?? ""];
      if (!figure) continue;
      if (figure.kind === "fans") this.drawFans(element, figure);
      if (figure.kind === "multiples") this.drawMultiples(element, figure);
      if (figure.kind === "dots") this.drawRows(element, figure);
      if (figure.kind === "pairs") this.drawPairs(element, figure);
    }
  }

  enlivenMaps(): void {
    for (const element of document.querySelectorAll<HTMLElement>(".tilemap")) {
      enliven(element, this.format);
    }
  }

  print(printing: boolean): void {
    this.printing = printing;
    this.draw();
  }

  private *plots(element: HTMLElement, figure: Figure): Generator<[HTMLElement, Panel]> {
    for (const plot of element.querySelectorAll<HTMLElement>(".plot")) {
      const panel = figure.panels[Number(plot.dataset.panel)];
      if (panel && !panel.withheld) yield [plot, panel];
    }
  }

  /** Width of a panel: as laid out, or on paper as the print style will lay it out. */
  private width(plot: HTMLElement, columns: number, gap: number): number {
    if (this.printing) return (PRINT_WIDTH - gap * (columns - 1)) / columns;
    return Math.max(140, Math.floor(plot.clientWidth));
  }

  private drawFans(element: HTMLElement, figure: Figure): void {
    for (const [plot, panel] of this.plots(element, figure)) {
      const ticks = ticksOf([panel], 5, figure.changes);
      if (!ticks) continue;
      const width = this.width(plot, figure.panels.length, 34);
      const drawn = drawFan(this.page, this.format, figure, panel, {
        width,
        height: 250,
        ticks,
        small: false,
      });
      drawn.svg.setAttribute("aria-hidden", "true");
      plot.replaceChildren(drawn.svg);
      let reading = this.readings.get(plot);
      if (!reading) {
        const sentence = (index: number) => readingText(this.format, figure, panel, index);
        const lines = [{ values: lineOf(panel), colour: "var(--series)" }];
        const view = { plot, name: panel.title, lines };
        reading = this.read(plot, sentence, [view]);
      }
      reading.attach(plot, drawn);
    }
  }

  private read(place: HTMLElement, sentence: (index: number) => string, views: View[]): Reading {
    const hint = this.format.word("term.hint");
    const reading = new Reading(this.page, sentence, hint, place, views);
    this.readings.set(place, reading);
    return reading;
  }

  private drawPairs(element: HTMLElement, figure: Figure): void {
    for (const pair of element.querySelectorAll<HTMLElement>(".pair")) {
      const sides = [...this.plots(pair, figure)];
      for (const [plot, panel] of sides) {
        const levels = plot.dataset.side === "levels";
        const share = levels ? LEVELS_SHARE : 1 - LEVELS_SHARE;
        const width = this.printing
          ? (PRINT_WIDTH - PAIR_GAP) * share
          : Math.max(140, Math.floor(plot.clientWidth));
        const draw = levels ? drawLevels : drawDifference;
        const drawn = draw(this.page, this.format, figure, panel, { width, height: 250 });
        if (!drawn) continue;
        drawn.svg.setAttribute("aria-hidden", "true");
        plot.replaceChildren(drawn.svg);
        (this.readings.get(pair) ?? this.readPair(pair, figure, sides)).attach(plot, drawn);
      }
    }
  }

  /** One reading line over both sides. */
  private readPair(pair: HTMLElement, figure: Figure, sides: [HTMLElement, Panel][]): Reading {
    const views = sides.map(([plot, panel]): View => {
      const name = `${panel.title}, ${plot.parentElement?.querySelector("h4")?.textContent ?? ""}`;
      if (plot.dataset.side !== "levels") {
        const values = panel.difference?.mean ?? [];
        return { plot, name, lines: [{ values, colour: "var(--series)" }] };
      }
      const base = { values: lineOf(panel.base ?? {}), colour: "var(--base)" };
      return { plot, name, lines: [base, { values: lineOf(panel), colour: "var(--series)" }] };
    });
    const sentence = (index: number) => {
      const panel = sides[0]?.[1];
      return panel ? pairText(this.format, figure, panel, index) : "";
    };
    return this.read(pair, sentence, views);
  }

  private drawMultiples(element: HTMLElement, figure: Figure): void {
    const ticks = ticksOf(figure.panels, 3, figure.changes, true);
    if (!ticks) return;
    for (const [plot, panel] of this.plots(element, figure)) {
      const drawn = drawFan(this.page, this.format, figure, panel, {
        width: this.width(plot, 5, 14),
        height: 118,
        ticks,
        small: true,
      });
      const value = this.format.number(panel.end.mean, panel.place, figure.changes) + panel.suffix;
      showPicture(plot, drawn.svg, `${panel.title}: ${value}`);
    }
  }

  private drawRows(element: HTMLElement, figure: Figure): void {
    const plot = element.querySelector<HTMLElement>(".plot");
    if (!plot) return;
    const svg = drawDots(this.format, figure, this.width(plot, 1, 0));
    if (!svg) return;
    showPicture(plot, svg, figure.title);
  }
}

/** A chart without a reading line: one picture with a name; what it is drawn of has none. */
function showPicture(plot: HTMLElement, svg: SVGSVGElement, name: string): void {
  svg.setAttribute("aria-hidden", "true");
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", name);
  plot.replaceChildren(svg);
}

function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-to]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeTo === theme));
  }
}

function download(name: string, content: string): void {
  const link = document.createElement("a");
  // The mark tells spreadsheets that the file is UTF-8.
  link.href = URL.createObjectURL(new Blob(["\ufeff", content], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function connectControls(page: PageData, report: Report): void {
  for (const element of document.querySelectorAll<HTMLElement>(".controls, .csv")) {
    element.hidden = false;
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-to]")) {
    button.addEventListener("click", () => setTheme(button.dataset.themeTo as Theme));
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-csv]")) {
    const id = button.dataset.csv ?? "";
    const figure = page.figures[id];
    if (figure) {
      button.addEventListener("click", () =>
        download(`${page.run}-${id}.csv`, figureCsv(page, figure)),
      );
    }
  }
  const tables = document.querySelector<HTMLElement>("[data-action=tables]");
  tables?.addEventListener("click", () => {
    const open = tables.getAttribute("aria-pressed") !== "true";
    tables.setAttribute("aria-pressed", String(open));
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details.numbers")) {
      details.open = open;
    }
  });
  document.querySelector("[data-action=print]")?.addEventListener("click", () => window.print());

  let before: Theme = "light";
  addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
    setTheme("light");
    report.print(true);
  });
  addEventListener("afterprint", () => {
    setTheme(before);
    report.print(false);
  });
  let width = innerWidth;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => report.draw(), 80);
  });
}

function start(): void {
  const data = document.getElementById("steppe-data")?.textContent;
  if (!data) return;
  const page = parsePage(data);
  document.documentElement.classList.add("scripted");
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const report = new Report(page);
  report.draw();
  report.enlivenMaps();
  connectControls(page, report);
}

start();
