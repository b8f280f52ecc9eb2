// The text of one document at a time, with every number marked in its place.
"use strict";

const ARTICLE = document.getElementById("article");
const PLACES = new WeakMap(); // text node → its offset in the document
const reading = { doc: null, marks: new Map(), pinned: null };

/** Shows a document, unless it is shown already. */
function openDocument(doc) {
  if (reading.doc === doc) return;
  reading.doc = doc;
  document.getElementById("document").value = String(doc.index);
  document.getElementById("before").disabled = doc.index === 0;
  document.getElementById("after").disabled = doc.index === DOCS.length - 1;
  draw();
  ARTICLE.scrollTop = 0;
}

/** Draws the text that is open; it stays where it was scrolled to. */
function draw() {
  const [doc, top] = [reading.doc, ARTICLE.scrollTop];
  reading.marks.clear();
  const groups = grouping(doc);
  const body = document.createDocumentFragment();
  if (doc.notes.length) body.append(el("p", { class: "doubts", lang: "en" }, doc.notes.map(shown).join("; ")));
  const lines = linesOf(doc);
  for (let at = 0; at < lines.length; at += 1) {
    let end = at;
    while (end < lines.length && lines[end].text.includes("\t")) end += 1;
    if (end - at >= 2) {
      body.append(tableOf(doc, lines.slice(at, end), groups));
      at = end - 1;
    } else if (lines[at].text.trim()) body.append(paragraphOf(doc, lines[at], groups));
  }
  ARTICLE.replaceChildren(body);
  const first = ARTICLE.querySelector(".n");
  if (first) first.tabIndex = 0;
  reading.marks.get(reading.pinned?.key)?.classList.add("here");
  ARTICLE.scrollTop = top;
}

function linesOf(doc) {
  let start = 0;
  return doc.text.split("\n").map((text) => {
    const line = { text, start, end: start + lengthOf(text) };
    start = line.end + 1;
    return line;
  });
}

/** The numbers of a document in order; those that overlap stand together and share a mark. */
function grouping(doc) {
  const items = [...doc.claims, ...doc.mentions, ...doc.others, ...addedTo(doc)];
  items.sort((a, b) => a.start - b.start || b.end - a.end);
  const groups = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && item.start < last.end) {
      last.items.push(item);
      last.end = Math.max(last.end, item.end);
    } else groups.push({ start: item.start, end: item.end, items: [item] });
  }
  return { list: groups, next: 0 };
}

function paragraphOf(doc, line, groups) {
  doc.headings ??= new Set(doc.claims.flatMap((claim) => (field(claim, "section") ?? "").split(" > ")));
  const words = line.text.trim();
  const title = words === doc.title && !ended(doc, line);
  const tag = title ? "h3" : doc.headings.has(words) ? "h4" : "p";
  const made = el(tag);
  fill(made, doc, line.start, line.end, groups);
  return made;
}

/** Whether a line comes after the one that is the title. */
function ended(doc, line) {
  doc.titled ??= line.start;
  return line.start !== doc.titled;
}

function tableOf(doc, lines, groups) {
  const rows = lines.map((line) => {
    let start = line.start;
    return el("tr", {}, line.text.split("\t").map((text) => {
      const made = el("td", {}, "\u2003".repeat(Math.min(4, Math.floor(text.search(/\S|$/) / 2))));
      fill(made, doc, start, start + lengthOf(text), groups);
      start += lengthOf(text) + 1;
      return made;
    }));
  });
  return el("div", { class: "wide" }, el("table", { class: "cells" }, el("tbody", {}, rows)));
}

/** Puts a stretch of the text into an element, with its marks. */
function fill(parent, doc, start, end, groups) {
  let at = start;
  while (groups.next < groups.list.length && groups.list[groups.next].start < end) {
    const group = groups.list[groups.next];
    groups.next += 1;
    if (group.start < at) continue;
    write(parent, cut(doc, at, group.start), at);
    at = Math.min(group.end, end);
    parent.append(markOf(doc, group, at));
  }
  write(parent, cut(doc, at, end), at);
}

/** Text as it stands; a character that would not be seen is written out. */
function write(parent, text, start) {
  for (const part of text.split(new RegExp(`(${UNSEEN.source})`))) {
    if (!part) continue;
    const node = document.createTextNode(UNSEEN.test(part) ? codeOf(part) : part);
    PLACES.set(node, start);
    parent.append(UNSEEN.test(part) ? el("span", { class: "code" }, node) : node);
    start += lengthOf(part);
  }
}

function markOf(doc, group, end) {
  const item = group.items[0];
  const made = el("span", { role: "button", tabindex: "-1", "aria-label": labelOf(item) });
  made.className = classesOf(item) + (end - group.start > 20 ? " long" : "");
  made.dataset.key = item.key;
  write(made, cut(doc, group.start, end), group.start);
  for (const each of group.items) reading.marks.set(each.key, made);
  made.items = group.items;
  return made;
}

function classesOf(item) {
  const verdict = saidOf(item)?.verdict;
  const judged = verdict ? ` judged v-${verdict}` : "";
  if (item.kind === "mention" && verdict !== "claim") return `n mention k-${item.type}${judged}`;
  if (item.kind === "other" && verdict !== "claim") return `n mention k-left${judged}`;
  const line = verdict === "no_claim" ? null : saidOf(item)?.line;
  const [measure, status] = line ? [line.measure, line.status] : [field(item, "measure"), field(item, "status")];
  const flagged = item.kind === "claim" && flagsOf(item).length ? " flagged" : "";
  const down = String(line ? line.value : field(item, "value")).startsWith("-") ? " down" : "";
  return `n claim m-${measure} s-${status}${down}${flagged}${judged}`;
}

/** What a screen reader says of a mark. */
function labelOf(item) {
  const quote = shown(cut(item.doc, item.start, item.end));
  if (item.kind === "claim") {
    const name = shown(field(item, "indicator") || t("card.nameless"));
    const flagged = flagsOf(item).length ? `, ${t("field.flags")}` : "";
    return `${quote}, ${name}, ${told("measure", field(item, "measure"))}, ${told("status", field(item, "status"))}${flagged}`;
  }
  if (item.kind === "mention") return `${quote}, ${told("class", item.type)}`;
  return `${quote}, ${t(item.kind === "added" ? "card.added" : "card.left")}`;
}

/** Goes to a number: opens its document, brings it into view and shows its card. */
function goTo(item) {
  openDocument(item.doc);
  pin(item);
  const mark = reading.marks.get(item.key);
  if (!mark) return;
  const [place, frame] = [mark.getBoundingClientRect(), ARTICLE.getBoundingClientRect()];
  const sheet = getComputedStyle(CARD).position === "fixed"; // on a phone the card covers the lower half
  const floor = Math.min(frame.bottom, sheet ? CARD.getBoundingClientRect().top : window.innerHeight);
  if (place.top < Math.max(frame.top, 0) || place.bottom > floor) mark.scrollIntoView({ block: sheet ? "start" : "center" });
  mark.focus({ preventScroll: true });
}

/** Shows the card of a number until another is chosen. */
function pin(item) {
  for (const old of ARTICLE.querySelectorAll(".n.here")) old.classList.remove("here");
  reading.pinned = item;
  reading.marks.get(item?.key)?.classList.add("here");
  showCard(item);
  markRow(item);
}

/** The numbers in their order; the arrow keys go from one to the next, and only one of them is a stop of the tab key. */
function step(from, by) {
  const marks = [...ARTICLE.querySelectorAll(".n")];
  const next = marks[marks.indexOf(from) + by];
  next?.focus();
}

/** The stretch of the document that the reader has selected, if it is one. */
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
  if (start === null || end === null || end - start > 60 || end <= start) return null;
  return { kind: "added", doc: reading.doc, start, end };
}

function placeOf(node, offset) {
  const start = PLACES.get(node);
  return start === undefined ? null : start + (node.parentNode.className === "code" ? Math.sign(offset) : lengthOf(node.data.slice(0, offset)));
}

function setUpReader() {
  const markAt = (event) => event.target.closest?.(".n");
  let pointer = ""; // where it was last: when the text moves below it, nobody has pointed at anything
  document.addEventListener("mousemove", (event) => {
    pointer = `${event.screenX} ${event.screenY}`;
  });
  ARTICLE.addEventListener("click", (event) => {
    if (markAt(event) && document.getSelection().isCollapsed) visit(markAt(event).items[0]);
  });
  ARTICLE.addEventListener("mouseover", (event) => {
    if (markAt(event) && pointer !== `${event.screenX} ${event.screenY}`) glance(markAt(event).items[0]);
  });
  ARTICLE.addEventListener("mouseout", (event) => {
    if (markAt(event)) glance(null);
  });
  ARTICLE.addEventListener("focusin", (event) => {
    const mark = markAt(event);
    if (!mark) return;
    for (const old of ARTICLE.querySelectorAll('.n[tabindex="0"]')) old.tabIndex = -1;
    mark.tabIndex = 0;
    if (mark.matches(":focus-visible")) pin(mark.items[0]);
  });
  ARTICLE.addEventListener("keydown", (event) => {
    const mark = markAt(event);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (mark && by) step(mark, by);
    else if (mark && (event.key === "Enter" || event.key === " ")) document.getElementById("card").focus();
    else return;
    event.preventDefault();
  });
  const button = document.getElementById("select");
  document.addEventListener("selectionchange", () => {
    button.hidden = selected() === null;
  });
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => {
    const item = selected();
    if (!item) return;
    document.getSelection().removeAllRanges();
    pin(item);
    correct(item);
  });
  const choice = document.getElementById("document");
  choice.append(...DOCS.map((doc) => el("option", { value: doc.index }, nameOf(doc))));
  choice.addEventListener("change", () => openDocument(DOCS[Number(choice.value)]));
  document.getElementById("before").addEventListener("click", () => openDocument(DOCS[reading.doc.index - 1]));
  document.getElementById("after").addEventListener("click", () => openDocument(DOCS[reading.doc.index + 1]));
  REDRAWN.push(drawLegend, draw);
}

function drawLegend() {
  const sample = (classes, text) => el("li", {}, el("span", { class: `n ${classes}` }, "123"), ` ${text}`);
  const list = (head, rows) => el("div", {}, el("h3", {}, head), el("ul", {}, rows));
  document.getElementById("legend-body").replaceChildren(
    list(t("field.measure"), CHOICES.measure.map((name) => sample(`claim m-${name} s-actual`, told("measure", name)))),
    list(t("field.status"), CHOICES.status.map((name) => sample(`claim m-level s-${name}`, told("status", name)))),
    list(t("legend.others"), CLASSES.map((name) => sample(`mention k-${name}`, told("class", name)))),
    list(t("legend.signs"), [
      sample("claim m-level s-actual flagged", t("legend.flagged")),
      sample("claim m-level s-actual judged v-right", t("verdict.right")),
      sample("claim m-level s-actual judged v-wrong", t("verdict.wrong")),
    ]),
    el("p", {}, t("legend.keys")),
  );
}
