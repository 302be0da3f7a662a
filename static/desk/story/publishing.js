// The primary button says what it will do.

import { form } from "./form.js";

const button = document.querySelector("[data-publish]");
const at = form.elements.publish_at;

if (button) {
  at?.addEventListener("input", name);
  name();
}

function name() {
  const moment = at?.value ? new Date(at.value) : null;
  button.textContent = moment
    ? `Schedule for ${moment.toLocaleString(document.documentElement.lang, { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" })}`
    : button.dataset.now;
}
