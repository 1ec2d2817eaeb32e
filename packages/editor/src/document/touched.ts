import type { Patch } from "immer";
import type { Scope } from "./graph.ts";

/** What a change touched in the graph that is shown. */
export type Touched =
  | { readonly everything: true }
  | {
      /** Ids of nodes that changed themselves or in the view. */
      readonly nodes: ReadonlySet<string>;
      readonly inputs: boolean;
      readonly outputs: boolean;
      /** Frames, notes or bends of links. */
      readonly view: boolean;
    };

/** Reads off patches what they touch; whatever concerns a section as a whole, or sub-workflows, is everything. */
export function touchedBy(patches: readonly Patch[], scope: Scope): Touched {
  const nodes = new Set<string>();
  let [inputs, outputs, view] = [false, false, false];
  for (const { path } of patches) {
    const isInside = path[0] === "workflows";
    // A sub-workflow's inputs and outputs are the sockets of nodes elsewhere.
    if (isInside && (scope === undefined || path[1] !== scope)) return { everything: true };
    if (!isInside && scope !== undefined) continue;
    const [section, key, id] = isInside ? path.slice(2) : path;
    if (section === "inputs") inputs = true;
    else if (section === "outputs") outputs = true;
    else if (section === "nodes" && key !== undefined) nodes.add(String(key));
    else if (section === "view" && key === "nodes" && id !== undefined) nodes.add(String(id));
    else if (section === "view" && key !== undefined && key !== "nodes") view = true;
    else if (section === "nodes" || section === "view" || section === undefined) return { everything: true };
  }
  return { nodes, inputs, outputs, view };
}
