// One "Show" box for the passwords of a form; without this script the fields are as the browser makes them.

const fields = [...document.querySelectorAll('main input[type="password"]')];

if (fields.length) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  const reveal = (shown) => fields.forEach((field) => (field.type = shown ? "text" : "password"));
  label.className = "reveal";
  box.type = "checkbox";
  label.append(box, fields.length > 1 ? "Show the passwords" : "Show the password");
  fields.at(-1).after(label);
  box.addEventListener("change", () => reveal(box.checked));
  fields[0].form.addEventListener("submit", () => reveal(false));
}
