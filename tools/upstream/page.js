// Runs in the browser: what Mermaid itself makes of a source.

const values = (found) => (found instanceof Map ? [...found.values()] : Object.values(found ?? {}));
const keys = (found) => (found instanceof Map ? [...found.keys()] : Object.keys(found ?? {}));

/** Nodes and edges by family, as ids; families without either give nothing to compare. */
const FAMILIES = {
  "flowchart-v2": (db) => {
    const groups = new Set(db.getSubGraphs().map((group) => group.id));
    const edges = db.getEdges();
    return { nodes: keys(db.getVertices()).filter((id) => !groups.has(id)), edges: edges.map((edge) => [edge.start, edge.end]) };
  },
  sequence: (db) => ({
    nodes: keys(db.getActors()),
    edges: db.getMessages().filter((message) => message.from && message.to && message.type !== 2).map((message) => [message.from, message.to]),
  }),
  stateDiagram: (db) => {
    const data = db.getData();
    const pseudo = ["stateStart", "stateEnd", "note", "noteGroup", "divider"];
    return {
      nodes: data.nodes.filter((node) => !pseudo.includes(node.shape)).map((node) => node.id),
      edges: data.edges.map((edge) => [edge.start, edge.end]),
    };
  },
  classDiagram: (db) => ({ nodes: keys(db.getClasses()), edges: values(db.getRelations()).map((item) => [item.id1, item.id2]) }),
  er: (db) => {
    const names = new Map([...db.getEntities()].map(([name, entity]) => [entity.id, name]));
    return {
      nodes: [...names.values()],
      edges: db.getRelationships().map((item) => [names.get(item.entityA), names.get(item.entityB)]),
    };
  },
  timeline: (db) => ({ nodes: db.getTasks().map((task, at) => `e${at + 1}`), edges: [] }),
  gantt: (db) => ({ nodes: db.getTasks().map((task) => task.id), edges: [] }),
  journey: (db) => ({ nodes: db.getTasks().map((task, at) => `t${at + 1}`), edges: [] }),
  pie: (db) => ({ nodes: keys(db.getSections()).map((name, at) => `s${at + 1}`), edges: [] }),
  mindmap: (db) => {
    const nodes = [];
    const edges = [];
    const visit = (node) => {
      nodes.push(node.nodeId);
      for (const child of node.children) {
        edges.push([node.nodeId, child.nodeId]);
        visit(child);
      }
    };
    visit(db.getMindmap());
    return { nodes, edges };
  },
};
FAMILIES.flowchart = FAMILIES["flowchart-elk"] = FAMILIES["flowchart-v2"];
FAMILIES.state = FAMILIES.stateDiagram;
FAMILIES.class = FAMILIES.classDiagram;

let number = 0;

async function ask({ source, config }) {
  mermaid.initialize({ ...config, startOnLoad: false, suppressErrorRendering: true });
  const answer = { error: "", family: "", structure: null, text: "", width: 0 };
  try {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
    answer.family = diagram.type;
    const find = FAMILIES[diagram.type];
    answer.structure = find ? find(diagram.db) : null;
    if (answer.structure) {
      // Edges of groups and of starting points are no edges of nodes.
      const nodes = new Set(answer.structure.nodes);
      answer.structure.edges = answer.structure.edges.filter(([from, to]) => nodes.has(from) && nodes.has(to));
    }
    number += 1;
    const { svg } = await mermaid.render(`d${number}`, source);
    const place = document.getElementById("place");
    place.innerHTML = svg;
    place.querySelectorAll("style").forEach((style) => style.remove());
    answer.text = place.querySelector("svg").textContent;
    answer.width = place.querySelector("svg").getBoundingClientRect().width;
    place.innerHTML = "";
  } catch (error) {
    answer.error = String(error?.message ?? error).split("\n")[0].slice(0, 200);
  }
  return answer;
}
