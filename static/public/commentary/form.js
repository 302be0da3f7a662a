/* A page of a guest's draft. Everything here is a comfort: the form works without it. */

import { Autosave } from "./autosave.js";
import { cleaned, picturesAlone } from "./pasting.js";
import { offer, Shelf } from "./kept.js";
import { prove } from "./proof.js";
import { count } from "./words.js";

const form = document.querySelector("form[data-draft]");

document.querySelector("[data-focus]")?.focus();
if (form) {
  const shelf = new Shelf(form);
  const autosave = new Autosave(form, shelf, document.querySelector("[data-state]"));
  offer(form, shelf, () => {
    autosave.changed();
    for (const field of form.elements) field.dispatchEvent(new Event("recount"));
  });
  form.addEventListener("input", (event) => event.target.type !== "file" && autosave.changed());
  form.addEventListener("submit", (event) => onlyOnce(event, autosave));
  if (form.elements.agreed) prove(form);
  for (const line of form.querySelectorAll("[data-words]")) watchWords(line);
  for (const box of form.querySelectorAll("textarea")) box.addEventListener("paste", paste);
}

/* A second click while the first is on its way does nothing; coming back to the page makes it usable again. */
function onlyOnce(event, autosave) {
  if (form.dataset.leaving) {
    event.preventDefault();
    return;
  }
  form.dataset.leaving = "1";
  event.submitter?.setAttribute("aria-disabled", "true");
  autosave.stop();
}

addEventListener("pageshow", () => {
  if (!form) return;
  delete form.dataset.leaving;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
});

function watchWords(line) {
  const box = form.elements.text;
  const counted = line.querySelector("[data-counted]");
  const said = form.querySelector("[data-words-said]");
  const target = Number(line.dataset.target);
  const most = Number(line.dataset.most);
  let before = "";
  let waiting = 0;

  const recount = () => {
    const number = count(box.value);
    counted.textContent = number.toLocaleString("en-US");
    const state = number > most ? "far" : number > target ? "over" : "";
    line.dataset.length = state;
    if (state !== before) {
      said.textContent =
        state === "far" ? `More than the ${most} words we can take.` : state ? `Longer than about ${target} words.` : "";
      before = state;
    }
  };
  /* A long text is counted when its writer pauses, so that typing stays quick. */
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(recount, box.value.length > 20_000 ? 400 : 0);
  };
  box.addEventListener("input", soon);
  box.addEventListener("recount", recount);
  recount();
}

function paste(event) {
  const data = event.clipboardData;
  if (!data) return;
  if (picturesAlone(data)) {
    event.preventDefault();
    document.querySelector("[data-state]").textContent = "Pictures cannot stand in the text. It is as it was.";
    return;
  }
  const given = data.getData("text/plain");
  const text = cleaned(data.getData("text/html"), given);
  if (!text || text === given) return;
  event.preventDefault();
  const box = event.target;
  /* As typed, so that the browser can undo it; that is slow for a whole book. */
  if (text.length > 30_000 || !document.execCommand("insertText", false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
