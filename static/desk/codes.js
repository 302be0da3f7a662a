// The recovery codes are on this page only now: a button prints it.

const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
