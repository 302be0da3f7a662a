/* The server has it now: nothing of the piece stays in this browser, which may be somebody else's tomorrow. */

import { dropEverything } from "./kept.js";

document.querySelector("[data-focus]")?.focus();
try {
  dropEverything();
} catch {
  /* this browser keeps nothing */
}
