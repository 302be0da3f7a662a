// The page, or dialog, before publishing: the button says what it will do.

for (const panel of document.querySelectorAll("[data-publish-panel]")) prepare(panel);

/** Make a publish form say what its button does; used by the page itself and by the editor's dialog. */
export function prepare(panel) {
  const button = panel.querySelector("[data-publish-do]");
  const at = panel.elements.publish_at;
  const when = [...panel.querySelectorAll("[name=when]")];
  const later = when.find((choice) => choice.value === "later");

  at.addEventListener("input", () => {
    if (at.value) later.checked = true;
    name();
  });
  for (const choice of when) {
    choice.addEventListener("change", () => {
      if (choice === later && !at.value) at.focus();
      name();
    });
  }
  panel.addEventListener("submit", (event) => {
    if (panel.dataset.sent) return void event.preventDefault();
    panel.dataset.sent = "1";
    addEventListener("pageshow", () => delete panel.dataset.sent, { once: true });
  });
  name();

  function name() {
    const moment = later.checked && at.value ? new Date(at.value) : null;
    button.textContent = moment ? `Schedule for ${told(moment)}` : button.dataset.now;
  }
}

function told(moment) {
  const wanted = { weekday: "short", hour: "numeric", minute: "2-digit" };
  const far = Math.abs(moment - Date.now()) > 6 * 24 * 3600 * 1000;
  return moment.toLocaleString(document.documentElement.lang, far ? { ...wanted, month: "short", day: "numeric" } : wanted);
}
