// The card of one number: what was read, by which rules, and what the reader says of it.
"use strict";

const CARD = document.getElementById("card");
let correcting = null; // the number about which the card asks something

/** Shows a number for as long as the pointer is on it, else the one that was chosen. */
function glance(item) {
  if (!correcting && (item || reading.pinned)) showCard(item ?? reading.pinned);
}

function showCard(item) {
  correcting = null;
  document.body.classList.toggle("has-card", Boolean(item));
  CARD.className = item ? "" : "empty";
  if (!item) {
    CARD.replaceChildren(el("h2", { id: "card-head" }, t("card.empty")), el("p", {}, t("card.how")));
    return;
  }
  const parts = { claim: claimParts, mention: mentionParts, other: otherParts, added: addedParts }[item.kind](item);
  CARD.replaceChildren(head(item), context(item), judging(item), ...parts.filter(Boolean));
  CARD.scrollTop = 0;
}

function head(item) {
  const quote = shown(cut(item.doc, item.start, item.end));
  const name = item.kind === "claim" ? shown(field(item, "indicator") || t("card.nameless")) : quote;
  const kind = { claim: null, mention: t("card.mention"), other: t("card.left"), added: t("card.added") }[item.kind];
  return el("div", { class: "card-head" },
    el("h2", { id: "card-head" }, el("bdi", {}, name), item.kind === "claim" ? el("span", { class: "value" }, el("bdi", {}, quote)) : null),
    kind ? el("span", { class: "kind" }, kind) : null,
    item.kind === "claim" ? el("a", { href: `#r${item.id}`, class: "quiet" }, t("card.row")) : null,
    el("a", { href: `#${item.key}`, class: "quiet" }, t("card.place")),
    el("button", { type: "button", class: "quiet close", "aria-label": t("card.close"), onclick: () => pin(null) }, "×"));
}

/** The sentence, with the number in it set off. */
function context(item) {
  const from = Math.max(0, item.start - 60);
  const [before, after] = [cut(item.doc, from, item.start), cut(item.doc, item.end, item.end + 60)];
  const head = before.slice(before.lastIndexOf("\n") + 1);
  const tail = after.split("\n")[0];
  return el("p", { class: "context", lang: "zh-CN" },
    el("bdi", {}, shown(head), el("strong", {}, shown(cut(item.doc, item.start, item.end))), shown(tail)));
}

function claimParts(claim) {
  const rows = DATA.fields.filter((name) => !["rule", "flags", "evidence"].includes(name));
  const full = rows.filter((name) => field(claim, name) !== null && field(claim, name) !== "");
  const empty = rows.filter((name) => !full.includes(name));
  return [
    flagsOf(claim).length ? el("ul", { class: "flags" }, flagsOf(claim).map((flag) => el("li", {}, el("strong", {}, flag), ` ${told("flag", flag)}`))) : null,
    el("dl", {}, full.map((name) => [el("dt", {}, t(`field.${name}`)), el("dd", {}, el("bdi", {}, said(claim, name)))])),
    empty.length ? el("p", { class: "faint" }, t("card.without", { fields: empty.map((name) => t(`field.${name}`)).join(t("comma")) })) : null,
    rulesOf((field(claim, "rule") ?? "").split("|")),
  ];
}

const NUMBERS = new Set(["value", "value_high", "base_value", "base_value_high"]);
const KINDS = new Set(["measure", "status", "bound", "basis", "price_basis", "period_source"]);

function said(claim, name) {
  const value = field(claim, name);
  if (COUNTED.has(name)) return String(value);
  return NUMBERS.has(name) ? grouped(value) : KINDS.has(name) ? told(name, value) : shown(value);
}

function mentionParts(mention) {
  return [
    el("dl", {}, el("dt", {}, t("class")), el("dd", {}, told("class", mention.type)),
      el("dt", {}, t("field.start")), el("dd", {}, String(mention.start)), el("dt", {}, t("field.end")), el("dd", {}, String(mention.end))),
    rulesOf([mention.rule]),
  ];
}

function otherParts() {
  return [el("p", {}, t("card.leftwhy"))];
}

function addedParts(item) {
  const line = saidOf(item)?.line;
  return [line ? lineList(line) : null];
}

function lineList(line) {
  const rows = CORRECTED.filter((name) => line[name] !== null && line[name] !== "");
  return el("dl", {}, rows.map((name) => [
    el("dt", {}, t(`field.${name === "period" ? "time_period" : name}`)),
    el("dd", {}, el("bdi", {}, CHOICES[name] || name === "basis" ? told(name, line[name]) : shown(line[name]))),
  ]));
}

function rulesOf(names) {
  const rows = names.filter(Boolean).map((name) => {
    const [topic, file, note] = DATA.rules[name] ?? [name.split(".")[0], t("card.engine"), ""];
    return el("li", {}, el("code", {}, shown(name)), ` ${told("topic", topic)} · ${shown(file)}`, note ? el("span", { lang: "zh-CN" }, ` · ${shown(note)}`) : null);
  });
  return rows.length ? el("details", { open: true, class: "rules" }, el("summary", {}, t("card.rules")), el("ul", {}, rows)) : null;
}

/** The buttons with which a reader says what is so. */
function judging(item) {
  const verdict = saidOf(item)?.verdict;
  const button = (name, words, act) =>
    el("button", { type: "button", class: `verdict v-${name}`, "aria-pressed": String(verdict === name), onclick: act }, words);
  const buttons = item.kind === "claim"
    ? [
      button("right", t("judge.right"), () => settle(item, "right", rightLine(item))),
      button("wrong", t("judge.wrong"), () => correct(item)),
      button("no_claim", t("judge.no_claim"), () => classify(item)),
    ]
    : [
      item.kind === "mention" ? button("right", t("judge.mention"), () => settle(item, "right", mentionLine(item, item.type))) : null,
      button("claim", t("judge.claim"), () => correct(item)),
    ];
  const clear = verdict ? el("button", { type: "button", class: "quiet", onclick: () => settle(item, null) }, t("judge.clear")) : null;
  return el("div", { class: "judging", role: "group", "aria-label": t("judge.label") }, buttons, clear);
}

/** Asks what a number is that is no claim. */
function classify(claim) {
  const classes = CLASSES.map((name) =>
    el("button", { type: "button", onclick: () => settle(claim, "no_claim", mentionLine(claim, name)) }, told("class", name)));
  const cancel = el("button", { type: "button", class: "quiet", onclick: () => showCard(claim) }, t("judge.cancel"));
  const group = el("div", { class: "judging classes", role: "group", "aria-labelledby": "which" }, classes, cancel);
  correcting = claim;
  CARD.querySelector(".judging").replaceWith(el("p", { id: "which" }, t("judge.which")), group);
  classes[0].focus();
}

function settle(item, verdict, line) {
  say(item, verdict, line);
  refresh(item);
  if (item.kind === "added" && verdict === null) pin(null);
  else showCard(item);
  CARD.querySelector(`[aria-pressed="true"]`)?.focus({ preventScroll: true });
}

/** Opens the form in which the fields of a claim are set right. */
function correct(item) {
  correcting = item;
  const start = saidOf(item)?.line.kind === "claim" ? saidOf(item).line : item.kind === "claim" ? extracted(item) : blank(item);
  const inputs = Object.fromEntries(CORRECTED.map((name) => [name, inputOf(name, start[name] ?? "")]));
  const form = el("form", { class: "correcting", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    keep(item, inputs);
  } },
  el("datalist", { id: "bases" }, BASES.map((name) => el("option", { value: name }, told("basis", name)))),
  CORRECTED.map((name) => el("div", {},
    el("label", { for: `correct-${name}` }, t(`field.${name === "period" ? "time_period" : name}`)), inputs[name],
    el("span", { class: "wrong", id: `wrong-${name}` }))),
  el("div", { class: "buttons" }, el("button", { class: "main" }, t("judge.keep")),
    el("button", { type: "button", class: "quiet", onclick: () => showCard(item) }, t("judge.cancel"))));
  CARD.replaceChildren(head(item), context(item), form);
  inputs.indicator.focus();
}

function inputOf(name, value) {
  const properties = { id: `correct-${name}`, name, "aria-describedby": `wrong-${name}`, autocomplete: "off" };
  if (CHOICES[name]) {
    const options = CHOICES[name].map((each) => el("option", { value: each, selected: each === value }, each ? told(name, each) : "–"));
    return el("select", properties, options);
  }
  const hint = { period: "2020 · 2020-12-31 · 2016/2020", value: "-27.1" }[name];
  return el("input", { ...properties, type: "text", value, placeholder: hint, list: name === "basis" ? "bases" : null });
}

const MAY_BE_NOTHING = new Set(["value_high", "basis", "period", "period_source"]);

function keep(item, inputs) {
  const fields = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim() || (MAY_BE_NOTHING.has(name) ? null : "")]));
  if (!COMPARING.has(fields.measure)) fields.basis = null;
  const wrong = wrongWith(fields);
  for (const [name, input] of Object.entries(inputs)) {
    input.setAttribute("aria-invalid", String(name in wrong));
    document.getElementById(`wrong-${name}`).textContent = wrong[name] ? t(wrong[name]) : "";
  }
  if (Object.keys(wrong).length) inputs[Object.keys(wrong)[0]].focus();
  else settle(item, item.kind === "claim" ? "wrong" : "claim", claimLine(item, fields));
}

/** Shows what is said of a number in the text and in the table. */
function refresh(item) {
  const mark = reading.marks.get(item.key);
  if (item.kind === "added" || !mark) draw();
  else mark.className = `${classesOf(mark.items[0])} here`;
  drawRow(item);
}

function setUpCard() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !reading.pinned) return;
    const mark = reading.marks.get(reading.pinned.key);
    if (correcting) showCard(correcting);
    else pin(null);
    mark?.focus({ preventScroll: true });
  });
  REDRAWN.push(() => showCard(reading.pinned));
}
