// What stands beside the words: pull quotes, boxes with background, footnotes. These are written, not referred to.

import { ask, element, words } from "./asking.js";
import { goOnBehind, hasWords, insert, keepingPlace } from "./blocks.js";

const WORDS = "strong em s sub sup code abbr cite q; a[!href]";
const PULL = "newsroom-pull";
const BOX = "newsroom-box";
const NOTE = "newsroom-note";

export function addBoxes(CKEDITOR) {
  if (CKEDITOR.plugins.registered["newsroom-boxes"]) return;
  CKEDITOR.plugins.add("newsroom-boxes", {
    requires: "widget",
    init(editor) {
      definePull(CKEDITOR, editor);
      defineBox(CKEDITOR, editor);
      defineNote(CKEDITOR, editor);
    },
  });
}

/* A quotation taken out of the text: the words that are selected, copied. */
function definePull(CKEDITOR, editor) {
  editor.widgets.add(PULL, {
    pathName: "pull quote",
    editables: {
      quote: { selector: ".block__quote", allowedContent: `p; ${WORDS}` },
      who: { selector: ".block__who", allowedContent: "strong em; a[!href]" },
    },
    upcast(quote) {
      if (quote.name !== "blockquote" || !("data-pull" in quote.attributes)) return false;
      const said = [...quote.children];
      const who = isAttribution(said.at(-1)) ? said.pop().children[0].children : [];
      quote.children = [];
      quote.add(bar(CKEDITOR, "Pull quote"));
      quote.add(holding(CKEDITOR, "block__quote", said));
      quote.add(holding(CKEDITOR, "block__who", who));
      return quote;
    },
    downcast(quote) {
      const kept = new CKEDITOR.htmlParser.element("blockquote", { "data-pull": "" });
      kept.children = part(quote, "block__quote");
      const who = part(quote, "block__who");
      if (!who.some(hasWords)) return kept;
      const cite = new CKEDITOR.htmlParser.element("cite", {});
      cite.children = who;
      const line = new CKEDITOR.htmlParser.element("p", {});
      line.add(cite);
      kept.add(line);
      return kept;
    },
    init() {
      this.editables.quote.setAttribute("data-placeholder", "The words to pull out");
      this.editables.who.setAttribute("data-placeholder", "Who said it, if that is not clear");
    },
  });
  button(editor, PULL, "Pull quote", "Pull a quotation out of the text", () => {
    const picked = editor.getSelection()?.getSelectedText().trim() ?? "";
    insertBehind(editor, element("blockquote", { "data-pull": true }, element("p", {}, picked)), "quote");
  });
}

/* Background, apart from the run of the story. */
function defineBox(CKEDITOR, editor) {
  editor.widgets.add(BOX, {
    pathName: "info box",
    editables: { inside: { selector: ".block__inside", allowedContent: `h3 h4 p ul ol li hr; ${WORDS}` } },
    upcast(box) {
      if (box.name !== "aside" || !("data-box" in box.attributes)) return false;
      const inside = [...box.children];
      box.children = [];
      box.add(bar(CKEDITOR, "Box"));
      box.add(holding(CKEDITOR, "block__inside", inside));
      return box;
    },
    downcast(box) {
      const kept = new CKEDITOR.htmlParser.element("aside", { "data-box": "" });
      kept.children = part(box, "block__inside");
      return kept;
    },
  });
  button(editor, BOX, "Box", "Put in a box with background", () => {
    insertBehind(editor, element("aside", { "data-box": true }, element("h3", {}, "Background"), element("p", {}, element("br"))), "inside");
  });
}

/* A note at the foot of the story; where it belongs stands a mark. */
function defineNote(CKEDITOR, editor) {
  editor.widgets.add(NOTE, {
    pathName: "footnote",
    inline: true,
    upcast(note, data) {
      if (note.name !== "small" || !("data-note" in note.attributes)) return false;
      data.html = note.getHtml().replaceAll(/ data-cke-saved-href="[^"]*"/g, ""); // the editor's own copy of an address
      note.children = [];
      note.add(new CKEDITOR.htmlParser.text("note"));
      return note;
    },
    downcast() {
      const kept = new CKEDITOR.htmlParser.element("small", { "data-note": "" });
      kept.children = inline(CKEDITOR, this.data.html);
      return kept;
    },
    init() {
      this.on("edit", (event) => {
        event.cancel();
        if (!editor.readOnly) change(editor, this);
      });
    },
    data() {
      this.element.setAttribute("title", plain(this.data.html));
    },
  });
  button(editor, NOTE, "Note", "Put in a footnote", async () => {
    const answer = await keepingPlace(editor, () => askForNote("", []));
    if (!answer?.note) return;
    editor.getSelection().getRanges()[0]?.collapse();
    const note = element("small", { "data-note": true });
    note.innerHTML = answer.note;
    const widget = insert(editor, note.outerHTML);
    if (widget) goOnBehind(editor, widget);
  });
}

async function change(editor, widget) {
  const answer = await askForNote(widget.data.html, [{ name: "remove", label: "Remove", danger: true }]);
  if (!widget.wrapper?.getParent()) return;
  editor.focus();
  widget.focus();
  if (!answer) return;
  editor.fire("saveSnapshot");
  if (answer.pressed === "remove" || !answer.note) editor.widgets.del(widget);
  else widget.setData("html", answer.note);
  editor.fire("saveSnapshot");
}

function askForNote(html, others) {
  return ask({
    title: "Footnote",
    button: "Use it",
    others,
    fields: [words({ name: "note", label: "Text of the note", html, help: "Ctrl-B and Ctrl-I for emphasis. A web address becomes a link." })],
  }).then((answer) => answer && { ...answer, note: linked(answer.note) });
}

/* Addresses as links, where they are not yet. */
function linked(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("a")) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = text.data.split(/(https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)\]])/);
    text.replaceWith(...parts.map((each, place) => (place % 2 ? element("a", { href: each }, each) : each)));
  }
  return page.body.innerHTML;
}

function insertBehind(editor, made, first) {
  editor.focus();
  const block = editor.elementPath()?.block?.getAscendant((node) => node.getParent?.()?.equals(editor.editable()), true);
  const range = editor.createRange();
  if (block) range.moveToPosition(block, window.CKEDITOR.POSITION_AFTER_END);
  else range.moveToElementEditEnd(editor.editable());
  range.select();
  const widget = insert(editor, made.outerHTML, range);
  if (!widget?.editables[first]) return;
  const end = editor.createRange();
  end.moveToElementEditablePosition(widget.editables[first], true);
  end.select();
}

function button(editor, name, label, title, exec) {
  editor.addCommand(name, { exec: () => void exec(), editorFocus: true });
  editor.ui.addButton(`Newsroom${label.replace(" ", "")}`, { label, title, command: name });
}

function bar(CKEDITOR, label) {
  return CKEDITOR.htmlParser.fragment.fromHtml(
    `<div class="block__bar" contenteditable="false"><span class="block__kind">${label}</span><button type="button" data-block-do="remove" tabindex="-1">Remove</button></div>`,
  ).children[0];
}

function holding(CKEDITOR, name, children) {
  const made = new CKEDITOR.htmlParser.element("div", { class: name });
  for (const child of children) made.add(child);
  return made;
}

function part(element, name) {
  return element.children.find((child) => child.attributes?.class?.split(" ").includes(name))?.children ?? [];
}

function inline(CKEDITOR, html) {
  const found = CKEDITOR.htmlParser.fragment.fromHtml(html, "p").children;
  return found.length === 1 && found[0].name === "p" ? found[0].children : found;
}

function isAttribution(node) {
  const inside = node?.name === "p" ? node.children : [];
  return inside.length === 1 && inside[0].name === "cite";
}

function plain(html) {
  return new DOMParser().parseFromString(html ?? "", "text/html").body.textContent;
}
