import type { Command } from "./graph.ts";

/** Several commands as one, and one step of undo. Each reads the graph as it was before all of them. */
export function together(name: string, commands: readonly Command[]): Command {
  return { name, apply: (graph, base, file) => commands.forEach((command) => command.apply(graph, base, file)) };
}
