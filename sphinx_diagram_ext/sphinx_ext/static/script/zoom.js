// -- zoom and pan -----------------------------------------------------------------------------

const STEP = 1.25;
const LEAST = 0.55;

function beginAtFirstNode(frame, svg) {
  frame.classList.add("cdc-beyond");
  const first = svg.querySelector(".cdc-node");
  if (!first) return;
  const [at, all] = [first.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollLeft = at.left + at.width / 2 - all.left - all.width / 2;
  frame.addEventListener("scroll", () => frame.classList.remove("cdc-beyond"), { once: true });
}

function zoomer(frame, forms) {
  let svg = forms[0];
  let scale = 0;
  const current = () => {
    const shown = forms.find(isShown) || svg;
    if (shown !== svg) {
        svg = shown;
        fit();
      }
    svg = shown;
    return scale || svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  };
  const to = (wanted, x, y) => {
    const before = current();
    const box = svg.getBoundingClientRect();
    const at = { x: x ?? box.left + frame.clientWidth / 2, y: y ?? box.top + frame.clientHeight / 2 };
    const part = { x: (at.x - box.left) / box.width, y: (at.y - box.top) / box.height };
    scale = Math.min(6, Math.max(0.2, wanted));
    svg.style.maxWidth = "none";
    svg.style.width = `${svg.viewBox.baseVal.width * scale}px`;
    svg.style.height = "auto";
    if (before === scale) return;
    const now = svg.getBoundingClientRect();
    frame.scrollLeft += now.left + part.x * now.width - at.x;
    frame.scrollTop += now.top + part.y * now.height - at.y;
  };
  const fit = () => {
    scale = 0;
    for (const form of forms) {
      form.style.width = form.style.height = "";
      form.style.maxWidth = "100%";
    }
  };
  // A phone begins with the whole picture where its words can still be told apart; else at its first node.
  const natural = svg.viewBox.baseVal.width;
  if (narrow.matches && isShown(svg) && svg.getBoundingClientRect().width > frame.clientWidth) {
    if (frame.clientWidth >= natural * LEAST) fit();
    else beginAtFirstNode(frame, svg);
  }
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    to(current() * (event.deltaY < 0 ? STEP : 1 / STEP), event.clientX, event.clientY);
  }, { passive: false });
  pinch(frame, current, to);
  drag(frame);
  frame.addEventListener("keydown", (event) => {
    if (event.target.closest("a[href]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { "+": () => to(current() * STEP), "=": () => to(current() * STEP), "-": () => to(current() / STEP), 0: fit };
    if (act[event.key]) {
      event.preventDefault();
      act[event.key]();
    }
  });
  return { larger: () => to(current() * STEP), smaller: () => to(current() / STEP), fit };
}

function pinch(frame, current, to) {
  let start = null;
  const apart = (touches) =>
    Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
  frame.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const distance = apart(event.touches);
    start = start || { distance, scale: current() };
    const middle = (axis) => (event.touches[0][axis] + event.touches[1][axis]) / 2;
    to((start.scale * distance) / start.distance, middle("clientX"), middle("clientY"));
  }, { passive: false });
  frame.addEventListener("touchend", () => { start = null; });
}

function drag(frame) {
  let from = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button || event.target.closest("a, [role=button], text")) return;
    from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    frame.scrollLeft = from.left + from.x - event.clientX;
    frame.scrollTop = from.top + from.y - event.clientY;
  });
  for (const name of ["pointerup", "pointerleave", "pointercancel"]) {
    frame.addEventListener(name, () => { from = null; });
  }
}
