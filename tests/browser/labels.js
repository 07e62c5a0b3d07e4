// Returns what is drawn badly: labels that leave their box, their frame or their picture, that cover
// each other, lie under something, are crossed by a line or cannot be read on their ground. With
// `contrastOnly` only the last, which is all that a theme changes.
(options) => {
  const contrastOnly = Boolean(options?.contrastOnly);
  const wrong = [];
  const room = 1.5;
  const INK = 0.09; // of a line's height: above and below it there is no ink
  const box = (element) => element.getBoundingClientRect();
  const inside = (inner, outer) =>
    inner.left >= outer.left - room && inner.right <= outer.right + room &&
    inner.top >= outer.top - room && inner.bottom <= outer.bottom + room;
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > room &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > room;
  const near = (a, b) => Math.min(a.right, b.right) >= Math.max(a.left, b.left) &&
    Math.min(a.bottom, b.bottom) >= Math.max(a.top, b.top);
  const union = (boxes) => ({
    left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)),
    top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom)),
  });
  const follows = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  const SHAPES = "rect, path, polygon, ellipse, circle";
  const CHARTS = ["latency", "utilisation", "curve", "cost", "migration", "matrix"]
    .map((name) => `.cdc-type-${name}`).join();

  // The rows of a label, each as the box of its ink.
  const rows = (text) => {
    const spans = [...text.querySelectorAll("tspan")].filter((span) => span.textContent.trim() && !span.querySelector("tspan"));
    const lines = new Map();
    for (const one of (spans.length ? spans : [text]).map(box)) {
      const key = Math.round(one.top);
      lines.set(key, lines.has(key) ? union([lines.get(key), one]) : one);
    }
    return [...lines.values()].map((b) => {
      const ink = Math.min(b.right - b.left, b.bottom - b.top) * INK;
      const turned = b.bottom - b.top > 3 * (b.right - b.left);
      return turned
        ? { left: b.left + ink, right: b.right - ink, top: b.top, bottom: b.bottom }
        : { left: b.left, right: b.right, top: b.top + ink, bottom: b.bottom - ink };
    });
  };

  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const solid = (shape) => {
    const style = getComputedStyle(shape);
    if (style.fill === "none" || style.visibility === "hidden") return null;
    const colour = channels(style.fill);
    const alpha = (colour[3] ?? 1) * Number(style.opacity) * Number(style.fillOpacity);
    return alpha > 0.05 ? { colour: colour.slice(0, 3), alpha } : null;
  };
  const holds = (shape, x, y) => {
    const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
    return shape.isPointInFill(point);
  };
  const passes = (line, b) => {
    const length = line.getTotalLength(), matrix = line.getScreenCTM();
    for (let at = 0; at <= length; at += 2) {
      const point = line.getPointAtLength(at).matrixTransform(matrix);
      if (point.x > b.left + 2 && point.x < b.right - 2 && point.y > b.top + 2 && point.y < b.bottom - 2) return true;
    }
    return false;
  };

  let checked = 0;
  const pictures = [...document.querySelectorAll(".cdc-frame > svg")];
  // Of two forms of a picture one is shown.
  for (const svg of pictures.filter((one) => one.getClientRects().length && getComputedStyle(one).visibility === "visible")) {
    const picture = box(svg);
    const said = new Set();
    const note = (text, why) => {
      const words = text.textContent.slice(0, 40);
      const entry = `${svg.querySelector("title")?.textContent}: "${words}" ${why}`;
      if (!said.has(entry)) wrong.push(entry);
      said.add(entry);
    };
    const ground = channels(getComputedStyle(svg.parentElement).backgroundColor).slice(0, 3);
    const chart = svg.closest("figure").matches(CHARTS);
    const drawn = [...svg.querySelectorAll(`${SHAPES}, line`)].filter((shape) => !shape.closest("defs, marker, symbol"));
    const shapes = drawn.map((shape) => ({ shape, box: box(shape), paint: solid(shape) }));
    for (const item of contrastOnly ? [] : shapes) {
      const width = (parseFloat(getComputedStyle(item.shape).strokeWidth) || 0) / 2;
      const b = item.box;
      if (!inside({ left: b.left + width, right: b.right - width, top: b.top + width, bottom: b.bottom - width }, picture)) {
        note(svg.querySelector("title"), `has a ${item.shape.tagName} that leaves the picture`);
      }
    }
    const filled = shapes.filter((item) => item.paint && item.shape.tagName !== "line" &&
      item.box.width > 3 && item.box.height > 3);
    const bare = shapes.filter((item) => getComputedStyle(item.shape).stroke !== "none" &&
      (item.shape.tagName === "line" || (item.shape.tagName === "path" && !item.paint)));
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim())
      .map((text) => ({ text, rows: rows(text), halo: getComputedStyle(text).paintOrder.startsWith("stroke") }))
      .map((label) => ({ ...label, whole: union(label.rows) }));
    checked += texts.length;
    for (const { text, rows: lines, halo, whole } of contrastOnly ? [] : texts) {
      if (!inside(whole, picture)) note(text, "leaves the picture");
      const group = text.closest(".cdc-node") || text.parentElement;
      const own = [...(group.matches(".cdc-node") ? group.querySelectorAll(SHAPES) : group.children)]
        .filter((shape) => shape.matches(`${SHAPES}, line`)).map(box).filter((b) => b.width > 0 || b.height > 0);
      // In charts a label stands beside what it names: at an axis, in a legend, at a point.
      const beside = chart || group.querySelector("circle + text, line + text, .cdc-beside");
      if (group !== svg && own.length && !beside && !inside(whole, union(own))) note(text, "leaves its box");
      const title = text.closest(".cdc-title");
      if (title) {
        const middle = { x: (whole.left + whole.right) / 2, y: (whole.top + whole.bottom) / 2 };
        const frames = [...svg.querySelectorAll(".cdc-group")].map(box)
          .filter((b) => b.left <= middle.x && middle.x <= b.right && b.top <= middle.y && middle.y <= b.bottom);
        if (!frames.some((b) => inside(whole, b))) note(text, "leaves its frame");
      }
      for (const item of filled) {
        if (!meet(whole, item.box) || item.shape.contains(text)) continue;
        const hit = lines.some((b) => [0.02, 0.25, 0.5, 0.75, 0.98].some((at) =>
          [0.25, 0.75].some((down) => holds(item.shape, b.left + (b.right - b.left) * at, b.top + (b.bottom - b.top) * down))));
        if (hit && follows(text, item.shape)) note(text, "lies under a shape");
      }
      for (const item of chart ? [] : bare) {
        if (!near(whole, item.box)) continue;
        const over = follows(text, item.shape);
        if ((over || !halo) && lines.some((b) => passes(item.shape, b))) {
          const hidden = !over && filled.some((other) => follows(item.shape, other.shape) && follows(other.shape, text) &&
            lines.every((b) => inside(b, other.box)));
          if (!hidden) note(text, "is crossed by a line");
        }
      }
    }
    for (const { text, rows: [b] } of texts) {
      const colour = channels(getComputedStyle(text.querySelector("tspan") || text).fill).slice(0, 3);
      const x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2;
      const behind = filled.filter((item) => follows(item.shape, text) && item.box.left <= x && x <= item.box.right &&
        item.box.top <= y && y <= item.box.bottom && holds(item.shape, x, y))
        .reduce((under, { paint }) => under.map((v, at) => v * (1 - paint.alpha) + paint.colour[at] * paint.alpha), ground);
      const ratio = contrast(colour, behind);
      if (ratio < 4.5) note(text, `has a contrast of ${ratio.toFixed(2)}:1`);
    }
    for (let i = 0; i < texts.length && !contrastOnly; i += 1) {
      for (let j = i + 1; j < texts.length; j += 1) {
        if (meet(texts[i].whole, texts[j].whole) && texts[i].rows.some((a) => texts[j].rows.some((b) => meet(a, b)))) {
          note(texts[i].text, `covers "${texts[j].text.textContent.slice(0, 40)}"`);
        }
      }
    }
  }
  return { wrong, checked };
}
