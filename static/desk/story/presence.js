// Who else has this story open, and whose turn it is to write.
//
// The page tells the server every 10 seconds that it is open; the answer says who else is there and who has the pen.
// Whoever types first has it. All others read along: their fields cannot be changed until they take over, or until the
// pen is free. The server refuses no save because of it.
//
// Sent on the form, for the modules that save:
//   story:flush     Save what is unsaved, now: the pen has been taken. detail.until(promise) makes this module wait
//                   (10 seconds at most) and say afterwards whether the text was saved. The fields are read-only but
//                   not disabled, so a form read now is whole.
//   story:locked    From now on this page only reads along. detail: {name, own}
//   story:unlocked  It may be written on again. detail: {mine}
// Heard on the form:
//   input, change, body:change   Somebody types here.
//   story:saved     Nothing is unsaved any more.
//   story:begun     A new story has an identity: form.dataset.presence is the address to tell.
//
// A page that follows upon this one (after Save, after taking over) goes on with its sitting, so the pen is not free in
// between; who sends a story for review or marks it ready gives the pen away with it. The element [data-presence] holds the address and, in seconds, data-every and data-hidden-for.

import { form } from "./form.js";
import { setReadOnly } from "./reading.js";

const LONGEST_PAUSE = 60;
const PATIENCE = 10_000;
const WAY = 30_000; // from a page to the one that follows upon it
const CONTINUES = "newsroom-sitting";

const root = document.querySelector("[data-presence]");
const list = root.querySelector("[data-here]");
const every = Number(root.dataset.every);
const side = document.querySelector(".story-side");
const sitting = form.elements.sitting?.value || form.dataset.sitting || uuid();
const notice = putNotice();

let after = continued();
let mine = false;
let lockedBy = null;
let typed = false;
let unsaved = document.querySelector("[data-errors]") !== null;
let busy = false;
let wish = null;
let unanswered = {};
let failures = 0;
let timer = 0;
let seen = 0;
let asleep = false;
let hidden = 0;
let going = false;

for (const name of ["input", "change", "body:change"]) {
  form.addEventListener(name, noteTyping);
  side?.addEventListener(name, noteTyping);
}
form.addEventListener("story:saved", () => (unsaved = false));
form.addEventListener("story:begun", () => sign());
form.addEventListener("submit", (event) => {
  const handsOver = ["submit", "mark_ready"].includes(event.submitter?.value);
  if (!lockedBy) return void setTimeout(() => event.defaultPrevented || handsOver || goOn()); // once everybody has spoken
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });
notice.takeOver.addEventListener("click", () => sign({ take_over: lockedBy.holder }));
notice.newest.addEventListener("click", () => follow());
notice.close.addEventListener("click", () => {
  notice.say({});
  form.elements.headline.focus();
});
addEventListener("online", () => sign());
addEventListener("pagehide", () => going || leave());
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  going = false;
  sign();
});
document.addEventListener("visibilitychange", () => {
  clearTimeout(hidden);
  if (document.hidden) {
    hidden = setTimeout(sleep, Number(root.dataset.hiddenFor) * 1000);
  } else if (asleep || Date.now() - seen > every * 1000) {
    asleep = false;
    sign();
  }
});
sign();

function address() {
  return root.dataset.presence || form.dataset.presence;
}

/* One request at a time; a wish that comes meanwhile follows it, and one that got no answer is said again. */
async function sign(wanted = {}) {
  if (!address() || asleep) return;
  if (busy) return void (wish = { ...wish, ...wanted });
  busy = true;
  clearTimeout(timer);
  const said = { ...unanswered, ...wish, ...wanted };
  const wasTyped = typed;
  wish = null;
  unanswered = {};
  typed = false;
  try {
    const answer = await send({ ...(wasTyped && { typed: "on" }), ...((wasTyped || mine) && { wants_pen: "on" }), ...(after && { after }), ...said });
    failures = 0;
    after = "";
    seen = Date.now();
    if (answer) await show(answer, said);
    else unanswered = said;
  } catch {
    failures += 1;
    typed ||= wasTyped && !lockedBy;
    unanswered = said;
    if (said.take_over) notice.say({ ...notice.said, sentence: "The server does not answer. It is asked again in a moment." });
    if (failures > 3) paint([]); // who was here a minute ago may have gone
  }
  busy = false;
  if (asleep) leave();
  else if (wish) sign();
  else timer = setTimeout(sign, pause());
}

async function send(words) {
  const response = await fetch(address(), {
    method: "POST",
    body: body(words),
    headers: { Accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status === 204) return null;
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

function body(words) {
  const token = form.elements.csrfmiddlewaretoken.value;
  return new URLSearchParams({ csrfmiddlewaretoken: token, sitting, ...words });
}

function pause() {
  if (going) return WAY; // a second answer would start the way to the next page anew
  if (!failures) return every * 1000;
  return Math.min(every * 2 ** failures, LONGEST_PAUSE) * (800 + Math.random() * 400);
}

function leave() {
  mine = false;
  clearTimeout(timer);
  if (address()) navigator.sendBeacon(address(), body({ leaving: "on" }));
}

/* A tab nobody looks at for long lets go of the story; words typed before that claim nothing when it comes back. */
function sleep() {
  asleep = true;
  typed = false;
  if (!busy) leave();
}

function noteTyping() {
  if (lockedBy) return;
  typed = true;
  unsaved = true;
  if (notice.said.passing) notice.say({});
  if (!mine) sign();
}

async function show(answer, said) {
  paint(answer.here);
  const had = mine;
  mine = answer.mine;
  const behind = answer.draft !== "" && answer.draft !== written();
  if (answer.lock) {
    const faster = said.take_over && said.take_over !== answer.lock.holder ? `${answer.lock.name} was faster. ` : "";
    await readAlong(answer, behind, faster);
  } else if (lockedBy) {
    const before = lockedBy;
    if (behind && !unsaved) return follow(mine ? "" : freed(before), { focus: mine });
    unlock();
    notice.say(mine ? {} : { sentence: freed(before), passing: true });
    if (mine) form.elements.headline.focus();
  } else if (behind && !mine && !had && !unsaved) {
    follow("This story was changed meanwhile. You see its newest text.");
  }
}

/* The text this page was written on, as the server names it. */
function written() {
  return `${form.elements.revision?.value}.${form.elements.saves?.value}`;
}

function freed(lock) {
  if (lock.freed) return lock.freed; // it was in the bin
  return lock.own ? "Your other tab is closed. You can write here." : `${lock.name} has finished. You can write.`;
}

async function readAlong(answer, behind, before) {
  const { lock, taken } = answer;
  const isNew = !lockedBy;
  lockedBy = lock;
  if (isNew) {
    typed = false; // claims nothing once the pen is free
    setReadOnly(true);
    form.dataset.locked = "";
    const saved = await flush();
    notice.kept = saved ? "Your text was saved first." : "Your last words are not saved yet. This browser keeps them.";
    notice.wasWriting = unsaved || taken !== null;
    form.dispatchEvent(new CustomEvent("story:locked", { bubbles: true, detail: { name: lock.name, own: lock.own } }));
  }
  const alarm = taken && !taken.own ? `${taken.sentence} ${notice.kept}` : "";
  const calm = taken?.own ? taken.sentence : notice.wasWriting && !taken ? notice.kept : "";
  const sentence = alarm && taken.name === lock.name ? "" : lock.sentence; // said by the alarm already
  notice.say({ alarm, sentence: `${before}${sentence} ${calm}`, button: lock.button, newest: behind && !unsaved });
}

async function flush() {
  form.elements.body?.dispatchEvent(new CustomEvent("body:left"));
  const waits = [];
  form.dispatchEvent(new CustomEvent("story:flush", { bubbles: true, detail: { until: (promise) => waits.push(promise) } }));
  if (!waits.length) return !unsaved;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
  const saved = await Promise.race([Promise.all(waits).then(() => true, () => false), late]);
  if (saved) unsaved = false;
  return saved;
}

function unlock() {
  lockedBy = null;
  setReadOnly(false);
  delete form.dataset.locked;
  form.dispatchEvent(new CustomEvent("story:unlocked", { bubbles: true, detail: { mine } }));
}

/* The newest text, in a page of its own that goes on with this sitting. */
function follow(sentence = "", { focus = false } = {}) {
  goOn(sentence, { focus });
  location.assign(form.action);
}

function goOn(sentence = "", { focus = false } = {}) {
  going = true;
  sessionStorage.setItem(CONTINUES, JSON.stringify({ address: address(), sitting, at: Date.now(), sentence, focus }));
}

function continued() {
  const kept = JSON.parse(sessionStorage.getItem(CONTINUES) ?? "null");
  sessionStorage.removeItem(CONTINUES);
  if (!kept || kept.address !== address() || Date.now() - kept.at > WAY) return "";
  if (kept.sentence) notice.say({ sentence: kept.sentence, passing: true });
  if (kept.focus) form.elements.headline.focus();
  return kept.sitting === sitting ? "" : kept.sitting;
}

function paint(here) {
  const doings = { typing: "is typing", writing: "is writing", here: "is here" };
  const people = new Map();
  for (const one of here) if (one.doing !== "here" || !people.has(one.person)) people.set(one.person, one);
  list.replaceChildren(...[...people.values()].map((one) => {
    const item = document.createElement("li");
    item.className = one.doing === "here" ? "person" : "person person--writing";
    const avatar = document.createElement("span");
    avatar.className = "avatar";
    avatar.ariaHidden = "true";
    avatar.textContent = one.initials;
    item.append(avatar, one.own ? one.name : `${one.name} ${doings[one.doing]}`);
    return item;
  }));
  list.hidden = people.size === 0;
}

/* Above the sheet, and in sight wherever on the page one writes. */
function putNotice() {
  const box = root.querySelector("template").content.firstElementChild.cloneNode(true);
  form.querySelector(".sheet").before(box);
  const part = (name) => box.querySelector(`[data-pen-${name}]`);
  const put = (element, text) => {
    if (element.textContent !== text) element.textContent = text; // read out once, not every 10 seconds
    element.hidden = !text;
  };
  return {
    said: {},
    kept: "",
    wasWriting: false,
    takeOver: part("take-over"),
    newest: part("newest"),
    close: part("close"),
    say(said) {
      this.said = said;
      put(part("alarm"), said.alarm ?? "");
      put(part("sentence"), (said.sentence ?? "").trim());
      put(this.takeOver, said.button ?? "");
      this.newest.hidden = !said.newest;
      this.close.hidden = !said.passing;
      box.classList.toggle("pen--empty", !said.alarm && !said.sentence);
    },
  };
}

/* crypto.randomUUID is missing where a newsroom's own network is served without HTTPS. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
