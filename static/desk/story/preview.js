// The preview beside the sheet: what readers will see of the text as it is saved. On a small screen it is a sheet over
// all of it. Every save tells it (`story:saved` on the form), and it tells the preview in a window of its own.

import { form } from "./form.js";
import { preview, recall, remember } from "./stage.js";

const OPEN = "newsroom-preview-open"; // in localStorage: whether this person works with it open
const BESIDE = matchMedia("(min-width: 70rem)");

const dialog = document.getElementById("preview");
const opener = document.querySelector("[data-preview-open]");
const stage = dialog.querySelector("[data-preview-stage]");
const shown = preview(dialog, { onEscape: close });

document.querySelector("[data-preview-page]")?.remove();
opener.hidden = false;
opener.addEventListener("click", () => (dialog.open ? close() : open()));
dialog.querySelector("[data-preview-close]").addEventListener("click", close);
dialog.querySelector("[data-preview-window]")?.addEventListener("click", close);
dialog.addEventListener("close", closed);
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || dialog.matches(":modal")) return; // a modal one closes by itself
  event.stopPropagation();
  close();
});
BESIDE.addEventListener("change", () => {
  if (!dialog.open) return;
  dialog.close();
  open();
});
form.addEventListener("story:saved", () => {
  knowStory();
  if (dialog.open) shown.refresh();
  if (stage.dataset.story) new BroadcastChannel(`newsroom-story-${stage.dataset.story}`).postMessage("saved");
});

for (const radio of shown.widths) radio.addEventListener("change", () => makeRoom(BESIDE.matches));

knowStory();
if (BESIDE.matches && recall(OPEN) === "yes") {
  const before = document.activeElement;
  open();
  if (before === document.body) document.activeElement.blur(); // nobody had begun to type
  else before.focus({ preventScroll: true });
}
// A save that loaded this page anew is news for a window of its own.
if ("justSaved" in form.dataset) new BroadcastChannel(`newsroom-story-${form.dataset.story}`).postMessage("saved");

/* A new story gets its number with its first save. */
function knowStory() {
  if (/^\d+$/.test(form.dataset.story)) stage.dataset.story = form.dataset.story;
}

function open() {
  if (BESIDE.matches) {
    dialog.show();
    remember(OPEN, "yes");
  } else {
    dialog.showModal();
  }
  makeRoom(BESIDE.matches);
  opener.setAttribute("aria-expanded", "true");
  shown.refresh();
  shown.widths.find((radio) => radio.checked).focus();
}

function close() {
  if (BESIDE.matches) remember(OPEN, "no");
  dialog.close();
}

function closed() {
  if (dialog.open) return; // opened again meanwhile, in the other manner
  shown.stop();
  makeRoom(false);
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
}

/* The sheet gets narrower or wider: its fields, which are as high as their text, measure themselves anew. */
function makeRoom(beside) {
  document.body.classList.toggle("previewing", beside);
  dispatchEvent(new Event("resize"));
}
