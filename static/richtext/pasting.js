// What comes over the clipboard from other programs and pages, put in order before the editor lays hands on it.
//
// CKEditor gives what is pasted to elements of this page, where pictures load and handlers run: so it is read before in
// a document that does neither. CKEditor's filters for Word and LibreOffice come next, and what they leave is put in
// order after them. (Its filter for Google Docs breaks off at a span without a style; none is needed.)
// The server cleans what is saved by the same rules: richtext/office.py.

const BEFORE_THE_FILTERS = 2; // CKEditor takes the clipboard at 1, its filters work at 3, it inserts at 1000
const AFTER_THE_FILTERS = 4;

// The filters need to see which program wrote it and how it looked.
const WITNESSES = "link,meta,style,title,xml";
const SILENT =
  "applet,audio,button,canvas,embed,frame,frameset,iframe,img,input,math,noembed,noframes,noscript,object,picture,script," +
  "select,source,svg,template,textarea,video";
const SAME_AS = { H1: "h2", H5: "h4", H6: "h4" };
const CARRIERS = ["span", "font", "b", "strong", "i", "em"].map((name) => `${name}[style]`).join();
const BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,pre,table,figure,aside,hr";
const SHOWN = "hr,table,td,th,figure[data-image],figure[data-gallery],figure[data-embed],figure[data-story],figure[data-document]";
const WORD = /\bmso-|urn:schemas-microsoft-com:office/i;

// How a footnote's mark and its text point at each other: Word, Google Docs, LibreOffice.
const MARK = /^#(_ftn|_edn|ftnt|sdfootnote|sdendnote)([0-9]+)(?:sym)?$/;
const BACK = /^#(_ftn|_edn|ftnt|sdfootnote|sdendnote)_?(?:ref)?([0-9]+)(?:anc)?$/;

/** Puts in order what is pasted into this editor from outside; what comes from an editor of ours stays as it is. */
export function orderPastes(CKEDITOR, editor) {
  const listen = (at, answer) => {
    const hear = ({ data }) => {
      if (data.dataValue && data.dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_EXTERNAL) answer(data);
    };
    editor.on("paste", hear, null, null, at);
  };
  listen(BEFORE_THE_FILTERS, (data) => {
    if (!data.dataTransfer.getData("text/html", true)) return; // plain text, made into paragraphs by CKEditor
    const html = harmless(data.dataTransfer.getData("text/html", true));
    const others = data.dataTransfer.getData.bind(data.dataTransfer);
    data.dataTransfer.getData = (type, ...more) => (type === "text/html" ? html : others(type, ...more)); // the filters ask it
    data.dataValue = html;
  });
  listen(AFTER_THE_FILTERS, (data) => {
    data.dataValue = ordered(data.dataValue, WORD.test(data.dataTransfer.getData("text/html", true) || ""));
  });
}

/* Reads in a document where nothing loads or runs. Base and track are the two that Chromium acts on even there. */
function read(html) {
  return new DOMParser().parseFromString(html.replace(/<(base|track)(?![\w-])/gi, "<x-$1"), "text/html");
}

/** The same HTML, whole, without what loads or runs. */
export function harmless(html) {
  const page = read(html);
  for (const element of page.querySelectorAll(SILENT)) element.remove();
  for (const element of page.querySelectorAll("*"))
    for (const { name } of [...element.attributes]) if (/^on/i.test(name)) element.removeAttribute(name);
  return page.documentElement.outerHTML;
}

/** The same HTML without what no text holds: machinery and empty paragraphs. */
export function ordered(html, fromWord = false) {
  const { body } = read(html);
  for (const element of body.querySelectorAll(`${SILENT},${WITNESSES}`)) element.remove();
  if (fromWord) withoutChanges(body);
  if (html.includes("docs-internal-guid")) withoutGooglesHabits(body);
  withNotes(body);
  for (const heading of body.querySelectorAll("h1,h5,h6")) rename(heading, SAME_AS[heading.tagName]);
  for (const carrier of body.querySelectorAll(CARRIERS)) sayInElements(carrier);
  withoutBlanks(body);
  return body.innerHTML;
}

/* Deleted words and comments are no part of the text any more. */
function withoutChanges(body) {
  for (const comment of body.querySelectorAll("a[href^='#_msocom']")) {
    const before = comment.previousSibling;
    if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/\u00a0$/, "");
    comment.remove();
  }
  for (const gone of body.querySelectorAll("del,hr[width='33%']")) gone.remove();
  for (const comment of body.querySelectorAll("a[href^='#_msoanchor']")) (comment.closest("p,div") ?? comment).remove();
}

/* A footnote stands where its mark was. */
function withNotes(body) {
  const links = [...body.querySelectorAll("a[href^='#']")].map((link) => ({ link, href: link.getAttribute("href") }));
  const name = ([, kind, number]) => `${kind} ${number}`;
  const marks = new Map();
  for (const { link, href } of links)
    if (MARK.test(href) && !marks.has(name(MARK.exec(href)))) marks.set(name(MARK.exec(href)), link);
  for (const { link, href } of links) {
    const back = BACK.exec(href);
    const mark = back && marks.get(name(back));
    const text = link.closest("p,li,div");
    if (!mark || mark === link || !text || text.contains(mark)) continue;
    link.remove();
    const note = body.ownerDocument.createElement("small");
    note.dataset.note = "";
    note.append(...text.childNodes);
    note.innerHTML = note.innerHTML.trim();
    (mark.closest("sup") ?? mark).replaceWith(note);
    marks.delete(name(back));
    text.remove();
  }
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

/* Bold and the like, which Google Docs and many pages say by a style alone, and take back by one. */
function sayInElements(carrier) {
  const { fontWeight, fontStyle, textDecorationLine, verticalAlign } = carrier.style;
  const taken = { B: fontWeight, STRONG: fontWeight, I: fontStyle, EM: fontStyle }[carrier.tagName];
  if (taken !== undefined) {
    if (/^(normal|[1-5]00)/.test(taken)) carrier.replaceWith(...carrier.childNodes);
    return;
  }
  const names = [];
  if (/^(bold|[6-9]00)/.test(fontWeight)) names.push("strong");
  if (/^(italic|oblique)/.test(fontStyle)) names.push("em");
  if (textDecorationLine.includes("line-through")) names.push("s");
  if (/^(sub|super)$/.test(verticalAlign)) names.push(verticalAlign.slice(0, 3));
  for (const name of names.reverse().filter((one) => !carrier.closest(one) && !carrier.querySelector(one))) {
    const element = carrier.ownerDocument.createElement(name);
    element.append(...carrier.childNodes);
    carrier.append(element);
  }
  carrier.removeAttribute("style"); // else CKEditor says it once more
}

/* Google Docs writes the usual direction everywhere, a paragraph into each item, and a list beside the item it belongs to. */
function withoutGooglesHabits(body) {
  for (const usual of body.querySelectorAll("[dir='ltr']")) usual.removeAttribute("dir");
  for (const paragraph of body.querySelectorAll("li > p")) paragraph.replaceWith(...paragraph.childNodes);
  for (const list of body.querySelectorAll(":is(ul,ol) > :is(ul,ol)"))
    if (list.previousElementSibling?.tagName === "LI") list.previousElementSibling.append(list);
}

/* Blocks that show nothing, and the lines between blocks that programs write for room. */
function withoutBlanks(body) {
  for (const line of body.querySelectorAll("br")) {
    const beside = [line.previousElementSibling, line.nextElementSibling].some((one) => one?.matches(BLOCKS));
    if (beside && !bare(line.previousSibling) && !bare(line.nextSibling)) line.remove();
  }
  for (const block of [...body.querySelectorAll(BLOCKS)].reverse())
    if (!block.matches(SHOWN) && !block.querySelector(SHOWN) && !block.textContent.trim()) block.remove();
}

function bare(node) {
  return node?.nodeType === Node.TEXT_NODE && node.data.trim() !== "";
}
