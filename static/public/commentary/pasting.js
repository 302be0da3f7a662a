/* Makes plain paragraphs of what is pasted: an empty line between two of them, nothing that cannot be seen. */

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE TR UL".split(
    " ",
  ),
);
const UNSEEN = new Set("SCRIPT STYLE HEAD TITLE META LINK TEMPLATE".split(" "));

/* The clipboard's text, from its HTML where that tells paragraphs apart and the plain text does not. */
export function cleaned(html, plain) {
  const told = html ? paragraphs(html) : [];
  const text = told.length > 1 ? told.join("\n\n") : plain;
  return tidy(text);
}

export function picturesAlone(data) {
  const types = [...data.types];
  return types.includes("Files") && !types.includes("text/plain");
}

function tidy(text) {
  return text
    .normalize("NFC")
    .replace(/\r\n?|\u0085|\u2028/gu, "\n")
    .replace(/\u2029/gu, "\n\n")
    .replace(/[\u00a0\u202f]/gu, " ")
    .replace(/[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f]/gu, "")
    .replace(/[ \t]+(?=\n)/gu, "")
    .replace(/\n{3,}/gu, "\n\n");
}

function paragraphs(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = [""];
  walk(page.body);
  return found.map((text) => text.replace(/[ \t\n\r]+/gu, " ").replaceAll("\u2028", "\n").trim()).filter(Boolean);

  function walk(node) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) found[found.length - 1] += child.data;
      else if (child.nodeName === "BR") found[found.length - 1] += "\u2028";
      else if (child.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(child.nodeName)) {
        const block = BLOCKS.has(child.nodeName);
        if (block) found.push("");
        walk(child);
        if (block) found.push("");
      }
    }
  }
}
