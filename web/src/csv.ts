import { calendarMonth, type Figure, type PageData, type Panel } from "./data";

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  // A leading = + - @ would be run as a formula by spreadsheets; numbers are not affected.
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function recordedAt(panel: Panel, index: number): number | undefined {
  const point = panel.recorded?.find((r) => index >= r.from && index < r.from + r.months);
  return point?.value;
}

type Column = [
  name: string,
  value: (panel: Panel, index: number) => string | number | null | undefined,
];

const RUN_COLUMNS: Column[] = [
  ["mean", (panel, i) => panel.mean?.[i]],
  ["p05", (panel, i) => panel.p05?.[i]],
  ["p25", (panel, i) => panel.p25?.[i]],
  ["p50", (panel, i) => panel.p50?.[i]],
  ["p75", (panel, i) => panel.p75?.[i]],
  ["p95", (panel, i) => panel.p95?.[i]],
  ["recorded", recordedAt],
];

const PAIR_COLUMNS: Column[] = [
  ["base_mean", (panel, i) => panel.base?.mean[i]],
  ["base_p05", (panel, i) => panel.base?.p05?.[i]],
  ["base_p50", (panel, i) => panel.base?.p50?.[i]],
  ["base_p95", (panel, i) => panel.base?.p95?.[i]],
  ["alternative_mean", (panel, i) => panel.mean?.[i]],
  ["alternative_p05", (panel, i) => panel.p05?.[i]],
  ["alternative_p50", (panel, i) => panel.p50?.[i]],
  ["alternative_p95", (panel, i) => panel.p95?.[i]],
  ["difference", (panel, i) => panel.difference?.mean[i]],
  ["low", (panel, i) => panel.difference?.low?.[i]],
  ["high", (panel, i) => panel.difference?.high?.[i]],
  ["recorded", recordedAt],
];

/** All months of a figure's panels, one row a month and panel. */
export function figureCsv(page: PageData, figure: Figure): string {
  const columns = figure.kind === "pairs" ? PAIR_COLUMNS : RUN_COLUMNS;
  const rows = [["month", "series", "name", "unit", ...columns.map(([name]) => name)].join(",")];
  for (const panel of figure.panels) {
    if (panel.withheld) continue;
    for (let i = 0; i < page.months; i++) {
      const { year, month } = calendarMonth(page, i);
      rows.push(
        [
          `${year}-${String(month).padStart(2, "0")}`,
          cell(panel.id),
          cell(panel.title),
          cell(panel.unit),
          ...columns.map(([, value]) => cell(value(panel, i))),
        ].join(","),
      );
    }
  }
  return `${rows.join("\n")}\n`;
}
