// A link's address, copied with one press. Without this the address is text to be selected.

for (const row of document.querySelectorAll("[data-share]")) {
  const address = row.querySelector("input");
  const button = row.querySelector("[data-copy]");
  const told = row.querySelector("[data-told]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = ""; // so that copying twice is told twice
    told.textContent = (await copied(address)) ? "Copied." : "Press Ctrl-C to copy.";
  });
  address.addEventListener("focus", () => address.select());
}

/* Browsers offer the clipboard only to pages served securely. Elsewhere the selection is copied the old way. */
async function copied(address) {
  try {
    await navigator.clipboard.writeText(address.value);
    return true;
  } catch {
    address.select();
    return document.execCommand("copy");
  }
}
