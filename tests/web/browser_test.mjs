// The report in a real browser: node browser_test.mjs PROGRAM, which writes sample pages
// (write_sample.cpp). Exit code 77: there is no browser to test with.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brokenIds, emptyCharts, openBrowser, openPage, overflow } from "./check_page.mjs";

const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "steppe-page-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const browser = await openBrowser();

function sample(kind) {
  const file = join(folder, `${kind}.html`);
  execFileSync(program, [file, kind]);
  return file;
}

const CHARTS = [
  "unemployment",
  "vacancies",
  "vacancies-all",
  "foreign",
  "foreign-all",
  "foreign-origin",
  "sectors",
  "regions",
  "who",
  "wages",
  "wages-sector",
  "abroad",
  "destinations",
  "fill",
  "fill-occupation",
];

const tests = {
  "every chart is drawn, in the light, the dark, wide, narrow and in both languages": async () => {
    for (const kind of ["full", "one", "coarse", "question", "mn"]) {
      const file = sample(kind);
      for (const [width, colorScheme] of [
        [1280, "light"],
        [768, "dark"],
        [320, "light"],
      ]) {
        const { context, page, faults } = await openPage(browser, file, {
          viewport: { width, height: 900 },
          colorScheme,
        });
        const where = `${kind} at ${width} px`;
        for (const id of CHARTS) {
          assert.equal(await page.locator(`#fig-${id}`).count(), 1, `${where}: ${id}`);
          assert.ok((await page.locator(`#fig-${id} tbody tr`).count()) > 0, `${where}: ${id}`);
        }
        assert.deepEqual(await emptyCharts(page), [], where);
        assert.deepEqual(await brokenIds(page), [], where);
        assert.ok((await overflow(page)) <= 0, `${where} scrolls sideways`);
        assert.equal(await page.locator("html").getAttribute("data-theme"), colorScheme);
        assert.deepEqual(faults, [], where);
        await context.close();
      }
    }
  },

  "bands, median and recorded dots are in a fan": async () => {
    const { context, page } = await openPage(browser, sample("full"));
    const plot = page.locator("#fig-unemployment .plot").first();
    assert.equal(await plot.locator('[aria-label="area"] path').count(), 2);
    assert.equal(await plot.locator('[aria-label="line"] path').count(), 1);
    assert.equal(await plot.locator('[aria-label="dot"] circle').count(), 16);
    const one = await openPage(browser, sample("one"));
    const bare = one.page.locator("#fig-unemployment .plot").first();
    assert.equal(await bare.locator('[aria-label="area"] path').count(), 0);
    assert.equal(await bare.locator('[aria-label="line"] path').count(), 1);
    await context.close();
    await one.context.close();
  },

  "the reading line and the map work by keyboard": async () => {
    const { context, page, faults } = await openPage(browser, sample("full"));
    const plot = page.locator("#fig-foreign .plot").first();
    const read = page.locator("#fig-foreign .read").first();
    await plot.focus();
    assert.match(await read.innerText(), /^Dec 2024: Mean /);
    await page.keyboard.press("ArrowLeft");
    assert.match(await read.innerText(), /^Nov 2024: /);
    await page.keyboard.press("Home");
    assert.match(await read.innerText(), /^Jan 2009: .*90% interval/);
    assert.equal(await plot.getAttribute("aria-valuetext"), await read.innerText());
    const tile = page.locator('.map li[aria-selected="true"]');
    await tile.focus();
    const before = await page.locator(".chosen b").innerText();
    await page.keyboard.press("ArrowLeft");
    assert.notEqual(await page.locator(".chosen b").innerText(), before);
    assert.equal(await page.locator('.map li[tabindex="0"]').count(), 1);
    assert.deepEqual(faults, []);
    await context.close();
  },

  "everything that can be operated can be reached, and shows where one is": async () => {
    const { context, page } = await openPage(browser, sample("full"));
    const wanted = await page.evaluate(
      () => document.querySelectorAll("button, summary, .plot[role=slider], .map").length,
    );
    const seen = new Set();
    let unseen = 0;
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const all = [...document.querySelectorAll("*")];
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return {
          id: all.indexOf(element),
          kind: element.matches("button, summary, .plot[role=slider], .map li"),
          outlined: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
        };
      });
      if (at === null) break;
      if (!at.outlined) unseen++;
      if (at.kind) seen.add(at.id);
    }
    assert.equal(unseen, 0, "a focused element has no outline");
    // Buttons in closed tables cannot be reached until these are opened.
    const closed = await page.locator("details:not([open]) button").count();
    assert.equal(seen.size, wanted - closed);
    await context.close();
  },

  "tables open and download": async () => {
    const { context, page, faults } = await openPage(browser, sample("full"), {
      acceptDownloads: true,
    });
    await page.locator("[data-action=tables]").click();
    assert.equal(await page.locator("details.numbers:not([open])").count(), 0);
    const waiting = page.waitForEvent("download");
    await page.locator('[data-csv="foreign"]').click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), "sample-00000000-foreign.csv");
    const lines = readFileSync(await download.path(), "utf8").trimEnd().split("\n");
    assert.equal(lines.length, 1 + 2 * 192);
    assert.match(lines[1], /^2009-01,foreign_workers\.mining,Mining and quarrying,people,\d/);
    await page.locator("[data-action=tables]").click();
    assert.equal(await page.locator("details.numbers[open]").count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  },

  "the theme can be changed": async () => {
    const { context, page } = await openPage(browser, sample("full"));
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.locator('[data-theme-to="dark"]').click();
    assert.notEqual(await ground(), light);
    assert.equal(await page.locator('[data-theme-to="dark"]').getAttribute("aria-pressed"), "true");
    await context.close();
  },

  "on paper the charts fit the sheet and come back after": async () => {
    const { context, page, faults } = await openPage(browser, sample("full"), {
      colorScheme: "dark",
    });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll(".plot svg")].map((svg) => Number(svg.getAttribute("width"))),
    );
    assert.ok(Math.max(...widths) <= 680);
    assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    assert.deepEqual(await emptyCharts(page), []);
    assert.deepEqual(faults, []);
    await context.close();
  },

  "without scripts every number is in the tables": async () => {
    const { context, page } = await openPage(browser, sample("full"), {
      javaScriptEnabled: false,
    });
    assert.ok(await page.locator("noscript .strip").isVisible());
    assert.equal(await page.locator(".panels:visible").count(), 0);
    assert.equal(await page.locator("button:visible").count(), 0);
    await page.locator("#fig-unemployment .numbers summary").click();
    assert.ok(await page.locator("#fig-unemployment table").isVisible());
    await context.close();
  },

  "built without charts the page has open tables and says why": async () => {
    const { context, page, faults } = await openPage(browser, sample("tables"), {
      viewport: { width: 320, height: 900 },
    });
    assert.equal(await page.locator("figure table:visible").count(), CHARTS.length);
    assert.ok(await page.getByText("built without Node").isVisible());
    assert.ok((await overflow(page)) <= 0, "scrolls sideways");
    assert.deepEqual(faults, []);
    await context.close();
  },

  "a fault of the page would be noticed": async () => {
    const file = join(folder, "faulty.html");
    const good = readFileSync(sample("full"), "utf8");
    writeFileSync(
      file,
      good
        .replace("steppe-report/1", "steppe-report/9")
        .replace("</main>", '<img src="https://example.org/x.png"><a href="#nowhere">x</a></main>'),
    );
    const { context, page, faults } = await openPage(browser, file);
    assert.ok(faults.some((fault) => fault.startsWith("exception: ")));
    assert.ok(faults.some((fault) => /^console: .*Content Security Policy/.test(fault)));
    assert.ok((await emptyCharts(page)).includes("fig-foreign"));
    assert.deepEqual(await brokenIds(page), ["nowhere"]);
    await context.close();
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`passed: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exitCode = failed > 0 ? 1 : 0;
