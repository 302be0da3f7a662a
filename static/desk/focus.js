// The focal point: set by a click on the picture or with the arrow keys, and shown in every cut at once.
//
// A cut is what CSS shows of the whole picture at that position: the server cuts its files the same way.
// Without this the two numbers and the button do the same.

const box = document.querySelector("[data-focus]");
const frame = box.querySelector("[data-focus-frame]");
const form = box.querySelector("[data-focus-form]");
const { focus_x: left, focus_y: top } = form.elements;
const cuts = document.querySelectorAll("[data-cut]");
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 10; // per cent, with Shift

const point = document.createElement("button");
point.type = "button";
point.className = "focus__point";
point.setAttribute("aria-describedby", "focus-help");
frame.append(point);

frame.addEventListener("click", (event) => {
  if (event.target === point) return;
  const { x, y, width, height } = frame.getBoundingClientRect();
  set(((event.clientX - x) / width) * 100, ((event.clientY - y) / height) * 100);
  point.focus();
});
point.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const far = event.shiftKey ? FAR : 1;
  set(Number(left.value) + step[0] * far, Number(top.value) + step[1] * far);
});
point.addEventListener("click", () => form.requestSubmit());
for (const field of [left, top]) field.addEventListener("input", () => show());

function set(x, y) {
  left.value = within(x);
  top.value = within(y);
  show();
}

function within(number) {
  return Math.round(Math.min(100, Math.max(0, number)));
}

function show() {
  const [x, y] = [left, top].map((field) => within(Number(field.value) || 0));
  point.style.left = `${x}%`;
  point.style.top = `${y}%`;
  point.setAttribute("aria-label", `Focal point, ${x} % from the left, ${y} % from the top. Arrow keys move it, Enter keeps it.`);
  for (const cut of cuts) cut.style.objectPosition = `${x}% ${y}%`;
}

show();
