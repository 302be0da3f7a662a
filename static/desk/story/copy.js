// The text as typed is kept in this browser until the server has said that it is saved: for each story, each person,
// and each page of it. Signing out deletes every copy.

import { addRow } from "./bylines.js";
import { fields, form, side, tell } from "./form.js";
import { changed, isUnsaved } from "./saving.js";

const PAUSE = 400;
const SENT = "newsroom-sent";
const TEXTS = ["headline", "deck", "summary", "body", "lead_caption", "kicker", "disclosure", "search_title", "search_description"];
const STANDING = ["revision", "saves", "seen", "sitting", "turn", "before"];

const notice = form.querySelector("[data-copy]");
const writer = form.elements.writer.value;
const page = form.elements.sitting.value;
const pages = new BroadcastChannel("newsroom-pages");

let key = keyOf(form.dataset.story);
let timer = 0;
let signedOut = false;

for (const target of [form, side]) {
  for (const name of ["input", "change", "body:change"]) target.addEventListener(name, soon);
}
form.addEventListener("story:saved", () => isUnsaved() || forget());
form.addEventListener("story:begun", () => {
  localStorage.removeItem(key);
  key = keyOf(form.dataset.story);
  keep();
});
form.addEventListener("story:leaving", () => {
  keep();
  sessionStorage.setItem(SENT, key);
});
addEventListener("pagehide", () => timer && keep());
document.addEventListener("visibilitychange", () => document.hidden && timer && keep());
addEventListener("storage", (event) => {
  if (event.key !== "newsroom-signed-out" || !event.newValue) return;
  signedOut = true;
  clearTimeout(timer);
  tell("You have signed out in another tab, and the copies in this browser are deleted. What is not saved stands only on this page: sign in again to save it.");
});
pages.addEventListener("message", ({ data }) => {
  if (data.ask && data.ask !== page) pages.postMessage({ open: page });
  if (data.open) open.add(data.open);
});

if ("justSaved" in form.dataset) localStorage.removeItem(sessionStorage.getItem(SENT) ?? "");
sessionStorage.removeItem(SENT);
const open = new Set();
pages.postMessage({ ask: page });
setTimeout(offerNewest, 300);

function keyOf(story) {
  return `newsroom-story-${writer}-${story}-${page}`;
}

function soon() {
  timer ||= setTimeout(keep, PAUSE);
}

function keep() {
  clearTimeout(timer);
  timer = 0;
  if (signedOut || !isUnsaved()) return;
  const standing = Object.fromEntries(STANDING.map((name) => [name, form.elements[name].value]));
  try {
    const clash = form.elements.kept?.value;
    localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), values: snapshot(), standing, clash }));
  } catch {
    tell("This browser's storage is full, so it keeps no copy of your text. Save often.");
  }
}

function forget() {
  clearTimeout(timer);
  timer = 0;
  signedOut = false;
  localStorage.removeItem(key);
}

function snapshot() {
  const values = {};
  for (const field of fields()) {
    values[field.name] ??= [];
    const counts = !["checkbox", "radio"].includes(field.type) || field.checked;
    if (counts) values[field.name].push(field.value);
  }
  return values;
}

/* The newest copy of a page of this story that is open no more. */
function offerNewest() {
  const start = `newsroom-story-${writer}-${form.dataset.story}-`;
  const found = Object.keys(localStorage)
    .filter((name) => name.startsWith(start) && !open.has(name.slice(start.length)) && name !== key)
    .map((name) => ({ name, ...read(name) }))
    .filter((copy) => copy.values && (differs(copy.values) || localStorage.removeItem(copy.name)))
    .sort((one, other) => (one.at < other.at ? 1 : -1));
  if (found.length) offer(found[0]);
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function differs(values) {
  const now = snapshot();
  const words = (text) => (text ?? "").replace(/<[^>]*>|&nbsp;|\s/g, "");
  return TEXTS.some((name) => words(values[name]?.[0]) !== words(now[name]?.[0]));
}

function offer(copy) {
  notice.hidden = false;
  const time = notice.querySelector("[data-copy-time]");
  time.dateTime = copy.at;
  const timeZone = document.body.dataset.adminServerTimezone; // as every other time of the desk
  time.textContent = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", timeZone });
  const done = () => {
    localStorage.removeItem(copy.name);
    notice.hidden = true;
    form.elements.headline.focus();
  };
  notice.querySelector("[data-copy-restore]").addEventListener("click", () => {
    restore(copy);
    done();
    keep();
    changed();
  }, { once: true });
  notice.querySelector("[data-copy-discard]").addEventListener("click", done, { once: true });
}

/* It goes on from where it was written: what others have saved since is brought together with it, not overwritten. */
function restore({ values, standing, clash }) {
  for (const [name, value] of Object.entries(standing ?? {})) form.elements[name].value = value;
  if (clash) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "kept", value: clash }));
  const rows = Number(values["byline-TOTAL_FORMS"]?.[0] ?? 0);
  while (document.querySelectorAll("[data-rows] [data-row]").length < rows) addRow();
  for (const field of fields()) {
    const kept = values[field.name];
    if (!kept || ["byline-INITIAL_FORMS", "picture_of"].includes(field.name)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (field.name === "body") field.dispatchEvent(new CustomEvent("body:replace", { detail: { html: kept[0] ?? "" } }));
    else field.value = kept[0] ?? "";
    if (field.matches("textarea[data-grows]")) field.dispatchEvent(new Event("input"));
  }
  document.querySelector("[name=lead_image]:checked")?.dispatchEvent(new Event("change", { bubbles: true }));
}
