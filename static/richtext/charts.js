// A table as somebody pastes it from a spreadsheet, and as the text keeps it.

import { element } from "./asking.js";

/** Rows of cells: by tabs where there are any, else by semicolons or commas, with quotes as spreadsheets write them. */
export function rowsOf(text) {
  const plain = text.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
  if (!plain.trim()) return [];
  const first = plain.split("\n", 1)[0];
  const mark = ["\t", ";", ","].find((each) => first.includes(each)) ?? "\t";
  const rows = split(plain, mark).filter((row) => row.some((cell) => cell));
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

/** The first row is the head, the first cell of each row names it. */
export function tableOf(rows) {
  const [head, ...body] = rows;
  const tr = (cells, names) => element("tr", {}, ...cells.map((cell, place) => element(names || place === 0 ? "th" : "td", names ? { scope: "col" } : place === 0 ? { scope: "row" } : {}, cell)));
  return element("table", {}, element("thead", {}, tr(head ?? [], true)), element("tbody", {}, ...body.map((row) => tr(row, false))));
}

/** A table's HTML as the text that makes the same one. */
export function asText(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const cell = (each) => each.textContent.replace(/\s+/g, " ").trim();
  return [...page.querySelectorAll("tr")].map((row) => [...row.cells].map(cell).map(quoted).join("\t")).join("\n");
}

function quoted(cell) {
  return cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function split(text, mark) {
  const rows = [];
  let row = [];
  let cell = "";
  let inQuotes = false;
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place];
    if (inQuotes) {
      if (letter !== '"') cell += letter;
      else if (text[place + 1] === '"') {
        cell += '"';
        place += 1;
      } else inQuotes = false;
    } else if (letter === '"' && !cell.trim()) {
      inQuotes = true;
      cell = "";
    } else if (letter === mark || letter === "\n") {
      row.push(cell.trim());
      cell = "";
      if (letter === "\n") {
        rows.push(row);
        row = [];
      }
    } else cell += letter;
  }
  return [...rows, [...row, cell.trim()]].map((cells) => cells.map((each) => each.replace(/\s+/g, " ")));
}
