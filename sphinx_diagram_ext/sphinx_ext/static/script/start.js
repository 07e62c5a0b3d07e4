function start() {
  const folded = [];
  for (const figure of document.querySelectorAll("figure.cdc-diagram")) {
    const frame = figure.querySelector(".cdc-frame");
    const forms = frame ? [...frame.querySelectorAll(":scope > svg")] : [];
    if (!forms.length) continue;
    explain(figure);
    folded.push(...fold(figure));
    keepArrows(figure);
    for (const form of forms) goThrough(frame, form);
    controls(figure, frame, forms);
  }
  unfoldOnPaper(folded);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.box.contains(event.target) && !open.node.contains(event.target)) close(false);
  });
  window.addEventListener("resize", () => {
    if (open && !isShown(open.node)) close(false);
    else if (open) place(open.node, open.box);
  });
  window.addEventListener("hashchange", arrive);
  // After the browser's own jump to the address, and Sphinx's marks, 10 ms after the page is ready.
  const land = () => {
    arrive();
    setTimeout(arriveFromSearch, 20);
  };
  if (document.readyState === "complete") land();
  else window.addEventListener("load", land);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
