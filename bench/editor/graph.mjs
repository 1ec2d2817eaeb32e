// The graph that every editor of the comparison shows: a grid of nodes with two inputs and two outputs, a number, a choice
// and a text each, a picture on every fourth; about two links a node, to the left and the upper neighbour.
export const choices = ["euler", "heun", "dpm", "ddim", "lcm"];
export const pictures = ["#c44", "#4c4", "#44c", "#cc4", "#4cc", "#c4c"];
export const cell = { w: 330, h: 460 };

export function columnsOf(count) {
  return Math.max(5, Math.round(Math.sqrt(count * 1.6)));
}

/** Nodes and links as plain data, the same for each count. */
export function makeGraph(count) {
  const columns = columnsOf(count);
  const random = numbers(42);
  const [nodes, links] = [[], []];
  for (let i = 0; i < count; i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    nodes.push({
      id: `n${i}`,
      x: column * cell.w + Math.round(random() * 30),
      y: row * cell.h + Math.round(random() * 30),
      picture: i % 4 === 0 ? i % pictures.length : undefined,
      number: Math.round(random() * 100),
      choice: choices[i % choices.length],
      text: `a cup on table ${i}`,
    });
    if (column > 0) links.push({ from: `n${i - 1}`, output: "x", to: `n${i}`, input: "a" });
    if (row > 0) links.push({ from: `n${i - columns}`, output: "y", to: `n${i}`, input: "b" });
  }
  return { nodes, links };
}

function numbers(seed) {
  return () => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}
