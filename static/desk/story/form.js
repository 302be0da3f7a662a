// The form itself, half of whose fields stand beside it in the side panel.

// What the page stands on, which the server gave: see standing_on in forms.py.
const STANDING = new Set(["csrfmiddlewaretoken", "do", "revision", "saves", "seen", "sitting", "turn", "writer", "before", "kept"]);
// Half a name or half an address is nothing yet: what is in these fields counts once they are left.
const WHOLE_ONLY = /^(slug|embargo_until|picture_alt|picture_credit|byline-\d+-name)$/;

export const form = document.getElementById("story");
export const side = document.querySelector(".story-side");

let held = null;

document.addEventListener("focusin", ({ target }) => {
  held = target.form === form && WHOLE_ONLY.test(target.name) ? { name: target.name, value: target.value } : null;
});
document.addEventListener("change", ({ target }) => {
  if (held?.name === target.name) held.value = target.value;
});
document.addEventListener("focusout", () => (held = null));

/** Every field a person fills in; a file cannot be kept or measured here. */
export function fields() {
  return [...form.elements].filter((field) => field.name && isTyped(field.name) && field.type !== "file");
}

/** What is in all of them, as it would be sent now. */
export function typed() {
  form.elements.body.dispatchEvent(new CustomEvent("body:left"));
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (isTyped(name) && typeof value === "string") values.append(name, value);
  }
  if (held && values.has(held.name)) values.set(held.name, held.value);
  return values;
}

/** A sentence above the sheet that stays until it is read. */
export function tell(sentence) {
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
}

export function untell() {
  form.querySelector("[data-told]")?.remove();
}

function isTyped(name) {
  return !STANDING.has(name) && !name.startsWith("clash-");
}
