import assert from "node:assert/strict";
import { test } from "node:test";
import { figureCsv } from "../src/csv";
import type { Average, Panel, Verdict } from "../src/data";
import { colourOf, rowsOf, shapeOf } from "../src/dots";
import { bandsOf } from "../src/fan";
import { Formatter } from "../src/format";
import { differenceBands, lineOf, sinceApart } from "../src/pair";
import { pairText } from "../src/reading";
import { samplePage, samplePair, samplePairs, samplePanel } from "./sample";

const format = () => new Formatter(samplePage());

test("compare: the sentence has both runs, the difference and its interval", () => {
  assert.equal(
    pairText(format(), samplePairs(), samplePair([11_000, 1100, 1200]), 0),
    "Jan 2009: baseline 11,500; Quota halved 11,000; " +
      "difference \u2212500 (90% interval \u2212520 to \u2212480)",
  );
  assert.match(
    pairText(format(), samplePairs(), samplePair(), 1),
    /\); Recorded 2\.25 \(Feb 2009\)$/,
  );
});

test("compare: one replication has no interval, a missing month no difference", () => {
  const one = samplePair();
  one.difference = { mean: [-500, null, -500], low: null, high: null };
  const text = (i: number) => pairText(format(), samplePairs([one]), one, i);
  assert.match(text(0), /; difference \u2212500$/);
  assert.match(text(1), /; difference –; Recorded/);
});

test("compare: levels and difference have units and last digits of their own", () => {
  const rate = samplePair([5.512, 5.5, 5.5]);
  rate.suffix = "%";
  rate.digits = [-1, -1, -1];
  rate.base = { mean: [5.53, 5.5, 5.5] };
  rate.difference = { mean: [-0.0314, 0, 0], digits: [-2, -2, -2], suffix: " pp" };
  assert.equal(
    pairText(format(), samplePairs([rate]), rate, 0),
    "Jan 2009: baseline 5.5%; Quota halved 5.5%; difference \u22120.03 pp",
  );
});

test("compare: the CSV has baseline, alternative and difference side by side", () => {
  const lines = figureCsv(samplePage(), samplePairs()).trimEnd().split("\n");
  assert.equal(
    lines[0],
    "month,series,name,unit,base_mean,base_p05,base_p50,base_p95,alternative_mean," +
      "alternative_p05,alternative_p50,alternative_p95,difference,low,high,recorded",
  );
  assert.equal(
    lines[2],
    "2009-02,vacancies.mining,Mining,posts,1600,1500,1600,1700,1100,1099,1100,1101," +
      "-500,-520,-480,2.25",
  );
  const { p05, p25, p50, p75, p95, ...panel } = samplePair();
  assert.ok(p05 && p25 && p50 && p75 && p95);
  const one = {
    ...panel,
    base: { mean: [1500, 1600, 1700] },
    difference: { mean: [-500, null, 0] },
  };
  assert.equal(
    figureCsv(samplePage(), samplePairs([one])).split("\n")[2],
    "2009-02,vacancies.mining,Mining,posts,1600,,,,1100,,,,,,,2.25",
  );
});

test("compare: the alternative is drawn from where it leaves the baseline", () => {
  assert.deepEqual(sinceApart([1, 2, 3, 5], [1, 2, 3, 4]), [null, null, 3, 5]);
  assert.deepEqual(sinceApart([2, 2], [1, 2]), [2, 2]);
  assert.deepEqual(sinceApart([1, 2], [1, 2]), [1, 2]);
});

test("compare: medians and bands where there are any, else the mean alone", () => {
  assert.deepEqual(lineOf({ mean: [1], p50: [2] }), [2]);
  assert.deepEqual(lineOf({ mean: [1] }), [1]);
  assert.equal(bandsOf({ mean: [1] }), null);
  assert.equal(differenceBands({ mean: [1], low: null }), null);
  assert.deepEqual(
    differenceBands(samplePair().difference ?? { mean: [] })?.low,
    [-520, -520, -520],
  );
});

function rowPanel(title: string, group: string | undefined, verdict?: Verdict, mean = -1): Panel {
  const end: Average = { mean, p05: null, p25: null, p50: null, p75: null, p95: null };
  return {
    ...samplePanel(),
    title,
    end,
    ...(group === undefined ? {} : { group }),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

test("compare: each verdict has a shape of its own", () => {
  assert.deepEqual(
    (["likely", "unclear", "none"] as const).map((verdict) => shapeOf(verdict)),
    ["full", "open", "bar"],
  );
  assert.equal(shapeOf(undefined), "full");
});

test("compare: only likely losses have the colour of a loss", () => {
  assert.equal(colourOf(rowPanel("a", "g", "likely"), true), "var(--loss)");
  assert.equal(colourOf(rowPanel("a", "g", "likely", 1), true), "var(--series)");
  assert.equal(colourOf(rowPanel("a", "g", "unclear"), true), "var(--base)");
  assert.equal(colourOf(rowPanel("a", "g"), true), "var(--series)");
  assert.equal(colourOf(rowPanel("a", "g", "likely"), false), "var(--series)");
});

test("compare: a heading before the rows of each group, none without groups", () => {
  const panels = [
    rowPanel("Men", "Sex"),
    rowPanel("Women", "Sex"),
    rowPanel("Other aimags together", "Region"),
  ];
  const { rows, height } = rowsOf(panels, 12, (line) => line.length);
  assert.deepEqual(
    rows.map((row) => row.lines),
    [["Sex"], ["Men"], ["Women"], ["Region"], ["Other aimags", "together"]],
  );
  rows.forEach((row, i) => {
    assert.ok(row.middle > row.top && row.middle < (rows[i + 1]?.top ?? height));
  });
  const plain = rowsOf([rowPanel("a", undefined), rowPanel("b", undefined)], 12, (l) => l.length);
  assert.deepEqual(
    plain.rows.map((row) => row.panel?.title),
    ["a", "b"],
  );
});
