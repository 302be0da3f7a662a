// What is asked of a file that has come in: filled with what is known, saved when a field is left.

import { key, signInAgain, takeKey } from "../again.js";

const template = document.querySelector("[data-uploads-fields]");
let number = 0;

/**
 * The fields of ``one`` (a file of the panel) under it, filled from ``answer``. ``share`` is called with a name and a
 * value that are to be said of all files. Answers with {take, isUnsaved}.
 */
export function asked(one, answer, share) {
  const form = template.content.firstElementChild.cloneNode(true);
  const state = form.querySelector("[data-fields-state]");
  const read = new Set(answer.read ?? []);
  let stored = "";
  let saving = null;

  number += 1;
  for (const field of form.querySelectorAll("[name]")) {
    fill(field, answer[field.name]);
    field.id = `upload-${number}-${field.name}`;
    field.setAttribute("aria-describedby", `${field.id}-read`);
    const note = form.querySelector(`[data-read="${field.name}"]`);
    if (note) {
      note.id = `${field.id}-read`;
      note.hidden = !read.has(field.name);
    }
  }
  for (const button of form.querySelectorAll("[data-share]")) {
    button.addEventListener("click", () => share(button.dataset.share, form.elements[button.dataset.share].value));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  form.addEventListener("change", ({ target }) => {
    const note = form.querySelector(`[data-read="${target.name}"]`);
    if (note) note.hidden = true;
    settle();
    void save();
  });
  one.part("rest").replaceChildren(form);
  settle();
  stored = typed();
  return { take, isUnsaved: () => typed() !== stored };

  function typed() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  /* A decorative picture has no alt text. */
  function settle() {
    const { alt, decorative } = form.elements;
    if (!alt || !decorative) return;
    if (decorative.checked) alt.value = "";
    alt.readOnly = decorative.checked;
  }

  function take(name, value) {
    const field = form.elements[name];
    if (!field || field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function save() {
    saving = saving ? saving.then(deliver) : deliver();
    await saving;
  }

  async function deliver() {
    const sent = typed();
    if (sent === stored) return;
    say("Saving …");
    const { status, answer: got } = await post(answer.describe, sent);
    if (status === 200) {
      stored = sent;
      say(got.problems?.length ? `Saved. ${got.problems.join(" ")}` : "Saved. Nothing is missing.");
    } else if (status === 401 && (await signInAgain())) {
      await deliver();
    } else {
      say(got.errors?.join(" ") ?? got.sentence ?? "Not saved: the server does not answer. Change a word to try again.", true);
    }
  }

  function say(words, isWrong = false) {
    state.textContent = words;
    state.classList.toggle("upload__saved--wrong", isWrong);
  }
}

function fill(field, value) {
  if (field.type === "checkbox") field.checked = Boolean(value);
  else field.value = value ?? "";
}

async function post(address, body, again = true) {
  const headers = { Accept: "application/json", "X-CSRFToken": key(), "Content-Type": "application/x-www-form-urlencoded" };
  try {
    const response = await fetch(address, { method: "POST", body, headers, signal: AbortSignal.timeout(20_000) });
    const answer = await response.json();
    if (response.status === 403 && answer.csrf && again) {
      takeKey(answer.csrf);
      return post(address, body, false);
    }
    return { status: response.status, answer };
  } catch {
    return { status: 0, answer: {} };
  }
}
