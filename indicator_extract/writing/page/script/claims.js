// The filters, and the table of claims that DataTables sorts and pages.
"use strict";

const FILTERS = document.getElementById("filters");
const wanted = { search: "", document: "", indicator: "", measure: "", status: "", year: "", flag: "", verdict: "" };
let kept = new Uint8Array(CLAIMS.length).fill(1); // by number of a claim: whether the filters let it through
let table = null;
const HAYSTACKS = []; // by number of a claim: what the search looks at, made when first needed

function haystack(claim) {
  HAYSTACKS[claim.id] ??= ["indicator", "indicator_text", "evidence", "ref_area", "section", "source"]
    .map((name) => field(claim, name) ?? "").join("\n").toLowerCase();
  return HAYSTACKS[claim.id];
}

/** The claims that the filters let through. */
function chosen() {
  return CLAIMS.filter((claim) => kept[claim.id]);
}

function fits(claim) {
  const asked = wanted;
  if (asked.document && String(claim.doc.index) !== asked.document) return false;
  if (asked.measure && field(claim, "measure") !== asked.measure) return false;
  if (asked.status && field(claim, "status") !== asked.status) return false;
  if (asked.indicator && !(field(claim, "indicator") ?? "").toLowerCase().includes(asked.indicator)) return false;
  if (asked.year && !covers(yearsOf(claim), asked.year)) return false;
  if (asked.flag && !hasFlag(flagsOf(claim), asked.flag)) return false;
  if (asked.verdict && (saidOf(claim)?.verdict ?? "none") !== asked.verdict) return false;
  return !asked.search || asked.search.split(/\s+/).every((word) => haystack(claim).includes(word));
}

function covers([first, last], year) {
  return year === "unknown" ? !first : first <= Number(year) && Number(year) <= last;
}

function hasFlag(flags, asked) {
  return asked === "any" ? flags.length > 0 : asked === "none" ? flags.length === 0 : flags.includes(asked);
}

function filter() {
  for (const input of FILTERS.elements) if (input.name) wanted[input.name] = input.value.trim().toLowerCase();
  kept = Uint8Array.from(CLAIMS, (claim) => (fits(claim) ? 1 : 0));
  table.draw();
  drawViews();
}

function clearFilters() {
  FILTERS.reset();
  filter();
}

/** Sets one filter, and clears the others. */
function filterBy(name, value) {
  FILTERS.reset();
  FILTERS.elements[name].value = value;
  filter();
}

function drawFilters() {
  const before = Object.fromEntries([...FILTERS.elements].filter((input) => input.name).map((input) => [input.name, input.value]));
  const field_ = (name, label, input) => el("div", { class: `filter f-${name}` }, el("label", { for: `filter-${name}` }, label), input);
  const select = (name, label, options) => field_(name, label, el("select", { id: `filter-${name}`, name },
    el("option", { value: "" }, t("filter.all")), options.map(([value, words]) => el("option", { value }, words))));
  const years = new Set(CLAIMS.flatMap((claim) => yearsOf(claim)));
  const flags = new Set(CLAIMS.flatMap(flagsOf));
  const names = [...new Set(CLAIMS.map((claim) => field(claim, "indicator") ?? ""))];
  FILTERS.replaceChildren(
    field_("search", t("filter.search"), el("input", { id: "filter-search", name: "search", type: "search", autocomplete: "off" })),
    field_("indicator", t("field.indicator"), el("input", { id: "filter-indicator", name: "indicator", type: "search", list: "names", autocomplete: "off" })),
    el("datalist", { id: "names" }, names.slice(0, 2000).map((name) => el("option", { value: shown(name) }))),
    DOCS.length > 1 ? select("document", t("text.document"), DOCS.map((doc) => [doc.index, nameOf(doc)])) : "",
    select("measure", t("field.measure"), CHOICES.measure.map((name) => [name, told("measure", name)])),
    select("status", t("field.status"), CHOICES.status.map((name) => [name, told("status", name)])),
    select("year", t("filter.year"), [...[...years].filter(Boolean).sort((a, b) => b - a).map((year) => [year, year]), ["unknown", t("filter.unknown")]]),
    select("flag", t("field.flags"), [["any", t("filter.flagged")], ["none", t("filter.unflagged")], ...[...flags].sort().map((flag) => [flag, `${flag}: ${told("flag", flag)}`])]),
    select("verdict", t("filter.verdict"), ["right", "wrong", "no_claim", "none"].map((name) => [name, t(`verdict.${name}`)])),
  );
  for (const [name, value] of Object.entries(before)) FILTERS.elements[name].value = value;
}

/** Texts sort as a dictionary does, so each gets its rank once. */
function ranks(name) {
  const values = [...new Set(CLAIMS.map((claim) => field(claim, name) ?? ""))];
  values.sort(new Intl.Collator(language === "zh" ? "zh" : ["zh", "en"]).compare);
  return new Map(values.map((value, rank) => [value, rank]));
}

function columnOf(name) {
  let order = null;
  const sorting = (claim) => {
    if (name === "verdict") return saidOf(claim) ? 0 : 1;
    if (NUMBERS.has(name)) return Number(field(claim, name) ?? NaN) || 0;
    if (COUNTED.has(name)) return field(claim, name);
    order ??= ranks(name);
    return order.get(field(claim, name) ?? "");
  };
  return {
    title: t(name === "verdict" ? "filter.verdict" : `field.${name}`),
    className: `c-${name}${NUMBERS.has(name) || COUNTED.has(name) ? " number" : ""}`,
    type: "num",
    searchable: false,
    data: (id, type) => (type === "sort" || type === "type" ? sorting(CLAIMS[id]) : id),
    render: (id, type) => (type === "display" ? cellOf(CLAIMS[id], name) : id),
  };
}

function cellOf(claim, name) {
  if (name === "verdict") return told("sign", saidOf(claim)?.verdict ?? "none");
  const value = field(claim, name);
  if (name === columns()[0]) {
    const flags = flagsOf(claim).map((flag) => el("span", { class: "flag", title: told("flag", flag) }, flag));
    return el("div", {}, el("a", { href: `#${claim.key}` }, el("bdi", {}, value ? said(claim, name) : t("card.nameless"))), flags);
  }
  if (name === "source") return nameOf(claim.doc);
  if (name === "flags") return value ? String(flagsOf(claim).length) : "";
  if (name === "value") return el("span", {}, valueOf(claim), el("span", { class: "with-unit" }, ` ${shown(field(claim, "unit"))}`));
  return value === null || value === "" ? "" : el("bdi", {}, said(claim, name));
}

function columns() {
  const several = DOCS.length > 1 && !DATA.columns.includes("source");
  return [...DATA.columns, ...(several ? ["source"] : []), "verdict"];
}

function drawTable() {
  const at = table ? { order: table.order(), page: table.page() } : { order: [], page: 0 };
  table?.destroy();
  const place = el("table", { id: "claims" }, el("caption", { class: "unseen" }, t("numbers.head")));
  document.getElementById("view-claims").replaceChildren(place);
  table = new DataTable(place, {
    data: CLAIMS.map((claim) => claim.id),
    columns: columns().map(columnOf),
    order: at.order,
    deferRender: true,
    autoWidth: false,
    typeDetect: false,
    pageLength: 50,
    pagingType: "simple_numbers",
    layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
    language: {
      info: t("table.info"), infoEmpty: t("table.none"), infoFiltered: t("table.filtered"), zeroRecords: t("table.none"),
      emptyTable: t("table.none"), thousands: ",",
      aria: { orderable: t("table.sort"), orderableReverse: t("table.sort"), orderableRemove: t("table.unsort") },
      paginate: { first: "«", last: "»", next: "›", previous: "‹" },
    },
    createdRow: (row, id) => {
      row.dataset.claim = id;
      if (flagsOf(CLAIMS[id]).length) row.classList.add("flagged");
      if (reading.pinned === CLAIMS[id]) row.classList.add("here");
    },
  });
  table.search.fixed("filters", (_text, id) => kept[id] === 1);
  table.page(at.page).draw("page");
}

/** Brings the row of a claim into view; filters that hide it are cleared. */
function goToRow(claim) {
  showView("claims");
  if (!kept[claim.id]) clearFilters();
  const order = table.rows({ search: "applied", order: "applied" }).indexes().toArray();
  table.page(Math.floor(order.indexOf(claim.id) / table.page.len())).draw("page");
  pin(claim);
  const row = rowOf(claim);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector("a")?.focus({ preventScroll: true });
}

function rowOf(claim) {
  return document.querySelector(`#claims tr[data-claim="${claim.id}"]`);
}

function markRow(item) {
  for (const old of document.querySelectorAll("#claims tr.here")) old.classList.remove("here");
  if (item?.kind === "claim") rowOf(item)?.classList.add("here");
}

function drawRow(item) {
  const cell = item.kind === "claim" ? rowOf(item)?.querySelector(".c-verdict") : null;
  if (cell) cell.textContent = told("sign", saidOf(item)?.verdict ?? "none");
}

function setUpClaims() {
  drawFilters();
  drawTable();
  FILTERS.addEventListener("input", filter);
  document.getElementById("clear").addEventListener("click", clearFilters);
  FILTERS.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("view-claims").addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-claim]");
    if (row && !event.target.closest("a") && document.getSelection().isCollapsed) visit(CLAIMS[Number(row.dataset.claim)]);
  });
  window.addEventListener("beforeprint", () => table.page.len(chosen().length > 3000 ? 50 : -1).draw());
  window.addEventListener("afterprint", () => table.page.len(50).draw());
  REDRAWN.push(drawFilters, drawTable);
}
