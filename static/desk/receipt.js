// While a receipt is awaited the page asks for it a few times, ever more slowly; a reload does the same.

const WAITS = [1500, 2500, 5000, 10000, 20000];

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

for (const waiting of document.querySelectorAll("[data-receipt][data-wait]")) follow(waiting);

async function follow(receipt) {
  for (const pause of WAITS) {
    await wait(pause);
    const newer = await ask(receipt.dataset.receipt);
    if (!newer || "wait" in newer.dataset) continue;
    // The live region stays where it is and only its words change: that is what screen readers tell of.
    receipt.querySelector("[role=status]").replaceChildren(...newer.querySelector("[role=status]").childNodes);
    receipt.removeAttribute("data-wait");
    return;
  }
}

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-receipt]");
  } catch {
    return null;
  }
}
