// Files dropped anywhere on the page, pasted or chosen: each with its progress, its answer and what is asked of it.
//
// Without this the link “Add” leads to a form that takes several files. What is asked of a file that has come in
// stands in a template of the page: here nothing is known of pictures or documents but their names.

import { beside } from "./beside.js";
import { asked } from "./fields.js";
import { send } from "./sending.js";

const section = document.querySelector("[data-uploads]");
const find = (name) => section.querySelector(`[data-uploads-${name}]`);
const [input, list, said, told, done, trouble] = ["input", "list", "said", "told", "done", "trouble"].map(find);
const item = document.querySelector("[data-uploads-item]");
const curtain = document.querySelector("[data-dropping]");
const most = Number(section.dataset.mostBytes);

const files = new Set(); // every file shown: {file, node, state, take back}
const OVER = new Set(["accepted", "kept", "refused"]);

for (const door of document.querySelectorAll("[data-uploads-choose]")) {
  door.addEventListener("click", (event) => {
    event.preventDefault();
    input.click();
  });
}
input.addEventListener("change", () => {
  take(input.files);
  input.value = "";
});
done.addEventListener("click", () => location.reload());
addEventListener("beforeunload", (event) => {
  if ([...files].some((one) => !OVER.has(one.state) || one.fields?.isUnsaved())) event.preventDefault();
});
addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length) take(event.clipboardData.files);
});

let depth = 0;
addEventListener("dragenter", (event) => carriesFiles(event) && (depth += 1) && show(curtain, true));
addEventListener("dragleave", (event) => {
  if (carriesFiles(event) && (depth = Math.max(0, depth - 1)) === 0) show(curtain, false);
});
addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  show(curtain, false);
  const folders = [...event.dataTransfer.items].some((one) => one.webkitGetAsEntry?.()?.isDirectory);
  take([...event.dataTransfer.files].filter((file) => file.size || file.type));
  if (folders) warn("Folders cannot be dropped. Open the folder, choose the files in it, and drop those.");
});

function carriesFiles(event) {
  return Boolean(event.dataTransfer?.types.includes("Files"));
}

function show(node, shown) {
  node.hidden = !shown;
}

function warn(sentence) {
  section.hidden = false;
  trouble.textContent = sentence;
  trouble.hidden = false;
}

function take(chosen) {
  if (!chosen.length) return;
  section.hidden = false;
  trouble.hidden = true;
  for (const file of chosen) begin(file);
  section.querySelector("h2").focus({ preventScroll: true });
  section.scrollIntoView({ block: "nearest" });
  count();
}

function begin(file) {
  const node = item.content.firstElementChild.cloneNode(true);
  const one = { file, node, state: "waiting", fields: null, takeBack: () => {} };
  one.part = (name) => node.querySelector(`[data-${name}]`);
  one.part("name").textContent = file.name;
  one.part("progress").setAttribute("aria-label", `Upload of ${file.name}`);
  list.append(node);
  files.add(one);
  if (file.size > most) {
    return refuse(one, [`This file is larger than ${Math.floor(most / 1024 ** 2)} MB. Make it smaller and choose it again.`]);
  }
  deliver(one, {});
}

function deliver(one, more) {
  one.takeBack = send(section.dataset.uploads, one.file, more, (event) => hear(one, event));
}

function hear(one, event) {
  if (event.state === "answered") return answered(one, event.status, event.answer);
  const words = {
    waiting: "Waiting",
    sending: `Uploading, ${event.per} %`,
    looking: "Uploaded. Being looked at …",
    lost: "The connection is lost. It is sent again by itself.",
    halted: "You are signed out. It is sent as soon as you are back.",
  };
  state(one, event.state, words[event.state]);
  one.part("progress").value = { waiting: 0, sending: event.per, looking: 100 }[event.state] ?? 0;
  const doors = { lost: ["Try now", event.again], halted: ["Sign in", event.again] }[event.state];
  offer(one, [...(doors ? [doors] : []), ...(event.state === "looking" ? [] : [["Leave it out", () => drop(one)]])]);
}

function answered(one, status, answer) {
  show(one.part("progress"), false);
  offer(one, []);
  if (status === 201) return accept(one, answer);
  if (status === 409 && answer.already) return doubled(one, answer);
  const tooLarge = status === 413 ? ["The server takes no file of this size. Make it smaller and choose it again."] : null;
  refuse(one, answer.errors ?? tooLarge ?? [answer.sentence ?? "The server could not take this file. Choose it again in a moment."]);
}

function accept(one, answer) {
  state(one, "accepted", answer.problems?.length ? "In the library. Say what is missing; it is saved as you go." : "In the library.");
  face(one, answer);
  open(one, answer);
  one.fields = asked(one, answer, shareable);
  tell(`${one.file.name} is in the library.`);
}

function doubled(one, answer) {
  state(one, "already", answer.errors[0]);
  const keep = () => {
    one.part("rest").replaceChildren();
    show(one.part("progress"), true);
    deliver(one, { anyway: "1" });
  };
  const use = () => {
    one.part("rest").replaceChildren();
    state(one, "kept", "Not uploaded: the one there is used.");
    face(one, answer.already);
    open(one, answer.already);
    offer(one, []);
    tell(`${answer.already.name} is used.`);
  };
  one.part("rest").replaceChildren(beside(one.file, answer.already));
  offer(one, [["Use the one there", use], ["Keep both", keep]]);
  tell(`${one.file.name}: ${answer.errors[0]}`);
}

function refuse(one, sentences) {
  show(one.part("progress"), false);
  state(one, "refused", `Not taken. ${sentences.join(" ")}`);
  offer(one, [["Remove from this list", () => drop(one)]]);
  tell(`${one.file.name} is not taken. ${sentences.join(" ")}`);
}

function face(one, answer) {
  if (!answer.thumb) {
    one.part("face").textContent = answer.kind ?? "";
    return;
  }
  const picture = document.createElement("img");
  picture.src = answer.thumb;
  picture.alt = "";
  one.part("face").replaceChildren(picture);
}

function open(one, answer) {
  const link = one.part("open");
  link.href = answer.href;
  link.textContent = "Open";
  link.setAttribute("aria-label", `Open ${answer.name}`);
  link.target = "_blank";
  show(link, true);
}

function drop(one) {
  one.takeBack();
  const near = one.node.nextElementSibling ?? one.node.previousElementSibling;
  files.delete(one);
  one.node.remove();
  (near?.querySelector("button, a, input, textarea") ?? section.querySelector("h2")).focus();
  count();
}

function state(one, name, words) {
  one.state = one.node.dataset.state = name;
  one.part("state").textContent = words;
  count();
}

function offer(one, doors) {
  const had = one.part("doors").contains(document.activeElement);
  one.part("doors").replaceChildren(
    ...doors.map(([words, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${one.file.name}`);
      button.addEventListener("click", act);
      return button;
    }),
  );
  if (had) (one.part("doors").querySelector("button") ?? section.querySelector("h2")).focus();
}

/* What one file was told of, offered for all the others. */
function shareable(name, value) {
  for (const one of files) one.fields?.take(name, value);
}

function count() {
  const all = [...files];
  const over = all.filter((one) => OVER.has(one.state));
  const taken = all.filter((one) => one.state === "accepted" || one.state === "kept").length;
  const refused = all.filter((one) => one.state === "refused").length;
  const words = [`${taken} of ${all.length} in the library`];
  if (refused) words.push(`${refused} not taken`);
  said.textContent = words.join(", ");
  show(done, all.length > 0 && over.length === all.length);
  if (!all.length) section.hidden = true;
}

function tell(words) {
  told.textContent = words;
}
