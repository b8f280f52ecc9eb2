// Words in two languages, small helpers for elements, and what the browser remembers.
"use strict";

const WORDS = JSON.parse(document.getElementById("words").textContent);
const REDRAWN = []; // what is drawn anew in another language
let language = "en";

/** What the page says under a key, with {names} filled in. */
function t(key, values = {}) {
  const text = WORDS[language][key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The words for a value of a field (measure.level), else the value itself. */
function told(kind, value) {
  return WORDS[language][`${kind}.${value}`] ?? shown(value);
}

function number(count) {
  return new Intl.NumberFormat(language).format(count);
}

/** An element. Texts become text nodes: nothing that a document says is ever read as HTML. */
function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

// Control characters, and those that turn the direction of a text or have no width, are written out.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const UNSEEN_ALL = new RegExp(UNSEEN, "g");

function codeOf(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A text for a place where only text can stand. */
function shown(text) {
  return UNSEEN.test(text) ? text.replace(UNSEEN_ALL, (found) => `⟨${codeOf(found)}⟩`) : text;
}

/** What the browser remembers for this page; a file opened from disk may be refused that. */
const memory = {
  works: true,
  get(name) {
    try {
      return window.localStorage.getItem(`indicator-extract:${name}`);
    } catch {
      this.works = false;
      return null;
    }
  },
  set(name, value) {
    try {
      window.localStorage.setItem(`indicator-extract:${name}`, value);
    } catch {
      this.works = false;
    }
  },
};

function sayWords() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = t(place.dataset.t);
  for (const place of document.querySelectorAll("[data-t-label]")) place.setAttribute("aria-label", t(place.dataset.tLabel));
  const other = document.getElementById("language");
  other.textContent = language === "zh" ? "English" : "中文";
  other.lang = language === "zh" ? "en" : "zh-CN";
  sayTheme();
}

function sayTheme() {
  const dark = document.documentElement.dataset.theme === "dark";
  document.getElementById("theme").textContent = t(dark ? "theme.light" : "theme.dark");
}

function speak(next) {
  language = next;
  sayWords();
  for (const draw of REDRAWN) draw();
}

function setUpSwitches() {
  const wished = memory.get("language") ?? (navigator.language || "en");
  language = wished.toLowerCase().startsWith("zh") ? "zh" : "en";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    document.documentElement.dataset.theme = memory.get("theme") ?? (system.matches ? "dark" : "light");
    sayTheme();
  };
  system.addEventListener("change", paint);
  document.getElementById("language").addEventListener("click", () => {
    speak(language === "zh" ? "en" : "zh");
    memory.set("language", language);
  });
  document.getElementById("theme").addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    memory.set("theme", next);
    sayTheme();
  });
  paint();
}

setUpSwitches();
