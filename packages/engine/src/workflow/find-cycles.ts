/**
 * The circles in a graph: one for each group of nodes that all reach each other. Tarjan's algorithm with its own stack,
 * so that a chain of any length costs no call depth; linear in nodes and links.
 *
 * @param sources for each node the nodes that it waits for
 * @returns for each group one shortest circle through its first node, in the direction in which values flow
 */
export function findCycles(sources: readonly (readonly number[])[]): number[][] {
  return knots(sources).map((knot) => shortestCircle(sources, knot));
}

/** The strongly connected components that hold a circle, each in ascending order. */
function knots(sources: readonly (readonly number[])[]): number[][] {
  const found: number[][] = [];
  /** When a node was first met, counted from 1; 0 = not yet. */
  const met = new Uint32Array(sources.length);
  /** The earliest met node that is reachable and not yet assigned to a component. */
  const low = new Uint32Array(sources.length);
  const nextSource = new Uint32Array(sources.length);
  const unassigned: number[] = [];
  const assigned = new Uint8Array(sources.length);
  let clock = 0;

  for (let start = 0; start < sources.length; start += 1) {
    const path = met[start] === 0 ? [start] : [];
    while (path.length > 0) {
      const node = path[path.length - 1]!;

      // Arrive: number the node.
      if (met[node] === 0) {
        met[node] = low[node] = clock += 1;
        unassigned.push(node);
      }

      // Go on to the next source, if one is left.
      const turn = nextSource[node]!;
      const source = sources[node]![turn];
      nextSource[node] = turn + 1;
      if (source !== undefined) {
        if (met[source] === 0) path.push(source);
        else if (assigned[source] === 0) low[node] = Math.min(low[node]!, met[source]!);
        continue;
      }

      // Leave: hand on what is reachable, and close the component that began here.
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== met[node]) continue;
      const component = unassigned.splice(unassigned.lastIndexOf(node));
      for (const member of component) assigned[member] = 1;
      if (component.length > 1 || sources[node]!.includes(node)) found.push(component.sort((a, b) => a - b));
    }
  }
  return found;
}

/** Walks from a knot's first node against the flow, breadth first, until the node comes round again. */
function shortestCircle(sources: readonly (readonly number[])[], knot: readonly number[]): number[] {
  const first = knot[0]!;
  const members = new Set(knot);
  const cameFrom = new Map<number, number>();
  const queue = [first];
  for (const node of queue) {
    for (const source of sources[node]!) {
      if (source === first) return trace(cameFrom, first, node);
      if (!members.has(source) || cameFrom.has(source)) continue;
      cameFrom.set(source, node);
      queue.push(source);
    }
  }
  return [...knot];
}

function trace(cameFrom: ReadonlyMap<number, number>, first: number, last: number): number[] {
  const circle = [first];
  for (let node = last; node !== first; node = cameFrom.get(node)!) circle.push(node);
  return [...circle, first];
}
