// The letter beneath a decision, as it will leave with what is typed. Without this a button shows it.
//
// The words for a reason stand in the field as long as nobody has changed them.

const PAUSE = 400; // milliseconds without a key before the letter is shown anew
const form = document.querySelector("[data-deed]:has([data-letter])");
if (form) begin();

function begin() {
  const text = form.elements.text;
  const button = form.querySelector("[data-letter-show]");
  let passage = "";
  let timer = 0;
  let asked = 0;

  button.hidden = true;
  for (const field of form.querySelectorAll("select, textarea")) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, field === text ? PAUSE : 0);
    });
  }

  async function show() {
    const turn = ++asked;
    const typed = new FormData(form, button);
    if (text && text.value === passage) typed.set("text", "");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || turn !== asked) return;
      put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      button.hidden = false; // the server is not there: the button still is
    }
  }

  function put(page) {
    const letter = page.querySelector("[data-letter]");
    if (!letter) return;
    form.querySelector("[data-letter]").replaceChildren(...letter.childNodes);
    const words = page.querySelector("textarea[name=text]")?.value ?? "";
    if (text && text.value === passage) text.value = passage = words;
  }
}
