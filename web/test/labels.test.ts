import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bands, bandLabels, spread, wrap } from "../src/labels";

test("labels: names break at spaces, long words inside, and the rest is cut", () => {
  assert.deepEqual(wrap("Baseline", 12, 3), ["Baseline"]);
  assert.deepEqual(wrap("Construction quota halved", 12, 3), ["Construction", "quota halved"]);
  assert.deepEqual(wrap("Unmittelbarkeit", 6, 3), ["Unmitt", "elbark", "eit"]);
  assert.deepEqual(wrap("one two three four", 5, 2), ["one", "two…"]);
  assert.deepEqual(wrap("one seven eight", 5, 2), ["one", "seve…"]);
  assert.deepEqual(wrap("  ", 5, 2), []);
});

test("labels: the measure of a line decides", () => {
  const wide = (line: string) => 10 * line.length;
  assert.deepEqual(wrap("one two", 50, 3, wide), ["one", "two"]);
  assert.deepEqual(wrap("one two", 70, 3, wide), ["one two"]);
  // A letter wider than the room still ends.
  assert.deepEqual(wrap("ab", 5, 3, wide), ["a", "b"]);
});

test("labels: those with room stay where they are", () => {
  assert.deepEqual(
    spread(
      [
        { at: 20, height: 10 },
        { at: 80, height: 10 },
      ],
      0,
      100,
    ),
    [15, 75],
  );
});

test("labels: those that meet share the shift, in their order", () => {
  assert.deepEqual(
    spread(
      [
        { at: 52, height: 20 },
        { at: 50, height: 20 },
      ],
      0,
      100,
    ),
    [51, 31],
  );
  // A third one is pushed by the two, and the edge holds.
  assert.deepEqual(
    spread(
      [
        { at: 95, height: 20 },
        { at: 90, height: 20 },
        { at: 70, height: 20 },
      ],
      0,
      100,
    ),
    [80, 60, 40],
  );
});

test("labels: whatever is asked for, none overlap", () => {
  let seed = 1;
  const next = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 300; round++) {
    const boxes = Array.from({ length: 1 + Math.floor(next() * 4) }, () => ({
      at: next() * 240 - 20,
      height: 20 + 25 * next(),
    }));
    const tops = spread(boxes, 0, 200);
    const placed = boxes
      .map((box, i) => ({ top: tops[i] ?? Number.NaN, height: box.height }))
      .sort((a, b) => a.top - b.top);
    placed.forEach(({ top, height }, i) => {
      assert.ok(top > -1e-9 && top + height < 200 + 1e-9, `round ${round}: outside`);
      const above = placed[i - 1];
      assert.ok(!above || above.top + above.height < top + 1e-9, `round ${round}: overlap`);
    });
  }
});

function wideBands(months: number): Bands {
  const flat = (value: number) => Array<number>(months).fill(value);
  return {
    outer: "90%",
    low: flat(-40),
    low50: flat(-20),
    middle: flat(0),
    high50: flat(20),
    high: flat(40),
  };
}

test("labels: bands are named late and above the line", () => {
  const labels = bandLabels(wideBands(100), [], 1, 5);
  assert.deepEqual(
    labels.map(({ label, value }) => [label, value]),
    [
      ["50%", 10],
      ["90%", 30],
    ],
  );
  assert.ok(labels.every(({ index }) => index > 90 && index < 99));
});

test("labels: a band is not named on another line, nor where it is thin", () => {
  const crossing = Array<number>(100).fill(12);
  const [fifty] = bandLabels(wideBands(100), [crossing], 1, 5);
  assert.equal(fifty?.value, -10);
  assert.deepEqual(bandLabels(wideBands(100), [], 0.5, 5), []);
  assert.deepEqual(bandLabels(wideBands(3), [], 1, 5), []);
});
