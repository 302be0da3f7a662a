// Saves by itself: a second after typing stops, every fifteen while it does not, one save at a time, the newest text
// last. Save, its shortcut and the other buttons wait for the save under way.
//
// Sent on the form: story:saved when nothing is unsaved any more, story:begun when a new story has its number.
// Heard on the form: story:flush asks for a save at once (presence.js says what it waits for).

import { signInAgain } from "../again.js";
import { deliver, hurry } from "./delivery.js";
import { form, side, tell, typed, untell } from "./form.js";
import { takeIn, takeInSettings } from "./incoming.js";
import { say, sayTrouble, saySaved, sayUnchanged } from "./saved.js";
import { tooLarge } from "./size.js";

const PAUSE = 1000;
const LONGEST = 15_000;
const PATIENCE = 12_000;
const WORDS = ["headline", "deck", "summary", "body", "kicker", "disclosure", "lead_caption", "search_title", "search_description"];
const KEPT_HERE = "The server does not answer. Your text is kept in this browser, and this page keeps trying to save it.";

const { revision, saves, seen, turn, before } = form.elements;

// What the server has of this page's text. Behind a refusal that is not known: the next save says.
let stored = document.querySelector("[data-errors]") ? new URLSearchParams() : typed();
let since = 0; // when the oldest unsaved word was typed
let timer = 0;
let running = null;
let stuck = document.querySelector("[data-conflict]") ? "clash" : "";
let incomplete = false; // saved, but for fields that could not be
let leaving = false;
let submitting = false;

for (const target of [form, side]) {
  for (const name of ["input", "change"]) target.addEventListener(name, changed);
}
form.addEventListener("body:change", changed);
form.elements.body.addEventListener("body:ready", () => {
  if (stored.has("body") && !since) stored.set("body", form.elements.body.value);
});
form.addEventListener("story:flush", ({ detail }) => detail.until(now().then((saved) => saved || Promise.reject(new Error("not saved")))));
form.addEventListener("submit", submitted);
addEventListener("beforeunload", (event) => {
  if (isUnsaved() && !leaving) event.preventDefault();
});
if (before.value && !stuck) schedule(); // something came in that this page, given back as it was sent, does not show
// A page restored from the back-forward cache is being written on again.
addEventListener("pageshow", (event) => event.persisted && (leaving = submitting = false));

/** Something of this page is nowhere but here. */
export function isUnsaved() {
  return incomplete || form.elements.picture_file.files.length > 0 || isDirty();
}

/** Something was typed, or put in. */
export function changed() {
  if (stuck === "size") stuck = "";
  if (!stuck && !running) say("Not saved yet");
  schedule();
}

function schedule() {
  since ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
}

function isDirty() {
  return !isSame(typed(), stored);
}

/** A new story begins with its first word, not with a look at an empty page. */
function isWorthSaving() {
  return form.dataset.story !== "new" || WORDS.some((name) => form.elements[name].value.trim());
}

function save() {
  clearTimeout(timer);
  running ??= deliverNewest().finally(() => {
    running = null;
    if (!stuck && isWorthSaving() && isDirty()) schedule();
  });
  return running;
}

/* Whether all that is here now is stored, asked for right away. */
async function now() {
  for (let tries = 0; tries < 3 && !stuck && isWorthSaving() && isDirty(); tries += 1) {
    hurry();
    await save();
  }
  return !stuck && !isDirty();
}

async function deliverNewest() {
  const sent = typed();
  since = 0;
  if (stuck || !isWorthSaving()) return;
  if (isSame(sent, stored)) {
    sayUnchanged();
    return settled();
  }
  const large = tooLarge();
  if (large) return stop("size", large);
  turn.value = Number(turn.value) + 1;
  say("Saving…");
  const values = new URLSearchParams(sent);
  for (const name of ["revision", "saves", "seen", "sitting", "turn", "writer", "before"]) values.set(name, form.elements[name].value);
  if (form.elements.kept) values.set("kept", form.elements.kept.value); // a clash brought back: it is asked again
  const answer = await deliver(values, sayTrouble);
  if (answer.status === 200) await accept(answer, sent);
  else if (answer.panel) clash(answer);
  else if (answer.status === 401) stop("session", "Not saved: you are not signed in. Your text is kept in this browser. Press Save to sign in.");
  else stop("refused", answer.sentence ?? "Not saved. Your text is kept in this browser; reload the page to go on.");
}

async function accept(answer, sent) {
  const seenBefore = seen.value;
  [revision.value, saves.value, seen.value] = [answer.revision, answer.saves, answer.seen];
  if (form.dataset.story === "new") begin(answer);
  const current = typed();
  const left = await takeIn(answer.came_in, sent, current);
  takeInSettings(seenBefore, answer.seen, sent);
  // What others changed is on the page now wherever it could be. Where it could not, this page goes on from its own.
  stored = known(sent, current, typed());
  before.value = left ? stored.toString() : "";
  form.elements.kept?.remove();
  incomplete = Object.keys(answer.problems).length > 0 || answer.waiting.length > 0;
  untell();
  if (answer.news) notify(left ? `${answer.news} You see it as soon as you pause.` : answer.news);
  saySaved(answer);
  if (isDirty()) say("Not saved yet"); // typed since
  settled();
}

/* What the server has, as the page has it: what was sent where somebody typed since, what is shown everywhere else. */
function known(sent, current, shown) {
  const values = new URLSearchParams();
  for (const name of new Set([...sent.keys(), ...shown.keys()])) {
    const typedSince = String(current.getAll(name)) !== String(sent.getAll(name));
    for (const value of (typedSince ? sent : shown).getAll(name)) values.append(name, value);
  }
  return values;
}

function isSame(one, other) {
  const [first, second] = [one, other].map((values) => new URLSearchParams(values));
  first.sort();
  second.sort();
  return first.toString() === second.toString();
}

function begin(answer) {
  form.dataset.story = answer.story;
  form.dataset.autosave = answer.autosave;
  form.dataset.presence = answer.presence;
  form.action = answer.change;
  history.replaceState(history.state, "", answer.change);
  form.dispatchEvent(new CustomEvent("story:begun", { bubbles: true, detail: { story: answer.story } }));
}

function settled() {
  if (!incomplete && !isDirty()) form.dispatchEvent(new CustomEvent("story:saved", { bubbles: true }));
}

function stop(why, sentence) {
  stuck = why;
  sayTrouble("Not saved");
  tell(sentence);
}

/* Both changed the same words: the choice is put above the sheet, and made with Save. */
function clash(answer) {
  stuck = "clash";
  [revision.value, saves.value] = [answer.revision, answer.saves]; // the settings are still shown as they were seen
  form.elements.kept?.remove();
  form.querySelector("[data-conflict]")?.remove();
  tell(`${answer.sentence} Choose for each place below, then save.`);
  form.querySelector(".sheet").insertAdjacentHTML("beforebegin", answer.panel);
  sayTrouble("Not saved: choose above");
}

function notify(sentence) {
  const notice = form.querySelector("[data-news]");
  notice.hidden = false;
  notice.querySelector("[data-news-sentence]").textContent = sentence;
}

form.querySelector("[data-news-close]").addEventListener("click", () => {
  form.querySelector("[data-news]").hidden = true;
  form.elements.headline.focus();
});

/* The first time round everything is saved here; the second time the page is left. */
async function submitted(event) {
  if (leaving) return;
  event.preventDefault();
  if (submitting) return;
  submitting = true;
  if (stuck && stuck !== "clash") stuck = "";
  const ready = stuck === "clash" ? signInAgain() : isWorthSaving() ? now() : Promise.resolve(true);
  const button = event.submitter;
  let done = "late";
  await new Promise((resolve) => setTimeout(resolve)); // a form is not sent while it still says that it will be
  do {
    done = await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, PATIENCE, "late"))]);
  } while (done === "late" && document.querySelector("dialog:modal")); // signing in takes as long as it takes
  submitting = false;
  if (done === "late") tell(KEPT_HERE);
  if (done !== true) return;
  leaving = !("locked" in form.dataset);
  turn.value = Number(turn.value) + 1;
  form.dispatchEvent(new CustomEvent("story:leaving"));
  form.requestSubmit(button);
}
