const measured = `
## What is measured

- **Inlay, full run**: the plan is compiled beforehand (its own row); everything else is in the figure: hashing the cache
  key of every node, looking each up, running, checking outputs, storing in the memory cache, two events a node to a
  listener, an abort signal. The cache and the keys are empty at each run, and each node has a parameter of its own,
  because nodes with the same parameters share a key and would run once.
- **hand-written** is the least a parallel scheduler can do: waves of promises over counters; no keys, cache, events or
  abort. It is the yardstick for how fast the machine was.
- **effect** and **p-graph** make their graph anew for each run, because a \`Deferred\` and a \`PGraph\` serve once; that is
  in their figures. Neither caches, emits events or checks outputs. **rete-engine** is built once and reset before each
  run, which is not in its figure.
- **Re-runs** include what a caller pays: an abort controller, a listener, the summary of every named output.
- **Abort, loops**: from the call of \`abort()\`. A loop that computes for 20 ms before it yields lets nobody call
  \`abort()\` in that time; a person waits for that too.
- **Abort, deaf calls**: calls that ignore the signal are given 50 ms and then abandoned; their slot stays taken until
  they return.

## Where the time of a full run goes

By the profiler, 10,000 nodes: a fifth is SHA-256 and the texts it is given (the one-shot hash alone costs as much as the
hand-written queue spends on a whole node), a sixth the table of keys behind the memory cache, an eighth garbage collection,
a tenth the walk from the targets back, a fifth the scheduler and the frame (ready queue, gathering inputs, calling the node,
handing on), a twentieth clocks. At 100,000 nodes the same steps wait for memory: keys, results and the plan are tens of
megabytes and no longer fit into the processor's cache.

Measured with two builds in one process, each beside the one before: a table of integers in place of a \`Map\` from key to
result, which compares the texts of other keys, 0.80 at 1,000 and 100,000 nodes and on the ladder; wires that all nodes
share which are linked alike, in place of reading the links of each, 0.93; events that are written out instead of growing by a
spread, and one walk less over the plan, 0.9.

A trap that cost half of every short run until it was found: a getter in an object literal gives each such object a hidden
class of its own, which lives in the old generation and holds the whole run until a full collection. What is made once a
run is a class, if it has a getter. Before and after in one process: nothing changed 0.53, one sink 0.42, ladder 0.76,
10,000 nodes 0.71 of the time.

Of a run with nothing changed 30 % is garbage collection, 12 % the look-up with its two arrays
as long as the plan, 18 % the values and summaries of 100 named outputs, 8 % setting up the stage, 6 % abort controllers.
`;

const trust = `
## How far to trust the figures

They are CPU time of one process, but processors that are shared with other work are slower per cycle too: compare
within a row. The load average above tells how busy the machine was. While this was written the hand-written queue cost 0.4 to 1.5 µs
a node from one hour to the next, and SHA-256 of a short text 0.4 to 1.5 µs, only because of what else was running.
`;

/** Why the goal of a row is missed, as far as it is known; told only of rows that miss it. */
const reasons = [
  {
    rows: ["layered-1k", "layered-10k", "layered-100k"],
    why: `The hand-written queue has no keys, no cache and no events. Hashing and storing are a third of Inlay's figure by the profile
  above. Effect keeps no keys and no results.`,
  },
  {
    rows: ["ladder-60"],
    why: `By the profiler most of it is the look-up of 61 new keys among those of all runs before, which lie outside of the processor's
  cache; a tenth is garbage collection, a tenth hashing.`,
  },
  {
    rows: ["compile-10k"],
    why: `By the profiler a fifth is garbage collection, a fifth drafting the nodes' inputs and reading references, a tenth finding and
  placing sources by id, a tenth the map that finds nodes of one key text, a tenth sorting.`,
  },
  {
    rows: ["critical-path"],
    why: `No profile shows it, for it is time in which nothing runs: timers of a busy machine come late, and each layer waits for the
  last of ten, the yardstick for one.`,
  },
  {
    rows: ["cli-start"],
    why: `Imported as a module sharp costs three times \`node -e 0\`, required less than twice, so it is required. Of zod the bundle's
  node code has neither its languages nor what makes it one object. Bundles without white space started no sooner. Commands that
  run no node load neither sharp nor zod; a test holds that.`,
  },
  {
    rows: ["mask-stroke"],
    why: `It waits for a core. The page's trace shows 6 to 8 ms of the main thread a move: 2 ms the editor's own, 0.3 ms of them drawing
  the changed part, the rest the browser's events, painting and compositing by software.`,
  },
  {
    rows: ["jpeg-4k"],
    why: `By the profiler sharp's decoding, resizing and encoding are half of the job; feathering, in integers so that browser and Node
  give the same bytes, is a fifth, blending and the tone table an eighth, garbage collection of whole pictures a tenth.`,
  },
];

/**
 * What a reader of the results must know, appended to them.
 * @param {Record<string, { title: string, verdict: string }>} results by row
 */
export function notes(results) {
  const missed = Object.keys(results).filter((name) => results[name].verdict !== "met");
  const silent = missed.filter((name) => !reasons.some(({ rows }) => rows.includes(name)));
  const lines = [...reasons, { rows: silent, why: "Why is not known yet." }].flatMap(({ rows, why }) => {
    const titles = rows.filter((row) => missed.includes(row)).map((row) => `**${results[row].title}**`);
    return titles.length > 0 ? [`- ${titles.join("; ")}. ${why}`] : [];
  });
  const missing = lines.length > 0 ? `## Why goals are missed\n\n${lines.join("\n")}` : "";
  return [measured, missing, trust]
    .map((text) => text.trim())
    .filter(Boolean)
    .join("\n\n");
}
