// Returns the faults of pictures as a browser draws them, by their hooks alone: numbers 2 to 10 of
// docs/reference/picture-faults.md. Whose an edge is follows from where it ends, whose a text from its element.
() => {
  const wrong = [];
  let checked = 0;
  const SHAPES = "rect, path, polygon, ellipse, circle";
  const SIDE = 8, ABOVE = 4, SMALLEST = 12, OVERLAP = 1, STEP = 2;
  const REACH = 16; // from the end of a line, through its head, to what it points at
  const ROUNDING = 0.6;
  const box = (element) => element.getBoundingClientRect();
  const meet = (a, b, room = OVERLAP) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > room &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > room;
  const inside = (inner, outer, room = ROUNDING) => inner.left >= outer.left - room && inner.right <= outer.right + room &&
    inner.top >= outer.top - room && inner.bottom <= outer.bottom + room;
  const near = (point, b, room) => point.x >= b.left - room && point.x <= b.right + room &&
    point.y >= b.top - room && point.y <= b.bottom + room;
  const follows = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  const filled = (shape) => { const { fill } = getComputedStyle(shape); return fill !== "none" && !/, 0\)$/.test(fill); };
  const seen = (shape) => filled(shape) || getComputedStyle(shape).stroke !== "none";
  const holds = (shape, x, y) =>
    shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
  const words = (element) => `"${element.textContent.replace(/\s+/g, " ").trim().slice(0, 40)}"`;

  // The lines of a text, each as the box of its ink: capitals are 0.74 of the size high, descenders 0.22 low.
  const rows = (text) => {
    const spans = [...text.querySelectorAll("tspan")].filter((span) => span.textContent.trim());
    return (spans.length ? spans : [text]).map(box).map((b) => {
      const turned = b.bottom - b.top > 3 * (b.right - b.left);
      const cut = 0.148 * Math.min(b.right - b.left, b.bottom - b.top);
      return turned ? { left: b.left + cut, right: b.right, top: b.top, bottom: b.bottom }
        : { left: b.left, right: b.right, top: b.top + cut, bottom: b.bottom };
    }).filter((b) => b.right - b.left > 0.5);
  };
  // Points of a line on the screen, a few pixels from each other.
  const points = (path) => {
    const length = path.getTotalLength(), matrix = path.getScreenCTM(), scale = Math.hypot(matrix.a, matrix.b) || 1;
    const count = Math.max(1, Math.ceil((length * scale) / STEP));
    return Array.from({ length: count + 1 }, (_, at) => path.getPointAtLength((length * at) / count).matrixTransform(matrix));
  };

  for (const svg of document.querySelectorAll(".cdc-frame > svg")) {
    if (!box(svg).width) continue; // of two widths one is shown
    checked += 1;
    const title = svg.querySelector("title")?.textContent;
    const said = new Set();
    const note = (number, why) => {
      const entry = `${title}: ${number} ${why}`;
      if (!said.has(entry)) wrong.push(entry);
      said.add(entry);
    };
    const scale = box(svg).width / (svg.viewBox.baseVal.width || box(svg).width);
    const nodes = [...svg.querySelectorAll(".cdc-node")].map((element) => {
      const shape = element.querySelector(`${SHAPES}, text`);
      return shape && shape.matches(SHAPES) && seen(shape) ? { element, shape, box: box(shape) } : null;
    }).filter(Boolean);
    const boxes = nodes.filter((node) => !nodes.some((other) => other !== node && inside(other.box, node.box) && !inside(node.box, other.box)));
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim()).map((text) => {
      const element = text.closest("g[class^=cdc-]") || text.parentElement;
      const own = element === svg ? [] : [...element.querySelectorAll(SHAPES)].filter((shape) => follows(shape, text));
      // What is no hook's has no element of its own: its ground is among the shapes just before it.
      const before = [];
      for (let one = text.previousElementSibling; element === svg && one && one.matches(`${SHAPES}, text`); one = one.previousElementSibling) before.push(one);
      const grounds = (element === svg ? before.filter((one) => one.matches(SHAPES)) : own).filter(filled);
      return { text, element, rows: rows(text), grounds, own };
    });
    const grounded = (item, row) => item.grounds.some((shape) => inside(row, box(shape)));
    const strokes = (hook) => [...svg.querySelectorAll(hook)].map((element) => {
      const lines = [...element.querySelectorAll("path, line, polyline")].filter((line) => !filled(line)).map(points);
      const ends = lines.flatMap((line) => [line[0], line[line.length - 1]]);
      return { element, lines: lines.flat(), ends };
    }).filter((stroke) => stroke.lines.length);
    const struck = (stroke, row) => stroke.lines.some((p) => p.x > row.left - ROUNDING && p.x < row.right + ROUNDING &&
      p.y > row.top - ROUNDING && p.y < row.bottom + ROUNDING);

    // 2, 3, 4: edges through nodes, texts and titles.
    const labelOf = new Map();
    for (const edge of strokes(".cdc-edge")) {
      const own = new Set(boxes.filter((node) => edge.ends.some((end) => near(end, node.box, REACH * scale))).map((node) => node.element));
      for (const node of boxes) {
        if (own.has(node.element)) continue;
        const deep = (p) => [[0, 0], [-1.5, 0], [1.5, 0], [0, -1.5], [0, 1.5]].every(([x, y]) => holds(node.shape, p.x + x, p.y + y));
        if (edge.lines.some((p) => near(p, node.box, 0) && deep(p))) note(2, `an edge runs through the node ${words(node.element)}`);
      }
      for (const item of texts) {
        if (item.element === edge.element) continue;
        const hit = item.rows.filter((row) => struck(edge, row));
        if (!hit.length) continue;
        const node = boxes.find((one) => one.element === item.element);
        if (node && hit.every((row) => inside(row, node.box)) && (!own.has(node.element) || follows(edge.element, node.element))) continue;
        const hidden = item.element.matches(".cdc-edge-label") && follows(edge.element, item.element) && hit.every((row) => grounded(item, row));
        if (hidden && (labelOf.get(item.element) ?? edge) === edge) { labelOf.set(item.element, edge); continue; }
        if (item.text.closest(".cdc-title, .cdc-group")) note(4, `an edge strikes the title ${words(item.text)}`);
        else note(3, `an edge runs through the text ${words(item.text)}`);
      }
    }
    // 8: lifelines through texts.
    for (const lifeline of strokes(".cdc-lifeline")) {
      for (const item of texts) {
        const bare = item.rows.some((row) => struck(lifeline, row) && !(follows(lifeline.element, item.text) && grounded(item, row)));
        if (bare) note(8, `a lifeline runs through the text ${words(item.text)}`);
      }
    }
    texts.forEach((item, index) => {
      // 5: texts over each other.
      for (const other of texts.slice(index + 1)) {
        if (item.rows.some((a) => other.rows.some((b) => meet(a, b)))) note(5, `the text ${words(item.text)} covers ${words(other.text)}`);
      }
      // 6: texts over nodes.
      for (const node of boxes) {
        if (node.element === item.element) continue;
        const over = item.rows.some((row) => meet(row, node.box) && [0.1, 0.5, 0.9].some((down) => {
          const y = row.top + (row.bottom - row.top) * down;
          for (let x = row.left + OVERLAP; x < row.right - OVERLAP; x += 2 * STEP) if (holds(node.shape, x, y)) return true;
          return false;
        }));
        if (over) note(6, `the text ${words(item.text)} lies over the node ${words(node.element)}`);
      }
      // 7: texts near to their borders.
      let border = null;
      if (item.element.matches(".cdc-node")) border = nodes.find((node) => node.element === item.element)?.shape;
      else if (!item.element.matches(".cdc-edge-label")) border = item.own.filter((shape) => seen(shape) && shape.matches("rect, path") && (filled(shape) || shape.matches("rect"))).filter((shape) => item.rows.some((row) => meet(row, box(shape)))).pop();
      if (!border && item.element.matches(".cdc-title")) {
        border = [...svg.querySelectorAll(".cdc-group")].map((group) => group.querySelector(SHAPES))
          .filter((shape) => shape && item.rows.some((row) => meet(row, box(shape))))
          .sort((a, b) => box(a).width * box(a).height - box(b).width * box(b).height)[0];
      }
      if (border && !border.matches("circle, ellipse") && item.rows.some((row) => meet(row, box(border)))) {
        const side = (SIDE - ROUNDING) * scale, above = (ABOVE - ROUNDING) * scale;
        const tight = item.rows.some((row) => {
          const ys = [row.top, (row.top + row.bottom) / 2, row.bottom];
          const xs = [row.left, (row.left + row.right) / 2, row.right];
          return ys.some((y) => !holds(border, row.left - side, y) || !holds(border, row.right + side, y)) ||
            xs.some((x) => !holds(border, x, row.top - above) || !holds(border, x, row.bottom + above));
        });
        if (tight) note(7, `the text ${words(item.text)} is too near to its border`);
      }
      // 9: texts too small to read.
      const size = parseFloat(getComputedStyle(item.text).fontSize) * scale;
      if (size < SMALLEST - 0.01) note(9, `the text ${words(item.text)} is ${size.toFixed(1)} px high`);
    });
    // 10: pictures that must be scrolled.
    const frame = svg.parentElement;
    if (frame.scrollWidth > frame.clientWidth) note(10, `the picture is ${frame.scrollWidth} px wide in ${frame.clientWidth} px`);
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("10 the page scrolls sideways");
  return { wrong, checked };
}
