// Choosing from what there is: pictures, stories, documents. One dialog with a search and what it finds.

import { element, show } from "./asking.js";
import { send } from "./sending.js";

const PAUSE = 200;
let opened = 0;

/**
 * Lets the person choose. `address` answers ?q=&page= with {items: [{id, label, detail, thumb}], more}. With `several`
 * ([fewest, most]) it resolves to a list, else to one item; to null where nothing was chosen. `uploads`, if given
 * ({address, key}), also takes pictures that are not there yet.
 */
export function choose({ title, address, several = null, chosen = [], uploads = null, empty = "Nothing is found. Try other words." }) {
  const id = `choosing-${(opened += 1)}`;
  const picked = new Map(chosen.map((item) => [String(item.id), item]));
  const search = element("input", { type: "search", id: `${id}-search`, autofocus: true, autocomplete: "off" });
  const list = element("ul", { class: "choosing__list" });
  const said = element("p", { class: "choosing__said", role: "status" });
  const more = element("button", { class: "button", type: "button", hidden: true }, "Show more");
  const order = element("ol", { class: "choosing__order", "aria-label": "Chosen, in this order" });
  const done = element("button", { class: "button button--primary", type: "button" }, "Use these");
  const cancel = element("button", { class: "button button--plain", type: "button" }, "Cancel");
  const dialog = element(
    "dialog",
    { class: "ask block-dialog block-dialog--wide choosing", "aria-labelledby": id },
    element("h2", { id }, title),
    element("div", { class: "field" }, element("label", { for: search.id }, "Search"), search),
    uploads ? uploadRow() : null,
    said,
    list,
    element("p", {}, more),
    element("div", { class: "choosing__end" }, several ? order : null, element("p", { class: "actions-row" }, several ? done : null, cancel)),
  );
  let page = 1;
  let asked = 0;
  let timer = 0;
  let answer = null;

  const find = async ({ further = false } = {}) => {
    const turn = (asked += 1);
    page = further ? page + 1 : 1;
    const found = await read(`${address}?${new URLSearchParams({ q: search.value.trim(), page })}`);
    if (turn !== asked) return;
    const rows = found?.items.map(row) ?? [];
    if (further) list.append(...rows);
    else list.replaceChildren(...rows);
    more.hidden = !found?.more;
    said.textContent = found ? (list.children.length ? "" : empty) : "The server does not answer. Try again in a moment.";
    if (further) rows[0]?.querySelector("button, input").focus();
  };

  const take = (item) => {
    answer = item;
    dialog.close();
  };

  const turn = (item, isIn) => {
    if (isIn) picked.set(String(item.id), item);
    else picked.delete(String(item.id));
    showOrder();
  };

  function row(item) {
    const inside = [
      item.thumb ? element("img", { src: item.thumb, alt: "", loading: "lazy" }) : null,
      element("span", { class: "choosing__words" }, element("span", { class: "choosing__label" }, item.label), element("span", { class: "choosing__detail" }, item.detail ?? "")),
    ];
    if (!several) {
      const button = element("button", { type: "button", class: "choosing__item" }, ...inside);
      button.addEventListener("click", () => take(item));
      return element("li", {}, button);
    }
    const box = element("input", { type: "checkbox", value: item.id });
    box.checked = picked.has(String(item.id));
    box.addEventListener("change", () => turn(item, box.checked));
    return element("li", {}, element("label", { class: "choosing__item" }, box, ...inside));
  }

  /* What is chosen, with buttons that move it: order counts in a gallery. */
  function showOrder() {
    const items = [...picked.values()];
    order.replaceChildren(
      ...items.map((item, place) => {
        const move = (by, label) => {
          const button = element("button", { type: "button", class: "button button--plain", "aria-label": `${label}: ${item.label}`, disabled: !items[place + by] }, by < 0 ? "←" : "→");
          button.addEventListener("click", () => {
            const next = [...items];
            [next[place], next[place + by]] = [next[place + by], next[place]];
            picked.clear();
            for (const one of next) picked.set(String(one.id), one);
            showOrder();
            order.children[place + by].querySelectorAll("button")[by < 0 ? 0 : 1].focus();
          });
          return button;
        };
        const away = element("button", { type: "button", class: "button button--plain", "aria-label": `Take out: ${item.label}` }, "✕");
        away.addEventListener("click", () => {
          turn(item, false);
          for (const box of list.querySelectorAll("input:checked")) box.checked = picked.has(box.value);
          (order.querySelector("button") ?? search).focus();
        });
        return element("li", {}, item.thumb ? element("img", { src: item.thumb, alt: item.label }) : item.label, element("span", {}, move(-1, "Earlier"), move(1, "Later"), away));
      }),
    );
    const [fewest, most] = several;
    const fits = picked.size >= fewest && picked.size <= most;
    done.disabled = !fits;
    done.textContent = fits ? `Use these ${picked.size}` : `Choose ${fewest} to ${most}`;
  }

  function uploadRow() {
    const file = element("input", { type: "file", id: `${id}-file`, accept: "image/jpeg,image/png,image/webp,image/gif,image/avif", multiple: Boolean(several) });
    const told = element("ul", { class: "choosing__uploads", role: "status" });
    file.addEventListener("change", async () => {
      for (const one of file.files) {
        const line = element("li", {}, `${one.name}: `, element("progress", { max: 1, value: 0 }));
        told.append(line);
        const sent = await send(one, { ...uploads, progress: (part) => (line.querySelector("progress").value = part) });
        const picture = sent.picture ?? sent.already;
        if (!picture) {
          line.replaceChildren(`${one.name}: ${sent.errors.join(" ")}`);
          continue;
        }
        line.replaceChildren(`${one.name}: ${sent.already ? "is in the library already." : "is in the library now."}`);
        const item = { id: picture.id, label: picture.name, thumb: picture.thumb };
        if (!several) return take(item);
        turn(item, true);
      }
      file.value = "";
    });
    return element("div", { class: "field" }, element("label", { for: file.id }, several ? "Or upload pictures" : "Or upload a picture"), file, told);
  }

  return new Promise((resolve) => {
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(find, PAUSE);
    });
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      clearTimeout(timer);
      find().then(() => !several && list.querySelector("button")?.focus());
    });
    more.addEventListener("click", () => find({ further: true }));
    done.addEventListener("click", () => take([...picked.values()]));
    cancel.addEventListener("click", () => dialog.close());
    if (several) showOrder();
    show(dialog, () => {
      clearTimeout(timer);
      asked += 1;
      resolve(answer);
    });
    find();
  });
}

async function read(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20_000) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
