/* Fetches a proof of work for the last page and lets a worker find it, beside the writer's reading. The protocol is
   ALTCHA's: which number, put after the salt, has the SHA-256 that was asked for? Without it the piece goes its way. */

export function prove(form) {
  let begun = false;

  async function begin() {
    if (begun || !form.dataset.proof) return;
    begun = true;
    try {
      const answer = await fetch(form.dataset.proof, { headers: { Accept: "application/json" } });
      if (answer.ok) find(form, await answer.json());
    } catch {
      begun = false;
    }
  }

  form.addEventListener("saved", begin);
  begin();
}

function find(form, asked) {
  const worker = new Worker(new URL("./proof-worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data: number }) => {
    worker.terminate();
    if (number < 0) return;
    const { algorithm, challenge, salt, signature } = asked;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha" });
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    form.append(field);
  });
  worker.postMessage(asked);
}
