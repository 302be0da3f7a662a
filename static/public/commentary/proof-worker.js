/* Looks for the number; answers with it, or with -1. */

import { sha256 } from "./sha256.js";

addEventListener("message", ({ data: { salt, challenge, maxnumber } }) => {
  for (let number = 0; number <= maxnumber; number += 1) {
    if (sha256(salt + number) === challenge) return postMessage(number);
  }
  postMessage(-1);
});
