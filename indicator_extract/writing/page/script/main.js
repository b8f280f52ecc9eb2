// What holds the rooms together: views, the address of the page, and the start.
"use strict";

const VIEWS = ["claims", "counts", "charts"];
let view = "claims";

function showView(name) {
  view = name;
  for (const each of VIEWS) {
    const tab = document.getElementById(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    document.getElementById(`view-${each}`).hidden = each !== name;
  }
  drawViews();
}

/** Draws what is looked at; the table looks after itself. */
function drawViews() {
  if (view === "counts") drawCounts();
  if (view === "charts") drawCharts();
}

/** Goes to a number by the page's address, so that the browser's way back works. */
function visit(item) {
  if (item.kind === "added" || location.hash === `#${item.key}`) goTo(item);
  else location.hash = item.key;
}

/** #c12 is the place of a claim, #r12 its row, #m0.3 the place of another number. */
function followAddress() {
  const found = location.hash.match(/^#([crmo])(\d+(?:\.\d+)?)$/);
  const item = found && itemOf(found[1] === "r" ? `c${found[2]}` : found[1] + found[2]);
  if (!item) return;
  if (found[1] === "r") goToRow(item);
  else goTo(item);
}

function redraw() {
  for (const each of REDRAWN) each();
}

function sayCounts() {
  const sum = (count) => number(DOCS.reduce((total, doc) => total + count(doc), 0));
  document.getElementById("summary").textContent = t("summary", {
    documents: number(DOCS.length),
    claims: number(CLAIMS.length),
    mentions: sum((doc) => doc.mentions.length),
    flagged: sum((doc) => doc.claims.filter((claim) => flagsOf(claim).length).length),
  });
}

function setUpViews() {
  for (const [index, name] of VIEWS.entries()) {
    const tab = document.getElementById(`tab-${name}`);
    tab.addEventListener("click", () => showView(name));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = VIEWS[(index + by + VIEWS.length) % VIEWS.length];
      showView(next);
      document.getElementById(`tab-${next}`).focus();
    });
  }
  REDRAWN.push(sayCounts, drawViews);
}

function start() {
  sayWords();
  sayCounts();
  setUpViews();
  setUpCorrections();
  setUpReader();
  setUpCard();
  drawLegend();
  if (DOCS.length) openDocument(DOCS[0]);
  showCard(null);
  setUpClaims();
  tellJudged();
  window.addEventListener("hashchange", followAddress);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a")?.getAttribute("href") === location.hash) followAddress(); // no change, so no event
  });
  followAddress();
}

start();
