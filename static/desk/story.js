// The story editor. Everything here is a comfort: without it the page is a form that works.

const form = document.getElementById("story");
const fields = () => [...form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "do", "seen"].includes(field.name) && field.type !== "file");

growWithText();
countBytesBeforeSending();
keepLocalCopy();
arrangeBylines();
choosePicture();
nameThePublishButton();
showErrorsFirst();

/* Headline, deck and summary are as high as their text. */
function growWithText() {
  for (const area of document.querySelectorAll("textarea[data-grows]")) {
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("input", grow);
    addEventListener("resize", grow);
    document.fonts.ready.then(grow);
    if (area.name !== "summary") {
      area.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
      });
    }
  }
}

/* A text larger than the server takes is refused here, where it still is. */
function countBytesBeforeSending() {
  form.addEventListener("submit", (event) => {
    const bytes = fields().reduce((sum, field) => sum + new Blob([field.name, field.value]).size + 200, 0);
    if (bytes <= Number(form.dataset.mostBytes)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const most = (Number(form.dataset.mostBytes) / 2 ** 20).toFixed(1);
    tell(`This story is ${(bytes / 2 ** 20).toFixed(1)} MB of text; the server takes ${most} MB. Nothing was sent. Split it into several stories, or remove what was pasted by accident.`);
  });
}

/* The text as typed is kept in this browser until the server has said that it is saved. */
function keepLocalCopy() {
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
      if (["revision", "saves"].includes(field.name)) continue;
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
}

/* Byline rows: add, remove, move; a name nobody has is offered as a new author. */
function arrangeBylines() {
  const box = document.querySelector("[data-bylines]");
  const rows = box.querySelector("[data-rows]");
  box.classList.add("bylines--script");
  for (const row of rows.children) {
    prepareRow(row);
    row.hidden = row !== rows.firstElementChild && row.querySelector("input[list]").value === "";
  }
  number();

  const add = box.querySelector("[data-add-row]");
  add.hidden = false;
  add.addEventListener("click", () => addRow().querySelector("input[list]").focus());

  rows.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.closest("[data-up]") && row.previousElementSibling) {
      rows.insertBefore(row, row.previousElementSibling);
      event.target.closest("button").focus();
    } else if (event.target.closest("[data-remove]")) {
      row.querySelector("input[list]").value = "";
      row.hidden = true;
      add.focus();
    } else return;
    number();
    form.dispatchEvent(new Event("change"));
  });
}

function addRow() {
  const box = document.querySelector("[data-bylines]");
  const spare = box.querySelector("[data-row][hidden]");
  if (spare) {
    spare.hidden = false;
    return spare;
  }
  const total = form.elements["byline-TOTAL_FORMS"];
  const html = box.querySelector("[data-empty-row]").innerHTML.replaceAll("__prefix__", total.value);
  box.querySelector("[data-rows]").insertAdjacentHTML("beforeend", html);
  total.value = Number(total.value) + 1;
  const row = box.querySelector("[data-rows]").lastElementChild;
  prepareRow(row);
  number();
  return row;
}

function prepareRow(row) {
  const name = row.querySelector("input[list]");
  const isNew = row.querySelector("[data-new]");
  const known = new Set([...document.querySelectorAll("#known-authors option")].map((option) => option.value.toLowerCase()));
  const show = () => {
    const typed = name.value.trim();
    const unknown = typed !== "" && !known.has(typed.toLowerCase());
    isNew.hidden = !unknown;
    if (!unknown) isNew.querySelector("input").checked = false;
  };
  row.querySelector(".byline__buttons").hidden = false;
  name.addEventListener("input", show);
  show();
}

function number() {
  let position = 0;
  for (const row of document.querySelectorAll("[data-rows] [data-row]")) {
    const order = row.querySelector(".byline__position");
    order.value = ++position;
    order.type = "hidden";
  }
}

/* The picture: shown before it is sent, described beside it, dropped anywhere on its box. */
function choosePicture() {
  const box = document.querySelector("[data-picture]");
  const file = form.elements.picture_file;
  const shown = box.querySelector("[data-shown]");
  const { picture_alt: alt, picture_credit: credit, picture_decorative: decorative, picture_of: of } = form.elements;

  file.addEventListener("change", () => {
    if (!file.files.length) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const picture = document.createElement("img");
      picture.src = reader.result;
      picture.alt = "";
      show(picture);
    });
    reader.readAsDataURL(file.files[0]); // a data: address, because the policy allows no blob:
    alt.value = credit.value = of.value = "";
    decorative.checked = false;
    alt.focus();
  });

  for (const choice of box.querySelectorAll("[name=lead_image]")) {
    choice.addEventListener("change", () => {
      file.value = "";
      of.value = choice.value;
      alt.value = choice.dataset.alt;
      credit.value = choice.dataset.credit;
      decorative.checked = "decorative" in choice.dataset;
      const picture = choice.parentElement.querySelector("picture")?.cloneNode(true);
      show(picture);
    });
  }

  const drop = box.querySelector("[data-drop]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("picture__drop--over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      file.files = event.dataTransfer.files;
      file.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function show(picture) {
    shown.replaceChildren(...(picture ? [picture] : []));
    shown.hidden = !picture;
  }
}

/* The primary button says what it will do. */
function nameThePublishButton() {
  const button = document.querySelector("[data-publish]");
  const at = form.elements.publish_at;
  if (!button) return;
  const name = () => {
    const moment = at?.value ? new Date(at.value) : null;
    button.textContent = moment
      ? `Schedule for ${moment.toLocaleString(document.documentElement.lang, { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" })}`
      : button.dataset.now;
  };
  at?.addEventListener("input", name);
  name();
}

function showErrorsFirst() {
  document.querySelector("[data-errors]")?.focus();
}

function tell(sentence) {
  let notice = form.querySelector("[data-told]");
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "notice notice--error";
    notice.dataset.told = "";
    notice.setAttribute("role", "alert");
    notice.tabIndex = -1;
    form.querySelector(".sheet").before(notice);
  }
  notice.textContent = sentence;
  notice.focus();
}
