// Signing out deletes the copies of unsaved texts that this browser keeps; whoever would lose one is asked first.

import { deleteCopies, titles } from "./copies.js";

const dialog = document.getElementById("signing-out");
const form = document.querySelector("form[data-sign-out]");

let sure = false;

form?.addEventListener("submit", (event) => {
  const kept = titles();
  if (sure || !kept.length) return deleteCopies();
  event.preventDefault();
  dialog.querySelector("[data-titles]").textContent = [...new Set(kept)].map((title) => `“${title}”`).join(", ");
  dialog.showModal();
});
dialog?.querySelector("[data-leave]").addEventListener("click", () => {
  sure = true;
  dialog.close();
  form.requestSubmit();
});
dialog?.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
