// Opens pages of the report from disk, with the network off, and looks for what must hold of any of
// them. By itself: node check_page.mjs PAGE.html...
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** ctest takes this exit code for "skipped". */
export const SKIPPED = 77;

const here = dirname(fileURLToPath(import.meta.url));
const fromWeb = createRequire(join(here, "..", "..", "web", "package.json"));

function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(SKIPPED);
}

const NAMES = ["chromium", "chromium-browser"];

function chromium() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.STEPPE_CHROMIUM, ...found].find((path) => path && existsSync(path));
}

/** Starts Chromium with a profile of its own; ends the process as skipped when it cannot be had. */
export async function openBrowser() {
  const program = chromium();
  if (!program) skip("no browser; apt-get install chromium");
  let playwright;
  try {
    playwright = fromWeb("playwright-core");
    fromWeb.resolve("axe-core");
  } catch {
    skip("a package is missing; run 'npm ci --ignore-scripts' in web/");
  }
  return playwright.chromium.launch({
    executablePath: program,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A page opened from disk, and everything wrong with it so far: console errors and warnings,
 * uncaught exceptions, and requests for anything but the file itself.
 */
export async function openPage(browser, file, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    offline: true,
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  const address = pathToFileURL(resolve(file)).href;
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("blob:")) faults.push(`request: ${url}`);
  });
  await page.goto(address);
  return { context, page, faults };
}

/** Figures of the page whose chart is missing, empty or without size. */
export function emptyCharts(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("figure[data-figure]")]
      .filter((figure) => {
        if (figure.querySelector(".map")) {
          return figure.querySelectorAll(".map li").length === 0;
        }
        const plots = [...figure.querySelectorAll(".plot")];
        return (
          plots.length > 0 &&
          plots.some((plot) => {
            const svg = plot.querySelector("svg");
            const box = svg?.getBoundingClientRect();
            return !box || box.width < 100 || box.height < 60 || !svg.querySelector("path, circle");
          })
        );
      })
      .map((figure) => figure.id),
  );
}

/** Pixels by which the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Ids, duplicated or referred to in vain. */
export function brokenIds(page) {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    const vain = [...document.querySelectorAll('a[href^="#"]')]
      .map((a) => a.getAttribute("href").slice(1))
      .filter((id) => !ids.includes(id));
    return [...twice, ...vain];
  });
}

// WCAG 2.2 A and AA; 2.0 and 2.1 are parts of it.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Rules of accessibility that the page breaks: `rule: element: what to do`. */
export async function violations(page) {
  // The page's own policy would refuse it as a script element.
  await page.evaluate(readFileSync(fromWeb.resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: rules },
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.flat().join(" ")}: ${help}`),
    );
  }, RULES);
}

/** Opens or closes all tables of a page that has the button for it. */
export async function openTables(page, open) {
  const button = page.locator("[data-action=tables]");
  if ((await button.count()) === 0) return;
  if ((await button.getAttribute("aria-pressed")) !== String(open)) await button.click();
}

async function checkPages(files) {
  const browser = await openBrowser();
  let wrong = 0;
  for (const file of files) {
    for (const width of [1280, 320]) {
      const { context, page, faults } = await openPage(browser, file, {
        viewport: { width, height: 900 },
        colorScheme: width < 1000 ? "dark" : "light",
      });
      for (const id of await emptyCharts(page)) faults.push(`no chart in ${id}`);
      for (const id of await brokenIds(page)) faults.push(`broken id ${id}`);
      if ((await overflow(page)) > 0) faults.push(`wider than ${width} px`);
      for (const open of [false, true]) {
        await openTables(page, open);
        faults.push(...(await violations(page)));
      }
      const charts = await page.locator(".plot svg").count();
      console.log(`${file} at ${width} px: ${charts} charts, ${faults.length} faults`);
      for (const fault of faults) console.log(`  ${fault}`);
      wrong += faults.length;
      await context.close();
    }
  }
  await browser.close();
  process.exit(wrong > 0 ? 1 : 0);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await checkPages(process.argv.slice(2));
}
