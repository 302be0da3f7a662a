/* Steps through the changes of an edited text. Without it the list of changes does the same, link by link. */

const bar = document.querySelector("[data-steps]");
const changes = [...document.querySelectorAll(".edited-change")];

if (bar && changes.length) {
  const told = bar.querySelector("[role=status]");
  let place = -1;

  const show = (next) => {
    changes[place]?.classList.remove("current");
    place = (next + changes.length) % changes.length;
    const change = changes[place];
    change.classList.add("current");
    change.scrollIntoView({ block: "center" });
    told.textContent = `Change ${place + 1} of ${changes.length}`;
  };

  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) show(place < 0 && button.dataset.step === "-1" ? -1 : place + Number(button.dataset.step));
  });
  /* A link of the list moves the place, too. */
  for (const link of document.querySelectorAll(".change-list a")) {
    link.addEventListener("click", () => {
      const number = changes.findIndex((change) => `#${change.id}` === link.hash);
      if (number >= 0) show(number);
    });
  }
}
