// Files on their way to the server: two at a time, each until it has an answer.
//
// What never got an answer is sent again by itself, after longer and longer waits and at once when the browser is
// back online. Nobody has to choose a file twice.

import { key, signInAgain, takeKey } from "../again.js";

const AT_ONCE = 2;
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds
const SILENCE = 120_000; // milliseconds without any progress
const LOST = new Set([0, 408, 429, 500, 502, 503, 504]);

const waiting = [];
const retrying = new Set();
let running = 0;
let halted = false; // signed out, and not back yet

addEventListener("online", () => retrying.forEach((job) => job.again()));

/**
 * Sends ``file`` to ``address`` when it is its turn. ``heard`` is called with what happens: {state: "waiting"},
 * {state: "sending", per}, {state: "looking"}, {state: "lost", again}, {state: "halted", again}, and at last
 * {state: "answered", status, answer}. Answers with a function that takes the file back.
 */
export function send(address, file, more, heard) {
  const job = { address, file, more, heard, tries: 0, gone: false, request: null, timer: 0 };
  job.again = () => {
    clearTimeout(job.timer);
    if (job.gone || !retrying.delete(job)) return;
    queue(job);
  };
  queue(job);
  return () => {
    job.gone = true;
    clearTimeout(job.timer);
    retrying.delete(job);
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    job.request?.abort();
  };
}

function queue(job) {
  job.heard({ state: "waiting" });
  waiting.push(job);
  next();
}

function next() {
  while (!halted && running < AT_ONCE && waiting.length) void run(waiting.shift());
}

async function run(job) {
  running += 1;
  const { status, answer } = await deliver(job);
  running -= 1;
  if (job.gone) return next();
  if (status === 401) {
    void signedOut(job);
  } else if (answer.csrf && status === 403 && !job.renewed) {
    takeKey(answer.csrf); // the key of a page that was open for long
    job.renewed = true;
    queue(job);
  } else if (LOST.has(status)) {
    lost(job);
  } else {
    job.heard({ state: "answered", status, answer });
  }
  next();
}

function lost(job) {
  const wait = WAITS[Math.min(job.tries, WAITS.length - 1)];
  job.tries += 1;
  retrying.add(job);
  job.timer = setTimeout(job.again, wait * 1000);
  job.heard({ state: "lost", again: job.again });
}

async function signedOut(job) {
  halted = true;
  retrying.add(job);
  job.heard({ state: "halted", again: () => void back(job) });
  await back(job);
}

async function back(job) {
  if (!(await signInAgain())) return;
  halted = false;
  for (const each of [...retrying]) each.again();
  job.again();
  next();
}

function deliver(job) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    for (const [name, value] of Object.entries(job.more)) body.append(name, value);
    body.append("file", job.file, job.file.name);
    let silence = 0;
    const heardSomething = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE);
    };
    job.request = request;
    request.open("POST", job.address);
    request.setRequestHeader("X-CSRFToken", key());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      heardSomething();
      const per = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0;
      if (!job.gone) job.heard(per < 100 ? { state: "sending", per } : { state: "looking" });
    });
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      job.request = null;
      resolve({ status: request.status, answer: understood(request) });
    });
    heardSomething();
    request.send(body);
  });
}

function understood(request) {
  try {
    return JSON.parse(request.responseText) ?? {};
  } catch {
    return {};
  }
}
