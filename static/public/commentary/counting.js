/* Keeps the number of words beside a box right while somebody types. The server counts alike when it is sent. */

import { count } from "./words.js";

const PAUSE = 300; // milliseconds: a long text is counted when its writer pauses

for (const line of document.querySelectorAll("[data-words-of]")) {
  const box = document.getElementById(line.dataset.wordsOf);
  const counted = line.querySelector("strong");
  let waiting = 0;

  const recount = () => {
    const number = count(box.value);
    counted.textContent = number.toLocaleString("en-US");
    line.classList.toggle("over", number > Number(line.dataset.target));
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(recount, PAUSE);
  });
  recount();
}
