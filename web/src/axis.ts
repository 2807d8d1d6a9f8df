/** Round values of an axis and the place of their last digit. */
export interface Ticks {
  values: number[];
  place: number;
  low: number;
  high: number;
}

/** About `count` round values that enclose [low, high]. */
export function ticksFor(low: number, high: number, count: number): Ticks {
  if (!(high > low)) {
    const half = Math.abs(low) > 0 ? Math.abs(low) * 0.1 : 1;
    return ticksFor(low - half, low + half, count);
  }
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const round = [1, 2, 5, 10].find((r) => r * power >= raw * 0.999999) ?? 10;
  const step = round * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const values: number[] = [];
  // Multiplying keeps the values round; adding would let errors grow.
  for (let i = first; i <= last; i++) values.push(Number((i * step).toPrecision(12)));
  const place = Math.min(1, 10 ** Math.floor(Math.log10(step) + 1e-9));
  return { values, place, low: first * step, high: last * step };
}

/** Round values inside [low, high]; the axis ends where the values end. */
export function ticksWithin(low: number, high: number, count: number): Ticks {
  const around = ticksFor(low, high, count);
  if (!(high > low)) return around;
  const margin = (high - low) * 0.04;
  const inside = around.values.filter((v) => v >= low - margin && v <= high + margin);
  // Two labels tell a scale; with fewer the rounded ends have to show.
  if (inside.length < 2) return around;
  return { ...around, values: inside, low: low - margin, high: high + margin };
}

/** Lowest and highest of the finite numbers; null without any. */
export function extent(...series: (readonly (number | null | undefined)[] | undefined)[]): {
  low: number;
  high: number;
} | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of series) {
    for (const value of values ?? []) {
      if (value === null || value === undefined || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high >= low ? { low, high } : null;
}

/** A scale from zero unless that would press the series into a strip. */
export function withZero(low: number, high: number): { low: number; high: number } {
  if (low > 0 && low < 0.45 * high) return { low: 0, high };
  if (high < 0 && high > 0.45 * low) return { low, high: 0 };
  return { low, high };
}

/** Years to label so that labels of `labelWidth` px do not touch. */
export function labelledYears(
  first: number,
  last: number,
  width: number,
  labelWidth: number,
): number[] {
  const years = Math.max(1, last - first + 1);
  const every = [1, 2, 4, 5, 10, 20, 50].find((n) => (width / years) * n >= labelWidth) ?? years;
  const out: number[] = [];
  for (let year = first; year <= last; year++) {
    if (year % every === 0 || years <= 1) out.push(year);
  }
  return out.length > 0 ? out : [first];
}
