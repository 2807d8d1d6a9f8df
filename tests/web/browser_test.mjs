// The report in a real browser: node browser_test.mjs PROGRAM, which writes sample pages
// (write_sample.cpp). Exit code 77: there is no browser to test with.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  brokenIds,
  emptyCharts,
  openBrowser,
  openPage,
  openTables,
  overflow,
  violations,
} from "./check_page.mjs";
import { comparisonPage } from "./comparison.mjs";

const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "steppe-page-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const browser = await openBrowser();

function sample(kind) {
  const file = join(folder, `${kind}.html`);
  execFileSync(program, [file, kind]);
  return file;
}

function comparison() {
  const file = join(folder, "comparison.html");
  writeFileSync(file, comparisonPage(readFileSync(sample("full"), "utf8")));
  return file;
}

/** Contrast of two colours of the page's style, as WCAG 2 counts it. */
function contrast(page, ink, ground) {
  return page.evaluate(
    (names) => {
      const [a, b] = names.map((name) => {
        const probe = document.createElement("i");
        probe.style.cssText = `forced-color-adjust:none;color:var(--${name})`;
        document.querySelector(".wrap").append(probe);
        const paint = document.createElement("canvas").getContext("2d");
        paint.fillStyle = getComputedStyle(probe).color;
        paint.fillRect(0, 0, 1, 1);
        probe.remove();
        const [red, green, blue] = [...paint.getImageData(0, 0, 1, 1).data].map((channel) => {
          const share = channel / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    },
    [ink, ground],
  );
}

// Text of charts, which the rules cannot see through, then lines, by the ground they may lie on.
const TEXT = [
  ["ink", ["page", "surface", "span", "base-90", "base-50", "band-90", "band-50"]],
  ["ink-2", ["page", "surface", "span"]],
  ["series", ["page"]],
  ["base", ["page"]],
  ["loss", ["page"]],
  ["event", ["page"]],
];
const LINES = [
  ["series", ["span", "base-90", "base-50", "band-90", "band-50"]],
  ["base", ["span", "base-90", "base-50"]],
  ["event", ["span", "base-50"]],
  ["zero", ["band-50"]],
];

async function checkContrast(page, where) {
  for (const [pairs, least] of [
    [TEXT, 4.5],
    [LINES, 3],
  ]) {
    for (const [ink, grounds] of pairs) {
      for (const ground of grounds) {
        const found = await contrast(page, ink, ground);
        assert.ok(found >= least, `${where}: ${ink} on ${ground}: ${found.toFixed(2)}`);
      }
    }
  }
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

const COMPARISONS = ["compare", "compare-one", "compare-mn", "options"];

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

  "no page breaks a rule of accessibility, light or dark, tables open or closed": async () => {
    const states = [
      ["light", false, 1280],
      ["dark", true, 320],
      ["light", true, 320],
      ["dark", false, 1280],
    ];
    // Every page in both themes and with its tables both ways; the fullest ones in all four.
    const full = [comparison(), sample("full"), sample("compare")];
    const others = ["one", "coarse", "question", "mn", "tables", ...COMPARISONS.slice(1)].map(sample);
    for (const file of [...full, ...others]) {
      for (const [colorScheme, open, width] of full.includes(file) ? states : states.slice(0, 2)) {
        const { context, page } = await openPage(browser, file, {
          viewport: { width, height: 900 },
          colorScheme,
        });
        await openTables(page, open);
        const where = `${file}, ${colorScheme}, ${width} px, tables ${open ? "open" : "closed"}`;
        assert.deepEqual(await violations(page), [], where);
        await checkContrast(page, where);
        await context.close();
      }
    }
  },

  "forced colours reach into the charts, whatever theme is chosen": async () => {
    for (const [colorScheme, other] of [
      ["dark", "light"],
      ["light", "dark"],
    ]) {
      const { context, page, faults } = await openPage(browser, comparison(), {
        colorScheme,
        forcedColors: "active",
      });
      await page.locator(`[data-theme-to="${other}"]`).click();
      await checkContrast(page, `forced ${colorScheme}`);
      const text = page.locator("#fig-pair-likely .plot svg").first();
      const colour = (selector) => selector.evaluate((element) => getComputedStyle(element).color);
      assert.equal(await colour(text), await colour(page.locator("body")));
      assert.deepEqual(faults, []);
      await context.close();
    }
  },

  "a comparison is drawn, wide and narrow, light and dark": async () => {
    const widths = [
      [1280, "light"],
      [720, "dark"],
      [320, "light"],
    ];
    const files = [comparison(), ...COMPARISONS.map(sample)];
    for (const [file, width, colorScheme] of files.flatMap((f) => widths.map((w) => [f, ...w]))) {
      const { context, page, faults } = await openPage(browser, file, {
        viewport: { width, height: 900 },
        colorScheme,
      });
      const where = `${file} at ${width} px`;
      assert.deepEqual(await emptyCharts(page), [], where);
      assert.deepEqual(await brokenIds(page), [], where);
      assert.ok((await overflow(page)) <= 0, `${where} scrolls sideways`);
      for (const figure of await page.locator("figure.pairs").all()) {
        const levels = await figure.locator(".levels svg").boundingBox();
        const gap = await figure.locator(".gap svg").boundingBox();
        if (width > 720) {
          assert.ok(gap.x >= levels.x + levels.width, where);
          assert.equal(Math.round(gap.y), Math.round(levels.y), where);
          const share = levels.width / (levels.width + gap.width);
          assert.ok(Math.abs(share - 0.62) < 0.01, `${where}: ${share}`);
        } else {
          assert.ok(gap.y >= levels.y + levels.height, where);
        }
        // Names at the ends of lines stay on the page and off each other.
        const names = await figure.locator(".name text").all();
        const boxes = await Promise.all(names.map((name) => name.boundingBox()));
        assert.equal(boxes.length, 2, where);
        boxes.sort((a, b) => a.y - b.y);
        assert.ok(boxes[0].y + boxes[0].height <= boxes[1].y, `${where}: names overlap`);
        for (const box of boxes) {
          assert.ok(box.x + box.width <= levels.x + levels.width + 1, `${where}: a name is cut`);
        }
      }
      assert.deepEqual(faults, [], where);
      await context.close();
    }
  },

  "a pair has the baseline's fan, both medians, the difference and the span": async () => {
    const { context, page } = await openPage(browser, comparison());
    const count = (selector) => page.locator(selector).count();
    const levels = "#fig-pair-likely .levels svg";
    assert.equal(await count(`${levels} [aria-label="area"] path`), 2);
    assert.equal(await count(`${levels} .base path`), 1);
    assert.equal(await count(`${levels} .alternative path`), 1);
    assert.equal(await count(`${levels} [aria-label="dot"] circle`), 5);
    assert.equal(await count(`${levels} .span rect`), 1);
    const gap = "#fig-pair-likely .gap svg";
    assert.equal(await count(`${gap} [aria-label="area"] path`), 2);
    assert.equal(await count(`${gap} .difference path`), 1);
    assert.equal(await count(`${gap} .zero line`), 1);
    assert.equal(await count(`${gap} .span rect`), 1);
    assert.equal(await count("#fig-pair-one [aria-label=area] path"), 0);
    assert.equal(await count("#fig-small-differences .span rect"), 5);
    assert.equal(await count("#fig-who-differences .heading text"), 3);
    // Levels lie on grey bands and differences on blue ones.
    const fill = (side) =>
      page
        .locator(`#fig-pair-likely .${side} [aria-label=area]`)
        .first()
        .evaluate((area) => getComputedStyle(area).fill);
    assert.notEqual(await fill("levels"), await fill("gap"));
    await context.close();
  },

  "one reading line crosses both plots of a pair": async () => {
    const { context, page, faults } = await openPage(browser, comparison());
    const [levels, gap] = await page.locator("#fig-pair-likely .plot").all();
    const read = page.locator("#fig-pair-likely .read");
    assert.equal(await read.count(), 1);
    await levels.focus();
    await page.keyboard.press("Home");
    assert.match(await read.innerText(), /^Jan 2009: baseline .*; Construction quota halved /);
    for (const plot of [levels, gap]) {
      assert.equal(await plot.getAttribute("aria-valuetext"), await read.innerText());
      const shown = await plot.locator("svg > line").evaluate((line) => line.style.display);
      assert.equal(shown, "");
    }
    await gap.focus();
    await page.keyboard.press("ArrowRight");
    assert.match(await read.innerText(), /^Feb 2009: /);
    const box = await gap.locator("svg").boundingBox();
    await page.mouse.move(box.x + box.width - 4, box.y + 60);
    assert.match(await read.innerText(), /^Dec 2024: .*; difference .* \(90% interval /);
    assert.equal(await levels.getAttribute("aria-valuetext"), await read.innerText());
    assert.deepEqual(faults, []);
    await context.close();
  },

  "in grey, shapes, dashes, signs and words still tell what colours told": async () => {
    const { context, page } = await openPage(browser, comparison());
    await page.addStyleTag({ content: "html { filter: grayscale(1); }" });
    const told = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      const rows = "#fig-who-differences";
      const ground = getComputedStyle(document.body).backgroundColor;
      const texts = (selector) =>
        [...document.querySelectorAll(selector)].map((element) => element.textContent.trim());
      const besides = [...document.querySelectorAll("svg.dot")].map(
        (dot) => dot.parentElement.textContent,
      );
      return {
        dashed: style("#fig-pair-likely .base").strokeDasharray !== "none",
        solid: style("#fig-pair-likely .alternative").strokeDasharray === "none",
        full: style(`${rows} .mean.full circle`).fill !== ground,
        open: style(`${rows} .mean.open circle`).fill === ground,
        bar: document.querySelector(`${rows} .mean.bar line`) !== null,
        losses: texts("td.loss").every((text) => text.startsWith("\u2212")),
        gains: texts("td.gain").every((text) => text.startsWith("+")),
        words: besides.every((text) => /\p{L}{4}/u.test(text)),
        hatched: style(".stacked .seg-2").fill.includes("#hatch"),
        dotted: style(".stacked .seg-3").fill.includes("#speckle"),
      };
    });
    for (const [what, holds] of Object.entries(told)) assert.ok(holds, what);
    await context.close();
  },

  "a comparison's CSV has both runs and the difference": async () => {
    const { context, page } = await openPage(browser, comparison(), { acceptDownloads: true });
    await openTables(page, true);
    const waiting = page.waitForEvent("download");
    await page.locator('[data-csv="pair-likely"]').click();
    const lines = readFileSync(await (await waiting).path(), "utf8").trimEnd().split("\n");
    assert.equal(lines.length, 1 + 192);
    assert.match(lines[0], /base_mean,.*,alternative_mean,.*,difference,low,high,recorded$/);
    await context.close();
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
    const { context, page, faults } = await openPage(browser, comparison(), {
      colorScheme: "dark",
      viewport: { width: 688, height: 1000 },
    });
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll(".plot svg")].map((svg) => Number(svg.getAttribute("width"))),
    );
    assert.ok(Math.max(...widths) <= 680);
    const across = await page
      .locator("#fig-pair-likely .plot")
      .evaluateAll((plots) => plots.map((plot) => plot.getBoundingClientRect().top));
    assert.equal(across[0], across[1], "a pair stands side by side");
    assert.ok((await overflow(page)) <= 0, "wider than the sheet");
    assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
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
    assert.ok((await violations(page)).some((broken) => /^image-alt: .*img.*: /.test(broken)));
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
