// Opens what hides an element: folded parts, and tabs of sphinx-design.
function reveal(element) {
  let hidden = false;
  for (let part = element.parentElement; part; part = part.parentElement) {
    if (part.matches("details:not([open])")) hidden = part.open = true;
    const input = part.matches(".sd-tab-content") && part.previousElementSibling?.previousElementSibling;
    if (input && !input.checked) {
      hidden = true;
      part.previousElementSibling.click();
    }
  }
  return hidden;
}

// What stands behind "#" need not be an encoded name.
function fragment() {
  const written = location.hash.slice(1);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function arrive() {
  const name = fragment();
  const target = name && document.getElementById(name);
  const figure = target && target.closest("figure.cdc-diagram");
  for (const node of document.querySelectorAll(".cdc-target")) node.classList.remove("cdc-target");
  if (!figure) return;
  const hidden = reveal(target);
  if (!target.matches("svg .cdc-node")) {
    if (hidden) target.scrollIntoView();
    return;
  }
  const nodes = both(figure, name);
  for (const one of nodes) one.classList.add("cdc-target");
  const node = nodes.find(isShown) || target;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const sheet = narrow.matches;
  node.scrollIntoView({ block: "center", inline: "center", behavior: still || sheet ? "instant" : "smooth" });
  // The sheet takes the lower half.
  if (sheet) window.scrollBy({ top: window.innerHeight / 4, behavior: "instant" });
  if (explained.has(name)) explained.get(name)(node);
}

// Sphinx marks the words that were searched for. If the first of them stands in a diagram, go there.
function arriveFromSearch() {
  const mark = (document.querySelector("[role=main]") || document.body).querySelector(".highlighted");
  const figure = mark && mark.closest("figure.cdc-diagram");
  if (!figure || location.hash) return;
  const definition = mark.closest("dd");
  const place = definition ? definition.previousElementSibling : mark.closest("dt, .cdc-node");
  location.replace(`#${place && place.id ? place.id.replace(/-text$/, "") : figure.id}`);
}
