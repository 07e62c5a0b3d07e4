"use strict";
(() => {
  const TEXT = /* texts */ {};
  const say = (key) => TEXT[key] || key;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // -- explanations ---------------------------------------------------------------------------

  const narrow = window.matchMedia("(max-width: 40em)");
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
    // In full screen only what stands inside the frame is seen.
    (document.fullscreenElement || document.body).append(box);
    open = { node, box };
    node.setAttribute("aria-expanded", "true");
    node.classList.add("cdc-open");
    place(node, box);
    if (focus) box.focus({ preventScroll: true });
  }

  // A node of the wide form and the same node of the narrow one; style shows one of them.
  function both(figure, name) {
    const twin = `${figure.id}-narrow${name.slice(figure.id.length)}`;
    return [name, twin].map((id) => document.getElementById(id)).filter((node) => figure.contains(node));
  }

  const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

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
    const label = `${text.term.textContent}: ${say("explain")}`;
    const state = { tabindex: 0, role: "button", "aria-haspopup": "dialog", "aria-expanded": false, "aria-label": label };
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

  const explained = new Map();

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

  // -- zoom and pan -----------------------------------------------------------------------------

  const STEP = 1.25;

  function zoomer(frame, forms) {
    let svg = forms[0];
    let scale = 0;
    const current = () => {
      const shown = forms.find(isShown) || svg;
      if (shown !== svg) fit();
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
      svg.style.maxWidth = svg.style.width = svg.style.height = "";
    };
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      to(current() * (event.deltaY < 0 ? STEP : 1 / STEP), event.clientX, event.clientY);
    }, { passive: false });
    pinch(frame, current, to);
    drag(frame);
    frame.addEventListener("keydown", (event) => {
      if (event.target !== frame || event.ctrlKey || event.metaKey || event.altKey) return;
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
      for (const name of ["tabindex", "role", "aria-haspopup", "aria-expanded"]) {
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

  // -- controls -----------------------------------------------------------------------------------

  function controls(figure, frame, forms) {
    const zoom = zoomer(frame, forms);
    const [svg] = forms;
    const source = figure.querySelector(".cdc-data .cdc-mermaid");
    const status = make("span", { class: "cdc-status", role: "status" });
    const whole = () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen());
    const link = () => copy(`${location.href.split("#")[0]}#${figure.id}`, status);
    const wanted = [
      ["+", "larger", zoom.larger],
      ["−", "smaller", zoom.smaller],
      [icon("M1 13L13 1M8 1h5v5M6 13H1V8"), "fit", zoom.fit],
      ...(figure.requestFullscreen ? [[icon("M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9"), "full", whole]] : []),
      ["#", "link", link],
      ...(source ? [[icon("M5 5h8v8H5zM9 5V1H1v8h4"), "mermaid", () => copy(source.textContent, status)]] : []),
      ["SVG", "svg", () => savePicture(svg, figure.id)],
      ["PNG", "png", () => savePixels(svg, figure.id)],
    ];
    const bar = make("div", { class: "cdc-controls", role: "toolbar", "aria-label": say("controls") });
    for (const [sign, key, act] of wanted) {
      const button = make("button", { type: "button", "aria-label": say(key), title: say(key) }, sign);
      button.addEventListener("click", act);
      bar.append(button);
    }
    rove(bar);
    bar.append(status);
    frame.parentElement.append(bar);
  }

  // A toolbar is one stop of the Tab key; arrows go through it.
  // https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
  function rove(bar) {
    const buttons = [...bar.children];
    const reach = (wanted) => buttons.forEach((button) => { button.tabIndex = button === wanted ? 0 : -1; });
    bar.addEventListener("focusin", (event) => { if (buttons.includes(event.target)) reach(event.target); });
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
      if (at < 0 || !(event.key in steps)) return;
      event.preventDefault();
      buttons.at(steps[event.key] % buttons.length).focus();
    });
    reach(buttons[0]);
  }

  function start() {
    for (const figure of document.querySelectorAll("figure.cdc-diagram")) {
      const frame = figure.querySelector(".cdc-frame");
      const forms = frame ? [...frame.querySelectorAll(":scope > svg")] : [];
      if (!forms.length) continue;
      explain(figure);
      controls(figure, frame, forms);
    }
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
})();
