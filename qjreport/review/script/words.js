// What the page knows, what it says in two languages, and how it makes elements: always of text, never of markup.
const DATA = JSON.parse(document.getElementById("data").textContent);
const LANGUAGES = ["en", "zh"];
let language = "en";

const find = (id) => document.getElementById(id);
const has = (key) => Object.hasOwn(DATA.texts, key);

function t(key, ...filled) {
  const text = has(key) ? DATA.texts[key][language] : key;
  return text.replace(/\{(\d)\}/g, (_, place) => filled[place] ?? "");
}

// name(why, "date") is "a date"; a word that the page does not know stands for itself.
const name = (family, word) => (has(`${family}.${word}`) ? t(`${family}.${word}`) : word);

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const zh = (tag, className, text) => el(tag, { class: className, lang: "zh-CN" }, text);

function label(element, text) {
  element.setAttribute("aria-label", text);
  element.title = text;
}

function sayEverything() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll("[data-tp]")) one.placeholder = t(one.dataset.tp);
  for (const one of document.querySelectorAll("[data-tl]")) {
    if (one.dataset.t) one.title = t(one.dataset.tl);
    else if (one.tagName === "BUTTON") label(one, t(one.dataset.tl));
    else one.setAttribute("aria-label", t(one.dataset.tl));
  }
  for (const one of document.querySelectorAll("[data-reason]")) one.textContent = name("reason", one.dataset.reason);
  for (const one of document.querySelectorAll("[data-count]")) {
    const count = one.dataset.count;
    one.textContent = count === "1" ? t("dropped.one") : t("dropped", count);
  }
}

// A browser may keep nothing for a page: then everything works, and the page says so.
const keeper = (() => {
  try {
    const probe = "qjreport/review/probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
})();

let unkept = !keeper; // something that was judged is on this page alone: there is no storage, or it is full

function keep(key, text) {
  try {
    if (text === null) keeper?.removeItem(key);
    else keeper?.setItem(key, text);
  } catch {
    unkept = true;
    find("unkept").hidden = false;
  }
}

const recall = (key) => keeper?.getItem(key) ?? null;
