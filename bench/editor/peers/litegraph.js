import { LGraph, LGraphCanvas, LGraphNode, LiteGraph } from "@comfyorg/litegraph";
import "@comfyorg/litegraph/style.css";
import { choices } from "../graph.mjs";
import { addresses } from "./pictures.js";

const titleHeight = 30;

class Sampler extends LGraphNode {
  constructor(title) {
    super(title ?? "Sampler");
    for (const name of ["a", "b"]) this.addInput(name, "IMAGE");
    for (const name of ["x", "y"]) this.addOutput(name, "IMAGE");
    this.addWidget("number", "number", 1, () => {});
    this.addWidget("combo", "choice", choices[0], () => {}, { values: choices });
    this.addWidget("text", "text", "", () => {});
  }

  onDrawForeground(context) {
    const image = this.properties.picture === undefined ? undefined : images[this.properties.picture];
    if (image?.complete) context.drawImage(image, 10, this.size[1] - 80, 96, 72);
  }
}

let images = [];

export async function mount(container, { nodes, links }) {
  const element = document.createElement("canvas");
  [element.width, element.height] = [container.clientWidth, container.clientHeight];
  container.append(element);
  LiteGraph.registerNodeType("bench/sampler", Sampler);
  const graph = new LGraph();
  const canvas = new LGraphCanvas(element, graph);
  canvas.ds.min_scale = 0.02;
  canvas.ds.scale = 0.8;
  images = addresses.map((src) => Object.assign(new Image(), { src, onload: () => canvas.setDirty(true, true) }));
  const byId = new Map();
  for (const { id, x, y, picture, number, choice, text } of nodes) {
    const node = LiteGraph.createNode("bench/sampler");
    node.pos = [x, y + titleHeight];
    node.size = [240, (picture === undefined ? 300 : 380) - titleHeight];
    if (picture !== undefined) node.properties.picture = picture;
    [number, choice, text].forEach((value, i) => (node.widgets[i].value = value));
    graph.add(node);
    byId.set(id, node);
  }
  for (const { from, output, to, input } of links)
    byId.get(from).connect("xy".indexOf(output), byId.get(to), "ab".indexOf(input));
  canvas.startRendering();
  // The graph is made anew from text for undo, as the editors do that are built on it: nodes are found by their ids.
  const numbers = new Map([...byId].map(([id, node]) => [id, node.id]));
  const nodeOf = (id) => graph.getNodeById(numbers.get(id));
  let saved;
  return {
    show({ x, y, k }) {
      canvas.ds.scale = k;
      [canvas.ds.offset[0], canvas.ds.offset[1]] = [x / k, y / k];
      canvas.setDirty(true, true);
    },
    camera: () => ({
      x: canvas.ds.offset[0] * canvas.ds.scale,
      y: canvas.ds.offset[1] * canvas.ds.scale,
      k: canvas.ds.scale,
    }),
    place: (id) => ({ x: nodeOf(id).pos[0], y: nodeOf(id).pos[1] - titleHeight }),
    selectAll: () => canvas.selectItems(graph.nodes),
    remember: () => (saved = graph.serialize()),
    undo() {
      graph.configure(saved);
      canvas.setDirty(true, true);
    },
  };
}
