// Choosing several stories of a list. Without this the boxes and buttons work all the same.
//
// The bar with the buttons shows itself once a story is chosen. Shift and a click choose all from the last one on;
// Enter in a box goes to the buttons.

const form = document.getElementById("changelist-form");
const bar = form?.querySelector("[data-selection]");

document.querySelector("[data-outcome]")?.focus();
if (bar) begin();

function begin() {
  const boxes = [...form.querySelectorAll("[data-choose]")];
  const all = form.querySelector("[data-select-all]");
  const count = bar.querySelector("[data-selection-count]");
  const clear = bar.querySelector("[data-selection-clear]");
  const told = form.querySelector("[data-selection-told]");
  let last = null;
  let sent = false;

  all.hidden = clear.hidden = false;
  all.addEventListener("change", (event) => choose(boxes, event.target.checked));
  clear.addEventListener("click", () => {
    choose(boxes, false);
    (last ?? boxes[0]).focus();
  });
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) choose(between(last, box), box.checked);
      last = box;
      show();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (!bar.hidden) bar.querySelector(".selection__deeds :is(button, summary)").focus();
    });
  }
  form.addEventListener("submit", (event) => {
    if (sent) return void event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => {
    sent = false;
    show();
  });
  show();

  function choose(some, wanted) {
    for (const box of some) box.checked = wanted;
    show();
  }

  function between(one, other) {
    const ends = [boxes.indexOf(one), boxes.indexOf(other)];
    return boxes.slice(Math.min(...ends), Math.max(...ends) + 1);
  }

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    const sentence = chosen ? `${chosen} of ${boxes.length} chosen` : "";
    const master = all.querySelector("input");
    master.checked = chosen === boxes.length;
    master.indeterminate = chosen > 0 && chosen < boxes.length;
    if (told.textContent !== sentence && (sentence || told.textContent)) told.textContent = sentence || "None chosen";
    if (sentence) count.textContent = sentence;
    if (!chosen) for (const menu of bar.querySelectorAll("details[open]")) menu.open = false;
    bar.hidden = !chosen;
  }
}
