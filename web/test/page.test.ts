import assert from "node:assert/strict";
import { test } from "node:test";
import { figureCsv } from "../src/csv";
import { monthPosition, parsePage } from "../src/data";
import { Formatter } from "../src/format";
import { neighbour } from "../src/map";
import { readingText, stepOf } from "../src/reading";
import { sampleFigure, samplePage, samplePanel } from "./sample";

test("data: another format is refused", () => {
  assert.throws(() => parsePage('{"format":"steppe-report/9"}'), /steppe-report\/9/);
  assert.equal(parsePage(JSON.stringify(samplePage())).months, 3);
});

test("data: a month stands at its middle", () => {
  assert.ok(Math.abs(monthPosition(samplePage(), 0) - (2009 + 1 / 24)) < 1e-9);
  assert.ok(Math.abs(monthPosition(samplePage(), 12) - (2010 + 1 / 24)) < 1e-9);
});

test("csv: a row a month and series, recorded figures beside", () => {
  const lines = figureCsv(samplePage(), sampleFigure()).trimEnd().split("\n");
  assert.equal(lines[0], "month,series,name,unit,mean,p05,p25,p50,p75,p95,recorded");
  assert.equal(lines[1], "2009-01,vacancies.mining,Mining,posts,1,0,0.5,1,1.5,2,");
  assert.equal(lines[2], "2009-02,vacancies.mining,Mining,posts,2,1,1.5,2,2.5,3,2.25");
  assert.equal(lines.length, 4);
});

test("csv: quotes and formulas in names do no harm; withheld cells are absent", () => {
  const hostile = samplePanel();
  hostile.title = '=HYPERLINK("http://x","y"), z';
  const csv = figureCsv(samplePage(), sampleFigure([hostile]));
  assert.match(csv, /"'=HYPERLINK\(""http:\/\/x"",""y""\), z"/);
  const withheld = { ...samplePanel(), withheld: true };
  assert.equal(figureCsv(samplePage(), sampleFigure([withheld])).split("\n").length, 2);
});

test("reading: mean, interval and recorded figure of a month", () => {
  const page = samplePage();
  const text = readingText(new Formatter(page), sampleFigure(), samplePanel([100, 1234.6, 3]), 1);
  assert.equal(text, "Feb 2009: Mean 1,235; 90% interval 1,234 to 1,236; Recorded 2.25 (Feb 2009)");
});

test("reading: the last digit follows the month's error", () => {
  const panel = { ...samplePanel([1234.6, 1, 1]), digits: [2, 0, 0] };
  const text = readingText(new Formatter(samplePage()), sampleFigure(), panel, 0);
  assert.match(text, /^Jan 2009: Mean 1,200; 90% interval 1,200 to 1,200$/);
});

test("reading: one replication has no interval", () => {
  const { p05, p25, p50, p75, p95, ...panel } = samplePanel();
  assert.ok(p05 && p25 && p50 && p75 && p95);
  const text = readingText(new Formatter(samplePage()), sampleFigure(), panel, 0);
  assert.equal(text, "Jan 2009: Mean 1");
});

test("reading: keys move by month and year and stay inside", () => {
  assert.equal(stepOf("ArrowRight", 4, 10), 5);
  assert.equal(stepOf("ArrowLeft", 0, 10), 0);
  assert.equal(stepOf("PageUp", 4, 10), 10);
  assert.equal(stepOf("Home", 4, 10), 0);
  assert.equal(stepOf("End", 4, 10), 10);
  assert.equal(stepOf("Tab", 4, 10), null);
});

test("map: arrows reach every tile of the country's map", () => {
  const rows = [
    [2, 4, 5, 6, 7],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [3, 4, 5, 6, 7, 8],
    [6, 7],
  ];
  const tiles = rows.flatMap((columns, i) => columns.map((column) => ({ row: i + 1, column })));
  const first = tiles[0];
  assert.ok(first);
  const seen = new Set([first]);
  const open = [first];
  while (open.length > 0) {
    const tile = open.pop();
    assert.ok(tile);
    for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
      const next = neighbour(tiles, tile, key);
      if (next && !seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  assert.equal(seen.size, 22);
  assert.equal(neighbour(tiles, first, "Enter"), null);
});
