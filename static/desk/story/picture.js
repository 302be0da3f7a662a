// The picture: shown before it is sent, described beside it, dropped anywhere on its box.

import { form } from "./form.js";

const box = document.querySelector("[data-picture]");
const file = form.elements.picture_file;
const shown = box.querySelector("[data-shown]");
const { picture_alt: alt, picture_credit: credit, picture_decorative: decorative, picture_of: of } = form.elements;

file.addEventListener("change", () => {
  if (!file.files.length) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const picture = document.createElement("img");
    picture.src = reader.result;
    picture.alt = "";
    show(picture);
  });
  reader.readAsDataURL(file.files[0]); // a data: address, because the policy allows no blob:
  alt.value = credit.value = of.value = "";
  decorative.checked = false;
  alt.focus();
});

for (const choice of box.querySelectorAll("[name=lead_image]")) {
  choice.addEventListener("change", () => {
    file.value = "";
    of.value = choice.value;
    alt.value = choice.dataset.alt;
    credit.value = choice.dataset.credit;
    decorative.checked = "decorative" in choice.dataset;
    const picture = choice.parentElement.querySelector("picture")?.cloneNode(true);
    show(picture);
  });
}

const drop = box.querySelector("[data-drop]");
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("picture__drop--over", name === "dragover");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    file.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function show(picture) {
  shown.replaceChildren(...(picture ? [picture] : []));
  shown.hidden = !picture;
}
