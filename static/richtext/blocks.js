// Everything inside a story that is no words: pictures, galleries, charts, embeds, links to stories and documents.
//
// In the text each is a plain figure (richtext/references.py says how it is written). In the editor it is a widget: the
// figure with a card that shows what it is, and its caption to write in. A text area names in data-blocks, as JSON,
// where the desk answers: {cards, pictures, stories, documents, upload}; without it what is there stays, and nothing
// can be put in. What there is to say of each kind stands in kinds.js.

import { element } from "./asking.js";
import { asText, rowsOf, tableOf } from "./charts.js";
import { KINDS, line } from "./kinds.js";

const CAPTION = "a[!href]; strong em s sub sup code abbr cite q";

/** Defines the plugin; `deskOf(editor)` answers with what data-blocks says, or with null. */
export function addBlocks(CKEDITOR, deskOf) {
  if (CKEDITOR.plugins.registered["newsroom-blocks"]) return;
  CKEDITOR.plugins.add("newsroom-blocks", {
    requires: "widget",
    init(editor) {
      const desk = deskOf(editor);
      for (const [name, kind] of Object.entries(KINDS)) define(CKEDITOR, editor, name, kind, desk);
      editor.on("contentDom", () => listen(editor));
      editor.on("key", (event) => step(editor, event), null, null, 1);
    },
  });
}

/** Puts a figure where the caret is, with a line to write on behind it. */
export function put(editor, attributes) {
  const figure = element("figure", Object.fromEntries(Object.entries(attributes).filter(([name, value]) => name !== "rows" && value !== "" && value !== null)));
  if (attributes.rows) figure.append(tableOf(rowsOf(attributes.rows)));
  const widget = insert(editor, figure.outerHTML);
  if (widget) goOnBehind(editor, widget);
  return widget;
}

/** Puts HTML where the caret is, or into `range`; answers with the widget that it has become. */
export function insert(editor, html, range) {
  const newcomer = awaitWidget(editor);
  editor.fire("saveSnapshot");
  editor.insertHtml(html, "html", range);
  const widget = newcomer();
  editor.fire("saveSnapshot");
  return widget;
}

/** Asked later, answers with the widget that has come since, and sees to it that one can write behind it. */
export function awaitWidget(editor) {
  const before = new Set(Object.keys(editor.widgets.instances));
  return () => {
    roomBehind(editor);
    return Object.values(editor.widgets.instances).find((each) => !before.has(String(each.id)));
  };
}

/** Makes a widget one of another kind where it stands; the caret stays where the person is, be it elsewhere. */
export function exchange(editor, widget, name, data) {
  const { dom } = window.CKEDITOR;
  const kind = KINDS[name];
  const figure = new dom.element("figure");
  figure.append(new dom.element("div").addClass("block__shown"));
  if (kind.captioned) figure.append(new dom.element("figcaption"));
  figure.setAttributes(data);
  editor.fire("saveSnapshot");
  figure.replace(widget.wrapper);
  editor.widgets.destroy(widget, true);
  editor.widgets.initOn(figure, `newsroom-${name}`, data);
  editor.fire("saveSnapshot");
}

/** Lets the person go on writing behind a widget. */
export function goOnBehind(editor, widget) {
  const range = editor.createRange();
  const next = widget.wrapper.getNext();
  if (widget.inline) {
    range.setStartAfter(widget.wrapper);
    range.collapse(true);
  } else if (next?.type === 1 && next.is("p", "h2", "h3", "h4")) {
    range.moveToElementEditStart(next);
  } else {
    return widget.focus();
  }
  editor.focus();
  range.select();
}

/** A text that ends in a block has no line to go on writing on: it gets one. Empty, it is never kept. */
export function roomBehind(editor) {
  const area = editor.editable()?.$;
  const last = [...(area?.children ?? [])].findLast((child) => !child.matches("[data-cke-temp], [data-cke-hidden-sel]"));
  if (last?.matches(".cke_widget_wrapper")) last.after(element("p", {}, element("br")));
}

function define(CKEDITOR, editor, name, kind, desk) {
  const widgetName = `newsroom-${name}`;
  editor.widgets.add(widgetName, {
    pathName: kind.label.toLowerCase(),
    draggable: true,
    editables: kind.captioned ? { caption: { selector: "figcaption", allowedContent: CAPTION } } : {},
    upcast: (figure, data) => figure.name === "figure" && kind.main in figure.attributes && raised(CKEDITOR, figure, data, kind),
    downcast(figure) {
      return lowered(CKEDITOR, figure, this.data, kind);
    },
    init() {
      this.on("edit", (event) => {
        event.cancel();
        edit(editor, this, kind, desk);
      });
      if (kind.captioned) this.editables.caption?.setAttribute("data-placeholder", kind.captioned);
    },
    data() {
      this.element.setAttribute("data-place", this.data["data-place"] ?? "");
      present(this, kind, desk);
    },
  });
  if (!desk || (desk[needs(name)] === undefined && needs(name))) return;
  editor.addCommand(widgetName, {
    async: true,
    exec() {
      keepingPlace(editor, () => kind.insert(desk)).then((attributes) => {
        if (attributes) put(editor, attributes);
        editor.fire("afterCommandExec", { name: widgetName, command: this });
      });
      return false;
    },
  });
  editor.ui.addButton(`Newsroom${kind.label}`, { label: kind.label, title: kind.title, command: widgetName });
}

function needs(name) {
  return { picture: "pictures", gallery: "pictures", story: "stories", document: "documents" }[name];
}

/* From the text to the editor: what the figure says becomes data; inside stay the card and the caption. */
function raised(CKEDITOR, figure, data, kind) {
  for (const name of [kind.main, ...kind.kept]) if (name in figure.attributes) data[name] = figure.attributes[name];
  if (kind.kept.includes("rows")) {
    const table = figure.children.find((child) => child.name === "table");
    data.rows = table ? asText(table.getOuterHtml()) : "";
  }
  const caption = figure.children.find((child) => child.name === "figcaption") ?? new CKEDITOR.htmlParser.element("figcaption", {});
  const shown = new CKEDITOR.htmlParser.element("div", { class: "block__shown" });
  figure.children = [];
  figure.add(shown);
  if (kind.captioned) figure.add(caption);
  return figure;
}

function lowered(CKEDITOR, figure, data, kind) {
  const attributes = {};
  for (const name of [kind.main, ...kind.kept]) if (name !== "rows" && data[name]) attributes[name] = data[name];
  const kept = new CKEDITOR.htmlParser.element("figure", attributes);
  const caption = figure.children.find((child) => child.name === "figcaption");
  if (caption && hasWords(caption)) {
    kept.add(new CKEDITOR.htmlParser.element("figcaption", {}));
    kept.children[0].children = caption.children;
  }
  if (data.rows) kept.add(...CKEDITOR.htmlParser.fragment.fromHtml(tableOf(rowsOf(data.rows)).outerHTML).children);
  return kept;
}

/** Something is written in a node of the editor's own tree. */
export function hasWords(node) {
  return node.children ? node.children.some(hasWords) : Boolean(node.value?.replace(/&nbsp;|\u200b/g, " ").trim());
}

async function edit(editor, widget, kind, desk) {
  if (!desk || editor.readOnly) return;
  const answer = await kind.edit(widget, desk, editor);
  if (!widget.wrapper?.getParent()) return; // gone meanwhile
  if (answer?.pressed === "remove") return remove(editor, widget);
  if (answer) {
    editor.fire("saveSnapshot");
    for (const name of kind.kept) if (!(name in answer)) answer[name] = "";
    widget.setData(answer);
    present(widget, kind, desk);
    editor.fire("saveSnapshot");
  }
  editor.focus();
  widget.focus();
}

function remove(editor, widget) {
  editor.fire("saveSnapshot");
  editor.focus();
  widget.focus();
  editor.widgets.del(widget);
  editor.fire("saveSnapshot");
}

/** Answers as `question` does; the caret stays where it was while a dialog asks. */
export async function keepingPlace(editor, question) {
  const kept = editor.getSelection()?.createBookmarks2();
  const answer = await question();
  editor.focus();
  if (kept) {
    try {
      editor.getSelection().selectBookmarks(kept);
    } catch {
      // the text has changed meanwhile: the caret is where the focus put it
    }
  } else {
    const range = editor.createRange();
    range.moveToElementEditEnd(editor.editable());
    range.select();
  }
  return answer;
}

/* Buttons on the cards: by one listener, because cards are made anew whenever something is undone. */
function listen(editor) {
  const area = editor.editable().$;
  if (area.dataset.blocksHeard) return;
  area.dataset.blocksHeard = "";
  area.addEventListener("click", (event) => {
    const button = event.target.closest("[data-block-do]");
    if (!button) return;
    event.preventDefault();
    const widget = editor.widgets.getByElement(new window.CKEDITOR.dom.element(button));
    if (button.dataset.blockDo === "edit") widget?.edit();
    else if (widget && !editor.readOnly) remove(editor, widget);
  });
}

const BACK = new Set([37, 38]); // left, up
const ON = new Set([39, 40]); // right, down

/* With the arrow keys onto a block, and on from it: browsers jump over what cannot be written in. */
function step(editor, event) {
  const { keyCode } = event.data;
  if (!BACK.has(keyCode) && !ON.has(keyCode)) return;
  const focused = editor.widgets.focused;
  if (focused && !focused.inline && ON.has(keyCode)) {
    goOnBehind(editor, focused);
    return event.cancel();
  }
  const block = editor.elementPath()?.block;
  if (focused || !block?.getParent().equals(editor.editable())) return;
  const next = BACK.has(keyCode) ? block.getPrevious() : block.getNext();
  const widget = next?.type === 1 && editor.widgets.getByElement(next, true);
  if (!widget || !isAtEdge(block.$, BACK.has(keyCode))) return;
  widget.focus();
  event.cancel();
}

/* Nothing is written between the caret and the edge of its paragraph. (The editor's own check takes text apart.) */
function isAtEdge(block, isFirst) {
  const { anchorNode, anchorOffset, isCollapsed } = getSelection();
  if (!isCollapsed) return false;
  const between = document.createRange();
  between.selectNodeContents(block);
  if (isFirst) between.setEnd(anchorNode, anchorOffset);
  else between.setStart(anchorNode, anchorOffset);
  return !between.toString().replaceAll("\u200b", "");
}

// What a card shows

function present(widget, kind, desk) {
  const shown = widget.element.$.querySelector(":scope > .block__shown");
  if (!shown) return;
  shown.contentEditable = "false";
  const bar = element(
    "div",
    { class: "block__bar" },
    element("span", { class: "block__kind" }, kind.label),
    desk ? element("button", { type: "button", "data-block-do": "edit", tabindex: "-1" }, "Change") : null,
    element("button", { type: "button", "data-block-do": "remove", tabindex: "-1" }, "Remove"),
  );
  const turn = (shown.turn = (shown.turn ?? 0) + 1);
  const place = element("div", { class: "block__card" });
  shown.replaceChildren(bar, place);
  if (!desk) return place.append(line(kind.label, widget.data[kind.main]));
  Promise.resolve(kind.show(widget, desk)).then((parts) => {
    if (shown.turn === turn) place.replaceChildren(...parts.filter(Boolean));
  });
}
