// Headline, deck and summary are as high as their text.

for (const area of document.querySelectorAll("textarea[data-grows]")) {
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", grow);
  addEventListener("resize", grow);
  document.fonts.ready.then(grow);
  if (area.name !== "summary") {
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}
