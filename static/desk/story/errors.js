// What the server refused is read first.

document.querySelector("[data-errors]")?.focus();
