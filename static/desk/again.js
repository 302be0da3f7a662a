// The session has ended while somebody was working: they sign in over their page, which stays as it is.
//
// Also the key that every request needs: a new one comes with a new session.

const dialog = document.getElementById("again");
const entrance = dialog.querySelector("form");
const { email, password, code } = entrance.elements;
const trouble = dialog.querySelector("[data-again-trouble]");

let waiting = null; // for the answer: a promise, and what settles it

entrance.addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = { person: dialog.dataset.person, email: email.value };
  const answer = await ask(isAsked(code) ? { ...words, code: code.value } : { ...words, password: password.value });
  if (answer.ok) return settle(true);
  need(answer.needs || "password");
  say(answer.error || (answer.needs === "code" ? "" : "The server does not answer. Try again in a moment."));
  const field = isAsked(code) ? code : password;
  field.value = "";
  field.focus();
});
dialog.querySelector("[data-again-later]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => settle(false));

/** The key of this session. */
export function key() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export function takeKey(fresh) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
}

/** Whether the person who opened this page is signed in, after being asked to if they are not. */
export async function signInAgain() {
  if (waiting) return waiting.promise; // the dialog is open already
  waiting = {};
  const promise = new Promise((resolve) => (waiting.resolve = resolve));
  waiting.promise = promise;
  const now = await ask(); // perhaps they have done it in another tab
  if (now.ok && String(now.person) === dialog.dataset.person) {
    settle(true);
  } else {
    need("password");
    say(now.ok ? `${now.name} is signed in here now. This page belongs to somebody else: sign ${now.name} out first, in another tab.` : "");
    dialog.showModal();
    password.focus();
  }
  return promise;
}

function settle(done) {
  password.value = code.value = "";
  waiting?.resolve(done);
  waiting = null;
  if (dialog.open) dialog.close();
}

async function ask(words) {
  const body = words && new URLSearchParams({ ...words, csrfmiddlewaretoken: key() });
  try {
    const response = await fetch(dialog.dataset.again, {
      method: body ? "POST" : "GET",
      body,
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(20_000),
    });
    const answer = await response.json();
    if (answer.csrf) takeKey(answer.csrf);
    // The key of a page opened before the session ended: the new one is good.
    return body && answer.csrf && !("ok" in answer) ? ask(words) : answer;
  } catch {
    return { ok: false };
  }
}

function need(what) {
  for (const field of [password, code]) {
    const wanted = field === code ? what === "code" : what !== "code";
    field.closest("[data-again-field]").hidden = !wanted;
    field.required = wanted;
  }
}

function isAsked(field) {
  return !field.closest("[data-again-field]").hidden;
}

function say(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
}
