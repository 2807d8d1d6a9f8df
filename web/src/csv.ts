import { calendarMonth, type Figure, type PageData, type Panel } from "./data";

const COLUMNS = ["mean", "p05", "p25", "p50", "p75", "p95"] as const;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  // A leading = + - @ would be run as a formula by spreadsheets; numbers are not affected.
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function recordedAt(panel: Panel, index: number): string | number {
  const point = panel.recorded?.find((r) => index >= r.from && index < r.from + r.months);
  return point?.value ?? "";
}

/** All months of a figure's panels, one row a month and panel. */
export function figureCsv(page: PageData, figure: Figure): string {
  const rows: string[] = [["month", "series", "name", "unit", ...COLUMNS, "recorded"].join(",")];
  for (const panel of figure.panels) {
    if (panel.withheld) continue;
    for (let i = 0; i < page.months; i++) {
      const { year, month } = calendarMonth(page, i);
      const values = COLUMNS.map((column) => cell(panel[column]?.[i]));
      rows.push(
        [
          `${year}-${String(month).padStart(2, "0")}`,
          cell(panel.id),
          cell(panel.title),
          cell(panel.unit),
          ...values,
          cell(recordedAt(panel, i)),
        ].join(","),
      );
    }
  }
  return `${rows.join("\n")}\n`;
}
