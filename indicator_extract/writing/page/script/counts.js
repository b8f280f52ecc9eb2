// Counts by document and by indicator, of the claims that the filters let through.
"use strict";

const MOST_NAMES = 200; // rows of a list; a longer one is narrowed by filters

function drawCounts() {
  const claims = chosen();
  document.getElementById("view-counts").replaceChildren(countsByDocument(claims), countsByIndicator(claims));
}

function tallied(claims, keyOf) {
  const found = new Map();
  for (const claim of claims) {
    const key = keyOf(claim);
    const row = found.get(key) ?? { claims: 0, flagged: 0, documents: new Set(), measures: new Map() };
    row.claims += 1;
    row.flagged += flagsOf(claim).length ? 1 : 0;
    row.documents.add(claim.doc);
    found.set(key, row);
  }
  return found;
}

function counts(head, heads, rows, more) {
  return el("section", {},
    el("h3", {}, head),
    el("div", { class: "wide" }, el("table", { class: "plain" },
      el("thead", {}, el("tr", {}, heads.map((words, index) => el("th", { scope: "col", class: index ? "number" : null }, words)))),
      el("tbody", {}, rows.map(([first, ...cells]) => el("tr", {}, el("th", { scope: "row" }, first), cells.map((cell) => el("td", { class: "number" }, number(cell)))))))),
    more > 0 ? el("p", { class: "faint" }, t("counts.more", { count: number(more) })) : null);
}

function link(words, act) {
  return el("button", { type: "button", class: "link", onclick: act }, el("bdi", {}, words));
}

function countsByDocument(claims) {
  const found = tallied(claims, (claim) => claim.doc);
  const rows = [...found].map(([doc, row]) => [
    link(`${nameOf(doc)}${doc.title ? ` ${shown(doc.title)}` : ""}`, () => openDocument(doc)), row.claims, row.flagged, doc.mentions.length,
  ]);
  return counts(t("counts.bydocument"), [t("text.document"), t("counts.claims"), t("counts.flagged"), t("counts.mentions")], rows, 0);
}

function countsByIndicator(claims) {
  const found = [...tallied(claims, (claim) => field(claim, "indicator") || "")].sort((a, b) => b[1].claims - a[1].claims);
  const rows = found.slice(0, MOST_NAMES).map(([name, row]) => [
    link(name ? shown(name) : t("card.nameless"), () => { filterBy("indicator", name); showView("claims"); }), row.claims, row.flagged, row.documents.size,
  ]);
  const heads = [t("field.indicator"), t("counts.claims"), t("counts.flagged"), t("counts.documents")];
  return counts(t("counts.byindicator"), heads, rows, found.length - MOST_NAMES);
}
