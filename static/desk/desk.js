// Menus in the desk (filters, moves) close when something else is pressed, and on Escape.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details:is(.filter, .menu)[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details:is(.filter, .menu)[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
