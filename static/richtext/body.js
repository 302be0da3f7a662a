// Turns text areas with data-body-editor into the editor. Without this script they stay text areas.
//
// A text area sends "body:change" (bubbling, detail: {html, words}) a moment after its text has changed;
// its value is in step then. data-word-counter names an element that shows words and reading time.
// Send it "body:readonly" {readOnly} and its text can only be read, until it is told otherwise.

import { orderPastes } from "./pasting.js";

const PAUSE = 300;
const WORDS_A_MINUTE = 230;
const INLINE = new Set(["A", "ABBR", "CITE", "CODE", "EM", "Q", "S", "SMALL", "STRONG", "SUB", "SUP", "TIME", "SPAN"]);

let loading = null;
// Fetched while the editor itself is.
let blocks = null;
const ours = Promise.all([import("./blocks.js"), import("./boxes.js"), import("./arrivals.js")]);

/** The words readers see; richtext.word_count counts by the same rule. */
export function countWords(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.body.append(...page.body.querySelectorAll("small[data-note]")); // footnotes part no word they stand in
  for (const element of page.body.querySelectorAll("*")) {
    if (!INLINE.has(element.tagName) || element.matches("small[data-note]")) {
      element.before("\n");
      element.append("\n");
    }
  }
  return page.body.textContent.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

export function readingMinutes(words) {
  return Math.max(1, Math.floor((words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE));
}

/**
 * Puts another text into the editor. It can be undone, and the caret stays among the words it stands in. Scripts that
 * do not import this send "body:replace" {html, quiet, done}: quiet, it counts as no change; done is called afterwards.
 */
export function replaceText(textarea, html, done = () => {}) {
  const editor = editorOf(textarea);
  if (editor?.status !== "ready") {
    textarea.value = html;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    done();
    return;
  }
  const caret = remembered(editor);
  editor.fire("saveSnapshot");
  editor.setData(html, {
    callback() {
      caret();
      done();
    },
  });
}

/* Where the selection is, as places in the words: put back by what stands before and behind the words that changed. */
function remembered(editor) {
  const area = editor.editable().$;
  const selection = getSelection();
  const { scrollX, scrollY } = window;
  if (!area.contains(selection.anchorNode) || document.activeElement !== area) return () => scrollTo(scrollX, scrollY);
  const before = area.textContent;
  const places = [placeOf(area, selection.anchorNode, selection.anchorOffset), placeOf(area, selection.focusNode, selection.focusOffset)];
  return () => {
    const now = editor.editable().$;
    const [anchor, focus] = places.map((place) => pointAt(now, moved(place, before, now.textContent)));
    editor.focus();
    getSelection().setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
    editor.fire("saveSnapshot");
    scrollTo(scrollX, scrollY);
  };
}

function placeOf(area, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(area);
  range.setEnd(node, offset);
  return range.toString().length;
}

function moved(place, before, now) {
  const most = Math.min(before.length, now.length);
  let same = 0;
  while (same < most && before[same] === now[same]) same += 1;
  if (place <= same) return place;
  let end = 0;
  while (end < most - same && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return place >= before.length - end ? now.length - (before.length - place) : Math.min(place, now.length - end);
}

function pointAt(area, place) {
  const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
  let left = place;
  let last = null;
  while (walker.nextNode()) {
    last = walker.currentNode;
    if (left <= last.length) return { node: last, offset: left };
    left -= last.length;
  }
  return last ? { node: last, offset: last.length } : { node: area, offset: 0 };
}

/** Starts the editor on the text areas inside root; those already started are left alone. */
export function start(root = document) {
  for (const textarea of root.querySelectorAll("textarea[data-body-editor]:not([data-body-started])")) {
    textarea.dataset.bodyStarted = "";
    watch(textarea);
    load(textarea.dataset).then((CKEDITOR) => dress(CKEDITOR, textarea), (reason) => console.warn(reason));
  }
}

function editorOf(textarea) {
  return window.CKEDITOR?.instances[textarea.id];
}

/* Where the desk answers for what is put into this editor's text: see blocks.js. */
function deskOf(editor) {
  const textarea = editor.element.$;
  if (!textarea.dataset.blocks) return null;
  const desk = JSON.parse(textarea.dataset.blocks);
  const key = () => textarea.form?.elements.csrfmiddlewaretoken?.value ?? "";
  return { ...desk, key, uploads: desk.upload && { address: desk.upload, key } };
}

function load({ bodyEditor: source, editorBase: base }) {
  loading ??= new Promise((resolve, reject) => {
    window.CKEDITOR_BASEPATH = base;
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => {
      // Else a page that becomes ready after its editor gets a second one, unconfigured, upon the first.
      window.CKEDITOR.disableAutoInline = true;
      ours.then(([first, boxes, arrivals]) => {
        blocks = first;
        blocks.addBlocks(window.CKEDITOR, deskOf);
        boxes.addBoxes(window.CKEDITOR);
        arrivals.addArrivals(window.CKEDITOR, deskOf);
        resolve(window.CKEDITOR);
      }, reject);
    };
    script.onerror = () => reject(new Error("The editor could not be loaded; the plain text area still works."));
    document.head.append(script);
  });
  return loading;
}

/** Tells of changes after a pause, whether they come from the editor or from the bare text area. */
function watch(textarea) {
  let timer = 0;
  let told = textarea.value;
  const tell = () => {
    clearTimeout(timer);
    if (editorOf(textarea)?.status === "ready") editorOf(textarea).updateElement();
    if (textarea.value === told) return;
    told = textarea.value;
    const words = countWords(told);
    showCount(textarea, words);
    textarea.dispatchEvent(new CustomEvent("body:change", { bubbles: true, detail: { html: told, words } }));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  };
  textarea.addEventListener("input", soon);
  textarea.addEventListener("body:typed", soon);
  textarea.addEventListener("body:left", tell);
  textarea.addEventListener("body:readonly", (event) => {
    textarea.readOnly = event.detail.readOnly;
    if (editorOf(textarea)?.status === "ready") editorOf(textarea).setReadOnly(textarea.readOnly);
  });
  const settle = () => {
    clearTimeout(timer);
    editorOf(textarea)?.updateElement();
    told = textarea.value;
    showCount(textarea, countWords(told));
  };
  textarea.addEventListener("body:replace", ({ detail: { html, quiet, done } }) => {
    replaceText(textarea, html, () => {
      if (quiet) settle();
      done?.();
    });
  });
  textarea.addEventListener("body:ready", () => {
    if (textarea.value === told) settle(); // the editor writes the same text in its own manner: nobody has typed
  });
  textarea.form?.addEventListener("submit", tell, { capture: true });
  showCount(textarea, countWords(told));
}

function showCount(textarea, words) {
  const counter = document.getElementById(textarea.dataset.wordCounter ?? "");
  if (!counter) return;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en").format(words);
  counter.textContent = `${number} ${words === 1 ? "word" : "words"} · ${readingMinutes(words)} min read`;
}

function dress(CKEDITOR, textarea) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const name = label?.textContent.trim().replace(/:$/, "") || textarea.getAttribute("aria-label") || "Text";
  const required = textarea.required;
  const editor = CKEDITOR.replace(textarea, {
    ...JSON.parse(textarea.dataset.editorConfig),
    title: name,
    applicationTitle: `${name}, editor`,
  });
  orderPastes(CKEDITOR, editor);
  editor.on("instanceReady", () => {
    if (textarea.readOnly) editor.setReadOnly(true);
    textarea.required = false; // a hidden field cannot be pointed at; the server asks for the text
    editor.editable().$.removeAttribute("title"); // no tooltip over the text one is writing
    blocks.roomBehind(editor);
    reachTools(editor);
    textarea.dispatchEvent(new CustomEvent("body:ready", { bubbles: true }));
  });
  editor.on("contentDom", () => dressEditable(editor, textarea, name, required));
  editor.on("change", () => textarea.dispatchEvent(new CustomEvent("body:typed")));
  editor.on("blur", () => textarea.dispatchEvent(new CustomEvent("body:left")));
  label?.addEventListener("click", () => editor.focus());
}

/* On a phone the tools are pushed sideways (blocks.css): with the keyboard too. */
function reachTools(editor) {
  const tools = editor.container.$.querySelector(".cke_toolbox");
  const narrow = matchMedia("(max-width: 40rem)");
  const reach = () => (narrow.matches ? tools.setAttribute("tabindex", "0") : tools.removeAttribute("tabindex"));
  narrow.addEventListener("change", reach);
  reach();
}

function dressEditable(editor, textarea, name, required) {
  const area = editor.editable().$;
  area.setAttribute("aria-label", name);
  area.setAttribute("aria-multiline", "true");
  if (required) area.setAttribute("aria-required", "true");
  if (textarea.lang) area.lang = textarea.lang;
  area.addEventListener("input", () => textarea.dispatchEvent(new CustomEvent("body:typed")));
  // The editor's menu is for tables. Elsewhere the browser's own corrects spelling.
  area.addEventListener("contextmenu", (event) => {
    if (!event.target.closest("table")) event.stopImmediatePropagation();
  }, { capture: true });
}

start();
