import type { Values } from "./data";

/**
 * Broken at spaces, and inside words that are too long, into at most `count` lines no wider than
 * `limit` by `widthOf`; the rest gives way to `…`.
 */
export function wrap(
  text: string,
  limit: number,
  count: number,
  widthOf: (line: string) => number = (line) => line.length,
): string[] {
  const fits = (line: string) => widthOf(line) <= limit;
  const cut = (word: string, tail: string) => {
    let length = word.length;
    while (length > 1 && !fits(word.slice(0, length) + tail)) length--;
    return word.slice(0, length);
  };
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && fits(`${line} ${word}`)) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    while (!fits(word) && word.length > 1) {
      const start = cut(word, "");
      lines.push(start);
      word = word.slice(start.length);
    }
    line = word;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= count) return lines;
  const kept = lines.slice(0, count);
  kept[count - 1] = `${cut(kept[count - 1] ?? "", "…").trimEnd()}…`;
  return kept;
}

/** A label that would like its middle at `at` px. */
export interface Box {
  at: number;
  height: number;
}

/**
 * Tops of labels that do not overlap, inside [low, high] if they fit there, as near to where they
 * would like to be as can be and in that order. Labels that meet share the shift.
 */
export function spread(boxes: readonly Box[], low: number, high: number): number[] {
  interface Group {
    members: number[];
    height: number;
    wanted: number; // sum of the tops that each member would give the group
    top: number;
  }
  const groups: Group[] = [];
  const order = boxes.map((_, i) => i).sort((a, b) => (boxes[a]?.at ?? 0) - (boxes[b]?.at ?? 0));
  const settle = (group: Group) => {
    const top = group.wanted / group.members.length;
    group.top = Math.max(low, Math.min(high - group.height, top));
  };
  for (const i of order) {
    const box = boxes[i];
    if (!box) continue;
    let group: Group = {
      members: [i],
      height: box.height,
      wanted: box.at - box.height / 2,
      top: 0,
    };
    settle(group);
    for (
      let above = groups[groups.length - 1];
      above && above.top + above.height > group.top;
      above = groups[groups.length - 1]
    ) {
      groups.pop();
      group = {
        members: [...above.members, ...group.members],
        height: above.height + group.height,
        wanted: above.wanted + group.wanted - group.members.length * above.height,
        top: 0,
      };
      settle(group);
    }
    groups.push(group);
  }
  const tops: number[] = boxes.map(() => 0);
  for (const group of groups) {
    let top = group.top;
    for (const member of group.members) {
      tops[member] = top;
      top += boxes[member]?.height ?? 0;
    }
  }
  return tops;
}

/** A 50% band within a wider one around a line. */
export interface Bands {
  outer: string; // what the wider one is: `90%`
  low: Values;
  low50: Values;
  middle: Values;
  high50: Values;
  high: Values;
}

export interface BandLabel {
  index: number; // position in the series, which may be between two
  value: number;
  label: string;
}

/**
 * Where `50%` and the name of the wider band fit into their bands: as late as there is room, above the line rather than
 * below, and not on `others`, the lines that are not of the bands.
 */
export function bandLabels(
  bands: Bands,
  others: readonly Values[],
  pxPerUnit: number,
  pxPerStep: number,
): BandLabel[] {
  const steps = bands.middle.length;
  const span = Math.max(2, Math.ceil(38 / pxPerStep));
  const needed = 15 / pxPerUnit;

  const room = (low: Values, high: Values, end: number): number | null => {
    let bottom = Number.NEGATIVE_INFINITY;
    let top = Number.POSITIVE_INFINITY;
    for (let i = end - span; i <= end; i++) {
      bottom = Math.max(bottom, low[i] ?? Number.POSITIVE_INFINITY);
      top = Math.min(top, high[i] ?? Number.NEGATIVE_INFINITY);
    }
    if (!(top - bottom > needed)) return null;
    const value = (top + bottom) / 2;
    for (const other of others) {
      for (let i = end - span; i <= end; i++) {
        if (Math.abs((other[i] ?? Number.POSITIVE_INFINITY) - value) < 0.6 * needed) return null;
      }
    }
    return value;
  };
  const place = (label: string, sides: [Values, Values][]): BandLabel[] => {
    const stride = Math.max(1, Math.floor(span / 4));
    for (let end = steps - 1; end >= span; end -= stride) {
      for (const [low, high] of sides) {
        const value = room(low, high, end);
        if (value !== null) return [{ index: end - span / 2, value, label }];
      }
    }
    return [];
  };
  const { outer, low, low50, middle, high50, high } = bands;
  return [
    ...place("50%", [
      [middle, high50],
      [low50, middle],
    ]),
    ...place(outer, [
      [high50, high],
      [low, low50],
    ]),
  ];
}
