// Everything in a picture that can be reached is one stop of the Tab key; arrows go through it in the order of reading,
// and never to the next page, as themes have it.
// https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex
const FORWARD = ["ArrowRight", "ArrowDown"];
const BACK = ["ArrowLeft", "ArrowUp"];

function goThrough(frame, svg) {
  const stops = [...svg.querySelectorAll(".cdc-explained-node, a[href]")];
  if (!stops.length) return;
  hush(svg);
  frame.removeAttribute("tabindex");
  const reach = (wanted) => stops.forEach((stop) => stop.setAttribute("tabindex", stop === wanted ? 0 : -1));
  svg.addEventListener("focusin", (event) => { if (stops.includes(event.target)) reach(event.target); });
  svg.addEventListener("keydown", (event) => {
    const at = stops.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = FORWARD.includes(event.key) ? at + 1
      : BACK.includes(event.key) ? at - 1
        : { Home: 0, End: stops.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const stop = stops[Math.max(0, Math.min(to, stops.length - 1))];
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  reach(stops[0]);
}

// The rest of the picture is said by the text alternative, in the order in which it is read.
function hush(svg) {
  for (const part of svg.querySelectorAll(".cdc-edge, .cdc-edge-label, .cdc-group, .cdc-title, .cdc-axis, .cdc-lifeline")) {
    part.setAttribute("aria-hidden", "true");
  }
  for (const node of svg.querySelectorAll(".cdc-node:not(.cdc-explained-node)")) {
    if (!node.querySelector("a[href]") && !node.closest("a[href]")) node.setAttribute("aria-hidden", "true");
  }
}

// Themes listen on the document for arrows that turn pages.
function keepArrows(element) {
  element.addEventListener("keydown", (event) => {
    if (FORWARD.includes(event.key) || BACK.includes(event.key)) event.stopPropagation();
  });
}
