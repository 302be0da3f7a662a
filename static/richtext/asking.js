// Dialogs over the text one writes: the browser's own, made from what is to be asked, gone once it is answered.

/** An element with what is inside it: texts are texts, never HTML. */
export function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...inside.filter((part) => part !== null && part !== undefined));
  return made;
}

let asked = 0;

/**
 * Asks for values. `fields` are rows as `field` and `choice` make them; `check(values)` answers with a sentence while
 * something is wrong, `finish(values)` does so after the server was told. Resolves to the values by name, or to null where the person thought better of it. `others` are
 * further buttons: what is pressed is in `values.pressed`.
 */
export function ask({ title, help = "", fields, button = "Insert", others = [], wide = false, check = () => "", finish = () => "" }) {
  const id = `asked-${(asked += 1)}`;
  const trouble = element("p", { class: "field__error", role: "alert", hidden: true });
  const form = element(
    "form",
    { method: "dialog", novalidate: true },
    element("h2", { id }, title),
    help ? element("p", { class: "field__help" }, help) : null,
    ...fields,
    trouble,
    element(
      "p",
      { class: "actions-row" },
      element("button", { class: "button button--primary", value: "yes" }, button),
      ...others.map(({ name, label, danger }) => element("button", { class: danger ? "button button--danger" : "button", value: name }, label)),
      element("button", { class: "button button--plain", type: "button", "data-cancel": true }, "Cancel"),
    ),
  );
  const dialog = element("dialog", { class: `ask block-dialog${wide ? " block-dialog--wide" : ""}`, "aria-labelledby": id }, form);
  return new Promise((resolve) => {
    let answer = null;
    form.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const pressed = event.submitter?.value ?? "yes";
      const values = { ...valuesOf(form), pressed };
      const sentence = pressed === "yes" ? check(values) || (await finish(values)) : "";
      trouble.textContent = sentence;
      trouble.hidden = !sentence;
      if (sentence) return;
      answer = values;
      dialog.close();
    });
    show(dialog, () => resolve(answer));
  });
}

/** Shows a dialog; it is gone once it is closed, and `closed` is told. Keys in it are not the page's shortcuts. */
export function show(dialog, closed) {
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && event.detail) dialog.close(); // the backdrop
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** One line or, with `rows`, several. */
export function field({ name, label, value = "", help = "", rows = 0, placeholder = "", type = "text", autofocus = false, maxlength = null }) {
  const id = `${name}-${(asked += 1)}`;
  const described = help ? `${id}-help` : null;
  const attributes = { id, name, placeholder, autofocus, maxlength, "aria-describedby": described };
  const input = rows ? element("textarea", { ...attributes, rows }) : element("input", { ...attributes, type });
  input.value = value;
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, label),
    input,
    help ? element("p", { class: "field__help", id: described }, help) : null,
  );
}

/** One of several: `options` are pairs of value and label. */
export function choice({ name, label, value, options }) {
  const rows = options.map(([key, words]) => {
    const radio = element("input", { type: "radio", name, value: key });
    radio.checked = key === value;
    return element("label", { class: "check" }, radio, ` ${words}`);
  });
  return element("fieldset", { class: "field block-dialog__choice" }, element("legend", { class: "field__label" }, label), ...rows);
}

export function tick({ name, label, checked }) {
  const box = element("input", { type: "checkbox", name });
  box.checked = checked;
  return element("p", { class: "field" }, element("label", { class: "check" }, box, ` ${label}`));
}

/** A few words with links and emphasis, for notes. Its value is HTML; what the server does not want it takes out. */
export function words({ name, label, html = "", help = "" }) {
  const id = `${name}-${(asked += 1)}`;
  const area = element("div", {
    id,
    class: "block-dialog__words",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "aria-labelledby": `${id}-label`,
    "aria-describedby": `${id}-help`,
    "data-words": name,
    autofocus: true,
  });
  area.append(...onlyWords(html));
  area.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(/\s+/g, " "));
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    area.closest("form").requestSubmit();
  });
  return element(
    "div",
    { class: "field" },
    element("span", { id: `${id}-label`, class: "field__label" }, label),
    area,
    element("p", { class: "field__help", id: `${id}-help` }, help),
  );
}

const KEPT = new Set(["A", "STRONG", "EM", "S", "SUB", "SUP", "CODE", "ABBR", "CITE", "Q"]);
const SAME = { B: "STRONG", I: "EM", STRIKE: "S" };

/* The nodes of a text with nothing in them but words, links and emphasis: made anew, so that nothing else comes along. */
function onlyWords(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].flatMap(copied);
}

function copied(node) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data.replace(/\s+/g, " "))];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const inside = [...node.childNodes].flatMap(copied);
  const name = SAME[node.tagName] ?? node.tagName;
  if (!KEPT.has(name)) return inside;
  const address = name === "A" && /^(https?:|mailto:|tel:|[/#?])/i.test(node.getAttribute("href") ?? "") ? { href: node.getAttribute("href") } : {};
  return name === "A" && !address.href ? inside : [element(name.toLowerCase(), address, ...inside)];
}

function valuesOf(form) {
  const values = Object.fromEntries(new FormData(form));
  for (const box of form.querySelectorAll("[type=checkbox][name]")) values[box.name] = box.checked;
  for (const area of form.querySelectorAll("[data-words]")) {
    const clean = element("div", {}, ...onlyWords(area.innerHTML));
    values[area.dataset.words] = clean.innerHTML.trim();
  }
  return values;
}
