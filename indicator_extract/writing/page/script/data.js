// The data of the page: documents, claims (records) and mentions, as objects that are easy to ask.
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const FIELD = Object.fromEntries(DATA.fields.map((name, index) => [name, index]));
const COUNTED = new Set(["start", "end", "decimals"]); // fields that hold whole numbers; the others hold texts
const CLAIMS = []; // all of them, in order: {id, doc, row}
const DOCS = DATA.documents.map(readDocument);

function readDocument(given, index) {
  const astral = /[\ud800-\udbff]/.test(given.text);
  const doc = { ...given, index, characters: astral ? Array.from(given.text) : null };
  doc.claims = given.records.map((row) => {
    const claim = { kind: "claim", id: CLAIMS.length, key: `c${CLAIMS.length}`, doc, row };
    [claim.start, claim.end] = [row[FIELD.start], row[FIELD.end]];
    CLAIMS.push(claim);
    return claim;
  });
  doc.mentions = given.mentions.map(([start, end, type, rule], place) => ({
    kind: "mention", key: `m${index}.${place}`, doc, start, end, type: DATA.strings[type], rule: DATA.strings[rule],
  }));
  doc.others = given.left_out.map(([start, end], place) => ({ kind: "other", key: `o${index}.${place}`, doc, start, end }));
  return doc;
}

/** A field of a claim: a text or a count, null where there is nothing. */
function field(claim, name) {
  const cell = claim.row[FIELD[name]];
  if (COUNTED.has(name)) return cell;
  return cell < 0 ? null : DATA.strings[cell];
}

/** A stretch of a document's text. Offsets count characters as Python does, not halves of them as JavaScript does. */
function cut(doc, start, end) {
  return doc.characters ? doc.characters.slice(start, end).join("") : doc.text.slice(start, end);
}

function lengthOf(text) {
  return /[\ud800-\udbff]/.test(text) ? Array.from(text).length : text.length;
}

/** The number, claim or not, of this key (c12, m0.3), if there is one. */
function itemOf(key) {
  if (key.startsWith("c")) return CLAIMS[Number(key.slice(1))];
  const [index, place] = key.slice(1).split(".").map(Number);
  const doc = DOCS[index];
  if (!doc) return undefined;
  return (key.startsWith("m") ? doc.mentions : key.startsWith("o") ? doc.others : addedTo(doc))[place];
}

function flagsOf(claim) {
  const flags = field(claim, "flags");
  return flags ? flags.split("|") : [];
}

/** First and last year of a claim's period, [0, 0] where it is unknown. */
function yearsOf(claim) {
  const period = field(claim, "time_period");
  if (!period) return [0, 0];
  const [first, last] = period.split("/");
  return [Number(first.slice(0, 4)), Number((last ?? first).slice(0, 4))];
}

/** A decimal text with thousands marks, no digit changed: 38310230000 → 38,310,230,000. */
function grouped(digits) {
  const [whole, part] = digits.split(".");
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ",").replace("-", "\u2212");
  return part === undefined ? marked : `${marked}.${part}`;
}

/** The value of a claim: 6, or 6–6.5 for a range. */
function valueOf(claim) {
  const high = field(claim, "value_high");
  return grouped(field(claim, "value")) + (high === null ? "" : `–${grouped(high)}`);
}

/** A short name of a document: what its path ends with. */
function nameOf(doc) {
  return shown(doc.source.split(/[\\/]/).pop() || doc.source);
}
