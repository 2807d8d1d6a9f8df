import { calendarMonth, type PageData } from "./data";

const MINUS = "\u2212";

/** `{name}` in a template and what takes its place. */
export function fill(pattern: string, fills: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => fills[name] ?? whole);
}

export class Formatter {
  constructor(private readonly page: PageData) {}

  word(key: string, fills: Record<string, string> = {}): string {
    return fill(this.page.words[key] ?? key, fills);
  }

  /** Rounded to a power of ten, in the page's way of writing numbers. */
  number(value: number | null | undefined, place: number, sign = false): string {
    if (value === null || value === undefined || !Number.isFinite(value)) {
      return this.word("term.none");
    }
    const decimals = Math.max(0, Math.round(-Math.log10(place)));
    const rounded = place > 1 ? Math.round(value / place) * place : value;
    const [whole = "0", fraction] = Math.abs(rounded).toFixed(decimals).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, this.page.number.group);
    const text = fraction === undefined ? grouped : grouped + this.page.number.decimal + fraction;
    if (!/[1-9]/.test(text)) return text;
    return (value < 0 ? MINUS : sign ? "+" : "") + text;
  }

  interval(low: number | null, high: number | null, place: number, sign = false): string {
    return this.word("term.to", {
      a: this.number(low, place, sign),
      b: this.number(high, place, sign),
    });
  }

  month(index: number): string {
    const { year, month } = calendarMonth(this.page, index);
    const mm = String(month).padStart(2, "0");
    return this.word("format.month", { y: String(year), mm, mon: this.word(`month.${mm}`) });
  }
}
