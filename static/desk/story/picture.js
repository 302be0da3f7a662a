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

box.addEventListener("change", ({ target }) => {
  if (target.name === "lead_image") choose(target);
});

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

/** Shows and describes the picture of a choice. */
export function choose(choice) {
  choice.checked = true;
  file.value = "";
  of.value = choice.value;
  alt.value = choice.dataset.alt;
  credit.value = choice.dataset.credit;
  decorative.checked = "decorative" in choice.dataset;
  show(choice.parentElement.querySelector("picture")?.cloneNode(true));
}

/** The choice of a picture, made from the HTML of one where the page has none yet. */
export function choiceOf(pk, html) {
  const find = () => box.querySelector(`[name=lead_image][value="${pk}"]`);
  if (!find()) {
    const item = document.createElement("li");
    item.innerHTML = html;
    box.querySelector(".picture__choices").append(item);
  }
  return find();
}

function show(picture) {
  shown.replaceChildren(...(picture ? [picture] : []));
  shown.hidden = !picture;
}
