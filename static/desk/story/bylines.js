// Byline rows: add, remove, move; a name nobody has is offered as a new author.

import { form } from "./form.js";

const box = document.querySelector("[data-bylines]");
const rows = box.querySelector("[data-rows]");
box.classList.add("bylines--script");
for (const row of rows.children) {
  prepareRow(row);
  row.hidden = row !== rows.firstElementChild && row.querySelector("input[list]").value === "";
}
number();

const add = box.querySelector("[data-add-row]");
add.hidden = false;
add.addEventListener("click", () => addRow().querySelector("input[list]").focus());

rows.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (event.target.closest("[data-up]") && row.previousElementSibling) {
    rows.insertBefore(row, row.previousElementSibling);
    event.target.closest("button").focus();
  } else if (event.target.closest("[data-remove]")) {
    row.querySelector("input[list]").value = "";
    row.hidden = true;
    add.focus();
  } else return;
  number();
  form.dispatchEvent(new Event("change"));
});

/** Puts other names into the rows; what is too many goes. */
export function setRows(lines) {
  for (const row of rows.children) {
    row.querySelector("input[list]").value = "";
    row.hidden = true;
  }
  for (const line of lines) {
    const row = addRow();
    row.querySelector("input[list]").value = line.name;
    row.querySelector("select").value = line.role;
    row.querySelector("input[list]").dispatchEvent(new Event("input"));
  }
  if (!lines.length) addRow();
  number();
}

export function addRow() {
  const spare = box.querySelector("[data-row][hidden]");
  if (spare) {
    spare.hidden = false;
    return spare;
  }
  const total = form.elements["byline-TOTAL_FORMS"];
  const html = box.querySelector("[data-empty-row]").innerHTML.replaceAll("__prefix__", total.value);
  rows.insertAdjacentHTML("beforeend", html);
  total.value = Number(total.value) + 1;
  const row = rows.lastElementChild;
  prepareRow(row);
  number();
  return row;
}

function prepareRow(row) {
  const name = row.querySelector("input[list]");
  const isNew = row.querySelector("[data-new]");
  const known = new Set([...document.querySelectorAll("#known-authors option")].map((option) => option.value.toLowerCase()));
  const show = () => {
    const typed = name.value.trim();
    const unknown = typed !== "" && !known.has(typed.toLowerCase());
    isNew.hidden = !unknown;
    if (!unknown) isNew.querySelector("input").checked = false;
  };
  row.querySelector(".byline__buttons").hidden = false;
  name.addEventListener("input", show);
  show();
}

function number() {
  let position = 0;
  for (const row of rows.querySelectorAll("[data-row]")) {
    const order = row.querySelector(".byline__position");
    order.value = ++position;
    order.type = "hidden";
  }
}
