import { compute, sourcesOf } from "./graphs.mjs";

/** Effect: one Deferred a node. They can be used once, so making them is part of each run. */
export function effectPeer(size) {
  const sources = Array.from({ length: size }, (_, i) => sourcesOf(i));
  return {
    name: "effect",
    setup: async () => import("effect"),
    async run({ Deferred, Effect }) {
      const made = sources.map(() => Deferred.makeUnsafe());
      const runNode = (own) =>
        Effect.flatMap(
          Effect.all(sources[own].map((source) => Deferred.await(made[source]))),
          ([a = 0, b = 0, c = 0]) => Deferred.succeed(made[own], compute(a, b, c, own)),
        );
      const all = sources.map((_, own) => runNode(own));
      await Effect.runPromise(Effect.all(all, { concurrency: "unbounded", discard: true }));
    },
  };
}

/** p-graph passes no values, so nodes share an array. A graph runs once, so making it is part of each run. */
export function pGraphPeer(size) {
  const dependencies = [];
  for (let i = 0; i < size; i++) for (const source of sourcesOf(i)) dependencies.push([`n${source}`, `n${i}`]);
  return {
    name: "p-graph",
    setup: async () => import("p-graph"),
    async run({ PGraph }) {
      const values = new Array(size);
      const nodes = new Map();
      for (let i = 0; i < size; i++) {
        const [a, b, c] = sourcesOf(i);
        const run = async () => (values[i] = compute(values[a] ?? 0, values[b] ?? 0, values[c] ?? 0, i));
        nodes.set(`n${i}`, { run });
      }
      await new PGraph(nodes, dependencies).run();
    },
  };
}

/** rete-engine's dataflow: built once, reset before each run, fetched from the last layer. */
export function retePeer(size) {
  let built;
  return {
    name: "rete-engine",
    alone: true,
    async setup() {
      built ??= await buildRete(size);
      built.engine.reset();
      return built;
    },
    async run({ engine, sinks }) {
      for (const sink of sinks) await engine.fetch(sink);
    },
  };
}

async function buildRete(size) {
  const { ClassicPreset, NodeEditor } = await import("rete");
  const { DataflowEngine } = await import("rete-engine");
  const socket = new ClassicPreset.Socket("number");
  class Add extends ClassicPreset.Node {
    constructor(own) {
      super("add");
      this.own = own;
      for (const name of ["a", "b", "c"]) this.addInput(name, new ClassicPreset.Input(socket));
      this.addOutput("value", new ClassicPreset.Output(socket));
    }
    data({ a: [a = 0] = [], b: [b = 0] = [], c: [c = 0] = [] }) {
      return { value: compute(a, b, c, this.own) };
    }
  }
  const editor = new NodeEditor();
  const engine = new DataflowEngine();
  editor.use(engine);
  const nodes = Array.from({ length: size }, (_, i) => new Add(i));
  for (const node of nodes) await editor.addNode(node);
  for (const [i, node] of nodes.entries()) {
    for (const [place, source] of sourcesOf(i).entries()) {
      await editor.addConnection(new ClassicPreset.Connection(nodes[source], "value", node, "abc"[place]));
    }
  }
  return { engine, sinks: nodes.slice(-100).map(({ id }) => id) };
}
