// Django's search-as-you-type choices are named after their labels: select2 names them after what is chosen.

window.django?.jQuery?.(() => {
  for (const chosen of document.querySelectorAll(".select2-selection__rendered")) {
    const select = chosen.closest(".select2-container").previousElementSibling;
    const label = select?.labels?.[0];
    if (!label) continue;
    label.id ||= `${select.id}_label`;
    chosen.setAttribute("aria-labelledby", label.id);
    chosen.closest(".select2-selection").setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }
});

document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".select2-search__field")) target.ariaLabel ||= "Search";
});
