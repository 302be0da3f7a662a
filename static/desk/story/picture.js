// The picture: shown before it is sent, described beside it, dropped anywhere on its box.

import { element } from "../../richtext/asking.js";
import { card } from "../../richtext/cards.js";
import { choose as chooseFrom } from "../../richtext/choosing.js";
import { form } from "./form.js";

const desk = JSON.parse(form.elements.body.dataset.blocks ?? "{}");
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

const library = box.querySelector("[data-pick]");
library.hidden = !desk.pictures;
library.addEventListener("click", async () => {
  const item = await chooseFrom({ title: "Which picture leads the story?", address: desk.pictures, empty: "No picture is found. Try other words." });
  const found = item && (await card(desk.cards, "image", item.id));
  if (!found) return;
  choose(choiceMade(found));
  box.dispatchEvent(new Event("change", { bubbles: true })); // it counts as typed
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

/* A choice of what was found in the library, like those the page came with. */
function choiceMade(found) {
  const known = box.querySelector(`[name=lead_image][value="${found.id}"]`);
  if (known) return known;
  const radio = element("input", { type: "radio", name: "lead_image", form: form.id, value: found.id, "data-alt": found.alt, "data-credit": found.credit, "data-decorative": found.decorative });
  const picture = element("picture", {}, element("img", { src: found.thumb, width: found.width, height: found.height, alt: "" }));
  const label = element("label", { class: "picture__choice" }, radio, " ", picture, element("span", { class: "picture__name" }, found.name));
  box.querySelector(".picture__choices").append(element("li", {}, label));
  return radio;
}

function show(picture) {
  shown.replaceChildren(...(picture ? [picture] : []));
  shown.hidden = !picture;
}
