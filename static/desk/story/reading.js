// A page that is read, not written: every field shows its value, can be reached and copied from, and cannot be changed.
//
// Nothing is disabled but buttons: a disabled field is not sent, and cannot be reached with the keyboard.

import { form } from "./form.js";

const TYPED = "input:not([type=checkbox], [type=radio], [type=file], [type=hidden]), textarea";
const CHOSEN = "select, input[type=checkbox], input[type=radio], input[type=file]";
const side = document.querySelector(".story-side");

let readOnly = false;

export function setReadOnly(wanted) {
  readOnly = wanted;
  for (const field of controls()) {
    if (field.matches(TYPED)) field.readOnly = wanted;
    else if (field.matches(CHOSEN)) wanted ? field.setAttribute("aria-disabled", "true") : field.removeAttribute("aria-disabled");
    else if (field.matches("button")) setDisabled(field, wanted);
  }
  form.elements.body?.dispatchEvent(new CustomEvent("body:readonly", { detail: { readOnly: wanted } }));
}

function controls() {
  return new Set([...form.elements, ...(side?.querySelectorAll("button") ?? [])].filter((field) => !field.closest("[data-pen]")));
}

function setDisabled(button, wanted) {
  if (wanted && !button.disabled) {
    button.disabled = true;
    button.dataset.asleep = "";
  } else if (!wanted && "asleep" in button.dataset) {
    button.disabled = false;
    delete button.dataset.asleep;
  }
}

/* What has no read-only state of its own: nothing but moving on is let through. */
for (const name of ["mousedown", "click", "keydown", "dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!readOnly || event.key === "Tab" || event.key === "Escape") return;
    const isDrop = name === "drop" || name === "dragover";
    if (!(isDrop ? event.target.closest(".story-side, #story") : event.target.closest("[aria-disabled=true]"))) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
