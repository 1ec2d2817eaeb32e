import { compute, layeredPlan, newEngine, runPlan, sourcesOf } from "./graphs.mjs";

/** A layered graph of one size: Inlay beside the hand-written limit and the libraries that can run it. */
export function layeredRow(size, { goal, met, peers }) {
  const plan = layeredPlan(size);
  const inlay = {
    name: "inlay",
    setup: () => newEngine(),
    run: (engine) => runPlan(engine, plan),
  };
  return {
    name: `layered-${size / 1000}k`,
    title: `${size.toLocaleString("en")} trivial nodes in layers, three sources each: full run`,
    goal,
    measure: "cpu",
    unit: "µs a node",
    scale: 1000 / size,
    cases: [inlay, handWritten(size), ...peers.map((peer) => peer(size))],
    met,
  };
}

/** The least that a parallel scheduler can do: waves of promises over a ready queue; no cache, events or abort. */
function handWritten(size) {
  const nodes = Array.from({ length: size }, (_, i) => ({ sources: sourcesOf(i), consumers: [], waiting: 0 }));
  nodes.forEach(({ sources }, i) => sources.forEach((source) => nodes[source].consumers.push(i)));
  const runNode = async (a = 0, b = 0, c = 0, own) => compute(a, b, c, own);
  return {
    name: "hand-written",
    setup: () => new Array(size),
    async run(values) {
      for (const node of nodes) node.waiting = node.sources.length;
      let ready = nodes.flatMap((node, i) => (node.waiting === 0 ? [i] : []));
      while (ready.length > 0) {
        const work = ready.map((i) => {
          const [a, b, c] = nodes[i].sources;
          return runNode(values[a], values[b], values[c], i);
        });
        const made = await Promise.all(work);
        const next = [];
        ready.forEach((i, place) => {
          values[i] = made[place];
          for (const consumer of nodes[i].consumers) if (--nodes[consumer].waiting === 0) next.push(consumer);
        });
        ready = next;
      }
    },
  };
}
