// What comes in by itself: pictures dropped or pasted into the text, an address on a line of its own.

import { element } from "./asking.js";
import { awaitWidget, exchange, goOnBehind, insert, put } from "./blocks.js";
import { isAddress } from "./kinds.js";
import { card } from "./cards.js";
import { send } from "./sending.js";

const WAITING = "newsroom-upload";
const PICTURE = /^image\//;

// Files under way, by the key that stands in the text for them.
const files = new Map();
let keys = 0;

export function addArrivals(CKEDITOR, deskOf) {
  if (CKEDITOR.plugins.registered["newsroom-arrivals"]) return;
  CKEDITOR.plugins.add("newsroom-arrivals", {
    requires: "widget,clipboard",
    init(editor) {
      const desk = deskOf(editor);
      if (desk?.uploads) {
        defineWaiting(CKEDITOR, editor, desk);
        editor.on("contentDom", () => takeFiles(editor));
      }
      editor.on("paste", (event) => takeAddress(editor, event, desk));
      editor.on("key", (event) => finishAddress(editor, event, desk)); // answers nothing: false would swallow the key
    },
  });
}

// Files

/* Holds the place while a picture is on its way. What is saved meanwhile has nothing there. */
function defineWaiting(CKEDITOR, editor, desk) {
  editor.widgets.add(WAITING, {
    pathName: "picture on its way",
    upcast: (figure, data) => {
      if (figure.name !== "figure" || !figure.attributes["data-upload"]) return false;
      data.key = figure.attributes["data-upload"];
      figure.children = [new CKEDITOR.htmlParser.element("div", { class: "block__shown" })];
      return figure;
    },
    downcast: () => new CKEDITOR.htmlParser.element("figure", {}),
    data() {
      start(editor, this, desk);
    },
  });
}

function takeFiles(editor) {
  const area = editor.editable().$;
  if (area.dataset.arrivalsHeard) return;
  area.dataset.arrivalsHeard = "";
  area.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.items].some((item) => item.kind === "file")) event.preventDefault();
  });
  const taken = (event, transfer, place) => {
    const pictures = [...(transfer?.files ?? [])].filter((file) => PICTURE.test(file.type));
    if (!pictures.length || editor.readOnly) return;
    // A copy out of a document brings a picture of its words along: the words are meant.
    if (event.type === "paste" && transfer.types.includes("text/html") && transfer.getData("text/plain").trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    editor.focus();
    let range = place?.();
    for (const file of pictures) {
      const key = String((keys += 1));
      files.set(key, { file });
      const widget = insert(editor, element("figure", { "data-upload": key }).outerHTML, range);
      range = editor.createRange();
      range.moveToPosition(widget.wrapper, window.CKEDITOR.POSITION_AFTER_END);
    }
  };
  area.addEventListener("drop", (event) => taken(event, event.dataTransfer, () => caretAt(editor, event)), { capture: true });
  area.addEventListener("paste", (event) => taken(event, event.clipboardData), { capture: true });
}

/* Dropped onto a paragraph, a picture comes before or behind it: no sentence is cut in two. */
function caretAt(editor, { clientX, clientY }) {
  const area = editor.editable();
  const under = [...area.$.children].find((child) => child.contains(document.elementFromPoint(clientX, clientY)));
  const block = under && new window.CKEDITOR.dom.element(under);
  if (!block) return;
  const { top, height } = under.getBoundingClientRect();
  const range = editor.createRange();
  range.moveToPosition(block, clientY < top + height / 2 ? window.CKEDITOR.POSITION_BEFORE_START : window.CKEDITOR.POSITION_AFTER_END);
  return range;
}

async function start(editor, widget, desk, anyway = false) {
  const key = widget.data.key;
  const sent = files.get(key);
  const shown = widget.element.$.querySelector(".block__shown");
  if (!sent) return say(shown, "This picture did not arrive. Remove it, and put it in again.", [away(editor, widget)]);
  if (sent.under) return; // brought back by undoing: the upload goes on
  sent.under = true;
  const progress = element("progress", { max: 1, value: 0, "aria-label": `Uploading ${sent.file.name}` });
  say(shown, `Uploading ${sent.file.name || "the picture"} …`, [progress]);
  const answer = await send(sent.file, { ...desk.uploads, anyway, progress: (part) => (progress.value = part) });
  sent.under = false;
  const here = editor.widgets.getByElement(new window.CKEDITOR.dom.element(current(editor, key) ?? shown));
  if (answer.picture) return arrive(editor, here, key, answer.picture);
  const again = (label, with_) => button(label, () => start(editor, here ?? widget, desk, with_));
  const place = (here ?? widget).element.$.querySelector(".block__shown");
  if (answer.already) {
    const use = button("Use the one there", () => arrive(editor, here, key, answer.already));
    return say(place, `${answer.exact ? "This picture is" : "A picture that looks like this is"} already in the library: ${answer.already.name}.`, [
      element("img", { src: answer.already.thumb, alt: "" }),
      use,
      again("Keep both", true),
      away(editor, here),
    ]);
  }
  say(place, `${sent.file.name || "The picture"} was not taken. ${answer.errors.join(" ")}`, [answer.again ? again("Try again", anyway) : null, away(editor, here)]);
}

/* The place becomes the picture. Where it was deleted meanwhile, the picture waits in the library. */
function arrive(editor, widget, key, picture) {
  files.delete(key);
  if (!widget?.wrapper?.getParent()) return;
  exchange(editor, widget, "picture", { "data-image": String(picture.id) });
}

function current(editor, key) {
  return Object.values(editor.widgets.instances).find((each) => each.name === WAITING && each.data.key === key)?.element.$;
}

function say(shown, sentence, parts) {
  shown.contentEditable = "false";
  shown.replaceChildren(element("p", { class: "block__note", role: "status" }, sentence), element("p", { class: "block__ways" }, ...parts.filter(Boolean)));
}

function away(editor, widget) {
  return button("Remove", () => {
    editor.fire("saveSnapshot");
    if (widget?.wrapper?.getParent()) editor.widgets.del(widget);
    editor.fire("saveSnapshot");
  });
}

function button(label, does) {
  const made = element("button", { type: "button", class: "button" }, label);
  made.addEventListener("click", does);
  return made;
}

// Addresses

/* Pasted on a line of its own. Ctrl-Z makes it words again. */
function takeAddress(editor, event, desk) {
  const text = event.data.dataTransfer.getData("text/plain").trim();
  if (!isAddress(text) || !standsAlone(editor)) return;
  event.data.type = "html";
  event.data.dataValue = element("figure", { "data-embed": text }).outerHTML;
  const newcomer = awaitWidget(editor);
  editor.once("afterPaste", () => {
    const widget = newcomer();
    if (!widget) return;
    goOnBehind(editor, widget);
    knowStory(editor, widget, desk);
  });
}

/* Typed on a line of its own, and left with Enter. */
function finishAddress(editor, event, desk) {
  if (event.data.keyCode !== 13) return;
  const block = lineOf(editor);
  const text = block?.getText().trim() ?? "";
  if (!isAddress(text)) return;
  event.cancel();
  editor.fire("saveSnapshot");
  const range = editor.createRange();
  range.selectNodeContents(block);
  range.deleteContents();
  range.select();
  const widget = put(editor, { "data-embed": text });
  if (widget) knowStory(editor, widget, desk);
}

/* The address of a story of ours is a link to that story, which follows its headline. */
async function knowStory(editor, widget, desk) {
  if (!desk) return;
  const found = await card(desk.cards, "embed", widget.data["data-embed"]);
  if (found?.story && widget.wrapper?.getParent()) exchange(editor, widget, "story", { "data-story": String(found.story) });
}

function standsAlone(editor) {
  return Boolean(lineOf(editor)) && !lineOf(editor).getText().replace(/[\u200b\s]/g, "");
}

/* The paragraph the caret is in, if it stands in the text itself and not in a list, a table or a box. */
function lineOf(editor) {
  const block = editor.elementPath()?.block;
  return block?.getName() === "p" && block.getParent().equals(editor.editable()) ? block : null;
}
