/* What this browser keeps of a page until the server has it: for a lost connection, a closed window, a refusal. */

const PREFIX = "guest-draft:";
const TYPED = 'input[type="text"], input[type="email"], input[type="tel"], input[type="radio"]:checked, textarea';

export class Shelf {
  constructor(form) {
    this.form = form;
    this.name = PREFIX + form.getAttribute("action");
  }

  fields() {
    const found = {};
    for (const field of this.form.querySelectorAll(TYPED)) {
      if (field.name && field.name !== "website" && !field.readOnly) found[field.name] = field.value;
    }
    return found;
  }

  put() {
    try {
      const ticket = this.form.elements.ticket?.value;
      localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), ticket, fields: this.fields() }));
    } catch {
      /* full, or not allowed: the server has it two seconds later */
    }
  }

  get() {
    return read(this.name);
  }

  drop() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      /* nothing was kept */
    }
  }

  move(action) {
    this.drop();
    this.name = PREFIX + action;
  }
}

/* Where the browser has what the server has not, say so, and bring it back if that is wanted. */
export function offer(form, shelf, restored) {
  const kept = shelf.get();
  if (!kept) return;
  const now = shelf.fields();
  const differs = Object.entries(kept.fields).some(([name, value]) => value.trim() && (now[name] ?? "") !== value);
  if (!differs) return shelf.drop();

  const note = document.createElement("div");
  note.className = "guest-read";
  note.setAttribute("role", "status");
  const sentence = document.createElement("p");
  const when = new Date(kept.at).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" });
  sentence.textContent = `This browser has kept what you typed on ${when} and we did not save.`;
  note.append(sentence, button("Bring it back", bring), button("Throw it away", away));
  form.before(note);

  function bring() {
    for (const [name, value] of Object.entries(kept.fields)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    /* A last save may have reached the server from the page that is gone: this page goes on with that draft. */
    if (kept.ticket && form.elements.ticket) form.elements.ticket.value = kept.ticket;
    note.remove();
    restored();
  }

  function away() {
    shelf.drop();
    note.remove();
  }
}

export function everything() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  return names.map((name) => ({ name, ...read(name) })).filter((one) => one.fields);
}

export function dropEverything() {
  for (const { name } of everything()) localStorage.removeItem(name);
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "guest-button quiet", textContent: text });
  made.addEventListener("click", act);
  return made;
}
