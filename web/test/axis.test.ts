import assert from "node:assert/strict";
import { test } from "node:test";
import { extent, labelledYears, ticksFor, ticksWithin, withZero } from "../src/axis";

test("axis: ticks are round, enclose the range and know their last digit", () => {
  const ticks = ticksFor(8300, 14200, 5);
  assert.deepEqual(ticks.values, [8000, 10000, 12000, 14000, 16000]);
  assert.equal(ticks.place, 1);
  const small = ticksFor(-0.08, 0.02, 5);
  assert.deepEqual(small.values, [-0.08, -0.06, -0.04, -0.02, 0, 0.02]);
  assert.equal(small.place, 0.01);
});

test("axis: a tight scale ends where the values end", () => {
  const ticks = ticksWithin(-96000, 66000, 3);
  assert.deepEqual(ticks.values, [-100000, 0]);
  assert.ok(ticks.low > -110000 && ticks.low < -100000);
  assert.ok(ticks.high > 66000 && ticks.high < 80000);
  const between = ticksWithin(1.2, 1.9, 1);
  assert.ok(between.values.length >= 2);
});

test("axis: a constant series still gets a scale", () => {
  const ticks = ticksFor(5, 5, 4);
  assert.ok(ticks.low < 5 && ticks.high > 5);
  assert.ok(ticksFor(0, 0, 4).values.length > 1);
});

test("axis: any range has between two and twice the ticks asked for", () => {
  for (let low = -1000; low < 1000; low += 137.7) {
    for (let span = 0.003; span < 1e6; span *= 7.3) {
      const { values, low: first, high } = ticksFor(low, low + span, 5);
      assert.ok(values.length >= 2 && values.length <= 10, `${low} ${span}: ${values}`);
      assert.ok(first <= low + 1e-6 * span && high >= low + span - 1e-6 * span);
    }
  }
});

test("axis: missing values do not count", () => {
  assert.deepEqual(extent([null, 3, Number.NaN], undefined, [1]), { low: 1, high: 3 });
  assert.equal(extent([null]), null);
});

test("axis: zero is shown unless it would press the series flat", () => {
  assert.equal(withZero(10, 100).low, 0);
  assert.equal(withZero(90, 100).low, 90);
  assert.equal(withZero(-5, 100).low, -5);
});

test("axis: year labels do not touch", () => {
  assert.deepEqual(labelledYears(2009, 2012, 400, 42), [2009, 2010, 2011, 2012]);
  assert.deepEqual(
    labelledYears(2009, 2024, 400, 42),
    [2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024],
  );
  assert.deepEqual(labelledYears(2009, 2009, 100, 42), [2009]);
});
