// Under a text with data-counter="200": how long it is, and where readers see it cut.

for (const text of document.querySelectorAll("textarea[data-counter]")) {
  const shown = Number(text.dataset.counter);
  const note = document.createElement("p");
  note.className = "counter";
  text.after(note);
  const count = () => {
    const length = [...text.value.trim()].length;
    const rest = length > shown ? `the card under a story shows the first ${shown}` : "the card under a story shows all";
    note.textContent = length ? `${length} characters; ${rest}.` : "";
  };
  text.addEventListener("input", count);
  count();
}
