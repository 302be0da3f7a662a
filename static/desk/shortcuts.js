// The list of shortcuts, and what is in it. Those of a single key never work while somebody types, and are off for
// whoever wants them off (WCAG 2.1.4).

const STORE = "newsroom-shortcuts-off";
const SEQUENCE = 1500; // milliseconds between the two keys of “G then S”
const FIELDS = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select';
const MODIFIERS = { Control: /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘" : "Ctrl" };

const dialog = document.getElementById("shortcuts");
if (dialog) start();

function start() {
  const isOn = dialog.querySelector("[data-shortcuts-on]");
  let goesSince = 0;

  isOn.checked = read() !== "off";
  isOn.addEventListener("change", () => write(isOn.checked ? null : "off"));
  dialog.querySelector("[data-shortcuts-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });
  for (const button of document.querySelectorAll("[data-shortcuts-open]")) button.addEventListener("click", open);

  document.addEventListener("keydown", (event) => {
    if (!isOn.checked || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog:modal")) return;
    const key = event.key.toLowerCase();
    const goes = event.timeStamp - goesSince < SEQUENCE && goesSince > 0;
    goesSince = 0;
    const done = goes ? follow(`[data-go="${CSS.escape(key)}"]`) : press(key);
    if (key === "g" && !goes) goesSince = event.timeStamp;
    if (done) event.preventDefault();
  });

  // Captured: these work while somebody writes, and before the browser saves the page as a file.
  document.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
      const element = presses(event.key);
      if (!element || document.querySelector("dialog:modal")) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) element.click();
    },
    true,
  );

  function press(key) {
    if (key === "?") return open();
    if (key === "/") return search();
    if (key === "j") return step(1) || follow('[data-key="j"]');
    if (key === "k") return step(-1) || follow('[data-key="k"]');
    if (key === "x") return choose();
    if (doInRow(key)) return true;
    return key !== "g" && follow(`[data-key="${CSS.escape(key)}"]`);
  }

  function open() {
    const rail = document.getElementById("rail");
    if (rail?.matches(":popover-open")) rail.hidePopover();
    nameOthers();
    dialog.showModal();
    return true;
  }

  /* What else has keys on this page says so by aria-keyshortcuts, and stands in the list under its own name; keys of
     the rows of a list are told by templates. */
  function nameOthers() {
    const list = dialog.querySelector("[data-shortcuts-here]");
    const rows = new Map();
    for (const told of document.querySelectorAll("template[data-shortcut]")) rows.set(told.dataset.shortcut, row(told.dataset.shortcut, told.dataset.words));
    for (const element of pressed()) {
      const keys = element.getAttribute("aria-keyshortcuts");
      if (!rows.has(keys)) rows.set(keys, row(keys, element.getAttribute("aria-label") || element.textContent.trim()));
    }
    list.replaceChildren(...rows.values());
    list.hidden = list.previousElementSibling.hidden = rows.size === 0;
  }
}

function row(keys, words) {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  const said = document.createElement("dd");
  for (const key of keys.split("+")) {
    const cap = document.createElement("kbd");
    cap.textContent = MODIFIERS[key] ?? key;
    term.append(cap, " ");
  }
  said.textContent = words;
  line.append(term, said);
  return line;
}

/* The buttons of this page that have keys of their own and can be pressed now. */
function pressed() {
  const all = document.querySelectorAll("[aria-keyshortcuts]:not([data-palette-open], [disabled])");
  return [...all].filter((element) => element.checkVisibility());
}

function presses(key) {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return pressed().find((element) => element.getAttribute("aria-keyshortcuts") === `Control+${name}`);
}

function isTyping(target) {
  return target instanceof Element && (target.isContentEditable || target.closest(`${FIELDS}, [role="textbox"], [role="combobox"]`) !== null);
}

function follow(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
}

function search() {
  const field = document.getElementById("searchbar");
  if (!field) return follow("[data-palette-open]");
  field.focus();
  field.select();
  return true;
}

function step(by) {
  const links = [...document.querySelectorAll("a.cell__headline, a.line__headline")];
  if (!links.length) return false;
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + by, 0), links.length - 1);
  links[next].focus();
  return true;
}

/* Tick the box before the story at hand, where the list has boxes. */
function choose() {
  const box = document.activeElement?.closest("tr")?.querySelector("[data-choose]");
  box?.click();
  return Boolean(box);
}

/* What a row of a list offers by a key, for the row that has the focus. */
function doInRow(key) {
  const button = document.activeElement?.closest("tr")?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  button?.click();
  return Boolean(button);
}

function read() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

function write(value) {
  try {
    if (value) localStorage.setItem(STORE, value);
    else localStorage.removeItem(STORE);
  } catch {
    // Without a store the choice lasts as long as the page.
  }
}
