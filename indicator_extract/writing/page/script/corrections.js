// What the reader says of the numbers: right, wrong, no claim, a claim that was missed. Kept by document, and written as
// a gold file: JSON Lines in the format of tests/gold/GUIDELINES.md, one line a number judged.
"use strict";

const CORRECTED = ["indicator", "value", "value_high", "unit", "measure", "basis", "bound", "status", "period", "period_source"];
const CHOICES = {
  measure: ["level", "growth_rate", "avg_growth_rate", "change", "share", "multiple"],
  bound: ["exact", "approx", "at_least", "at_most"],
  status: ["actual", "estimate", "target"],
  period_source: ["", "explicit", "inherited"],
};
const BASES = ["yoy", "mom", "annual_average", "unstated"];
const CLASSES = ["date", "ordinal", "name", "identifier", "threshold", "other"];
const COMPARING = new Set(["growth_rate", "avg_growth_rate", "change"]); // measures that have a basis
const DECIMAL = /^-?\d+(\.\d+)?$/;
const PERIOD = /^\d{4}(-\d\d(-\d\d)?)?(\/\d{4}(-\d\d(-\d\d)?)?)?$/;

/** What is said of each number of a document, by `keyIn`. */
const SAID = DOCS.map((doc) => remembered(doc));

function remembered(doc) {
  try {
    return new Map(Object.entries(JSON.parse(memory.get(doc.digest) ?? "{}")));
  } catch {
    return new Map(); // what stands there is not ours
  }
}

/** A name for a number that stays the same when the page is made anew from the same text. */
function keyIn(item) {
  return item.kind === "claim" ? field(item, "record_id") : `${item.start}-${item.end}`;
}

/** What is said of a number, {verdict, line}, or undefined. */
function saidOf(item) {
  return SAID[item.doc.index].get(keyIn(item));
}

/** Keeps a verdict, or takes it back with null. A stretch of the text has one label: others that touch it go. */
function say(item, verdict, line) {
  const said = SAID[item.doc.index];
  for (const [key, { line: other }] of said) {
    if (key === keyIn(item) || (other.start < item.end && item.start < other.end)) said.delete(key);
  }
  if (verdict !== null) said.set(keyIn(item), { verdict, line });
  memory.set(item.doc.digest, JSON.stringify(Object.fromEntries(said)));
  tellJudged();
}

/** The numbers of a document that the reader has added: claims whose span no number of the extraction has. */
function addedTo(doc) {
  const known = new Set([...doc.mentions, ...doc.others].map(keyIn));
  return [...SAID[doc.index]]
    .filter(([key, said]) => said.verdict === "claim" && !known.has(key))
    .map(([, { line }], place) => ({ kind: "added", key: `a${doc.index}.${place}`, doc, start: line.start, end: line.end }));
}

/** The gold fields of a claim as it was extracted. */
function extracted(claim) {
  const named = Object.fromEntries(CORRECTED.map((name) => [name, field(claim, name === "period" ? "time_period" : name)]));
  return { ...named, indicator: named.indicator ?? "" };
}

/** The gold fields of a number that becomes a claim. */
function blank(item) {
  const value = cut(item.doc, item.start, item.end).replace(/[,，]/g, "").match(/\d+(\.\d+)?/)?.[0] ?? "";
  return {
    indicator: "", value, value_high: null, unit: "", measure: "level", basis: null, bound: "exact", status: "actual",
    period: null, period_source: null,
  };
}

function claimLine(item, fields, accept = []) {
  return {
    kind: "claim", doc: item.doc.source, start: item.start, end: item.end, quote: cut(item.doc, item.start, item.end),
    value: fields.value, value_high: fields.value_high, unit: fields.unit, measure: fields.measure, basis: fields.basis,
    bound: fields.bound, status: fields.status, period: fields.period, period_source: fields.period_source,
    indicator: fields.indicator, accept, optional: false,
  };
}

/** The line of a claim that is right as it was extracted; its name in the text is as right as its canonical one. */
function rightLine(claim) {
  const [name, words] = [field(claim, "indicator") ?? "", field(claim, "indicator_text") ?? ""];
  return claimLine(claim, extracted(claim), words && words !== name ? [words] : []);
}

function mentionLine(item, type) {
  return {
    kind: "mention", doc: item.doc.source, start: item.start, end: item.end,
    quote: cut(item.doc, item.start, item.end), class: type,
  };
}

/** What is wrong with fields that a reader has typed, by field: keys of words. */
function wrongWith(fields) {
  const wrong = {};
  if (!fields.indicator) wrong.indicator = "wrong.indicator";
  if (!DECIMAL.test(fields.value)) wrong.value = "wrong.value";
  if (fields.value_high !== null && !DECIMAL.test(fields.value_high)) wrong.value_high = "wrong.value";
  if (fields.period !== null && !PERIOD.test(fields.period)) wrong.period = "wrong.period";
  if (COMPARING.has(fields.measure) && fields.basis === null) wrong.basis = "wrong.basis";
  return wrong;
}

function goldLines() {
  return SAID.flatMap((said) => [...said.values()].map((each) => each.line).sort((a, b) => a.start - b.start || a.end - b.end));
}

function tellJudged() {
  const count = SAID.reduce((sum, said) => sum + said.size, 0);
  document.getElementById("judged").textContent = count ? t("corrections.count", { count: number(count) }) : "";
  document.getElementById("download").disabled = !count;
  const notice = document.getElementById("notice");
  notice.hidden = memory.works || !count;
  if (!notice.hidden) notice.textContent = t("corrections.forgetful");
}

function download() {
  const text = goldLines().map((line) => `${JSON.stringify(line)}\n`).join("");
  const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const stem = decodeURIComponent(location.pathname.split("/").pop()).replace(/\.html?$/, "") || "corrections";
  el("a", { href: address, download: `${stem}.gold.jsonl` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Takes up a file that was downloaded before; lines about other texts are left out and counted. */
function takeUp(text) {
  let taken = 0;
  let left = 0;
  for (const row of text.split("\n").filter((each) => each.trim())) {
    const line = parsed(row);
    const doc = DOCS.find((each) => line && each.source === line.doc);
    if (doc && cut(doc, line.start, line.end) === line.quote) {
      sayLine(doc, line);
      taken += 1;
    } else left += 1;
  }
  return { taken, left };
}

function parsed(row) {
  try {
    const line = JSON.parse(row);
    return ["claim", "mention"].includes(line?.kind) ? line : null;
  } catch {
    return null;
  }
}

function sayLine(doc, line) {
  const here = (each) => each.start === line.start && each.end === line.end;
  const claims = doc.claims.filter(here);
  const item = claims.find((each) => field(each, "measure") === line.measure) ?? claims[0] ??
    doc.mentions.find(here) ?? { kind: "added", doc, start: line.start, end: line.end };
  if (line.kind === "mention") say(item, item.kind === "claim" ? "no_claim" : "right", line);
  else if (item.kind !== "claim") say(item, "claim", line);
  else say(item, CORRECTED.every((name) => extracted(item)[name] === line[name]) ? "right" : "wrong", line);
}

function setUpCorrections() {
  const file = document.getElementById("file");
  document.getElementById("download").addEventListener("click", download);
  document.getElementById("load").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const { taken, left } = takeUp(await file.files[0].text());
    file.value = "";
    redraw();
    document.getElementById("judged").textContent = t("corrections.loaded", { taken: number(taken), left: number(left) });
  });
  REDRAWN.push(tellJudged);
}
