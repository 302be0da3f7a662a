// Passkeys: asks the server what to ask the browser, and sends the browser's answer with the form.

const { webauthnJSON } = globalThis;

const SENTENCES = {
  NotAllowedError: "No passkey was chosen. Try again, or go another way.",
  InvalidStateError: "This device keeps a passkey for you already.",
  SecurityError: "Passkeys do not work at this address.",
};

async function question(form) {
  const answer = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || "The page is too old. Load it again.");
  return told;
}

async function ask(form, button, trouble) {
  button.disabled = true;
  trouble.hidden = true;
  try {
    const answer = await webauthnJSON[form.dataset.does](await question(form));
    form.elements.answer.value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    trouble.textContent = SENTENCES[error.name] || error.message;
    trouble.hidden = false;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button");
  const trouble = form.querySelector("[role=alert]");
  if (webauthnJSON?.supported()) {
    form.hidden = false;
  } else {
    button.disabled = true;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form, button, trouble);
  });
}
