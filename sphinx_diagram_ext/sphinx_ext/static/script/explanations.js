let open = null;

function close(returnFocus = true) {
  if (!open) return;
  const { node, box } = open;
  open = null;
  box.remove();
  node.setAttribute("aria-expanded", "false");
  node.classList.remove("cdc-open");
  if (returnFocus) node.focus({ preventScroll: true });
}

function place(node, box) {
  // Narrow screens show it as a sheet at the bottom, by style alone.
  if (narrow.matches) return;
  const room = 8;
  const at = node.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const within = (value, size, limit) => Math.max(room, Math.min(value, limit - size - room));
  const wide = document.documentElement.clientWidth;
  const high = window.innerHeight;
  const below = at.bottom + room + height <= high || at.top < height + room;
  const top = below ? at.bottom + room : at.top - height - room;
  box.style.left = `${within(at.left + at.width / 2 - width / 2, width, wide) + window.scrollX}px`;
  box.style.top = `${within(top, height, high) + window.scrollY}px`;
}

function show(node, text, { focus = true } = {}) {
  close(false);
  const name = `${node.id}-box`;
  const title = make("strong", { class: "cdc-box-title", id: `${name}-title` }, text.term.textContent);
  const body = make("div", { class: "cdc-box-text" });
  for (const part of text.definition.childNodes) body.append(part.cloneNode(true));
  for (const part of body.querySelectorAll("[id]")) part.removeAttribute("id");
  const button = make("button", { type: "button", class: "cdc-box-close", "aria-label": say("close") }, "×");
  const link = make("a", { class: "cdc-box-link", href: `#${text.name}`, "aria-label": say("link") }, "#");
  const box = make(
    "div",
    { class: "cdc-box", role: "dialog", tabindex: "-1", "aria-labelledby": `${name}-title`, id: name },
    make("div", { class: "cdc-box-head" }, title, link, button),
    body,
  );
  button.addEventListener("click", () => close());
  keepArrows(box);
  // In full screen only what stands inside the frame is seen.
  (document.fullscreenElement || document.body).append(box);
  open = { node, box };
  node.setAttribute("aria-expanded", "true");
  node.classList.add("cdc-open");
  place(node, box);
  if (focus) box.focus({ preventScroll: true });
}

const explained = new Map();

function explain(figure) {
  for (const term of figure.querySelectorAll(".cdc-explained dt[id$='-text']")) {
    const name = term.id.slice(0, -"-text".length);
    const text = { name, term, definition: term.nextElementSibling };
    if (!text.definition) continue;
    for (const node of both(figure, name)) explainNode(node, text);
    explained.set(name, (node) => show(node, text, { focus: false }));
  }
}

function explainNode(node, text) {
  node.classList.add("cdc-explained-node");
  // All that the picture says of the node: the item of the text alternative has it.
  const item = document.getElementById(`${text.name}:text`);
  const called = item ? item.firstChild.textContent.trim() : text.term.textContent;
  const state = {
    tabindex: 0, role: "button", "aria-haspopup": "dialog", "aria-expanded": false, "aria-label": `${called}: ${say("explain")}`,
  };
  for (const [name, value] of Object.entries(state)) node.setAttribute(name, value);
  const toggle = (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    if (open && open.node === node) close();
    else show(node, text);
  };
  node.addEventListener("click", toggle);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") toggle(event);
  });
}

// What a click shows need not fill the page below the picture too. Without a script, and on paper, it is open;
// commands always are: nobody should have to look for them.
function fold(figure) {
  const parts = [...figure.querySelectorAll(".cdc-explanations[open]:not(:has(.cdc-command))")];
  for (const part of parts) part.open = false;
  figure.classList.add("cdc-ready");
  return parts;
}

function unfoldOnPaper(parts) {
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = parts.filter((part) => !part.open);
    for (const part of closed) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
  });
}
