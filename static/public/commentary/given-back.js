/* Shows what this browser has kept of a form that could not be read or saved. */

import { everything } from "./kept.js";

const place = document.querySelector("[data-kept]");
let number = 0;

try {
  for (const { fields } of everything()) {
    for (const [name, value] of Object.entries(fields)) if (value.trim().length > 2) show(name, value);
  }
} catch {
  /* this browser keeps nothing */
}

function show(name, value) {
  number += 1;
  const field = document.createElement("div");
  field.className = "guest-field guest-form";
  const label = document.createElement("label");
  label.htmlFor = `kept-${number}`;
  label.textContent = name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
  const box = document.createElement("textarea");
  Object.assign(box, { id: `kept-${number}`, rows: value.length > 300 ? 10 : 1, readOnly: true, value, dir: "auto" });
  field.append(label, box);
  place.append(field);
  place.hidden = false;
}
