// Returns every label of a diagram that leaves its box, its frame or its picture.
() => {
  const wrong = [];
  const room = 1.5;
  const box = (element) => element.getBoundingClientRect();
  const inside = (inner, outer) =>
    inner.left >= outer.left - room && inner.right <= outer.right + room &&
    inner.top >= outer.top - room && inner.bottom <= outer.bottom + room;
  const union = (boxes) => ({
    left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)),
    top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom)),
  });
  let checked = 0;
  const CHARTS = ["latency", "utilisation", "curve", "cost", "migration", "matrix"]
    .map((name) => `.cdc-type-${name}`).join();
  const note = (svg, text, why) =>
    wrong.push(`${svg.querySelector("title")?.textContent}: "${text.textContent}" ${why}`);
  for (const svg of document.querySelectorAll(".cdc-frame > svg")) {
    const picture = box(svg);
    for (const text of svg.querySelectorAll("text")) {
      if (!text.textContent.trim()) continue;
      checked += 1;
      if (!inside(box(text), picture)) note(svg, text, "leaves the picture");
      const group = text.closest(".cdc-node");
      // In charts a label stands beside what it names: at an axis, in a legend, at a point.
      const chart = svg.closest("figure").matches(CHARTS);
      if (group && !chart && !group.querySelector("circle + text, line + text")) {
        const shapes = [...group.querySelectorAll("rect, path, polygon, ellipse, circle")].map(box)
          .filter((b) => b.width > 0 && b.height > 0);
        if (shapes.length && !inside(box(text), union(shapes))) note(svg, text, "leaves its box");
      }
      const title = text.closest(".cdc-title");
      if (title) {
        const middle = { x: (box(text).left + box(text).right) / 2, y: (box(text).top + box(text).bottom) / 2 };
        const frames = [...svg.querySelectorAll(".cdc-group")].map(box)
          .filter((b) => b.left <= middle.x && middle.x <= b.right && b.top <= middle.y && middle.y <= b.bottom);
        if (!frames.some((b) => inside(box(text), b))) note(svg, text, "leaves its frame");
      }
    }
    const nodes = [...svg.querySelectorAll(".cdc-node")];
    const labels = nodes.flatMap((node) => [...node.querySelectorAll("text")].map((text) => ({ node, text })));
    for (let i = 0; i < labels.length; i += 1) {
      for (let j = i + 1; j < labels.length; j += 1) {
        const a = box(labels[i].text), b = box(labels[j].text);
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > room &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > room;
        if (over && labels[i].node !== labels[j].node) note(svg, labels[i].text, `covers "${labels[j].text.textContent}"`);
      }
    }
  }
  return { wrong, checked };
}
