// What others changed meanwhile, put into the page without taking the words out of anybody's hand: a field that was
// typed in since it was sent is left alone, and its turn comes with the next save.

import { setRows } from "./bylines.js";
import { form } from "./form.js";
import { choiceOf, choose } from "./picture.js";

const BYLINES = /^byline-/;
const PICTURE = /^(lead_image|picture_)/;

/**
 * Shows the fields of `came`, by name. `sent` is what the page had sent, `now` what it has by now. Answers with what
 * the page shows from now on that the server has, field by field as they are sent, and whether anything is left.
 */
export async function takeIn(came, sent, now) {
  let left = false;
  for (const [name, value] of Object.entries(came)) {
    const own = name === "bylines" ? BYLINES : name === "lead_image" ? PICTURE : new RegExp(`^${name}$`);
    if (composing || part(now, own) !== part(sent, own)) left = true;
    else await show(name, value);
  }
  return left;
}

/** Settings that somebody else changed, and this person did not. */
export function takeInSettings(before, after, sent) {
  const [was, is] = [before, after].map((seen) => JSON.parse(seen || "{}"));
  for (const [name, value] of Object.entries(is)) {
    const touched = plain(sent.getAll(name)) !== plain([was[name]].flat());
    if (!touched && plain([was[name]].flat()) !== plain([value].flat())) set(name, [value].flat().map(String));
  }
}

let composing = false;
document.addEventListener("compositionstart", () => (composing = true));
document.addEventListener("compositionend", () => (composing = false));

async function show(name, value) {
  if (name === "bylines") return setRows(value);
  if (name === "lead_image") return choose(value ? choiceOf(value.pk, value.choice) : choiceOf("", ""));
  const field = form.elements[name];
  if (name === "body") return new Promise((done) => field.dispatchEvent(new CustomEvent("body:replace", { detail: { html: value, quiet: true, done } })));
  const { selectionStart: start, selectionEnd: end, value: before } = field;
  field.value = value;
  if (document.activeElement === field) field.setSelectionRange(...[start, end].map((place) => moved(place, before, value)));
  field.dispatchEvent(new Event("input")); // does not bubble: it grows, and nobody has typed
}

function set(name, values) {
  for (const field of [form.elements[name]].flatMap((found) => (found instanceof RadioNodeList ? [...found] : found ?? []))) {
    if (field.type === "checkbox") {
      field.checked = values.includes(field.value);
      continue;
    }
    const value = values[0] ?? "";
    if (field.matches("select") && ![...field.options].some((option) => option.value === value)) field.add(new Option("Somebody else’s choice", value));
    field.value = value;
  }
}

function part(values, own) {
  return JSON.stringify([...values].filter(([name, value]) => own.test(name) && !(BYLINES.test(name) && !value)));
}

function plain(values) {
  return values.map((value) => String(value ?? "")).filter(Boolean).sort().join(" ");
}

function moved(place, before, now) {
  let same = 0;
  while (same < before.length && before[same] === now[same]) same += 1;
  return place <= same ? place : Math.max(same, place + now.length - before.length);
}
