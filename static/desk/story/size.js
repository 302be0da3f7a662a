// A text larger than the server takes is refused here, where it still is.

import { fields, form, tell } from "./form.js";

form.addEventListener("submit", (event) => {
  const bytes = fields().reduce((sum, field) => sum + new Blob([field.name, field.value]).size + 200, 0);
  if (bytes <= Number(form.dataset.mostBytes)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const most = (Number(form.dataset.mostBytes) / 2 ** 20).toFixed(1);
  tell(`This story is ${(bytes / 2 ** 20).toFixed(1)} MB of text; the server takes ${most} MB. Nothing was sent. Split it into several stories, or remove what was pasted by accident.`);
});
