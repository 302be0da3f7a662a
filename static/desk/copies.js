// The copies of unsaved texts that the story editor keeps in this browser, for whoever signs out of it.

const START = "newsroom-story-";

export function copies() {
  return Object.keys(localStorage).filter((name) => name.startsWith(START));
}

/** Also tells editors open in other tabs. */
export function deleteCopies() {
  for (const name of copies()) localStorage.removeItem(name);
  localStorage.setItem("newsroom-signed-out", Date.now());
  localStorage.removeItem("newsroom-signed-out");
}

/** Headlines of the texts, as far as they have one. */
export function titles() {
  return copies().map((name) => {
    try {
      return JSON.parse(localStorage.getItem(name)).values.headline[0].trim() || "Untitled";
    } catch {
      return "Untitled";
    }
  });
}
