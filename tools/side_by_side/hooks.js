// Runs in the browser. Gives the pictures of other tools the hooks of our own, so that one script finds the faults of
// all, and the attributes that their style sheets would set, so that they need none.

const SHAPES = "path, rect, polygon, ellipse, circle, line, polyline";
const SVG = "http://www.w3.org/2000/svg";

const made = (name, attributes, ...children) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const all = (element, selector) => [...element.querySelectorAll(selector)];

// A colour as SVG 1.1 has it, and how much of it is seen.
const colour = (value) => {
  const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(value);
  if (!found) return [value, 1];
  const digits = found.slice(1, 4).map((one) => Number(one).toString(16).padStart(2, "0"));
  return found[4] === "0" ? ["none", 1] : [`#${digits.join("")}`, Number(found[4] ?? 1)];
};

// Mermaid draws a line that ends before its arrowhead as one very long dash, and a dotted one as all of its dots.
const dashes = (value) => {
  const numbers = value.split(/[ ,]+/).map(parseFloat);
  if (value === "none" || numbers[1] === 0 && numbers.length < 5 || numbers.every((one) => !one)) return null;
  return numbers.length > 4 ? `${numbers[2]} ${numbers[3]}` : numbers.join(" ");
};

const paint = (element, style, name, kept) => {
  const [value, opacity] = colour(style[name]);
  kept[name] = value;
  if (opacity * Number(style[`${name}Opacity`]) < 1) kept[`${name}-opacity`] = opacity * Number(style[`${name}Opacity`]);
};

const flatten = (svg) => {
  const kept = new Map();
  for (const element of all(svg, `${SHAPES}, text, tspan, g`)) {
    const style = getComputedStyle(element), own = {};
    if (style.display === "none" || style.visibility === "hidden") { own.gone = true; }
    if (style.opacity !== "1") own.opacity = style.opacity;
    if (element.matches(SHAPES)) {
      paint(element, style, "fill", own);
      paint(element, style, "stroke", own);
      const dash = dashes(style.strokeDasharray);
      if (own.stroke !== "none") own["stroke-width"] = parseFloat(style.strokeWidth);
      if (own.stroke !== "none" && dash) own["stroke-dasharray"] = dash;
    } else if (element.matches("text")) {
      paint(element, style, "fill", own);
      own["font-size"] = parseFloat(style.fontSize);
      // D2 says it by the name of a font.
      if (Number(style.fontWeight) > 500 || element.matches(".text-bold")) own["font-weight"] = "bold";
      if (style.fontStyle === "italic" || element.matches(".text-italic")) own["font-style"] = "italic";
      if (style.textAnchor !== "start") own["text-anchor"] = style.textAnchor;
      if (style.dominantBaseline !== "auto") own["dominant-baseline"] = style.dominantBaseline;
    }
    kept.set(element, own);
  }
  const names = ["style", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "opacity",
    "fill-opacity", "stroke-opacity", "font-size", "font-weight", "font-style", "font-family", "text-anchor", "xml:space"];
  for (const [element, own] of kept) {
    names.forEach((name) => element.removeAttribute(name));
    if (own.gone && !element.closest("marker")) element.remove();
    else Object.entries(own).forEach(([name, value]) => element.setAttribute(name, value));
  }
  all(svg, "style, foreignObject").forEach((element) => element.remove());
};

// One span a line.
const lines = (svg) => {
  for (const span of all(svg, "tspan")) {
    if (!span.querySelector("tspan")) continue;
    span.textContent = span.textContent.trim();
  }
};

const group = (hook, ...children) => made("g", { class: hook }, ...children);

const mermaid = (svg) => {
  all(svg, ".edge-thickness-invisible, rect.background:not([width])").forEach((element) => element.remove());
  all(svg, "g.node").forEach((node) => node.setAttribute("class", "cdc-node"));
  for (const frame of all(svg, "g.cluster")) {
    frame.querySelector(".cluster-label")?.setAttribute("class", "cdc-title");
    frame.setAttribute("class", "cdc-group");
  }
  for (const path of all(svg, "path.flowchart-link")) path.replaceWith(group("cdc-edge", path.cloneNode(true)));
  for (const label of all(svg, "g.edgeLabel")) {
    if (label.textContent.trim()) label.setAttribute("class", "cdc-edge-label");
    else label.remove();
  }
  return svg;
};

const graphviz = (svg) => {
  all(svg, "title").forEach((element) => element.remove());
  all(svg, "g.node").forEach((node) => node.setAttribute("class", "cdc-node"));
  for (const frame of all(svg, "g.cluster")) {
    frame.after(group("cdc-title", ...all(frame, "text")));
    frame.setAttribute("class", "cdc-group");
  }
  for (const edge of all(svg, "g.edge")) {
    const texts = all(edge, "text");
    if (texts.length) edge.parentElement.append(group("cdc-edge-label", ...texts));
    edge.setAttribute("class", "cdc-edge");
  }
  return svg;
};

// D2's classes are the names of the source in Base64: g0.n1, or (g0.n1 -> n2)[0] for an edge.
const d2 = (outer) => {
  const svg = outer.querySelector("svg");
  const holes = all(svg, 'mask rect[fill="#000000"]').map((rect) => ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name))));
  for (const element of [...svg.children]) {
    let name;
    try { name = new DOMParser().parseFromString(atob(element.getAttribute("class")), "text/html").body.textContent; } catch { continue; }
    const texts = all(element, "text");
    if (/ (?:->|--) /.test(name)) {
      if (element.getAttribute("opacity") === "0") { element.remove(); continue; }
      element.setAttribute("class", "cdc-edge");
      if (texts.length) svg.append(group("cdc-edge-label", ...holes.filter(holds(texts[0])).map(ground), ...texts));
    } else if (/(?:^|\.)g\d+$/.test(name)) {
      element.setAttribute("class", "cdc-group");
      element.after(group("cdc-title", ...texts));
    } else if (/(?:^|\.)n\d+$/.test(name)) {
      element.setAttribute("class", "cdc-node");
    }
  }
  all(svg, "mask").forEach((mask) => mask.remove());
  cut(svg, holes);
  outer.replaceWith(svg);
  return svg;
};
const holds = (text) => ([x, y, width, height]) => {
  const box = text.getBBox();
  return Math.abs(box.x + box.width / 2 - x - width / 2) < 2 && Math.abs(box.y + box.height / 2 - y - height / 2) < 8;
};
// D2 cuts all lines below a label, down to the base of its last line. For the count a label has a ground that reaches
// below the letters too, in the file the lines are cut as D2 does it.
const REACH = 4;
const ground = ([x, y, width, height]) => made("rect", {
  x: x - REACH, y: y - REACH, width: width + 2 * REACH, height: height + 2 * REACH, fill: "#fff", "data-count": "1",
});
const cut = (svg, holes) => {
  const { x, y, width, height } = svg.viewBox.baseVal;
  // The holes run the other way round.
  const d = [`M${x} ${y}h${width}v${height}h${-width}z`, ...holes.map(([left, top, right, down]) => `M${left} ${top}v${down}h${right}v${-down}z`)];
  svg.append(made("clipPath", { id: "labels" }, made("path", { d: d.join("") })));
  for (const path of all(svg, "path[mask]")) {
    path.removeAttribute("mask");
    path.setAttribute("clip-path", "url(#labels)");
  }
};

const MARK = { mermaid, d2, graphviz };

// Prepares the picture of a tool for the count: its hooks, a title, and its natural size.
function prepare({ tool, name }) {
  const found = document.getElementById(name).querySelector("svg");
  flatten(found);
  const svg = MARK[tool](found);
  lines(svg);
  const { x, y, width, height } = svg.viewBox.baseVal;
  for (const { name: attribute } of [...svg.attributes]) if (!/^(viewBox|xmlns)/.test(attribute)) svg.removeAttribute(attribute);
  svg.setAttribute("width", Math.round(width));
  svg.setAttribute("height", Math.round(height));
  svg.prepend(made("title", {}), made("rect", { x, y, width, height, fill: "#fff" }));
  svg.querySelector("title").textContent = name;
}

// Points of a line, two pixels from each other.
const points = (path) => {
  const length = path.getTotalLength(), count = Math.max(1, Math.ceil(length / 2)), matrix = path.getScreenCTM();
  return Array.from({ length: count + 1 }, (_, at) => path.getPointAtLength((length * at) / count).matrixTransform(matrix));
};
const side = (a, b, p) => ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / (Math.hypot(b.x - a.x, b.y - a.y) || 1);
// How far a point is from a line.
const away = (p, line) => Math.min(...line.slice(1).map((b, at) => {
  const a = line[at], length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 || 1;
  const part = Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length));
  return Math.hypot(a.x + part * (b.x - a.x) - p.x, a.y + part * (b.y - a.y) - p.y);
}));
const LEAVES = 2; // points before and behind a crossing
const leaves = (line, at, other) =>
  away(line[Math.max(0, at - LEAVES)], other) > 1 && away(line[Math.min(line.length - 1, at + 1 + LEAVES)], other) > 1;
// Lines cross where each is away from the other a few pixels before and behind; those that share a way or end on each
// other do not.
const cross = (one, two) => one.some((start, at) => at + 1 < one.length && two.some((other, to) => {
  if (to + 1 >= two.length || Math.abs(start.x - other.x) > 5 || Math.abs(start.y - other.y) > 5) return false;
  if (side(start, one[at + 1], other) * side(start, one[at + 1], two[to + 1]) > 0) return false;
  if (side(other, two[to + 1], start) * side(other, two[to + 1], one[at + 1]) > 0) return false;
  return leaves(one, at, two) && leaves(two, to, one);
}));

// Measures a picture: its size, its smallest type, its words, and how many pairs of edges cross.
function measure(name) {
  const svg = document.getElementById(name).querySelector("svg");
  const edges = all(svg, ".cdc-edge").map((edge) => all(edge, "path, line, polyline").filter((path) => getComputedStyle(path).fill === "none").map(points).flat());
  let crossings = 0;
  edges.forEach((one, at) => edges.slice(at + 1).forEach((two) => { crossings += cross(one, two); }));
  const texts = all(svg, "text");
  return {
    width: Math.round(svg.viewBox.baseVal.width),
    height: Math.round(svg.viewBox.baseVal.height),
    type: Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize))),
    crossings,
    nodes: all(svg, ".cdc-node").length,
    edges: edges.length,
    frames: all(svg, ".cdc-group").length,
    words: texts.map((text) => text.textContent).join(""),
  };
}

// Returns the picture as a file: without what was added for the count.
function written(name) {
  const svg = document.getElementById(name).querySelector("svg");
  all(svg, "[data-count]").forEach((element) => element.remove());
  return new XMLSerializer().serializeToString(svg);
}
