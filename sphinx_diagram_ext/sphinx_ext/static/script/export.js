// -- copies and downloads -----------------------------------------------------------------------

function standalone(svg) {
  const copy = svg.cloneNode(true);
  const style = getComputedStyle(svg);
  copy.removeAttribute("style");
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["fill", "stroke", "stop-color", "color"]) {
      const found = /^var\((--[\w-]+)\)$/.exec(element.getAttribute(name) || "");
      if (found) element.setAttribute(name, style.getPropertyValue(found[1]).trim());
    }
    for (const name of ["tabindex", "role", "aria-haspopup", "aria-expanded", "aria-hidden", "aria-label"]) {
      if (element !== copy) element.removeAttribute(name);
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}`;
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function savePicture(svg, name) {
  save(new Blob([standalone(svg)], { type: "image/svg+xml" }), `${name}.svg`);
}

function savePixels(svg, name) {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", { width: Math.ceil(width * 2), height: Math.ceil(height * 2) });
    const context = canvas.getContext("2d");
    context.fillStyle = getComputedStyle(svg).getPropertyValue("--cdc-ground").trim();
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, `${name}.png`));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
}

function copy(text, status) {
  const done = () => { status.textContent = say("copied"); };
  const fallback = () => {
    const area = make("textarea", { class: "cdc-copy", readonly: "" });
    area.value = text;
    document.body.append(area);
    area.select();
    if (document.execCommand("copy")) done();
    area.remove();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, fallback);
  else fallback();
}

// Drawn, for many fonts have no such signs.
function icon(path) {
  const name = "http://www.w3.org/2000/svg";
  const [svg, line] = ["svg", "path"].map((tag) => document.createElementNS(name, tag));
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
