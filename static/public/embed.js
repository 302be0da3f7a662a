// Puts a provider's frame where its card stands, when the reader asks for it and not before.

document.addEventListener("click", ({ target }) => {
  const box = target.closest?.(".embed-show")?.closest("[data-frame]");
  if (!box) return;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", box.dataset.sandbox);
  frame.allow = box.dataset.allow;
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // players refuse pages that do not say where they are
  frame.title = box.dataset.title;
  frame.src = box.dataset.frame;
  box.classList.add("is-shown");
  box.replaceChildren(frame);
  frame.focus();
});
