import assert from "node:assert/strict";
import { test } from "node:test";
import { Formatter, fill } from "../src/format";
import { samplePage } from "./sample";

test("format: numbers as English writes them, with a true minus", () => {
  const format = new Formatter(samplePage());
  assert.equal(format.number(1480.52, 0.1), "1,480.5");
  assert.equal(format.number(-1484, 10), "\u22121,480");
  assert.equal(format.number(1484, 10, true), "+1,480");
  assert.equal(format.number(3504123, 1000), "3,504,000");
  assert.equal(format.number(-0.004, 0.01, true), "0.00");
  assert.equal(format.number(Number.NaN, 1), "–");
  assert.equal(format.number(null, 1), "–");
});

test("format: groups and intervals follow the page's language", () => {
  const page = samplePage();
  page.number = { decimal: ".", group: "\u202f" };
  page.words["term.to"] = "{a} … {b}";
  const format = new Formatter(page);
  assert.equal(format.number(1480, 1), "1\u202f480");
  assert.equal(format.interval(-10, 20, 1, true), "\u221210 … +20");
});

test("format: months count from the start of the run", () => {
  const page = samplePage();
  page.firstMonth = 11;
  const format = new Formatter(page);
  assert.equal(format.month(0), "Nov 2009");
  assert.equal(format.month(2), "Jan 2010");
});

test("format: a blank without filling stays", () => {
  assert.equal(fill("{a} to {b}", { a: "1" }), "1 to {b}");
});
