// Sends pictures to the library, two at a time, and says how far each has come.

const AT_ONCE = 2; // as many as the server opens at a time
const waiting = [];
let under = 0;

/**
 * Resolves to {picture} once it is in the library, to {already, exact} where one like it is there, else to {errors}
 * with `again` where another try may help. Never rejects.
 */
export async function send(file, options) {
  if (under === AT_ONCE) await new Promise((turn) => waiting.push(turn));
  else under += 1;
  try {
    return await sendNow(file, options);
  } finally {
    if (waiting.length) waiting.shift()();
    else under -= 1;
  }
}

function sendNow(file, { address, key, progress = () => {}, anyway = false, words = {} }) {
  const body = new FormData();
  body.set("file", file, file.name || "pasted.png");
  body.set("csrfmiddlewaretoken", key());
  if (anyway) body.set("anyway", "1");
  for (const [name, value] of Object.entries(words)) body.set(name, value);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const failed = (sentence) => () => resolve({ errors: [sentence], again: true });
    request.open("POST", address);
    request.responseType = "json";
    request.timeout = 180_000;
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener("error", failed("The connection was lost. Try again when it is back."));
    request.addEventListener("timeout", failed("The server took too long. Try again in a moment."));
    request.addEventListener("abort", failed("The upload was stopped."));
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status === 201 && answer) return resolve({ picture: answer });
      if (request.status === 409 && answer?.already) return resolve({ already: answer.already, exact: answer.exact, errors: answer.errors });
      if (answer?.errors) return resolve({ errors: answer.errors, again: request.status < 422 });
      resolve({ errors: [`The server did not take it (${request.status}). Try again in a moment.`], again: true });
    });
    request.send(body);
  });
}
