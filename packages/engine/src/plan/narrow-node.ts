import type { PlannedNode } from "./plan.ts";

/** A node without those of its lazy inputs that it has not asked for: as if they were not there, in its key too. */
export function narrowNode(node: PlannedNode, asked: readonly string[]): PlannedNode {
  const isThere = (input: string): boolean => !node.description.inputs[input]?.lazy || asked.includes(input);
  const [type = "", pack = "", ...inputs] = node.keyText.split("\n");
  return {
    ...node,
    template: Object.fromEntries(Object.entries(node.template).filter(([input]) => isThere(input))),
    links: node.links.filter(({ input }) => isThere(input)),
    references: node.references.filter(({ input }) => isThere(input)),
    keyText: [type, pack, ...inputs.filter((line) => isThere(inputOf(line)))].join("\n"),
  };
}

/** The input that a line of a key is about: what is left of `=`, `<` or `[`. */
function inputOf(line: string): string {
  return /^\w*/.exec(line)![0];
}
