// The point of a picture that every cut must show: set by a click on it, or by two sliders.

import { element } from "./asking.js";

let made = 0;

/** Its inputs are called focus_x and focus_y: per cent from the left and from the top. */
export function focus({ src, alt, x, y }) {
  const id = `focus-${(made += 1)}`;
  const image = element("img", { src, alt, draggable: "false" });
  const mark = element("span", { class: "focus__mark", "aria-hidden": "true" });
  const place = element("div", { class: "focus__place" }, image, mark);
  const slider = (name, value, label) => {
    const input = element("input", { id: `${id}-${name}`, type: "range", name, min: 0, max: 100, step: 1 });
    input.value = value;
    input.addEventListener("input", show);
    return [input, element("label", { for: input.id }, label)];
  };
  const [across, acrossLabel] = slider("focus_x", x, "From the left");
  const [down, downLabel] = slider("focus_y", y, "From the top");

  function show() {
    mark.style.setProperty("inset-inline-start", "auto");
    mark.style.setProperty("left", `${across.value}%`);
    mark.style.setProperty("top", `${down.value}%`);
    for (const input of [across, down]) input.setAttribute("aria-valuetext", `${input.value} per cent`);
  }

  place.addEventListener("click", (event) => {
    const { left, top, width, height } = image.getBoundingClientRect();
    across.value = Math.round(((event.clientX - left) / width) * 100);
    down.value = Math.round(((event.clientY - top) / height) * 100);
    show();
  });
  show();
  return element(
    "fieldset",
    { class: "field focus block-dialog__choice" },
    element("legend", { class: "field__label" }, "Focal point"),
    element("p", { class: "field__help" }, "Click what must be seen however the picture is cut."),
    place,
    element("div", { class: "focus__sliders" }, acrossLabel, across, downLabel, down),
  );
}
