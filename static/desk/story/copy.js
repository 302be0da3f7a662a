// The text as typed is kept in this browser until the server has said that it is saved.

import { addRow } from "./bylines.js";
import { fields, form, tell } from "./form.js";

const key = `newsroom-story-${form.dataset.story}`;
const notice = form.querySelector("[data-copy]");
let changed = false;
let sending = false;

if ("justSaved" in form.dataset) {
  localStorage.removeItem(key);
  localStorage.removeItem("newsroom-story-new");
}
const kept = read();
if (kept && differs(kept.values)) offer(kept);
else if (kept) localStorage.removeItem(key);

let waiting = 0;
for (const target of [form, document.querySelector(".story-side")]) {
  target.addEventListener("input", noteChange);
  target.addEventListener("change", noteChange);
}
form.addEventListener("body:change", noteChange);
form.addEventListener("submit", () => {
  keep();
  sending = true;
  // A page restored from the back-forward cache is being written on again.
  addEventListener("pageshow", () => (sending = false), { once: true });
});
addEventListener("beforeunload", (event) => {
  if (changed && !sending) event.preventDefault();
});

function noteChange() {
  if (!notice.hidden && !changed) return void (changed = true);
  changed = true;
  document.querySelector("[data-saved-state]").textContent = "Not saved yet";
  clearTimeout(waiting);
  waiting = setTimeout(keep, 800);
}

function keep() {
  if (!notice.hidden) return; // an older copy is still on offer: do not write over it
  try {
    localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), values: snapshot() }));
  } catch {
    tell("This browser's storage is full, so it keeps no copy of your text. Save often.");
  }
}

function snapshot() {
  const values = {};
  for (const field of fields()) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] ??= []).push(field.value);
      else values[field.name] ??= [];
    } else {
      values[field.name] = [field.value];
    }
  }
  return values;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function differs(values) {
  const now = snapshot();
  const words = (text) => (text ?? "").replace(/<[^>]*>|&nbsp;|\s/g, "");
  return ["headline", "deck", "summary", "body", "lead_caption", "kicker", "disclosure"].some(
    (name) => words(values[name]?.[0]) !== words(now[name]?.[0]),
  );
}

function offer(copy) {
  notice.hidden = false;
  const time = notice.querySelector("[data-copy-time]");
  time.dateTime = copy.at;
  time.textContent = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  notice.querySelector("[data-copy-restore]").addEventListener("click", () => {
    restore(copy.values);
    notice.hidden = true;
    changed = false;
    noteChange();
    form.elements.headline.focus();
  });
  notice.querySelector("[data-copy-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    notice.hidden = true;
    form.elements.headline.focus();
  });
}

function restore(values) {
  const rows = Number(values["byline-TOTAL_FORMS"]?.[0] ?? 0);
  while (document.querySelectorAll("[data-rows] [data-row]").length < rows) addRow();
  for (const field of fields()) {
    const stored = values[field.name];
    if (!stored || ["byline-INITIAL_FORMS", "picture_of"].includes(field.name)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = stored.includes(field.value);
    else if (field.name === "body") field.dispatchEvent(new CustomEvent("body:replace", { detail: { html: stored[0] ?? "" } }));
    else field.value = stored[0] ?? "";
    if (field.matches("textarea[data-grows]")) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.querySelector("[name=lead_image]:checked")?.dispatchEvent(new Event("change", { bubbles: true }));
}
