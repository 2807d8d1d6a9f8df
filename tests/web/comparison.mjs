// An invented comparison, put into the page of an invented run: every figure, mark and table that
// only comparisons have. No number in it means anything.

const DOT = {
  likely: '<svg class="dot" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4" class="full"/></svg>',
  unclear: '<svg class="dot" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4" class="open"/></svg>',
  none: '<svg class="dot" viewBox="0 0 12 12" aria-hidden="true"><path class="bar" d="M6 1.5v9"/></svg>',
};
const WORDS = { likely: "likely", unclear: "unclear", none: "no detectable change" };

const FIRST = 120; // months since the start: the rules differ from here ...
const LAST = 156; // ... to here, exclusive

/** How far the effect has come at a month, 0 before the policy. */
function effect(i) {
  if (i < FIRST) return 0;
  const grown = 1 - Math.exp(-(Math.min(i, LAST) - FIRST) / 8);
  return i < LAST ? grown : grown * Math.exp(-(i - LAST) / 10);
}

function levels(months, centre, spread) {
  const at = (share) =>
    Array.from({ length: months }, (_, i) => Math.round(centre(i) + share * spread(i)));
  return { mean: at(0.05), p05: at(-1), p25: at(-0.4), p50: at(0), p75: at(0.45), p95: at(1.1) };
}

function average(mean, half) {
  const at = (share) => mean + share * half;
  return { mean, p05: at(-1), p25: at(-0.4), p50: mean, p75: at(0.4), p95: at(1) };
}

function panelOf(months, id, title, size, verdict) {
  const centre = (i) => 9000 + 25 * i + 300 * Math.sin(i / 9);
  const spread = (i) => 60 + 14 * Math.max(0, i - 40);
  const change = (i) => size * effect(i);
  const base = levels(months, centre, spread);
  const mine = levels(months, (i) => centre(i) + change(i), spread);
  const half = (i) => (verdict === "likely" ? 0.25 : 1.6) * Math.abs(change(i));
  const by = (share) => Array.from({ length: months }, (_, i) => change(i) + share * half(i));
  return {
    id,
    title,
    unit: "people",
    suffix: "",
    place: 10,
    withheld: false,
    start: average(0, 0),
    end: average(size, Math.abs(size) * (verdict === "likely" ? 0.25 : 1.6)),
    ...mine,
    digits: Array(months).fill(1),
    recorded: [24, 36, 48, 60, 72].map((from) => ({
      from,
      months: 12,
      value: centre(from + 6) - 150,
      period: String(2009 + from / 12),
      source: "office",
    })),
    marks: [0, 1],
    base,
    difference: {
      mean: by(0),
      low: by(-1),
      high: by(1),
      low50: by(-0.4),
      high50: by(0.4),
      digits: Array(months).fill(1),
    },
    verdict,
  };
}

function withoutBands(panel) {
  const { p05, p25, p50, p75, p95, ...rest } = panel;
  return {
    ...rest,
    base: { mean: panel.base.mean },
    difference: { ...panel.difference, low: null, high: null, low50: null, high50: null },
  };
}

function holes(panel) {
  const mean = panel.difference.mean.map((value, i) => (i > 100 && i < 110 ? null : value));
  return { ...panel, difference: { ...panel.difference, mean } };
}

const NAMES = { base: "Baseline", alternative: "Construction quota halved" };
const LONG = {
  base: "Одоогийн бодлого хэвээр",
  alternative: "Барилгын салбарын гадаад ажилтны квотыг хоёр дахин бууруулах",
};

function figures(months) {
  const figure = (kind, title, panels, more = {}) => ({
    kind,
    title,
    changes: kind !== "pairs",
    marks: [
      { number: 1, at: FIRST, text: "1 Jan 2019: quota halved" },
      { number: 2, at: LAST, text: "1 Jan 2022: restored" },
    ],
    panels,
    spans: [{ from: FIRST, to: LAST }],
    ...more,
  });
  const pair = (title, panel, names = NAMES) => figure("pairs", title, [panel], { names });
  const one = (id, title, size, verdict) => panelOf(months, id, title, size, verdict);

  const small = ["Construction", "Trade", "Manufacturing", "Agriculture", "Mining"].map(
    (title, i) => {
      const verdict = ["likely", "likely", "unclear", "none", "unclear"][i];
      const panel = one(`employed.${i}`, title, [740, -510, -160, 10, 30][i], verdict);
      const { mean, low, low50, high50, high } = panel.difference;
      const bands = { p05: low, p25: low50, p50: mean, p75: high50, p95: high };
      return { ...panel, mean, ...bands, recorded: [] };
    },
  );
  const rows = [
    ["Region", "Ulaanbaatar", 250, 200, "likely"],
    ["Region", "Other aimags and soums of the country together", 40, 100, "unclear"],
    ["Skill level of the job", "Medium (ISCO 4–8)", 470, 260, "likely"],
    ["Skill level of the job", "High (ISCO 1–3)", -160, 80, "likely"],
    ["Sex", "Men", 520, 320, "likely"],
    ["Sex", "Women", -60, 140, "unclear"],
    ["Sex", "Other aimags and soums of the country together", 0, 20, "none"],
  ].map(([group, title, mean, half, verdict], i) => ({
    ...small[0],
    id: `who.${i}`,
    title,
    group,
    verdict,
    end: average(mean, half),
  }));
  return {
    "pair-likely": pair("Foreign workers, all industries", one("a", "Foreign workers", -1480, "likely")),
    "pair-unclear": pair("Unfilled posts", one("b", "Unfilled posts", 690, "unclear"), LONG),
    "pair-one": pair("One replication", withoutBands(one("c", "One replication", -900, "none"))),
    "pair-holes": pair("Months without a value", holes(one("d", "Some months", 300, "none"))),
    "small-differences": figure("multiples", "Employed by industry", small),
    "who-differences": figure("dots", "Who gains, who loses", rows),
  };
}

const number = (value) => (value < 0 ? `−${-value}` : `+${value}`);

function table(id, title) {
  return `<details class="numbers"><summary>Table: the numbers in this chart</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table><caption>${title}</caption>
<thead><tr><th scope="col">Year</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">Difference</th></tr></thead>
<tbody><tr><th scope="row">2021</th><td class="n">11,200</td><td class="n loss">−1,480</td></tr>
<tr><th scope="row">2022</th><td class="n">11,300</td><td class="n gain">+20</td></tr></tbody></table></div>
<button type="button" class="csv" data-csv="${id}" hidden>Download CSV</button></details>`;
}

function caption(id, title) {
  return `<figcaption id="cap-${id}"><h3>${title}</h3> <span class="unit">people, at month end</span></figcaption>`;
}

function opening(classes, id) {
  return `<figure class="${classes}" id="fig-${id}" data-figure="${id}" aria-labelledby="cap-${id}">`;
}

function pairHtml(id, figure) {
  const { verdict } = figure.panels[0];
  return `${opening("pairs", id)}
${caption(id, figure.title)}
<div class="pair chart-only">
<div class="levels"><h4>Levels</h4><div class="plot" data-panel="0" data-side="levels"></div></div>
<div class="gap"><h4>Difference</h4><div class="plot" data-panel="0" data-side="difference"></div></div>
</div>
<p class="average">Average of 2021: baseline <b>11,200</b>, scenario <b>9,720</b>; difference <b>−1,480</b> (90% interval −1,850 to −1,110) ${DOT[verdict]} ${WORDS[verdict]}</p>
<div class="chart-only"><ol class="marks"><li value="1">1 Jan 2019: quota halved</li><li value="2">1 Jan 2022: restored</li></ol></div>
${table(id, figure.title)}
</figure>`;
}

function smallHtml(id, figure) {
  const panels = figure.panels.map(
    (panel, i) => `<div class="panel"><h4>${panel.title} <small>F</small></h4>
<p class="value">${DOT[panel.verdict]}<b>${number(panel.end.mean)}</b> <span>−10 to +20</span><span class="vh">, ${WORDS[panel.verdict]}</span></p>
<div class="plot" data-panel="${i}"></div></div>`,
  );
  return `${opening("multiples differences", id)}
${caption(id, figure.title)}
<div class="panels chart-only">${panels.join("\n")}</div>
${table(id, figure.title)}</figure>`;
}

function dotsHtml(id, figure) {
  return `${opening("dots", id)}
${caption(id, figure.title)}
<div class="plot chart-only" data-panel="0"></div>
${table(id, figure.title)}</figure>`;
}

function tilesHtml() {
  const tile = (name, verdict, sign, mark) => `<li class="tile ${verdict === "likely" ? "clear" : ""} ${sign}">
<p class="name">${name}</p><p class="big">−1,480 <span>people</span></p>
<svg class="effect" viewBox="0 0 200 22" aria-hidden="true"><path class="zero" d="M100 0v22"/><rect class="interval" x="20" y="8" width="${sign === "loss" ? 60 : 120}" height="6"/>${mark}</svg>
<p class="interval">90% interval −1,850 to −1,110</p>
<p class="verdict-line">${DOT[verdict]}${WORDS[verdict]}</p><p class="line">11,200 <span class="arrow">→</span> <b>9,720</b></p></li>`;
  return `<ul class="tiles">
${tile("Foreign workers, all industries", "likely", "loss", '<circle class="full" cx="50" cy="11" r="6"/>')}
${tile("Unfilled posts", "likely", "", '<circle class="full" cx="80" cy="11" r="6"/>')}
${tile("Unemployment rate", "unclear", "", '<circle class="open" cx="80" cy="11" r="6"/>')}
${tile("Real monthly wage", "none", "", '<path class="bar" d="M98 3v16"/>')}
</ul>`;
}

function leversHtml() {
  return `<div class="scroll" role="region" tabindex="0" aria-label="Levers"><table class="stack"><caption>What was changed</caption>
<thead><tr><th scope="col">Lever</th><th scope="col">Old → new</th><th scope="col">Dates</th></tr></thead>
<tbody><tr><th scope="row">Construction quota</th><td data-label="Old → new">3,644 <span class="arrow">→</span> <b>1,822</b></td><td data-label="Dates">
<svg class="step" viewBox="0 0 300 70" role="img" aria-label="1,822 from 1 Jan 2019 to 31 Dec 2021, else 3,644"><rect class="span" x="102" y="4" width="96" height="48"/><path class="axis" d="M6 52H294"/><path class="old" d="M6 21H294"/><path class="new" d="M6 21H102V40H198V21H294"/><text class="strong" x="150" y="36" text-anchor="middle">1,822</text><text x="6" y="14">3,644</text><text x="102" y="67" text-anchor="middle">2019</text></svg></td></tr></tbody></table></div>`;
}

function partsHtml() {
  return `<svg class="patterns" aria-hidden="true"><defs>
<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7"/><path d="M0 0V7"/></pattern>
<pattern id="speckle" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6"/><circle cx="3" cy="3" r="0.9"/></pattern></defs></svg>
<svg class="stacked" viewBox="0 0 1000 44" preserveAspectRatio="none" role="img" aria-label="47% filled by citizens, 38% unfilled, 15% withdrawn"><rect class="seg-1" x="0" y="1" width="470" height="42"/><rect class="seg-2" x="470" y="1" width="380" height="42"/><rect class="seg-3" x="850" y="1" width="149" height="42"/></svg>
<ul class="parts"><li><svg class="swatch" viewBox="0 0 28 14" aria-hidden="true"><rect class="seg-1" width="28" height="14"/></svg><b>47%</b> filled by citizens: 740 (430 to 1,040)</li>
<li><svg class="swatch" viewBox="0 0 28 14" aria-hidden="true"><rect class="seg-2" width="28" height="14"/></svg><b>38%</b> stay unfilled: 590 (300 to 870)</li>
<li><svg class="swatch" viewBox="0 0 28 14" aria-hidden="true"><rect class="seg-3" width="28" height="14"/></svg><b>15%</b> withdrawn by employers: 230 (60 to 410)</li></ul>`;
}

function optionsHtml() {
  const names = ["Quota halved", "Quota lifted", "Auction of permits"];
  const cell = (name, value, verdict) =>
    `<td class="n ${value < 0 ? "loss" : "gain"}" data-label="${name}"><b>${number(value)}</b> ${DOT[verdict]}<span class="vh"> ${WORDS[verdict]}</span> <span class="interval">−10 to +20</span></td>`;
  const row = (title, values) =>
    `<tr><th scope="row">${title}</th>${values.map(([v, verdict], i) => cell(names[i], v, verdict)).join("")}</tr>`;
  return `<table class="options stack"><caption>Options side by side</caption>
<thead><tr><th scope="col">Average of 2021</th>${names.map((n) => `<th scope="col" class="n">${n}</th>`).join("")}</tr></thead><tbody>
${row("Foreign workers", [[-1480, "likely"], [520, "likely"], [-30, "unclear"]])}
${row("Unfilled posts", [[690, "likely"], [-200, "unclear"], [1, "none"]])}
</tbody></table>`;
}

/** The page of a run (HTML with its data block) with a comparison's figures after its own. */
export function comparisonPage(html) {
  const block = /(<script type="application\/json" id="steppe-data">)([\s\S]*?)(<\/script>)/;
  const [, open, text, close] = html.match(block);
  const data = JSON.parse(text);
  const added = figures(data.months);
  Object.assign(data.figures, added);
  Object.assign(data.words, { "term.base": "baseline", "term.difference": "difference" });
  const htmlOf = (id) => {
    const figure = added[id];
    if (figure.kind === "pairs") return pairHtml(id, figure);
    return figure.kind === "dots" ? dotsHtml(id, figure) : smallHtml(id, figure);
  };
  const section = `<h2 class="chapter" id="chapter-1">Construction quota halved</h2>
<section id="s-comparison"><p class="kick">Comparison</p><h2>Invented figures of a comparison</h2>
${tilesHtml()}${leversHtml()}${partsHtml()}${optionsHtml()}
${Object.keys(added).map(htmlOf).join("\n")}
</section>`;
  // Functions, because "$" in a replacement string means something.
  return html
    .replace(block, () => open + JSON.stringify(data).replace(/</g, "\\u003c") + close)
    .replace("</main>", () => `${section}</main>`);
}
