// Where a previewed page stands: as wide as a phone, a tablet or a desktop, shrunk to the room there is.

const WIDTH = "newsroom-preview-width"; // in localStorage: what this person looked at last
const MARGIN = 16; // pixels

/** Takes the element that holds stage and widths; gives what its page needs of it. */
export function preview(root, { onEscape = () => {} } = {}) {
  const stage = root.querySelector("[data-preview-stage]");
  const told = stage.querySelector("[data-preview-told]");
  const widths = root.querySelector("[data-preview-widths]");
  const radios = [...widths.querySelectorAll("input")];
  let frame = stage.querySelector("iframe");
  let coming = null;
  let again = false;
  const prepared = new WeakSet();

  widths.hidden = false;
  const kept = recall(WIDTH);
  for (const radio of radios) {
    radio.checked = kept ? radio.value === kept : radio.defaultChecked;
    radio.addEventListener("change", () => {
      remember(WIDTH, radio.value);
      fit();
    });
  }
  if (!radios.some((radio) => radio.checked)) radios[0].checked = true;
  new ResizeObserver(fit).observe(stage);
  if (frame) {
    prepare(frame); // it may have been loaded before this script
    frame.addEventListener("load", () => prepare(frame));
    fit();
  }

  return { refresh, stop, widths: radios };

  /* The newest text, loaded behind what is shown and put in its place when it is whole: one at a time, the last last. */
  function refresh() {
    const story = stage.dataset.story;
    if (!story) return void (told.textContent = "Nothing is saved yet. The preview comes with the first save.");
    if (coming) return void (again = true);
    coming = document.createElement("iframe");
    coming.className = "preview__frame preview__frame--coming";
    coming.title = "The story as readers will see it";
    coming.inert = true;
    coming.addEventListener("load", () => swap(coming), { once: true });
    coming.src = stage.dataset.address.replace("/0/", `/${story}/`);
    stage.append(coming);
    fit();
  }

  async function swap(loaded) {
    if (loaded !== coming) return;
    if (!isPreview(loaded)) {
      loaded.remove();
      coming = null;
      told.textContent = "The preview cannot be shown now. What you write is not touched by this.";
      return retry();
    }
    await Promise.race([loaded.contentDocument.fonts.ready, new Promise((done) => setTimeout(done, 400))]);
    if (loaded !== coming) return;
    if (frame?.contentWindow && isPreview(frame)) loaded.contentWindow.scrollTo({ top: frame.contentWindow.scrollY, behavior: "instant" });
    const hadFocus = document.activeElement === frame;
    loaded.inert = false;
    loaded.classList.remove("preview__frame--coming");
    frame?.remove();
    frame = loaded;
    coming = null;
    told.textContent = "";
    prepare(frame);
    if (hadFocus) frame.focus();
    retry();
  }

  function retry() {
    if (!again) return;
    again = false;
    refresh();
  }

  /* Nothing is loaded any more for a preview that was folded away. */
  function stop() {
    coming?.remove();
    coming = null;
    again = false;
  }

  /* Links lead out of the frame: readers' pages may not be framed. Escape means what it means outside. */
  function prepare(shown) {
    if (!isPreview(shown) || prepared.has(shown.contentDocument)) return;
    prepared.add(shown.contentDocument);
    shown.contentDocument.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      if (/^https?:$/.test(link.protocol)) window.open(link.href, "_blank", "noopener");
    });
    shown.contentDocument.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onEscape(event);
    });
  }

  /* A small screen has no room for a margin around the page. */
  function fit() {
    const wide = Number(radios.find((radio) => radio.checked).value);
    const margin = stage.clientWidth < 400 ? 0 : MARGIN;
    const scale = Math.min(1, (stage.clientWidth - 2 * margin) / wide);
    for (const each of stage.querySelectorAll("iframe")) {
      each.style.width = `${wide}px`;
      each.style.height = `${(stage.clientHeight - margin) / scale}px`;
      each.style.transform = `translate(${(stage.clientWidth - wide * scale) / 2}px, ${margin}px) scale(${scale})`;
    }
  }
}

/* A frame can hold a refusal instead, or nothing this page may look into. */
function isPreview(frame) {
  try {
    return frame.contentWindow.location.pathname.startsWith("/preview/");
  } catch {
    return false;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A full or forbidden storage forgets; nothing else is lost.
  }
}

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
