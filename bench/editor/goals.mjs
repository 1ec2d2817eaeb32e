import { median, show } from "./figures.mjs";

/**
 * The goals, each judged by the medians of one run: `{ goal, figures, isMet }`, where undefined is not measured. `sample` has
 * what `firstPaints` gives.
 */
export function judgements(results, sample = []) {
  const of = (editor, count, read) => {
    const rounds = results.find((row) => row.editor === editor && row.count === count)?.rounds ?? [];
    const values = rounds.map(read).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : median(values);
  };
  const inlay = (count, read) => of("inlay", count, read);
  const most = (read) => {
    const rounds = results.flatMap((row) => (row.editor === "inlay" ? row.rounds : []));
    const values = rounds.map(read).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : Math.max(...values);
  };
  const load = ({ load: ms }) => ms;
  const ratio = (a, b) => (a === undefined || b === undefined ? undefined : a / b);
  return [
    atMost("first paint of the sample ≤ 1 s", median(sample.map(({ paint }) => paint)), 1000, "ms"),
    atMost("load of 500 nodes ≤ 1.1 × litegraph", ratio(inlay(500, load), of("litegraph", 500, load)), 1.1, "×"),
    atMost("load of 5,000 nodes ≤ 0.2 × litegraph", ratio(inlay(5000, load), of("litegraph", 5000, load)), 0.2, "×"),
    atMost("load of 5,000 to 500 nodes ≤ 1.5 ×", ratio(inlay(5000, load), inlay(500, load)), 1.5, "×"),
    ...[1000, 5000].flatMap((count) => [
      atMost(
        `pan, ${show(count)} nodes: ≤ 1 dropped frame in 20 steps`,
        half(inlay(count, ({ pan }) => pan?.dropped)),
        1,
        "in 20",
      ),
      atMost(
        `pan of the overview, ${show(count)} nodes: ≤ 1 dropped frame in 20 steps`,
        half(inlay(count, ({ panAll }) => panAll?.dropped)),
        1,
        "in 20",
      ),
    ]),
    atMost(
      "drag one node with 4 links, 1,000 nodes: ≤ 3 ms CPU a move",
      inlay(1000, ({ drag }) => drag?.cpu),
      3,
      "ms",
    ),
    atMost(
      "drag: 0 React commits",
      most(({ drag }) => drag?.commits),
      0,
      "",
    ),
    atMost(
      "drag: 0 forced layouts",
      most(({ drag }) => drag?.forced),
      0,
      "",
    ),
    atMost(
      "drag 100 selected nodes: ≤ 1 dropped frame in 20 moves",
      half(inlay(100, ({ dragMany }) => dragMany?.dropped)),
      1,
      "in 20",
    ),
    atMost(
      "undo of a move at 5,000: ≤ 2 frames",
      inlay(5000, ({ undo }) => undo),
      34,
      "ms",
    ),
    atMost(
      "heap at 5,000 nodes ≤ 10 MB",
      inlay(5000, ({ heap }) => heap),
      10,
      "MB",
    ),
    atMost(
      "DOM nodes ≤ 3,000 with any number of nodes",
      most(({ nodes }) => nodes),
      3000,
      "",
    ),
    atMost(
      "listeners ≤ 6,000 with any number of nodes",
      most(({ listeners }) => listeners),
      6000,
      "",
    ),
    atMost(
      "0 frames in 2 s at rest",
      most(({ idle }) => idle),
      0,
      "",
    ),
  ];
}

function half(value) {
  return value === undefined ? undefined : value / 2;
}

function atMost(goal, value, limit, unit) {
  if (value === undefined || Number.isNaN(value)) return { goal, figures: "", isMet: undefined };
  return { goal, figures: `${show(value)} ${unit}`.trim(), isMet: value <= limit };
}
