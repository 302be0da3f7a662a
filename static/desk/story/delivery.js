// One save on its way, until it is answered: again and again while the server cannot be reached, and after signing in
// again where the session has ended. It is always the same save, so that an answer that was lost does no harm.

import { key, signInAgain, takeKey } from "../again.js";
import { form } from "./form.js";

const NO_ANSWER = "Not saved yet. The server does not answer; this page keeps trying";
const SIGNED_OUT = "Not saved yet. You are signed out";
const PATIENCE = 30_000;
const LONGEST_PAUSE = 30_000;

let wake = () => {};

addEventListener("online", () => wake());

/** Do not wait out the pause before the next try. */
export function hurry() {
  wake();
}

/** The answer with its status, whatever it says. onTrouble is told, in a sentence, each time it is not saved yet. */
export async function deliver(values, onTrouble) {
  let failures = 0;
  let keys = 0;
  for (;;) {
    const answer = await ask(values);
    if (answer.status === 401) {
      onTrouble(SIGNED_OUT);
      if (!(await signInAgain())) return answer;
    } else if (answer.csrf && keys < 2) {
      keys += 1;
      takeKey(answer.csrf);
    } else if (answer.status && answer.status < 500 && answer.status !== 429) {
      return answer;
    } else {
      failures += 1;
      onTrouble(NO_ANSWER);
      await pause(failures);
    }
  }
}

async function ask(values) {
  const body = new FormData();
  for (const [name, value] of values) body.append(name, value);
  body.set("csrfmiddlewaretoken", key());
  try {
    const response = await fetch(form.dataset.autosave, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { ...(await response.json()), status: response.status };
  } catch {
    return { status: 0 }; // no server, or something in between that is none
  }
}

function pause(failures) {
  const length = Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, length);
  });
}
