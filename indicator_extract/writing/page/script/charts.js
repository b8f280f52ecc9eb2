// Small charts of what has several periods: one for each region, indicator, measure and unit. Plain SVG, so that they
// take the colours of the page, print sharply and need no library; the values stand below each as links to their places.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, EDGE] = [280, 96, 8];
const CHARTS_AT_A_TIME = 24;

function drawCharts(count = CHARTS_AT_A_TIME) {
  const series = seriesOf(chosen());
  const more = series.length - count;
  const view = document.getElementById("view-charts");
  view.replaceChildren(
    el("p", { class: "faint" }, t(series.length ? "charts.why" : "charts.none")),
    el("div", { class: "charts" }, series.slice(0, count).map(figureOf)),
    more > 0 ? el("button", { type: "button", class: "quiet", onclick: () => drawCharts(count + CHARTS_AT_A_TIME) }, t("charts.more", { count: number(more) })) : "",
  );
}

/** What kind of period it is: a year and its last day are one, else so many months, since these do not compare. */
function kindOf(period) {
  const [first, last = first] = period.split("/").map((day) => day.split("-").map(Number));
  if (!period.includes("/")) return first.length === 3 && period.endsWith("-12-31") ? 1 : first.length;
  return `${(last[0] - first[0]) * 12 + (last[1] ?? 12) - (first[1] ?? 1)} months`;
}

/** Claims of one thing that differ in their periods: names of the lexicon first, and the longest series of them. */
function seriesOf(claims) {
  const found = new Map();
  for (const claim of claims) {
    const [period, name] = [field(claim, "time_period"), field(claim, "indicator_id") || field(claim, "indicator")];
    if (!period || !name) continue;
    const unit = field(claim, "base_unit") || field(claim, "unit");
    const key = [field(claim, "ref_area"), name, field(claim, "measure"), unit, kindOf(period)].join("\u0001");
    if (!found.has(key)) found.set(key, { claims: [], periods: new Set(), unit });
    found.get(key).claims.push(claim);
    found.get(key).periods.add(period);
  }
  const several = [...found.values()].filter((each) => each.periods.size > 1);
  const known = (each) => (field(each.claims[0], "indicator_id") ? 1 : 0);
  return several.sort((a, b) => known(b) - known(a) || b.periods.size - a.periods.size || b.claims.length - a.claims.length);
}

function heightOf(claim) {
  return Number(field(claim, "base_value") ?? field(claim, "value"));
}

/** The end of a period as a year and its part: 2020-06 → 2020.5. */
function timeOf(claim) {
  const [year, month = "12"] = field(claim, "time_period").split("/").pop().split("-");
  return Number(year) + Number(month) / 12 - 1;
}

function figureOf(series) {
  const points = series.claims.map((claim) => ({ claim, x: timeOf(claim), y: heightOf(claim) }));
  points.sort((a, b) => a.x - b.x || a.claim.id - b.claim.id);
  const first = points[0].claim;
  const name = shown(field(first, "indicator"));
  const about = [field(first, "ref_area"), told("measure", field(first, "measure")), series.unit].filter(Boolean).map(shown).join(" · ");
  return el("figure", {},
    el("figcaption", {}, el("strong", {}, el("bdi", {}, name)), el("span", { class: "faint" }, about)),
    chartOf(points, `${name}, ${about}`),
    el("ol", { class: "points" }, points.map(({ claim }) => el("li", {},
      el("a", { href: `#${claim.key}`, class: `s-${field(claim, "status")}` }, `${field(claim, "time_period")} `, el("span", { class: "number" }, el("bdi", {}, shown(field(claim, "value_text")))))))));
}

function svg(tag, properties) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) made.setAttribute(name, value);
  return made;
}

function chartOf(points, label) {
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const scale = (values, from, to) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
  };
  const [x, y] = [scale(xs, EDGE, WIDTH - EDGE), scale([...ys, ...(Math.min(...ys) > 0 && Math.min(...ys) < Math.max(...ys) / 3 ? [0] : [])], HEIGHT - EDGE, EDGE)];
  const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("charts.label", { name: label, count: number(points.length) }) });
  if (Math.min(...ys) < 0 && Math.max(...ys) > 0) chart.append(svg("line", { class: "zero", x1: EDGE, x2: WIDTH - EDGE, y1: y(0), y2: y(0) }));
  const done = points.filter(({ claim }) => field(claim, "status") === "actual");
  chart.append(svg("polyline", { points: done.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(" ") }));
  for (const point of points) {
    chart.append(svg("circle", { class: `s-${field(point.claim, "status")}`, cx: x(point.x).toFixed(1), cy: y(point.y).toFixed(1), r: 3.5 }));
  }
  return chart;
}
