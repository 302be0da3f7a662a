/* Saves what is typed two seconds after the last key, and when the page is hidden. */

const PAUSE = 2000;
const MOST_ON_LEAVING = 60_000; /* bytes that browsers send for a page that is gone */

export class Autosave {
  constructor(form, shelf, state) {
    this.form = form;
    this.shelf = shelf;
    this.state = state;
    this.waiting = 0;
    this.dirty = false;
    this.busy = false;
    this.stopped = false;
    this.keep = () => this.shelf.put();
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
    addEventListener("pagehide", () => this.leave());
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(this.keep, 300);
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.waiting);
    if (!this.stopped) this.waiting = setTimeout(() => this.save(), pause);
  }

  stop() {
    clearTimeout(this.waiting);
    clearTimeout(this.keeping);
    this.shelf.put();
    this.stopped = true;
  }

  leave() {
    if (!this.dirty || this.form.dataset.leaving) return;
    this.shelf.put();
    this.save({ keepalive: true });
  }

  body() {
    const data = new FormData(this.form);
    for (const name of ["manuscript", "portrait", "agreed", "altcha", "website"]) data.delete(name);
    return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
  }

  async save({ keepalive = false } = {}) {
    if (!this.dirty || this.stopped) return;
    if (this.busy) return this.later(PAUSE);
    const body = this.body();
    if (keepalive && body.toString().length > MOST_ON_LEAVING) keepalive = false;
    this.busy = true;
    this.dirty = false;
    this.say("Saving …");
    try {
      const answer = await fetch(this.form.dataset.save, {
        method: "POST",
        body,
        keepalive,
        headers: { Accept: "application/json" },
      });
      this.answered(answer, await answer.json());
    } catch {
      this.dirty = true;
      this.say("Not saved: no connection. This browser keeps your text, and we try again.");
      this.later(10_000);
    } finally {
      this.busy = false;
    }
  }

  answered(answer, told) {
    if (answer.ok) return told.version ? this.saved(told) : this.say("Nothing is saved yet");
    this.dirty = true;
    if (told.csrf) {
      this.form.elements.csrfmiddlewaretoken.value = told.csrf;
      this.form.dataset.renewed = String(Number(this.form.dataset.renewed ?? 0) + 1);
      if (Number(this.form.dataset.renewed) < 3) return this.later(0);
    }
    if (told.stale) this.stopped = true;
    this.say(`Not saved: ${told.sentence ?? "the server did not answer."}`);
    if (answer.status >= 500 || answer.status === 429) this.later(30_000);
  }

  /* From the first save on, the page belongs to its draft: it is sent there, and reloading it shows it again. */
  saved(told) {
    delete this.form.dataset.renewed;
    this.hidden("version").value = told.version;
    if (this.form.getAttribute("action") !== told.action) {
      this.shelf.move(told.action);
      this.form.setAttribute("action", told.action);
      this.form.dataset.save = told.save;
      history.replaceState(null, "", told.action);
    }
    this.form.dataset.savedAt = told.at;
    this.form.dataset.proof = told.proof;
    this.form.dispatchEvent(new Event("saved"));
    if (!this.dirty) this.shelf.drop();
    this.say(`Saved at ${told.saved}`);
  }

  hidden(name) {
    let field = this.form.elements[name];
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      this.form.append(field);
    }
    return field;
  }

  say(sentence) {
    if (this.state) this.state.textContent = sentence;
  }
}
