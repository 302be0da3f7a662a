// The command palette: a dialog with a combobox over what the server finds. Every thing it opens has an address.

const PAUSE = 120; // milliseconds after the last key
const SLOW = 400; // after which somebody who waits is told that something happens
const REMEMBERED = 6;
const STORE = "newsroom-palette";
const LASTING = ["room", "text", "person", "picture", "document"]; // kinds of things that are worth coming back to

const dialog = document.getElementById("palette");
if (dialog) start();

function start() {
  const input = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const said = dialog.querySelector("[data-palette-said]");
  const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);
  let asked = 0;
  let request = null;
  let pause = 0;
  let options = [];
  let chosen = -1;
  let shownFor = null; // the words that the options answer
  let isHurried = false; // Enter came before the answer
  let hasFailed = false;
  let putBack = null;

  if (isMac) {
    for (const key of document.querySelectorAll("[data-control]")) key.textContent = "⌘";
    for (const button of document.querySelectorAll("[data-palette-open]")) button.setAttribute("aria-keyshortcuts", "Meta+K");
  }
  for (const button of document.querySelectorAll("[data-palette-open]")) button.addEventListener("click", open);
  dialog.querySelector("[data-palette-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", closed);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });

  // Captured, so that an editor that knows the keys too does not get them first.
  document.addEventListener(
    "keydown",
    (event) => {
      const control = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!control || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      event.stopPropagation();
      if (dialog.open) dialog.close();
      else open();
    },
    true,
  );

  // What was found last names stories: it does not outlive the person's work here.
  for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
    form.addEventListener("submit", forget);
  }

  input.addEventListener("input", () => {
    isHurried = hasFailed = false;
    clearTimeout(pause);
    pause = setTimeout(find, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (options.length) choose((chosen + steps[event.key] + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const isAnswer = shownFor === input.value.trim();
      if (isAnswer && options[chosen]) return go(options[chosen], event.ctrlKey || event.metaKey);
      clearTimeout(pause);
      isHurried = !isAnswer && !hasFailed;
      find();
    }
  });

  list.addEventListener("click", (event) => {
    const option = options.find(({ element }) => element.contains(event.target));
    if (option) go(option, event.ctrlKey || event.metaKey);
  });
  list.addEventListener("pointermove", (event) => {
    const place = options.findIndex(({ element }) => element.contains(event.target));
    if (place >= 0 && place !== chosen) choose(place, false);
  });

  function open() {
    const modal = document.querySelector("dialog:modal");
    if (modal && modal.id !== "shortcuts") return; // it waits for an answer
    modal?.close();
    const rail = document.getElementById("rail");
    if (rail?.matches(":popover-open")) rail.hidePopover();
    putBack = place();
    input.value = "";
    show([]);
    say("");
    dialog.showModal();
    input.focus();
    find();
  }

  function closed() {
    clearTimeout(pause);
    request?.abort();
    isHurried = hasFailed = false;
    input.setAttribute("aria-expanded", "false");
    putBack?.();
    putBack = null;
  }

  async function find() {
    const number = ++asked;
    request?.abort();
    request = new AbortController();
    const typed = input.value.trim();
    const slow = setTimeout(() => number === asked && dialog.open && say("Searching …"), SLOW);
    let groups;
    try {
      const answer = await fetch(addressOf(typed), { headers: { Accept: "application/json" }, signal: request.signal });
      if (answer.redirected) return fail(number, "You are signed out. Reload this page to sign in again.");
      if (!answer.ok) throw new Error(answer.statusText);
      groups = (await answer.json()).groups;
    } catch (error) {
      if (error.name !== "AbortError") fail(number, "The server does not answer. Press Enter to try again.");
      return;
    } finally {
      clearTimeout(slow);
    }
    if (number !== asked || !dialog.open) return; // a newer question is under way
    answered(typed, groups);
  }

  function addressOf(typed) {
    const address = new URL(dialog.dataset.address, location.href);
    address.searchParams.set("q", typed);
    const form = document.getElementById("story");
    const story = [form?.dataset.story, /\/articles\/article\/(\d+)\//.exec(location.pathname)?.[1]].find((key) => /^\d+$/.test(key));
    if (story) address.searchParams.set("story", story);
    return address;
  }

  function answered(typed, groups) {
    const recent = typed ? [] : remembered();
    show(recent.length ? [{ kind: "room", title: "Found last", items: recent }, ...groups] : groups);
    shownFor = typed;
    hasFailed = false;
    const count = options.filter(({ kind }) => kind !== "search").length;
    if (count) say(`${count} ${count === 1 ? "thing" : "things"} found.`, true);
    else say("Nothing you may open is called that.");
    if (isHurried && options[chosen]) go(options[chosen]);
    isHurried = false;
  }

  function fail(number, words) {
    if (number !== asked || !dialog.open) return;
    isHurried = false;
    hasFailed = true;
    show([]);
    say(words);
  }

  function show(groups) {
    options = [];
    shownFor = null;
    list.replaceChildren(
      ...groups.map(({ kind, title, items }, place) => {
        const group = make("div", { role: "group", "aria-labelledby": `palette-group-${place}` });
        group.append(make("div", { class: "palette__title", id: `palette-group-${place}`, role: "presentation" }, title));
        for (const item of items) {
          const element = make("div", { class: "palette__option", "data-kind": kind, role: "option", id: `palette-option-${options.length}`, "aria-selected": "false" });
          element.append(make("span", { class: "palette__label" }, item.label));
          if (item.detail) element.append(" ", make("span", { class: "palette__detail" }, item.detail));
          group.append(element);
          options.push({ item, kind, element });
        }
        return group;
      }),
    );
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    chosen = -1;
    choose(options.length ? 0 : -1, false);
  }

  function choose(place, scroll = true) {
    options[chosen]?.element.setAttribute("aria-selected", "false");
    chosen = place;
    const option = options[chosen];
    if (!option) return void input.removeAttribute("aria-activedescendant");
    option.element.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.element.id);
    if (!scroll) return;
    if (chosen === 0) list.scrollTop = 0; // with the title above it
    else option.element.scrollIntoView({ block: "nearest" });
  }

  function go({ item, kind }, inNewTab) {
    if (!item.href.startsWith("/")) return;
    if (LASTING.includes(kind)) remember(item);
    if (inNewTab) return void window.open(item.href, "_blank", "noopener");
    dialog.close();
    location.assign(item.href);
  }

  function say(words, quietly = false) {
    said.textContent = words;
    said.classList.toggle("visually-hidden", quietly);
  }

  function remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE));
      return kept?.person === dialog.dataset.person && Array.isArray(kept.items) ? kept.items : [];
    } catch {
      return [];
    }
  }

  function remember(item) {
    const items = [item, ...remembered().filter(({ href }) => href !== item.href)].slice(0, REMEMBERED);
    try {
      localStorage.setItem(STORE, JSON.stringify({ person: dialog.dataset.person, items }));
    } catch {
      // A full store: the palette works without a memory.
    }
  }
}

function forget() {
  try {
    localStorage.removeItem(STORE);
  } catch {
    // Without a store nothing was kept.
  }
}

/* How to get back to where somebody was typing: a dialog gives the focus back, but not the place in a text. */
function place() {
  const field = document.activeElement;
  const selection = document.getSelection();
  if (!field?.isContentEditable || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  return () => {
    field.focus({ preventScroll: true });
    if (!field.contains(range.commonAncestorContainer)) return;
    selection.removeAllRanges();
    selection.addRange(range);
  };
}

function make(name, attributes, words = "") {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = words;
  return element;
}
