// The kinds of blocks: what is kept of each in its figure, what its card shows, and how the person is asked about it.
//
// `desk` is what data-blocks says: see blocks.js. Asking answers with attributes of the figure, with `pressed` where a
// further button was meant, or with null where the person thought better of it.

import { ask, choice, element, field, tick } from "./asking.js";
import { card, forget } from "./cards.js";
import { rowsOf, tableOf } from "./charts.js";
import { choose } from "./choosing.js";
import { focus } from "./focus.js";

const PLACES = [
  ["", "As wide as the text"],
  ["wide", "Wider than the text"],
  ["left", "Pulled to the left"],
  ["right", "Pulled to the right"],
];
const CHARTS = [
  ["column", "Columns, upright"],
  ["bar", "Bars, lying"],
  ["line", "Lines"],
];
const DRAWN = { column: "Column chart", bar: "Bar chart", line: "Line chart" };
const EMBED_HELP = "The address of a page: a film, a post, a map, a chart. Readers load nothing from there until they press it.";

export const KINDS = {
  picture: {
    main: "data-image",
    kept: ["data-place", "data-alt"],
    label: "Picture",
    title: "Put in a picture",
    captioned: "Caption, if the picture’s own does not fit",
    insert: (desk) => pick(desk).then((item) => item && { "data-image": String(item.id) }),
    edit: editPicture,
    show: (widget, desk) => one(desk, "image", widget.data["data-image"], (found) => picture(found, widget.data["data-alt"])),
  },
  gallery: {
    main: "data-gallery",
    kept: [],
    label: "Gallery",
    title: "Put in a gallery",
    captioned: "Caption of the gallery",
    insert: (desk) => pickMany(desk, []).then((items) => items && { "data-gallery": items.map((item) => item.id).join(" ") }),
    edit: editGallery,
    show: showGallery,
  },
  chart: {
    main: "data-chart",
    kept: ["rows"],
    label: "Chart",
    title: "Make a chart of a table",
    captioned: "Title of the chart",
    insert: () => askForChart({ "data-chart": "column", rows: "" }),
    edit: (widget) => askForChart(widget.data),
    show: showChart,
  },
  embed: {
    main: "data-embed",
    kept: ["data-title", "data-poster"],
    label: "Embed",
    title: "Put in something from elsewhere",
    captioned: "Caption",
    insert: (desk) => askForEmbed(desk, {}),
    edit: (widget, desk) => askForEmbed(desk, widget.data),
    show: showEmbed,
  },
  story: {
    main: "data-story",
    kept: [],
    label: "Story",
    title: "Put in a link to a story",
    insert: (desk) => choose({ title: "Which story?", address: desk.stories, empty: "No story is found. Try other words." }).then((item) => item && { "data-story": String(item.id) }),
    edit: (widget, desk) => KINDS.story.insert(desk),
    show: (widget, desk) =>
      one(desk, "story", widget.data["data-story"], (found) => [
        line("Related story", found.headline),
        found.public ? null : element("p", { class: "block__note" }, "Readers see this link once that story is published."),
      ]),
  },
  document: {
    main: "data-document",
    kept: [],
    label: "Document",
    title: "Put in a document",
    captioned: "What readers find in it",
    insert: (desk) => choose({ title: "Which document?", address: desk.documents, empty: "No document is found. Upload it under Documents first." }).then((item) => item && { "data-document": String(item.id) }),
    edit: (widget, desk) => KINDS.document.insert(desk),
    show: (widget, desk) => one(desk, "document", widget.data["data-document"], (found) => [line(found.detail, found.label)]),
  },
};

// What a card shows

async function one(desk, kind, key, parts) {
  const found = await card(desk.cards, kind, key);
  if (found === undefined) return [warning("The desk does not answer: what stands here cannot be shown now. It is kept.")];
  return found === null ? [missing(kind)] : parts(found);
}

function missing(kind) {
  const gone = { image: "This picture is no longer in the library.", story: "This story no longer exists.", document: "This document no longer exists." }[kind];
  return warning(`${gone} Readers see nothing here. Remove it, or choose another.`);
}

function warning(sentence) {
  return element("p", { class: "block__warning" }, sentence);
}

export function line(small, large) {
  return element("p", { class: "block__line" }, element("small", {}, small), " ", element("strong", {}, large));
}

function picture(found, alt = "") {
  const problems = found.problems.filter((problem) => !(alt && problem.includes("alt text")));
  return [
    element("img", { src: found.thumb, width: found.width, height: found.height, alt: alt || found.alt }),
    element("p", { class: "block__note" }, [found.caption, found.credit].filter(Boolean).join(" · ")),
    ...problems.map(warning),
  ];
}

async function showGallery(widget, desk) {
  const keys = widget.data["data-gallery"].split(" ").filter(Boolean);
  const found = await Promise.all(keys.map((key) => card(desk.cards, "image", key)));
  const strip = element("div", { class: "block__strip" }, ...found.map((each) => (each ? element("img", { src: each.thumb, alt: each.alt }) : warning(each === null ? "Gone" : "…"))));
  const gone = found.filter((each) => each === null).length;
  const problems = found.flatMap((each) => each?.problems ?? []);
  return [strip, gone ? warning(`${gone} of these pictures ${gone === 1 ? "is" : "are"} no longer in the library. Readers see the others.`) : null, ...problems.map(warning)];
}

function showChart(widget) {
  const rows = rowsOf(widget.data.rows);
  return [line(DRAWN[widget.data["data-chart"]] ?? "Chart", `${Math.max(0, rows.length - 1)} rows`), rows.length ? tableOf(rows) : warning("This chart has no table.")];
}

async function showEmbed(widget, desk) {
  const { "data-embed": address, "data-title": title, "data-poster": poster } = widget.data;
  const found = await card(desk.cards, "embed", address);
  const image = poster ? await card(desk.cards, "image", poster) : undefined;
  return [
    image ? element("img", { src: image.thumb, alt: "" }) : image === null ? warning("The picture of this embed is no longer in the library.") : null,
    line(found?.provider ?? "Link", title || address),
    title ? element("p", { class: "block__note" }, address) : null,
    found && !found.framed ? element("p", { class: "block__note" }, "Readers get a link: this site cannot be shown in the page.") : null,
    found?.framed && !title ? warning("Give it a title, so that readers know what they would load.") : null,
  ];
}

// Asking

function pick(desk) {
  return choose({ title: "Which picture?", address: desk.pictures, uploads: desk.uploads, empty: "No picture is found. Try other words, or upload it." });
}

function pickMany(desk, chosen) {
  return choose({ title: "Which pictures, in which order?", address: desk.pictures, several: [2, 20], chosen, uploads: desk.uploads });
}

async function editPicture(widget, desk) {
  const key = widget.data["data-image"];
  forget("image", key);
  const found = await card(desk.cards, "image", key);
  const answer = await ask({
    title: found?.name ?? "Picture",
    button: "Done",
    wide: Boolean(found?.describe),
    others: [
      { name: "change", label: "Another picture …" },
      { name: "remove", label: "Remove", danger: true },
    ],
    fields: [
      choice({ name: "data-place", label: "Size and place", value: widget.data["data-place"] ?? "", options: PLACES }),
      field({
        name: "data-alt",
        label: "Alt text, for this use",
        rows: 2,
        maxlength: 500,
        value: widget.data["data-alt"] ?? "",
        placeholder: found?.alt ?? "",
        help: found?.decorative ? "In the library it is marked as decorative." : "Left empty, the one in the library is read out.",
      }),
      found?.describe ? everyUse(found) : null,
    ],
    finish: (values) => (found?.describe && values.pressed === "yes" ? describe(desk, found, values) : ""),
  });
  forget("image", key);
  if (answer?.pressed !== "change") return answer;
  const item = await pick(desk);
  return item && { "data-image": String(item.id), "data-place": answer["data-place"], "data-alt": "" };
}

/* What the library says of a picture, wherever it is used. */
function everyUse(found) {
  return element(
    "details",
    { class: "block-dialog__every", open: found.problems.length > 0 },
    element("summary", {}, "In the library, for every use"),
    found.decorative ? null : field({ name: "alt", label: "Alt text", rows: 2, maxlength: 500, value: found.alt, help: "What the picture shows, for readers who cannot see it." }),
    field({ name: "credit", label: "Credit", maxlength: 200, value: found.credit }),
    focus({ src: found.thumb, alt: found.alt, x: found.focus[0], y: found.focus[1] }),
    element("p", { class: "field__help" }, element("a", { href: found.href, target: "_blank", rel: "noopener" }, "Everything about this picture")),
  );
}

/* Tells the library what has changed; answers with a sentence where it did not take it. */
async function describe(desk, found, values) {
  const known = { alt: found.alt, credit: found.credit, focus_x: found.focus[0], focus_y: found.focus[1] };
  const changed = (...names) => names.some((name) => name in values && String(values[name]) !== String(known[name]));
  const body = new URLSearchParams();
  for (const name of ["alt", "credit"]) if (changed(name)) body.set(name, values[name]);
  if (body.size && found.decorative) body.set("decorative", "on"); // a box that is not sent is one not ticked
  if (changed("focus_x", "focus_y")) for (const name of ["focus_x", "focus_y"]) body.set(name, values[name]);
  if (!body.size) return "";
  body.set("csrfmiddlewaretoken", desk.key());
  try {
    const response = await fetch(found.describe, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20_000) });
    if (response.ok) return "";
    const answer = await response.json();
    return answer.errors.join(" ");
  } catch {
    return "The library does not answer, so nothing was changed there. Try again in a moment.";
  }
}

async function editGallery(widget, desk) {
  const keys = widget.data["data-gallery"].split(" ").filter(Boolean);
  const found = await Promise.all(keys.map((key) => card(desk.cards, "image", key)));
  const chosen = found.map((each, place) => each && { id: keys[place], label: each.name, thumb: each.thumb }).filter(Boolean);
  const items = await pickMany(desk, chosen);
  return items && { "data-gallery": items.map((item) => item.id).join(" ") };
}

function askForChart(data) {
  return ask({
    title: "A chart of a table",
    wide: true,
    button: "Use it",
    fields: [
      field({ name: "rows", label: "The table", rows: 10, value: data.rows, autofocus: true, help: "Paste it from a spreadsheet. The first row names the columns, the first column the rows." }),
      choice({ name: "data-chart", label: "Drawn as", value: data["data-chart"], options: CHARTS }),
    ],
    check: ({ rows }) => {
      const table = rowsOf(rows);
      if (table.length < 2 || table[0].length < 2) return "A chart needs two rows and two columns at least.";
      return table.slice(1).some((row) => row.slice(1).some((cell) => /\d/.test(cell))) ? "" : "There is no number in this table.";
    },
  });
}

async function askForEmbed(desk, data) {
  const poster = data["data-poster"] ? await card(desk.cards, "image", data["data-poster"]) : null;
  const answer = await ask({
    title: "Something from elsewhere",
    button: "Use it",
    others: poster ? [{ name: "poster", label: "Another picture …" }] : [{ name: "poster", label: "Give it a picture …" }],
    fields: [
      field({ name: "data-embed", label: "Address", type: "url", value: data["data-embed"] ?? "", autofocus: true, help: EMBED_HELP }),
      field({ name: "data-title", label: "Title", value: data["data-title"] ?? "", maxlength: 300, help: "What readers would load: “Film: the flood reaches the bridge”." }),
      poster ? tick({ name: "keep", label: `Show the picture “${poster.name}” in its place`, checked: true }) : null,
    ],
    check: (values) => (isAddress(values["data-embed"]) ? "" : "Write the address in full, beginning with https://."),
  });
  if (!answer) return null;
  const { "data-embed": address, "data-title": title } = answer;
  const values = { "data-embed": address.trim(), "data-title": title.trim(), "data-poster": poster && answer.keep ? data["data-poster"] : "" };
  if (answer.pressed !== "poster") return values;
  const item = await pick(desk);
  return askForEmbed(desk, item ? { ...values, "data-poster": String(item.id) } : values);
}

/** A whole address of the web, and nothing else. */
export function isAddress(text) {
  return /^https?:\/\/[^\s/]+\.[^\s/]+(\/\S*)?$/i.test(text.trim()) && URL.canParse(text.trim());
}
