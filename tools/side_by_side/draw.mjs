// Draws D2 and DOT: takes {fonts, graphs: [{d2, dot}]} on the standard input, writes the versions and the SVG of each.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.argv[2];
const { fonts, graphs } = JSON.parse(readFileSync(0, "utf8"));
const load = (path) => import(pathToFileURL(join(modules, path)).href);
const { D2 } = await load("d2/dist/node-esm/index.js");
const { Graphviz } = await load("wasm-graphviz/dist/index.js");

const PAD = 8;
const font = (path) => readFileSync(path).toString("base64");
const bold = font(fonts.bold);
const options = { pad: PAD, fontRegular: font(fonts.regular), fontItalic: font(fonts.italic), fontBold: bold, fontSemibold: bold };
const d2 = new D2();
const graphviz = await Graphviz.load();

const drawn = [];
for (const graph of graphs) {
  const found = { graphviz: graphviz.dot(graph.dot) };
  for (const layout of ["dagre", "elk"]) {
    const { diagram, renderOptions } = await d2.compile(graph.d2, { ...options, layout });
    found[`d2-${layout}`] = await d2.render(diagram, { ...renderOptions, pad: PAD });
  }
  drawn.push(found);
}
process.stdout.write(JSON.stringify({ graphviz: graphviz.version(), drawn }), () => process.exit(0));
