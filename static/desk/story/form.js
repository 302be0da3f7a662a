// The form itself, half of whose fields stand beside it in the side panel.

// What the page stands on, which the server gave: see standing_on in forms.py.
const NOT_TYPED = ["csrfmiddlewaretoken", "do", "revision", "saves", "seen", "sitting", "turn", "writer", "before", "kept"];

export const form = document.getElementById("story");

/** Every field a person fills in; a file cannot be kept or measured here. */
export function fields() {
  return [...form.elements].filter((field) => field.name && !NOT_TYPED.includes(field.name) && field.type !== "file");
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
  notice.focus();
}
