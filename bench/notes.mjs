/** What a reader of the results must know; appended to them. */
export const notes = `
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

By the profiler, 10,000 nodes, of the engine's own time: a quarter is SHA-256 and the texts it is given (the one-shot
hash alone costs as much as the hand-written queue spends on a whole node), a fifth is garbage collection of what the
cache keeps, a sixth each are the map behind the memory cache, and gathering inputs with the call of the node; the rest
is looking up, the ready queue, events and two clocks. At 100,000 nodes the same steps wait for memory: keys, results
and the plan are tens of megabytes and no longer fit into the processor's cache.

## Why goals are missed

- **Full runs**: seven to nine times the hand-written queue. Measured by leaving parts out at 10,000 and 100,000 nodes:
  without hashing a third of the time is gone, without the memory cache another 28 to 34 %; with neither, nor a listener,
  1.7 to 2.2 times the hand-written queue remain. Effect, which keeps no keys and no results, is overtaken from 10,000
  nodes on; at 1,000 it is faster.
- **Nothing changed, one sink changed**: by the profiler 45 % of the time is garbage collection: what a run leaves (state,
  values, a hundred events and summaries, two abort controllers) survives collections of the young generation and is
  moved before it is freed; why it survives is not found yet. The engine's own functions take about 0.1 ms. With one
  sink changed, the keys of the plan are copied and its states walked too.
- **Ladder**: 61 nodes at the price of a small full run, and what every run costs: abort controllers, references,
  services, first and last event. The two were not measured apart.
- **Compile**: a fifth is garbage collection; the rest is spread over reading each input's value as a reference, finding
  ids in maps, and sorting.
- **A command with sharp**: loading sharp alone costs 2.6 to 2.9 times \`node -e 0\`, two thirds of what the goal allows.
  The rest is Node finding and compiling some fifteen modules, zod (which the nodes' definitions are written in) the
  largest of them. Commands that run no node load neither.
- **4K JPEG**: within a few per cent of the goal, on either side of it. By the profiler sharp's decoding, resizing and
  encoding are half of the job; feathering, in integers so that browser and Node give the same bytes, is a fifth,
  blending and the tone table a sixth, garbage collection of whole pictures a tenth.

## How far to trust the figures

They are CPU time of one process, but processors that are shared with other work are slower per cycle too: compare
within a row. The load average above tells how busy the machine was. While this was written the hand-written queue cost 0.4 to 1.5 µs
a node from one hour to the next, and SHA-256 of a short text 0.4 to 1.5 µs, only because of what else was running.
`;
