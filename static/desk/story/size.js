// A text larger than the server takes is refused here, where it still is.

import { fields, form, tell } from "./form.js";

const most = Number(form.dataset.mostBytes);

form.addEventListener("submit", (event) => {
  const sentence = tooLarge();
  if (!sentence) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(sentence);
});

/** Why the server would not take the text; nothing where it would. */
export function tooLarge() {
  const bytes = fields().reduce((sum, field) => sum + new Blob([field.name, field.value]).size + 200, 0);
  if (bytes <= most) return "";
  const [has, takes] = [bytes, most].map((size) => (size / 2 ** 20).toFixed(1));
  return `This story is ${has} MB of text; the server takes ${takes} MB. Nothing was sent. Split it into several stories, or remove what was pasted by accident.`;
}
