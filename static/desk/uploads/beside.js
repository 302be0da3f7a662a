// A file and what is in the library already, side by side.

const WIDEST = 320;

/** Both shown: the file from this computer, read here, and the one that is there. */
export function beside(file, already) {
  const pair = document.createElement("div");
  pair.className = "beside";
  pair.append(
    shown("Yours", file.name, already.thumb && preview(file)),
    shown("In the library", already.name, already.thumb && picture(already.thumb), already),
  );
  return pair;
}

function shown(label, name, content, already) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const strong = document.createElement("strong");
  strong.textContent = label;
  caption.append(strong, ` ${name}`);
  if (already?.added) caption.append(`, added ${already.added}`);
  if (already?.credit) caption.append(`, ${already.credit}`);
  if (content) figure.append(content);
  figure.append(caption);
  return figure;
}

function picture(address) {
  const image = document.createElement("img");
  image.src = address;
  image.alt = "";
  return image;
}

/* Small, and drawn: the policy allows no blob: address, and a data: one of 25 MB would stop the page. */
function preview(file) {
  const canvas = document.createElement("canvas");
  canvas.className = "beside__preview";
  createImageBitmap(file)
    .then((bitmap) => {
      const scale = Math.min(1, WIDEST / bitmap.width);
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
    })
    .catch(() => canvas.remove()); // a format this browser does not show
  return canvas;
}
