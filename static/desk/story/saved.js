// What the top bar says of the text: seen by everybody at once, read out only when it matters.

import { form } from "./form.js";

const shown = document.querySelector("[data-saved-state]");
const spoken = document.querySelector("[data-saved-told]");

let isInTrouble = false;
let last = shown.textContent;

export function say(sentence) {
  if (shown.textContent !== sentence) shown.textContent = sentence;
}

/** What was typed was taken back: all is as it was saved. */
export function sayUnchanged() {
  say(last);
}

/** Read out, once, by whatever reads this page to its person. */
export function speak(sentence) {
  spoken.textContent = sentence;
}

export function sayTrouble(sentence) {
  say(sentence);
  if (!isInTrouble) speak(sentence);
  isInTrouble = true;
}

/** Stored; but for some fields, whose problems stand beside them. */
export function saySaved(answer) {
  const wrong = showProblems(answer.problems);
  const parts = [`Saved ${answer.saved}`];
  if (wrong.length) parts.push(`not: ${wrong.join(", ")}`);
  if (answer.waiting.length) parts.push(`${answer.waiting.join(", ")}: readers see this at once, press Save`);
  if (form.elements.picture_file.files.length) parts.push("the picture waits for Save");
  last = parts.join(" · ");
  say(last);
  if (isInTrouble) speak("Saved.");
  if (wrong.length) speak(`Not saved: ${wrong.join(", ")}.`);
  if (answer.news) speak(answer.news);
  isInTrouble = false;
  const badge = document.querySelector(".story-bar .badge");
  badge.dataset.status = answer.standing;
  badge.textContent = answer.label;
  const behind = document.querySelector("[data-readers-have]");
  if (behind) behind.hidden = String(answer.revision) === behind.dataset.readersHave;
}

function showProblems(problems) {
  for (const old of document.querySelectorAll("[data-problem]")) old.remove();
  return Object.entries(problems).map(([name, sentences]) => {
    const found = form.elements[name];
    const field = found instanceof RadioNodeList ? found[0] : found;
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.dataset.problem = "";
    list.append(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
    (field?.closest(".field, .byline, .sheet > div") ?? document.querySelector("[data-bylines]")).append(list);
    return (field?.labels?.[0]?.textContent.trim() || "bylines").toLowerCase();
  });
}
