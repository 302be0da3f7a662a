// Looks at a tree as a browser has built it. "allowed" null: a page of ours, where only danger is named.
function audit(root, allowed) {
  const problems = [];
  const loading = new Set(["src", "srcset", "poster", "data", "background", "lowsrc", "dynsrc", "manifest", "ping", "codebase"]);
  const linking = new Set(["href", "xlink:href", "action", "formaction", "cite", "longdesc", "data-embed"]);
  const schemes = new Set(["http:", "https:", "mailto:", "tel:"]);
  const dangerous = new Set(["script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "meta",
    "link", "template", "portal", "fencedframe", "animate", "set", "foreignobject", "math", "xmp", "plaintext", "noscript"]);
  const say = (element, what) => problems.push(what + " in " + element.cloneNode(false).outerHTML.slice(0, 160));
  const address = (value) => { try { return new URL(value, "http://newsroom.example/a/"); } catch { return null; } };
  for (const element of root.querySelectorAll("*")) {
    const name = element.localName;
    if (allowed ? !Object.hasOwn(allowed, name) : dangerous.has(name.toLowerCase())) say(element, "element " + name);
    if (allowed && element.namespaceURI !== "http://www.w3.org/1999/xhtml") say(element, "namespace");
    for (const { name: attribute, value } of element.attributes) {
      if (allowed && !(allowed[name] ?? []).includes(attribute) && !allowed[""].includes(attribute))
        say(element, "attribute " + attribute);
      if (/^on/i.test(attribute) || attribute === "style" || attribute === "srcdoc") say(element, "attribute " + attribute);
      if (linking.has(attribute)) {
        const link = address(value);
        if (!link || !schemes.has(link.protocol)) say(element, "address " + value);
        if (link?.username || link?.password) say(element, "user in address " + value);
      }
      if (loading.has(attribute))
        for (const one of attribute === "srcset" ? value.split(/,\s+/) : [value])
          if (address(one.trim().split(/\s/)[0])?.host !== "newsroom.example") say(element, "loads " + one);
      if (allowed && attribute === "id" && !value.startsWith("text-")) say(element, "id");
    }
  }
  return problems;
}

// Audits every article; writes each again as the browser reads it; then touches everything that can be touched.
function tryOut(allowed) {
  const found = {};
  const note = (article, problems) => { if (problems.length) (found[article.dataset.vector] ??= []).push(...problems); };
  addEventListener("click", (event) => event.preventDefault(), true);
  addEventListener("submit", (event) => event.preventDefault(), true);
  for (const article of document.querySelectorAll("article[data-vector]")) {
    note(article, audit(article, allowed));
    const first = article.innerHTML;
    const quiet = new DOMParser().parseFromString("<article>" + first + "</article>", "text/html");
    note(article, audit(quiet.body, allowed && { ...allowed, article: [] }));
    if (quiet.body.innerHTML !== "<article>" + first + "</article>") note(article, ["read otherwise without scripts"]);
    article.innerHTML = first;
    if (article.innerHTML !== first) note(article, ["read otherwise the second time"]);
    note(article, audit(article, allowed));
    for (const element of article.querySelectorAll("*"))
      for (const kind of ["mouseover", "mouseenter", "pointerenter", "focus", "focusin", "click", "error", "load", "toggle",
        "animationstart", "beforetoggle", "submit", "copy", "wheel"])
        element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
  }
  return found;
}

// A whole page of ours, as it stands after its scripts: nothing in it but what our templates write. The editor's own
// toolbar has handlers, the text in it none. Styles in markup are the policy's to report; scripts may set them.
function auditPage() {
  const problems = [];
  const own = (address) => new URL(address, location.href).origin === location.origin;
  const say = (element, what) => problems.push(what + " in " + element.cloneNode(false).outerHTML.slice(0, 160));
  const ids = new Map();
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    const tool = element.closest(".cke_chrome, .cke_panel, .cke") && !element.closest(".cke_wysiwyg_div");
    if (name === "script" && !(element.src ? own(element.src) && (new URL(element.src).pathname.startsWith("/static/")
      || new URL(element.src).pathname === "/admin/jsi18n/") : /^application\/(ld\+)?json$/.test(element.type))) say(element, "script");
    if (element.type === "application/ld+json") { try { JSON.parse(element.textContent); } catch { say(element, "no JSON"); } }
    if (name === "meta" && element.httpEquiv) say(element, "meta");
    if (name === "base" || name === "object" || name === "embed" || name === "applet") say(element, name);
    if (name === "style" && !tool && !document.querySelector(".cke")) say(element, "style");
    if (name === "link" && /stylesheet|icon|preload|manifest/.test(element.rel) && !own(element.href)) say(element, "link");
    if (name === "iframe" && !tool && !(own(element.src) && /^\/(preview|admin)\//.test(new URL(element.src).pathname)))
      say(element, "frame");
    if (element.action && typeof element.action === "string" && !own(element.action)) say(element, "form");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) && !tool) say(element, "handler");
      if (/^(href|src|action|formaction|xlink:href|poster|data)$/.test(attribute) && !tool)
        if (!/^(https?|mailto|tel|data:image|data:,)/.test(new URL(value, location.href).href)) say(element, "address " + value);
    }
    if (element.id && !tool) {
      if (ids.has(element.id)) say(element, "id twice");
      ids.set(element.id, element);
    }
  }
  for (const name of ["cookie", "forms", "title", "getElementById", "createElement", "querySelector", "location"])
    if (document[name] instanceof Element) problems.push(`document.${name} is an element`);
  return problems;
}
